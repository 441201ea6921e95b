"""What the ledger holds: its indicators, its editions, and its tables of institutions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foedus.results import Result
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from datetime import date

    from foedus.catalogue import Quantity
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card
    from foedus.evidence.publications import Holding

__all__ = [
    "EditionList",
    "EditionListRow",
    "IndicatorList",
    "InstitutionList",
    "edition_list",
    "indicator_list",
    "institution_list",
    "origin_of",
]


HELD, IMPORTED, RUN = "held", "import", "run"
"""Where figures of a quantity come from: editions at hand, files to import, or a run of the model."""

PARTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        HELD: ("indicators", "What can be asked: `foedus figure NAME`"),
        IMPORTED: ("by_import", "By import of the publisher's own file: `foedus data import`"),
        RUN: ("by_run", "What a run works out: `foedus run`"),
    }
)
"""The tables of the catalogue: name and title, what can be asked first."""


@dataclass(frozen=True)
class IndicatorList(Result):
    """The quantities of the catalogue, with the editions that hold figures of each.

    Attributes
    ----------
    quantities : tuple of Quantity
        Those with figures first, then those by import, then those of a run; within these in the catalogue's
        order.
    editions : dict of str to list of str
        By name of the quantity, the newest of the preferred series first; empty for what no publisher prints.
    """

    quantities: tuple[Quantity, ...]
    editions: dict[str, list[str]]

    def headline(self) -> str:
        """Return how many quantities there are, how many are indicators, and how many have figures."""
        indicators = [entry for entry in self.quantities if entry.kind == "indicator"]
        held = sum(origin_of(entry, self.editions[entry.name]) == HELD for entry in indicators)
        return (
            f"{len(self.quantities)} quantities, {len(indicators)} of them indicators; "
            f"{held} can be asked now."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return one row per quantity: a table of what can be asked, of what an import brings, of a run's."""
        columns = (
            Column("name", "Name", "name"),
            Column("unit", "Unit", "name"),
            Column("price_basis", "Prices", blank="–"),
            Column("newest", "Newest edition", blank="–"),
            Column("held", "Editions", "count"),
            Column("label", "Label"),
        )
        rows = self._entries()
        return tuple(
            Table(
                name,
                title,
                columns if part == HELD else columns[:3] + columns[5:],
                tuple(row for row in rows if row["origin"] == part),
                more=("kind", "editions"),
            )
            for part, (name, title) in PARTS.items()
        )

    def to_columns(self) -> dict[str, Any]:
        """Return every quantity as a row: name, kind, unit, prices, origin, newest edition, label."""
        names = ("name", "kind", "unit", "price_basis", "origin", "newest", "held", "label", "definition")
        rows = self._entries()
        return {name: [row[name] for row in rows] for name in names}

    def payload(self) -> dict[str, Any]:
        """Return the catalogue's entries under ``indicators``, each with its editions."""
        return {"indicators": list(self._entries())}

    def _entries(self) -> tuple[dict[str, Any], ...]:
        """Return the entries as plain values."""
        return tuple(
            {
                **entry.model_dump(),
                "editions": self.editions[entry.name],
                "newest": next(iter(self.editions[entry.name]), ""),
                "held": len(self.editions[entry.name]),
                "origin": origin_of(entry, self.editions[entry.name]),
            }
            for entry in self.quantities
        )


def origin_of(entry: Quantity, editions: Sequence[str]) -> str:
    """Return where figures of a quantity come from: held, by import, or a run.

    Parameters
    ----------
    entry : Quantity
        The quantity.
    editions : sequence of str
        The editions that hold figures of it, or of what it is computed from.

    Returns
    -------
    str
        One of :data:`PARTS`.
    """
    if entry.kind != "indicator":
        return RUN
    return HELD if editions else IMPORTED


def indicator_list(ledger: Ledger, origin: str | None = None) -> IndicatorList:
    """Return the catalogue, with the editions that hold figures of each indicator.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    origin : {"held", "import", "run"}, optional
        Only those with figures at hand, those that an import brings, or those of a run.

    Returns
    -------
    IndicatorList
        Every quantity, what can be asked first, also those that only a run computes.
    """
    from foedus.catalogue import catalogue

    entries = catalogue().values()
    editions = {entry.name: _holders(ledger, entry) for entry in entries}
    origins = {entry.name: origin_of(entry, editions[entry.name]) for entry in entries}
    parts = (part for part in PARTS if origin in (None, part))
    ranked = tuple(entry for part in parts for entry in entries if origins[entry.name] == part)
    return IndicatorList(ranked, {entry.name: editions[entry.name] for entry in ranked})


def _holders(ledger: Ledger, entry: Quantity) -> list[str]:
    """Return the editions that hold an indicator, or what it is computed from."""
    if entry.kind != "indicator":
        return []
    names = set(entry.computed_from or (entry.name,))
    return [card.id for card in ledger.carriers(entry.name) if names & set(ledger.table(card.id).indicators)]


@dataclass(frozen=True)
class EditionListRow:
    """One edition.

    Attributes
    ----------
    card : Card
        Its source card.
    figures : int
        How many figures it holds.
    years : (int, int) or None
        The first and the last year of its figures; None when it holds records only.
    indicators : tuple of str
        What its figures are of.
    imported : bool
        Whether the user brought it in.
    """

    card: Card
    figures: int
    years: tuple[int, int] | None
    indicators: tuple[str, ...]
    imported: bool

    def cells(self) -> dict[str, Any]:
        """Return the row of a table."""
        doubt = " ?" if self.card.published_known == "unverified" else ""
        return {
            "edition": self.card.id,
            "published": f"{self.card.published}{doubt}",
            "figures": self.figures,
            "years": f"{self.years[0]}–{self.years[1]}" if self.years else None,
            "indicators": len(self.indicators),
            "whole_tables": len(self.card.complete),
            "origin": "imported" if self.imported else "packaged",
            "title": self.card.title,
        }

    def payload(self) -> dict[str, Any]:
        """Return the edition for programs."""
        return {
            "edition": self.card.id,
            "series": self.card.series,
            "published": self.card.published,
            "published_known": self.card.published_known,
            "figures": self.figures,
            "years": self.years,
            "indicators": self.indicators,
            "complete": self.card.complete,
            "imported": self.imported,
            "title": self.card.title,
        }


@dataclass(frozen=True)
class EditionList(Result):
    """The editions by day of publication.

    Attributes
    ----------
    as_of : datetime.date or None
        Only what had been published by this day.
    editions : tuple of EditionListRow
        The oldest first.
    publications : tuple of Holding
        What NATO is known to have published by the day, held or not, with how many shares of GDP of the
        newest year are held; the oldest first.
    """

    as_of: date | None
    editions: tuple[EditionListRow, ...]
    publications: tuple[Holding, ...] = ()

    def headline(self) -> str:
        """Return how many editions hold how many figures."""
        return f"{len(self.editions)} editions, {sum(row.figures for row in self.editions):,} figures."

    def tables(self) -> tuple[Table, ...]:
        """Return one row per edition; a day that is not verified has a question mark."""
        columns = (
            Column("edition", "Edition"),
            Column("published", "Published"),
            Column("figures", "Figures", "count"),
            Column("years", "Years"),
            Column("indicators", "Indicators", "count"),
            Column("whole_tables", "Whole tables", "count"),
            Column("origin", "Origin"),
            Column("title", "Title"),
        )
        rows = tuple(row.cells() for row in self.editions)
        known = (
            Column("edition", "Published by NATO"),
            Column("published", "Day"),
            Column("held", "Shares of the newest year held", blank="–"),
            Column("stated", "Allies at 2 %, by NATO's own count", blank="–"),
            Column("title", "Title", blank="–"),
        )
        return (
            Table("editions", "Editions by day of publication", columns, rows),
            Table("publications", "What NATO published", known, tuple(map(_cells, self.publications))),
        )

    def payload(self) -> dict[str, Any]:
        """Return the day, the editions, and what NATO is known to have published."""
        return {
            "as_of": self.as_of,
            "editions": [row.payload() for row in self.editions],
            "publications": [_publication(row) for row in self.publications],
        }


def edition_list(ledger: Ledger, as_of: date | None = None) -> EditionList:
    """Return the editions by day of publication, with how many figures each holds.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    as_of : datetime.date, optional
        Only editions published by this day.

    Returns
    -------
    EditionList
        The oldest first.
    """
    from foedus.evidence.publications import holding, publications

    known = ledger.as_of(as_of) if as_of else ledger
    return EditionList(
        as_of,
        tuple(_edition(known, card) for card in known.editions.values()),
        tuple(holding(known, row.edition) for row in publications(as_of)),
    )


def _cells(row: Holding) -> dict[str, Any]:
    """Return one publication as a row of a table."""
    known, stated = row.publication, row.publication.stated
    return {
        "edition": known.edition,
        "published": f"{known.published_text}{' ?' if known.known == 'unverified' else ''}",
        "held": f"{row.held} of {row.printed} ({row.year})" if row.held else "",
        "stated": f"{stated.count} of {stated.allies} ({stated.year})" if stated else "",
        "title": known.title,
    }


def _publication(row: Holding) -> dict[str, Any]:
    """Return one publication for programs."""
    known = row.publication
    return {
        "edition": known.edition,
        "published": known.published,
        "published_text": known.published_text,
        "published_known": known.known,
        "day_known": known.day_known,
        "title": known.title,
        "in_ledger": row.in_ledger,
        "year": row.year,
        "shares_held": row.held,
        "shares_printed": row.printed,
        "stated_count": known.stated,
        "source": known.source,
    }


def _edition(ledger: Ledger, card: Card) -> EditionListRow:
    """Return what one edition holds."""
    imported = card.id in ledger.imported
    if not ledger.has_figures(card.id):
        return EditionListRow(card, 0, None, (), imported)
    frame = ledger.table(card.id)
    years, indicators = frame["year"], sorted(frame.indicators)
    return EditionListRow(card, len(frame), (min(years), max(years)), tuple(indicators), imported)


@dataclass(frozen=True)
class InstitutionList(Result):
    """The tables of institutions.

    Attributes
    ----------
    titles : dict of str to str
        What each holds, by name.
    """

    titles: dict[str, str]

    def headline(self) -> str:
        """Return how many tables there are."""
        return f"{len(self.titles)} tables of institutions."

    def tables(self) -> tuple[Table, ...]:
        """Return one row per table."""
        columns = (Column("table", "Table"), Column("title", "What it holds"))
        return (Table("tables", "Tables of institutions", columns, tuple(self._entries())),)

    def payload(self) -> dict[str, Any]:
        """Return names and titles under ``tables``."""
        return {"tables": self._entries()}

    def _entries(self) -> list[dict[str, Any]]:
        """Return the names and titles as plain values."""
        return [{"table": name, "title": title} for name, title in self.titles.items()]


def institution_list() -> InstitutionList:
    """Return the names of the tables of institutions, and what each holds."""
    from foedus.evidence.institutions import LISTED

    return InstitutionList({name: title for name, (_, title) in LISTED.items()})
