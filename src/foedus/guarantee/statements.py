"""Who has said that protection depends on spending, and what was found of uses of Articles 4 and 5.

The tables stand in ``evidence/records/guarantee_statements``. A statement is a fact of a day: it is no
decision, and no number follows from it. The uses themselves stand in the record of institutions; here is
where nothing was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "GuaranteeStatement", "UseSearch", "guarantee_statements", "use_searches"]

CARD_ID = "guarantee-statements-2026-11"
"""The source card of the tables."""

_RECORD = "guarantee_statements"


@dataclass(frozen=True)
class GuaranteeStatement:
    """A statement that made protection depend on what an ally pays.

    Attributes
    ----------
    day : datetime.date
        When it was made.
    speaker, role : str
        Who made it, and as what.
    occasion : str
        Where and to whom.
    condition, consequence : str
        What was asked, and what was to follow, in foedus's words.
    known, source, url : str
        How it is known, and where from.
    """

    day: date
    speaker: str
    role: str
    occasion: str
    condition: str
    consequence: str
    known: str
    source: str
    url: str


@dataclass(frozen=True)
class UseSearch:
    """An occasion on which an article might have been used and was not, as far as was found.

    Attributes
    ----------
    searched : datetime.date
        When it was looked for.
    article : int
        Of the North Atlantic Treaty.
    day : datetime.date
        The day of what was found.
    about : str
        What it says.
    use : str
        Whether the article was used: "none" as far as was found.
    known, source, url : str
        How it is known, and where from.
    """

    searched: date
    article: int
    day: date
    about: str
    use: str
    known: str
    source: str
    url: str


@cache
def _statements() -> tuple[GuaranteeStatement, ...]:
    """Read the statements."""
    texts = ("speaker", "role", "occasion", "condition", "consequence", "known", "source", "url")
    return tuple(
        GuaranteeStatement(date.fromisoformat(row["day"]), *(row[key] for key in texts))
        for row in record_rows(_RECORD, "statements")
    )


def guarantee_statements(as_of: date | None = None, *, speaker: str = "") -> tuple[GuaranteeStatement, ...]:
    """Return the statements that had been made by a day.

    Parameters
    ----------
    as_of : datetime.date, optional
        The day; without it all.
    speaker : str, optional
        Only those of a person, by the name in the record.

    Returns
    -------
    tuple of GuaranteeStatement
        The first one first.
    """
    return tuple(
        row
        for row in _statements()
        if (as_of is None or row.day <= as_of) and (not speaker or row.speaker == speaker)
    )


@cache
def use_searches() -> tuple[UseSearch, ...]:
    """Return what was found when uses of Articles 4 and 5 after September 2025 were looked for."""
    return tuple(
        UseSearch(
            date.fromisoformat(row["searched"]),
            int(row["article"]),
            date.fromisoformat(row["day"]),
            row["about"],
            row["use"],
            row["known"],
            row["source"],
            row["url"],
        )
        for row in record_rows(_RECORD, "use_searches")
    )
