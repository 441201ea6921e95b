"""Who held the office of Secretary General, found by name or by day, and who held it before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.errors import InputError, UnknownNameError
from foedus.evidence.institutions import institution_table
from foedus.evidence.records import day_or_none

__all__ = ["Tenure", "find_tenure", "predecessor_of", "tenures"]


@dataclass(frozen=True)
class Tenure:
    """A time in office, as far as it had gone on the day of the question.

    Attributes
    ----------
    name, country : str
        The holder, and the alpha-3 code of the holder's country.
    acting : bool
        Whether the office was held in the absence of a Secretary General.
    start : datetime.date
        The first day.
    last : datetime.date
        The last day; of a holder in office, the day of the question.
    sitting : bool
        Whether the holder was in office on the day of the question.
    known, checked : str
        How the days are known, and what they were held against.
    """

    name: str
    country: str
    acting: bool
    start: date
    last: date
    sitting: bool
    known: str
    checked: str

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the last."""
        return self.start, self.last


def tenures(as_of: date) -> tuple[Tenure, ...]:
    """Return every time in office that had begun by a day, in order, the acting ones too.

    Parameters
    ----------
    as_of : datetime.date
        The day of the question; a term that ends later is an open one.

    Returns
    -------
    tuple of Tenure
        Empty before 24 March 1952.
    """
    rows = institution_table("secretaries-general", as_of=as_of).rows
    return tuple(
        Tenure(
            row["name"],
            row["country"],
            row["acting"] == "yes",
            date.fromisoformat(row["start"]),
            day_or_none(row["end"]) or as_of,
            not row["end"],
            row["known"],
            row["checked"],
        )
        for row in rows
    )


def find_tenure(name: str | None, as_of: date) -> Tenure:
    """Return a time in office.

    Parameters
    ----------
    name : str or None
        The holder's name or surname; without it, who held the office on the day.
    as_of : datetime.date
        The day of the question.

    Returns
    -------
    Tenure
        Of one who held the office twice, the later time.

    Raises
    ------
    InputError
        When nobody held the office on the day, or the one named had not yet.
    UnknownNameError
        When nobody of that name has held it; the nearest is suggested.
    """
    begun = tenures(as_of)
    return _holder_on(begun, as_of) if name is None else _named(name, begun, as_of)


def _holder_on(begun: tuple[Tenure, ...], day: date) -> Tenure:
    """Return who held the office on a day; on a day of handover, the new one."""
    if not begun:
        first = tenures(date.max)[0]
        raise InputError(
            f"nobody was Secretary General on {day}",
            where="--as-of",
            do=f"ask as of {first.start} or later, when {first.name} took office",
        )
    newest = begun[-1]
    if newest.sitting or newest.last >= day:
        return newest
    following = next(tenure for tenure in tenures(date.max) if tenure.start > day)
    raise InputError(
        f"nobody is recorded as Secretary General on {day}",
        where="--as-of",
        do=f"ask as of {newest.last}, the last day of {newest.name}, or {following.start}, "
        f"the first of {following.name}",
    )


def _named(name: str, begun: tuple[Tenure, ...], as_of: date) -> Tenure:
    """Return the last time in office of the holder of a name."""
    every = tenures(date.max)
    chosen = _full_name(name, dict.fromkeys(tenure.name for tenure in every))
    own = [tenure for tenure in begun if tenure.name == chosen]
    if own:
        return own[-1]
    start = next(tenure.start for tenure in every if tenure.name == chosen)
    raise InputError(
        f"{chosen} took office on {start}, after {as_of}", where="--as-of", do=f"ask as of {start} or later"
    )


def _full_name(name: str, holders: Iterable[str]) -> str:
    """Return the holder whom a name means: in full, by surname, or by another name that the press uses."""
    wanted = " ".join(name.casefold().split())
    other = {row["name"]: row["aliases"].split("|") for row in institution_table("people").rows}
    spellings = {
        holder: {holder.casefold(), *(alias.casefold() for alias in other.get(holder, ()))}
        for holder in holders
    }
    exact = [holder for holder, known in spellings.items() if wanted in known]
    part = [holder for holder in spellings if wanted in holder.casefold().split()]
    meant = exact or part
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise InputError(f"{name!r} may mean {', '.join(meant)}", where="--of", do="write the name in full")
    raise UnknownNameError(
        "Secretary General",
        name,
        spellings,
        where="--of",
        do="`foedus institutions secretaries-general` lists them",
    )


def predecessor_of(tenure: Tenure) -> Tenure | None:
    """Return the time in office of the Secretary General before; None of the first.

    Parameters
    ----------
    tenure : Tenure
        A time in office.

    Returns
    -------
    Tenure or None
        Who was not acting; one who was appointed and died in office or resigned counts.
    """
    earlier = [t for t in tenures(tenure.start) if t.start < tenure.start and not t.acting]
    return earlier[-1] if earlier else None
