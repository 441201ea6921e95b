"""What a broker may use on a question of a kind: a table with grades, one for all questions of the kind."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.decisions.parameters import FOLDER

__all__ = ["OpenInstrument", "instruments_open_to", "open_instruments"]


@dataclass(frozen=True)
class OpenInstrument:
    """One instrument that is open to questions of one kind.

    Attributes
    ----------
    kind, instrument : str
        What the question is about, and what the broker may use.
    grade : str
        How that is known.
    reason : str
        Why it is in the table.
    """

    kind: str
    instrument: str
    grade: str
    reason: str


def open_instruments() -> tuple[OpenInstrument, ...]:
    """Return the table, ``parameters/functions/answer_kinds.csv``."""
    return tuple(OpenInstrument(**row) for row in FOLDER.rows("answer_kinds"))


def instruments_open_to(kind: str, *, rule: str, has_venue: bool) -> tuple[str, ...]:
    """Return what a broker may use on questions of a kind.

    Parameters
    ----------
    kind : str
        What the question is about.
    rule : str
        Under unanimity each member must say yes, so that nobody can be gone round.
    has_venue : bool
        Whether another body is named in which the question can be decided.

    Returns
    -------
    tuple of str
        In the order of the table.
    """
    closed = {"change_of_venue", "prerogative"} if rule == "unanimity" else set()
    closed |= set() if has_venue else {"change_of_venue"}
    rows = (row for row in open_instruments() if row.kind == kind)
    return tuple(row.instrument for row in rows if row.instrument not in closed)
