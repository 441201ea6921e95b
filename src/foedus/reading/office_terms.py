"""Terms of office, and rows of the institutions' tables as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.institutions import CARD_ID, institution_table
from foedus.evidence.records import day_or_none
from foedus.reading.claims import Evidence

__all__ = ["Term", "every_term", "person_evidence", "table_evidence"]


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


@cache
def every_term() -> tuple[Term, ...]:
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
    terms = [t for t in every_term() if t.person == name and t.start <= last and (t.end or last) >= first]
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
        end=day_or_none(row["end"]),
        seen=day_or_none(row.get("seen", "")),
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
