"""The ledger as reading needs it: who held an office on a day, who was an ally, what an edition says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from foedus.aid.own import own_releases
from foedus.aid.record import packaged_release
from foedus.aid.transfers import transfers
from foedus.catalogue import quantity
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.institutions import institution_table
from foedus.evidence.publications import Publication, publications
from foedus.reading.claims import Evidence
from foedus.reading.office_terms import Term, every_term, table_evidence

__all__ = ("SHARE EditionFigure LedgerIndex published_by").split()

SHARE = "defence_expenditure_share_of_gdp"
TABLE_YEARS = 7
"""Years before its last that an edition prints, where its first year is not known."""


@dataclass(frozen=True)
class EditionFigure:
    """A figure of one edition.

    Attributes
    ----------
    value : float
        In the catalogue's unit.
    card : Card
        The edition's card.
    whole : bool
        Whether the edition holds the whole table for the year.
    evidence : Evidence
        The row.
    """

    value: float
    card: Card
    whole: bool
    evidence: Evidence


class LedgerIndex:
    """The ledger, indexed for reading. One is enough for any number of documents.

    Parameters
    ----------
    ledger : Ledger
        All editions that may be shown; what a day could know is decided at each check.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @classmethod
    def load(cls) -> LedgerIndex:
        """Return the index of the packaged and imported editions."""
        return cls(Ledger.load())

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term of office, Secretaries General among them."""
        return every_term()

    def terms_of(self, person: str, office: str | None = None, body: str | None = None) -> list[Term]:
        """Return the terms of a person, of one office and body where these are given, oldest first.

        Parameters
        ----------
        person : str
            The name in the ledger.
        office, body : str, optional
            Which office.

        Returns
        -------
        list of Term
            Empty when the ledger has none.
        """
        return [
            t
            for t in self._by_person.get(person, [])
            if (office is None or t.office == office) and (body is None or t.body == body)
        ]

    @cached_property
    def _by_person(self) -> dict[str, list[Term]]:
        out: dict[str, list[Term]] = {}
        for term in sorted(self.terms, key=lambda t: t.start):
            out.setdefault(term.person, []).append(term)
        return out

    def holders(self, office: str, body: str, day: date) -> list[Term]:
        """Return the terms of an office that run on a day; on a day of handover there are two.

        Parameters
        ----------
        office, body : str
            Which office.
        day : datetime.date
            The day.

        Returns
        -------
        list of Term
            Those known to run.
        """
        return [t for t in self.terms if t.office == office and t.body == body and t.holds(day)]

    @cached_property
    def entries(self) -> dict[str, tuple[date, Evidence]]:
        """The day each ally became one."""
        out = {}
        for row in institution_table("members").rows:
            day = date.fromisoformat(row["entry_date"])
            out[row["country"]] = (
                day,
                table_evidence("members", row, f"{row['country']} joined on {day}", str(day)),
            )
        return out

    @cached_property
    def entry_order(self) -> list[date]:
        """The days on which allies became allies, in order."""
        return sorted(day for day, _ in self.entries.values())

    def member_count(self, day: date) -> int:
        """Return the number of allies on a day."""
        from bisect import bisect_right

        return bisect_right(self.entry_order, day)

    @cached_property
    def _figures(self) -> dict[tuple[str, str, int], list[EditionFigure]]:
        """Figures of every edition by indicator, country and year, oldest edition first."""
        out: dict[tuple[str, str, int], list[EditionFigure]] = {}
        for card in sorted(self.ledger.editions.values(), key=lambda c: (c.published, c.id)):
            if not self.ledger.has_figures(card.id) or card.series.startswith("imf"):
                continue
            for _, indicator, country, year, value, status, known, note, *_ in self.ledger.table(card.id):
                text = (
                    f"{quantity(indicator).label}, {country}, {year}: {_written(indicator, value)} ({status})"
                )
                if note:
                    text += f"; {note}"
                evidence = Evidence(text, value, card.id, card.id, card.published, known)
                figure = EditionFigure(value, card, card.covers(indicator, year), evidence)
                out.setdefault((indicator, country, year), []).append(figure)
        return out

    def figures(self, indicator: str, country: str, year: int) -> list[EditionFigure]:
        """Return a figure by every edition that holds it, oldest edition first.

        Parameters
        ----------
        indicator, country : str
            What is looked up.
        year : int
            The year.

        Returns
        -------
        list of EditionFigure
            Empty when no edition holds it.
        """
        return self._figures.get((indicator, country, year), [])

    @cached_property
    def _shares(self) -> dict[tuple[str, int], dict[str, float]]:
        """Shares of GDP by edition and year."""
        out: dict[tuple[str, int], dict[str, float]] = {}
        for (indicator, country, year), figures in self._figures.items():
            if indicator == SHARE and country in self.entries:
                for figure in figures:
                    out.setdefault((figure.card.id, year), {})[country] = figure.value
        return out

    def shares(self, card: Card, year: int) -> dict[str, float]:
        """Return the shares of GDP of the allies in an edition that holds the whole table.

        Parameters
        ----------
        card : Card
            The edition.
        year : int
            The year.

        Returns
        -------
        dict of str to float
            By alpha-3 code; empty when the edition holds only some.
        """
        if not card.covers(SHARE, year):
            return {}
        last = card.members_on or card.published
        return {c: v for c, v in self._shares.get((card.id, year), {}).items() if self.entries[c][0] <= last}

    def whole_table(self, card: Card, indicator: str, year: int) -> dict[str, float]:
        """Return a quantity of the allies in an edition that holds the whole table; else nothing.

        Parameters
        ----------
        card : Card
            The edition.
        indicator : str
            The quantity.
        year : int
            The year.

        Returns
        -------
        dict of str to float
            By alpha-3 code.
        """
        if not card.covers(indicator, year):
            return {}
        last = card.members_on or card.published
        return {
            country: figure.value
            for country, (entry, _) in self.entries.items()
            if entry <= last
            for figure in self.figures(indicator, country, year)
            if figure.card.id == card.id
        }

    @cached_property
    def share_cards(self) -> list[Card]:
        """The editions that publish shares of GDP, oldest first."""
        return sorted(self.ledger.carriers(SHARE), key=lambda c: (c.published, c.id))

    def editions_not_held(self, indicator: str, year: int, day: date) -> tuple[str, ...]:
        """Return the editions published by a day that may hold a figure and that the ledger does not hold.

        Parameters
        ----------
        indicator : str
            The quantity.
        year : int
            The year.
        day : datetime.date
            The day.

        Returns
        -------
        tuple of str
            The three newest, with their day; empty when the ledger holds all of them whole.
        """
        return tuple(
            f"{p.edition} ({p.day_in_words})"
            for p in reversed(publications(day))
            if _prints(p, year) and not self._holds(p.edition, indicator, year)
        )[:3]

    def _holds(self, edition: str, indicator: str, year: int) -> bool:
        """Whether the ledger holds an edition's whole table of a quantity for a year."""
        card = self.ledger.editions.get(edition)
        return card is not None and card.covers(indicator, year)

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """The days on which an answer may change: entries, terms, editions, releases, transfers of arms."""
        days = {day for day, _ in self.entries.values()} | {
            c.published for c in self.ledger.editions.values()
        }
        days |= {release.published for release in (packaged_release(), *own_releases().values())}
        for transfer in transfers():
            days |= {day for day in (transfer.announced, transfer.delivered) if day is not None}
        for term in self.terms:
            days.add(term.start)
            if term.end:
                days.add(term.end)
        return tuple(sorted(days))


@cache
def _written(indicator: str, value: float) -> str:
    """Write a figure in its unit."""
    from foedus.units import format_value

    return format_value(value, quantity(indicator).unit)


def _prints(edition: Publication, year: int) -> bool:
    """Whether an edition may print figures for a year; a statement has no tables."""
    if edition.edition.startswith("nato-statement"):
        return False
    last = edition.last_year or edition.published.year
    return (edition.first_year or last - TABLE_YEARS) <= year <= last


def published_by(
    figures: Iterable[EditionFigure], day: date
) -> tuple[list[EditionFigure], list[EditionFigure]]:
    """Split figures into those published by a day and those published later."""
    every = list(figures)
    return [f for f in every if f.card.published <= day], [f for f in every if f.card.published > day]
