"""The ledger as reading needs it: who held an office on a day, who was an ally, what an edition says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from foedus.catalogue import quantity
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.institutions import CARD_ID, institution_table
from foedus.reading.claims import Evidence

__all__ = [
    "SHARE",
    "EditionFigure",
    "LedgerIndex",
    "Term",
    "person_evidence",
    "published_by",
    "table_evidence",
]

SHARE = "defence_expenditure_share_of_gdp"


@dataclass(frozen=True)
class Term:
    """A term of office.

    Attributes
    ----------
    person, office, body : str
        Who, which office, of which country or organisation.
    start : datetime.date
        The first day.
    end : datetime.date or None
        The last day, or None while it runs.
    seen : datetime.date or None
        The last day on which a term without an end is known to run.
    ordinal : int or None
        For Secretaries General.
    evidence : Evidence
        The row.
    """

    person: str
    office: str
    body: str
    start: date
    end: date | None
    seen: date | None
    ordinal: int | None
    evidence: Evidence

    def holds(self, day: date) -> bool | None:
        """Whether it runs on a day; None when that is not known."""
        if day < self.start:
            return False
        if self.end is not None:
            return day <= self.end
        return None if self.seen is not None and day > self.seen else True


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


def _day(text: str) -> date | None:
    """Read a day of a table, or None when it is blank."""
    return date.fromisoformat(text) if text else None


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
        return _every_term()

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
            for _, indicator, country, year, value, status, known, note in self.ledger.table(
                card.id
            ).iter_rows():
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

    @cached_property
    def share_cards(self) -> list[Card]:
        """The editions that publish shares of GDP, oldest first."""
        return sorted(self.ledger.carriers(SHARE), key=lambda c: (c.published, c.id))

    def editions_not_held(self, indicator: str, year: int, day: date) -> tuple[str, ...]:  # noqa: ARG002
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
            What they are called, with their day; empty when the ledger holds all of them.
        """
        return ()

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """The days on which an answer may change: entries, terms, editions."""
        days = {day for day, _ in self.entries.values()} | {
            c.published for c in self.ledger.editions.values()
        }
        for term in self.terms:
            days.add(term.start)
            if term.end:
                days.add(term.end)
        return tuple(sorted(days))


@cache
def _every_term() -> tuple[Term, ...]:
    """Return every term of office, Secretaries General among them."""
    generals = institution_table("secretaries-general").rows
    return (
        *(
            _term(row, row["name"], "secretary general", "NATO", "secretaries-general")
            for row in generals
            if row["acting"] != "yes"
        ),
        *(
            _term(row, row["person"], row["office"], row["body"], "offices")
            for row in institution_table("offices").rows
        ),
    )


def person_evidence(name: str, first: date, last: date) -> tuple[Evidence, ...]:
    """Return the rows of the ledger on a person: the offices held at some time between two days.

    Parameters
    ----------
    name : str
        The name in the ledger.
    first, last : datetime.date
        The days between which a text was written.

    Returns
    -------
    tuple of Evidence
        Without an office in that time, the row of the table of persons; empty for a name that is in none.
    """
    terms = [t for t in _every_term() if t.person == name and t.start <= last and (t.end or last) >= first]
    if terms:
        return tuple(t.evidence for t in terms)
    rows = (row for row in institution_table("people").rows if row["name"] == name)
    return tuple(table_evidence("people", row, f"{name}, {row['country']}", row["country"]) for row in rows)


def _term(row: dict[str, str], person: str, office: str, body: str, table: str) -> Term:
    """Make a term of a row."""
    term = f"{row['start']} to {row['end']}" if row["end"] else f"from {row['start']}"
    text = f"{person}, {office} ({body}), {term}"
    ordinal = row.get("ordinal", "")
    if ordinal:
        text = f"{text}, number {ordinal}"
    return Term(
        person=person,
        office=office,
        body=body,
        start=date.fromisoformat(row["start"]),
        end=_day(row["end"]),
        seen=_day(row.get("seen", "")),
        ordinal=int(ordinal) if ordinal else None,
        evidence=table_evidence(table, row, text, row["start"]),
    )


def table_evidence(table: str, row: dict[str, str], text: str, value: float | str | None = None) -> Evidence:
    """Make evidence of a row of an institutional table.

    Parameters
    ----------
    table : str
        The table.
    row : dict of str
        The row; only how it is known is taken from it.
    text : str
        What it says.
    value : float or str, optional
        The figure or the date.

    Returns
    -------
    Evidence
        The evidence.
    """
    return Evidence(text, value, table, CARD_ID, None, row["known"])


@cache
def _written(indicator: str, value: float) -> str:
    """Write a figure in its unit."""
    from foedus.units import format_value

    return format_value(value, quantity(indicator).unit)


def published_by(
    figures: Iterable[EditionFigure], day: date
) -> tuple[list[EditionFigure], list[EditionFigure]]:
    """Split figures into those published by a day and those published later."""
    every = list(figures)
    return [f for f in every if f.card.published <= day], [f for f in every if f.card.published > day]
