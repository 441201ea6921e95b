"""What has arrived by a day: with an interval, with every permit on record, and with other levers.

The curve and its interval come from the simulation over the routes of the best flow; the same draws answer
for every permit. What one lever or a quarter more of one kind of link changes is found by solving a programme
that ends on the day again, at middle throughputs and without lost links: with one end and no hosts that bind,
no other flow has more arrived by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.errors import InputError
from foedus.reinforcement import facts as mobility
from foedus.reinforcement import network as record
from foedus.reinforcement.best_by_day import BestByDay
from foedus.reinforcement.by_day_result import ByDay
from foedus.reinforcement.corridors import Corridors
from foedus.reinforcement.moved import MovedForces
from foedus.reinforcement.question import ReinforcementQuestion
from foedus.reinforcement.words import reinforcement_notes

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["LATEST_DAY", "by_day", "check_day"]

LATEST_DAY = 240
"""The latest day that may be asked about."""


def by_day(
    question: ReinforcementQuestion | None = None,
    day: int = 30,
    *,
    ledger: Ledger | None = None,
    corridors: Corridors | None = None,
) -> ByDay:
    """Work out what has arrived by a day.

    Parameters
    ----------
    question : ReinforcementQuestion, optional
        Without it, the Force Model's tiers within 30 days, shared by GDP.
    day : int, default 30
        By the end of which day after the alert.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    corridors : Corridors, optional
        The corridors solved for the same amounts; without them they are solved here.

    Returns
    -------
    ByDay
        Arrivals with an interval, permits, levers and what binds.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As :func:`foedus.reinforcement.reinforce.reinforce`.
    NoSolutionError
        When the solver proves no optimum.
    """
    from foedus.evidence import Ledger

    asked = ReinforcementQuestion() if question is None else question
    check_day(day)
    if corridors is None:
        ledger = Ledger.load() if ledger is None else ledger
        corridors = Corridors(asked, ledger.as_of(asked.as_of) if asked.as_of else ledger)
    moved = MovedForces(asked, day, corridors)
    solved = BestByDay(moved)
    low, middle, high = moved.ends(moved.curve)[:, day]
    shared = moved.sent.apportionment
    return ByDay(
        question=asked,
        day=day,
        title=moved.title,
        unit="pieces" if moved.sent.requirement is None else "persons",
        moving=moved.each * moved.sent.pieces,
        low=float(low),
        middle=float(middle),
        high=float(high),
        best=solved.best,
        rows=moved.rows(),
        steps=moved.steps(),
        permits=moved.permits,
        changes=tuple(solved.changes()),
        kinds=solved.kinds(),
        links=solved.links(),
        notes=(*moved.sent.notes, *reinforcement_notes(moved.sent, asked), *_notes(asked)),
        editions=shared.editions if shared is not None else (),
        cards=(*(shared.cards if shared is not None else ()), record.CARD_ID, mobility.CARD_ID),
    )


def check_day(day: int) -> int:
    """Return a day that can be asked about.

    Raises
    ------
    InputError
        When it is none of the days 1 to :data:`LATEST_DAY`.
    """
    if not 1 <= day <= LATEST_DAY:
        raise InputError(
            f"what has arrived by day {day} cannot be told",
            where="--on-day",
            do=f"give a day from 1 to {LATEST_DAY}",
        )
    return day


def _notes(question: ReinforcementQuestion) -> tuple[str, ...]:
    """Write what was taken over from the best flow."""
    notes = ["Other permits and lateness keep the routes of the best flow with a permit of 3 days."]
    if question.permit_days % 1.0:
        notes.append(
            "What has arrived by a day is told in whole days, and a part of a permit's day as a whole one."
        )
    if question.lose:
        notes.append("What binds and what levers change is worked out without lost links.")
    return tuple(notes)
