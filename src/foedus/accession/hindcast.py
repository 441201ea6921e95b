"""How good forecasts of accession have been out of sample, as an answer: scores beside simple baselines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from foedus.accession.result import GIVEN_SIGNATURE
from foedus.errors import InputError
from foedus.extending import install
from foedus.results import Result
from foedus.rounding import written
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.accession.backtest import HeldOut, LeaveOneOut
    from foedus.accession.packaged import PackagedHindcast
    from foedus.accession.skill import RoundSkill

__all__ = ["AccessionHindcast", "accession_hindcast", "days_text"]

NOTES = (
    "Ten rounds, two of them signed on one day: the intervals of the gain are wide.",
    "Rounds are conditional on their signature; applicants never invited are not in the record.",
)

PACKAGED = "The forecasts are packaged with the record they rest on; --recompute makes them anew in a minute."
"""The note where nothing was forecast anew."""


@dataclass(frozen=True)
class AccessionHindcast(Result):
    """Scores of forecasts out of sample.

    Attributes
    ----------
    held_out : tuple of HeldOut
        Forecasts of the rounds since 2020 from those before.
    leave_one_out : tuple of LeaveOneOut
        Each round at its signature from the others.
    skill : tuple of RoundSkill
        Gains over the baselines.
    late_last_ratification : float
        Probability that the last ratification of the round of 2022 comes at day 265 or later, as known at
        day 31.
    notes : tuple of str
        What the reader must know.
    """

    held_out: tuple[HeldOut, ...]
    leave_one_out: tuple[LeaveOneOut, ...]
    skill: tuple[RoundSkill, ...]
    late_last_ratification: float
    notes: tuple[str, ...] = NOTES

    def headline(self) -> str:
        """Return what was known early of the round of 2022, and what came."""
        return (
            f"Known at day 31 of the 2022 round: {written(self.late_last_ratification, 2)} that the last "
            "ratification comes at day 265 or later (it came at day 268 and 601), given the signature."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return held-out rounds, each round from the others, and the skill."""
        return _held_out(self.held_out), _leave_one_out(self.leave_one_out), _skill(self.skill)

    def payload(self) -> dict[str, Any]:
        """Return the scores for programs."""
        return {
            "rounds": 10,
            "given": GIVEN_SIGNATURE,
            "conditional_on_invitation": True,
            "held_out": [asdict(h) for h in self.held_out],
            "leave_one_out": [asdict(r) for r in self.leave_one_out],
            "skill": [asdict(s) for s in self.skill],
            "last_ratification_at_265_days_or_later_known_at_day_31": self.late_last_ratification,
            "notes": self.notes,
        }


def accession_hindcast(*, recompute: bool = False) -> AccessionHindcast:
    """Return forecasts of the rounds of the record out of sample with their scores.

    Parameters
    ----------
    recompute : bool, default False
        Forecast every round anew, which takes a minute, in the place of the packaged forecasts. They are
        forecast anew, too, where the packaged ones rest on another record.

    Returns
    -------
    AccessionHindcast
        The scores beside those of simple baselines.

    Raises
    ------
    InputError
        When SciPy, which estimates anew, is needed and not installed.
    """
    from foedus.accession.packaged import packaged_hindcast
    from foedus.accession.skill import accession_skill

    packaged = None if recompute else packaged_hindcast()
    held, left, late = packaged or _recomputed()
    notes = (*NOTES, PACKAGED) if packaged else NOTES
    return AccessionHindcast(held, left, accession_skill(held, left), late, notes)


def _recomputed() -> PackagedHindcast:
    """Forecast every round anew."""
    try:
        import scipy  # noqa: F401
    except ImportError as error:
        raise InputError(
            "the hindcast estimates anew and needs SciPy", where="--hindcast", do=install("estimate")
        ) from error
    from foedus.accession import backtest

    return backtest.held_out(), backtest.leave_one_out(), backtest.late_last_ratification()


def days_text(value: float | None) -> str:
    """Write a number of days, or that it lies beyond the horizon."""
    return "> 15 years" if value is None else written(value, grouped=True)


def _held_out(held: Iterable[HeldOut]) -> Table:
    """Return the forecasts of held-out rounds."""
    columns = (
        Column("round", "Round"),
        Column("day", "Day", "count"),
        Column("actual_days", "Actual", "count"),
        Column("interval", "90 %", "interval"),
        Column("crps", "CRPS", "count"),
        Column("crps_kaplan_meier", "KM", "count"),
        Column("crps_last_round", "Last", "count"),
        Column("log_score", "Log score", "number"),
        Column("ally_brier", "Brier", "number_3"),
        Column("ally_brier_kaplan_meier", "KM", "number_3"),
    )
    rows = tuple({**asdict(h), "interval": f"{days_text(h.p05)} – {days_text(h.p95)}"} for h in held)
    return Table("held-out", "Held out: learned from eight rounds to 2020", columns, rows)


def _leave_one_out(left: Iterable[LeaveOneOut]) -> Table:
    """Return the forecasts of each round from the others."""
    columns = (
        Column("round", "Round"),
        Column("actual_days", "Actual", "count"),
        Column("interval", "90 %", "interval"),
        Column("position", "Position", "number"),
        Column("crps", "CRPS", "count"),
        Column("crps_kaplan_meier", "KM", "count"),
        Column("crps_last_round", "Last", "count"),
        Column("crps_lengths", "Lengths", "count"),
    )
    rows = tuple({**asdict(r), "interval": f"{days_text(r.p05)} – {days_text(r.p95)}"} for r in left)
    title = "Leave one out: each round at its signature, from the others"
    return Table("leave-one-out", title, columns, rows)


def _skill(skill: Iterable[RoundSkill]) -> Table:
    """Return the skill beside the baselines."""
    columns = (
        Column("over", "Rounds"),
        Column("baseline", "Baseline"),
        Column("rounds", "N", "count"),
        Column("crps", "CRPS", "number_1"),
        Column("crps_baseline", "Baseline's", "number_1"),
        Column("difference", "Gain", "signed_1"),
        Column("interval", "90 % of the gain", "interval"),
    )
    rows = tuple(
        {**asdict(s), "interval": f"{written(s.low, 1, signed=True)} – {written(s.high, 1, signed=True)}"}
        for s in skill
    )
    title = "CRPS of the round's length in days, less is better; ten rounds"
    return Table("skill", title, columns, rows)
