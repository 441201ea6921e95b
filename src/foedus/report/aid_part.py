"""The part of a report on aid to Ukraine: the record as of the day, and what the scenario makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.aid.aid import aid
from foedus.aid.question import AidQuestion
from foedus.aid.section import MEASURES
from foedus.errors import NoDataError
from foedus.questions import known_day
from foedus.tables import Column, Table
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.aid.result import Aid
    from foedus.evidence import Ledger
    from foedus.runs.headline import Headline

__all__ = ["aid_by_year", "aid_cards", "aid_on_record"]

SHORT = ("Europe and EU", "United States", "Asia-Pacific", "Other donors", "All donors", "of it military")
"""The headings of the measures, in their order."""


def aid_on_record(ledger: Ledger) -> Aid | None:
    """Return what was allocated by the release that was public on a day.

    Parameters
    ----------
    ledger : Ledger
        The figures known on the day of the run.

    Returns
    -------
    Aid or None
        None where no release had been published by then.
    """
    try:
        return aid(AidQuestion(as_of=known_day(ledger.day)), ledger=ledger)
    except NoDataError:
        return None


def aid_cards(given: Aid | None) -> tuple[str, ...]:
    """Return the cards that the record of aid rests on."""
    return tuple(given.cards) if given is not None else ()


def aid_by_year(headline: Headline) -> Table | None:
    """Return aid by region a year in a run; None where the scenario does not name aid.

    Parameters
    ----------
    headline : Headline
        The headline of a run.

    Returns
    -------
    Table or None
        Median and middle 80 %, and the naive forecast of all donors, billions of euros of the day.
    """
    held = [(name, head) for name, head in zip(MEASURES, SHORT, strict=True) if name in headline.measures]
    if not held:
        return None
    rows: list[dict[str, Any]] = []
    for i, year in enumerate(headline.years):
        row: dict[str, Any] = {"year": year}
        for name, _ in held:
            entry = headline.measures[name]
            low, middle, high = (_whole(value) for value in entry.interval(i))
            row[name] = middle if low == high else f"{middle} ({low} to {high})"
        last = headline.measures.get("aid_of_all_donors_eur")
        row["naive"] = "–" if last is None else _whole(last.naive[i])
        rows.append(row)
    columns = (
        Column("year", "Year"),
        *(Column(name, head, align="right") for name, head in held),
        Column("naive", "All as before", align="right"),
    )
    title = "Aid to Ukraine in this run, bn EUR of the day: median, and in brackets the middle 80 % of draws"
    return Table("aid_by_year", title, columns, tuple(rows))


def _whole(euros: float) -> str:
    """Write billions of euros: whole ones from ten on."""
    return billions(euros, 0 if euros >= 1e10 else 1)
