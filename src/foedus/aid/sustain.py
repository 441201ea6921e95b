"""How long support can be sustained: months at a rate, what could be held for good, and what binds.

A rate is what all donors gave a month of a class since February 2022, or another that is asked about. It is
sustained as long as all donors together give it. Stocks are secret: without a table that the user brings they
are ranges that foedus assumes, and every answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.aid.record import Month
from foedus.aid.replacement import Replacement, replacements
from foedus.aid.sustain_classes import CLASSES, SupportLevers
from foedus.aid.sustain_inputs import BLOCK, SupportSetup, setup, support_inputs
from foedus.aid.sustain_model import run_months
from foedus.aid.sustain_rows import (
    ClassSupport,
    GroupSupport,
    ReplacedClass,
    SupportDraws,
    account_rows,
    class_row,
    given_parts,
    levers_in_words,
    replaced_rows,
    support_notes,
)
from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.results import Answer, Result
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.aid.tracker import Tracker
    from foedus.forces.holdings import Holdings
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["Sustain", "class_support_label", "sustain"]

MONTHS = 60
"""How many months are looked at."""

DRAWS = 10_000
"""Draws of a question."""

MOST_AT_ONCE = 6_000_000
"""The most draws times months: each is held for six classes."""


@dataclass(frozen=True)
class Sustain(Result):
    """How long support can be sustained.

    Attributes
    ----------
    scenario, title : str
        The scenario's name and title.
    source : str
        The release that rates and parts rest on.
    start : Month
        The first month.
    months, draws, seed : int
        How many months, draws, and of which seed.
    rows : tuple of ClassSupport
        By class.
    groups : tuple of GroupSupport
        By class and group of donors.
    replaced : tuple of ReplacedClass
        Years to replace at makers' rates.
    on_record : tuple of Replacement
        Years to replace at the rates on record, each with its day.
    given : mapping of str to tuple
        By class the part of the rate that is given in each month: (low, median, high) of the middle 80 %.
    levers : tuple of str
        What the scenario decides, in words.
    notes : tuple of str
        What the reader must know.
    """

    scenario: str
    title: str
    source: str
    start: Month
    months: int
    draws: int
    seed: int
    rows: tuple[ClassSupport, ...]
    groups: tuple[GroupSupport, ...]
    replaced: tuple[ReplacedClass, ...]
    on_record: tuple[Replacement, ...]
    given: Mapping[str, tuple[tuple[float, float, float], ...]]
    levers: tuple[str, ...]
    notes: tuple[str, ...]

    def row(self, equipment: str) -> ClassSupport:
        """Return the row of a class."""
        return next(row for row in self.rows if row.equipment == equipment)

    def headline(self) -> str:
        """Return which class gives out first, and that stocks are assumed."""
        return f"{self.answer().sentence()} {self.notes[0]}"

    def answer(self) -> Answer:
        """Return the months of 155 mm shells, and the class that gives out first beside them."""
        row = self.rows[0]
        first = min(self.rows, key=lambda r: self.months + 1 if r.months_p50 is None else r.months_p50)
        rate = written(row.rate, grouped=True)
        beside = [
            f"It ends by {row.binds}." if row.holds < 0.5 else f"It lasts in {_share(row.holds)} of draws."
        ]
        if first.equipment != row.equipment and first.months_p50 is not None:
            label = class_support_label(first.equipment)
            beside.append(f"First to fall short: {label}, after {_months(first.months_p50)}.")
        return Answer(
            number=_months(row.months_p50, self.months),
            unit=_span(row, self.months),
            claim=f"is how long all donors together can give {rate} 155 mm shells a month.",
            beside=(*beside, *self.notes),
            title=f"How long support lasts: {self.title}",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the months by class, the accounts by group of donors, and years to replace."""
        from foedus.aid.sustain_tables import sustain_tables

        return sustain_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        return super().payload() | {
            "headline": self.headline(),
            "start": str(self.start),
            "on_record": [{**asdict(row), "at": row.at} for row in self.on_record],
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.aid import sustain_charts

        return {"months": sustain_charts.support_chart, "years": sustain_charts.replacement_chart}


def class_support_label(equipment: str) -> str:
    """Return the label of a class."""
    return next(entry.label for entry in CLASSES if entry.name == equipment)


def _months(count: int | None, last: int = MONTHS) -> str:
    """Write a number of months, or that it is beyond the last."""
    if count is None:
        return f"More than {last} months"
    return f"{count} month{'' if count == 1 else 's'}"


def _span(row: ClassSupport, last: int) -> str:
    """Write the middle 80 % of a number of months; empty where even its low end is beyond the last."""
    if row.months_p10 is None:
        return ""
    return f"({row.months_p10} to {f'over {last}' if row.months_p90 is None else row.months_p90})"


def _share(part: float) -> str:
    """Write a part in whole per cent."""
    return f"{written(part, 0, scale=2)} %"


def sustain(
    levers: SupportLevers | None = None,
    *,
    scenario: str = "",
    title: str = "as it was",
    held: Tracker | None = None,
    holdings: Holdings | None = None,
    rates: Mapping[str, float] | None = None,
    months: int = MONTHS,
    draws: int = DRAWS,
    seed: int = 1,
    as_of: date | None = None,
) -> Sustain:
    """Compute how long support can be sustained.

    Parameters
    ----------
    levers : SupportLevers, optional
        What a scenario decides; without it, donors give as they did.
    scenario, title : str
        Its name and title.
    held : Tracker, optional
        The tracker; without it, as of the day.
    holdings : Holdings, optional
        What donors hold; without it, what the user imported.
    rates : mapping of str to float, optional
        Pieces a month by class, in the place of those of the tracker.
    months : int, default 60
        How many months.
    draws, seed : int
        Of stocks, makers and floors.
    as_of : datetime.date, optional
        Use only what had been published by this day.

    Returns
    -------
    Sustain
        Months, what could be held, what binds, accounts and years to replace.

    Raises
    ------
    InputError
        When months, draws or a rate are none.
    NoDataError
        When no release is held as of the day.
    UnknownNameError
        When a rate is of no class.
    """
    from foedus.aid.tracker import tracker
    from foedus.forces.holdings import own_holdings

    _check_size(months, draws)
    asked = levers or SupportLevers()
    known = held or tracker(as_of)
    owned = (own_holdings() if holdings is None else holdings).as_of(as_of)
    prepared = setup(known, owned, asked, months=months, rates=rates or {})
    blocks = [
        _of_block(prepared, block, min(BLOCK, draws - block * BLOCK), seed)
        for block in range(-(-draws // BLOCK))
    ]
    all_draws = _joined(blocks)
    return Sustain(
        scenario=scenario,
        title=title,
        source=known.release.cited,
        start=prepared.start,
        months=months,
        draws=draws,
        seed=seed,
        rows=tuple(class_row(prepared, all_draws, i) for i in range(len(CLASSES))),
        groups=account_rows(prepared, all_draws),
        replaced=replaced_rows(prepared),
        on_record=replacements(as_of),
        given=given_parts(prepared, all_draws.given_by_month),
        levers=levers_in_words(asked),
        notes=support_notes(prepared, known),
    )


def _check_size(months: int, draws: int) -> None:
    """Refuse a question of no months or draws, or of too many."""
    if not 1 <= months <= 240:
        raise InputError(f"{months} months are not looked at", where="--months", do="give 1 to 240")
    if not 1 <= draws <= 100_000:
        raise InputError(f"{draws} draws are not made", where="--draws", do="give 1 to 100,000")
    if months * draws > MOST_AT_ONCE:
        raise InputError(
            f"{draws:,} draws over {months} months are too many to hold",
            where="--draws",
            do=f"give {MOST_AT_ONCE // months:,} or fewer",
        )


_OF_FLOWS = ("end", "produced", "given", "used", "given_by_month", "short_month", "short_of_orders")


def _of_block(prepared: SupportSetup, block: int, draws: int, seed: int) -> dict[str, Array]:
    """Run one block; return what it starts from and what became of it."""
    inputs = support_inputs(prepared, block=block, draws=draws, seed=seed)
    flows = run_months(inputs)
    became = {name: getattr(flows, name) for name in _OF_FLOWS}
    # What is given by month is the one large array; single precision is far finer than any rate is known.
    became["given_by_month"] = flows.given_by_month.astype(np.float32)
    return {"stock": inputs.stock, "floor": inputs.floor, **became}


def _joined(parts: list[dict[str, Array]]) -> SupportDraws:
    """Return arrays of several blocks as one, along the draws."""
    return SupportDraws(
        **{name: np.concatenate([part[name] for part in parts], axis=-1) for name in parts[0]}
    )
