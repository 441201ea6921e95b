"""Reinforcement: what of a plan's land forces has arrived by day 10, 30 and 180, and how much is short.

**Claim.** What is ready of a plan leaves by shares of GDP on the last day of its tier, or once a border
permit has run, and moves over the routes of the earliest flow at middle throughputs: a queue before each
arc, days in order. Throughputs of a kind and pieces a person are drawn once for the whole run. It is worked
out for the first year, the middle one and the last, and anew only where what is ready has changed; in between
the last curve stands.

**Sources.** The network on record, whose throughputs are mostly assumed; Ford and Fulkerson's flow over time.

**Leaves out.** Forces that stand where they are needed, what is ready only after 30 days and so leaves on day
180, losses, and combat. Land forces are an assumed part of all persons; the others come by other ways.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByDraw, OncePerDraw
from foedus.forces.equations import triangular
from foedus.reinforcement.fixed_routes import CLASSES, FixedRoutes

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    plan_persons_required_in_10_days: ByDraw
    plan_persons_required_in_30_days: ByDraw
    plan_persons_required_in_180_days: ByDraw
    plan_persons_ready_in_10_days: ByDraw
    plan_persons_ready_in_30_days: ByDraw
    reinforcement_routes: FixedRoutes | None
    reinforcement_is_worked_out: float
    land_part_of_persons: float
    pieces_per_person_low: float
    pieces_per_person_middle: float
    pieces_per_person_high: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    plan_persons_ready_in_10_days: ByDraw
    plan_persons_ready_in_30_days: ByDraw
    land_persons_arrived_in_10_days: ByDraw
    land_persons_arrived_in_30_days: ByDraw
    land_persons_arrived_in_180_days: ByDraw


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    rail_throughput_error: OncePerDraw
    road_throughput_error: OncePerDraw
    ship_throughput_error: OncePerDraw
    ferry_throughput_error: OncePerDraw
    gauge_throughput_error: OncePerDraw
    assembly_throughput_error: OncePerDraw
    pieces_per_person_error: OncePerDraw


@dataclass(frozen=True)
class Parameters:
    """It has none of its own: throughputs come with the scenario."""


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    land_persons_arrived_in_10_days: ByDraw
    land_persons_arrived_in_30_days: ByDraw
    land_persons_arrived_in_180_days: ByDraw
    land_persons_short_in_10_days: ByDraw
    land_persons_short_in_30_days: ByDraw
    land_persons_short_in_180_days: ByDraw


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Move what is ready of a plan over fixed routes, in the years in which that is worked out.

    Parameters
    ----------
    now : Now
        Persons required and ready by day; the routes; 1.0 in a year in which arrivals are worked out; which
        part of persons are land forces; the ends and the peak of pieces a person.
    before : Before
        What had arrived by day in the curve of last year.
    shocks : Shocks
        Standard normal terms, multiplied by the shock scale.
    parameters : Parameters
        None.

    Returns
    -------
    Result
        Persons of land forces that have arrived by day, and how many of those required are short, (draw, 1).
    """
    del parameters
    arrived = (
        before.land_persons_arrived_in_10_days,
        before.land_persons_arrived_in_30_days,
        before.land_persons_arrived_in_180_days,
    )
    if now.reinforcement_is_worked_out and now.reinforcement_routes is not None and not _same(now, before):
        arrived = _arrived(now, shocks, now.reinforcement_routes)
    required = (
        now.plan_persons_required_in_10_days,
        now.plan_persons_required_in_30_days,
        now.plan_persons_required_in_180_days,
    )
    land = now.land_part_of_persons
    short = [np.maximum(land * r - a, 0.0) for r, a in zip(required, arrived, strict=True)]
    return Result(*arrived, *short)


def _same(now: Now, before: Before) -> bool:
    """Whether the same is ready in the same draws as last year, so that the same arrives."""
    pairs = (
        (now.plan_persons_ready_in_10_days, before.plan_persons_ready_in_10_days),
        (now.plan_persons_ready_in_30_days, before.plan_persons_ready_in_30_days),
    )
    # What there is before the first year has no draws.
    return all(was.ndim == ready.ndim and np.array_equal(was, ready) for ready, was in pairs)


def _arrived(now: Now, shocks: Shocks, ways: FixedRoutes) -> tuple[Array, Array, Array]:
    """Return the persons of land forces that have arrived by day 10, 30 and 180, (draw, 1)."""
    ends = (now.pieces_per_person_low, now.pieces_per_person_middle, now.pieces_per_person_high)
    each = triangular(shocks.pieces_per_person_error, *map(np.asarray, ends))[:, 0]
    ten, thirty = now.plan_persons_ready_in_10_days[:, 0], now.plan_persons_ready_in_30_days[:, 0]
    per_person = now.land_part_of_persons * each
    pieces = [per_person * ten, per_person * (thirty - ten)]
    by_day = ways.arrived([np.broadcast_to(p, per_person.shape) for p in pieces], _capacity(ways, shocks))
    first, second, last = (arrived[:, np.newaxis] / each[:, np.newaxis] for arrived in by_day)
    return first, second, last


def _capacity(ways: FixedRoutes, shocks: Shocks) -> Array:
    """Return pieces a day, (arc, draw)."""
    terms = {name: getattr(shocks, f"{name}_throughput_error")[:, 0] for name in CLASSES}
    return np.stack(
        [
            triangular(terms[of_class], np.asarray(low), np.asarray(middle), np.asarray(high))
            for of_class, _, low, middle, high in ways.arcs
        ]
    )
