"""Scenario discovery: in which region of what is uncertain does a scenario meet a threshold?

The boxes are found by PRIM (:mod:`foedus.analysis.prim`) on one half of the draws and counted on the other,
so that what is printed was not fitted to the draws it is counted on. A share of draws is the model's; where
several scenarios are given, their draws are put side by side with equal weight, which is no probability: a
limit on a lever or a belief says for which of them the box holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.analysis.discovery_inputs import CHANCE, DiscoveryInput, choices, streams
from foedus.analysis.discovery_result import BoxLimit, DiscoveredBox, Discovery, PathPoint
from foedus.analysis.prim import BY_CHANCE, BoxCount, InputBox, Mask, best_step, find_boxes, limit_p_value
from foedus.analysis.threshold_text import WHERE, Threshold, read_threshold
from foedus.catalogue import catalogue
from foedus.errors import InputError
from foedus.rounding import written
from foedus.runs.outcome import outcome_in_years

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.scenario import Resolved

__all__ = ["discover", "discover_resolved"]

FEWEST = 10
"""The fewest draws that meet, and that miss, the threshold in each half, for a box to mean anything."""


def discover(
    scenarios: Sequence[str],
    threshold: str,
    *,
    year: int | None = None,
    draws: int = 4000,
    seed: int = 1,
    **resolving: Any,
) -> Discovery:
    """Find the regions in which scenarios meet a threshold.

    Parameters
    ----------
    scenarios : sequence of str
        Names of shipped scenarios or paths of scenario files.
    threshold : str
        A measure, a sign and a number, as ``"allies_at_pledge_count < 5"``.
    year : int, optional
        The year; without it, the last one that all have.
    draws : int, default 4,000
        Draws of each scenario.
    seed : int, default 1
        Seed of the random streams.
    **resolving
        What :func:`foedus.analysis.align.resolve_all_alike` takes: the day and the ledger.

    Returns
    -------
    Discovery
        Boxes with coverage and density, and the way to the first one.

    Raises
    ------
    InputError
        When the threshold cannot be read, names no measure, or is met in all draws, in none or in too few.
    """
    from foedus.analysis.align import resolve_all_alike

    return discover_resolved(
        resolve_all_alike(scenarios, **resolving), threshold, year=year, draws=draws, seed=seed
    )


def discover_resolved(
    scenarios: Sequence[Resolved],
    threshold: str,
    *,
    year: int | None = None,
    draws: int = 4000,
    seed: int = 1,
) -> Discovery:
    """Find the regions for scenarios that have their figures already; see :func:`discover`.

    Parameters
    ----------
    scenarios : sequence of Resolved
        The scenarios, of the same countries.
    threshold : str
        A measure, a sign and a number.
    year : int, optional
        The year; without it, the last one that all have.
    draws, seed : int
        Draws of each scenario, and the seed.

    Returns
    -------
    Discovery
        Boxes with coverage and density, and the way to the first one.

    Raises
    ------
    InputError
        As :func:`discover` does.
    """
    names = set.intersection(*(set(s.measure_names()) for s in scenarios))
    condition = read_threshold(threshold, names)
    years = min((s.years for s in scenarios), key=len)
    asked = years[-1] if year is None else year
    if asked not in years[1:]:
        raise InputError(
            f"{asked} is no year of the run", where="--year", do=f"give one from {years[1]} to {years[-1]}"
        )
    met, least, most = _met(scenarios, condition, years.index(asked), draws, seed)
    _check_met(condition, met, (least, most))
    inputs, values = _inputs(scenarios, asked, draws, seed)
    # Draws of one number stand in one half whatever the scenario: halves share no random term.
    first = np.tile(np.arange(draws) % 2 == 0, len(scenarios))
    halves = (values[first], met[first]), (values[~first], met[~first])
    boxes, path = _boxes(inputs, *halves)
    about = catalogue()[condition.measure]
    return Discovery(
        scenarios=tuple(s.name for s in scenarios),
        threshold=str(condition),
        measure=condition.measure,
        label=about.label,
        unit=about.unit,
        year=asked,
        draws=draws,
        seed=seed,
        share=float(met.mean()),
        boxes=boxes,
        path=path,
        inputs=inputs,
        notes=_notes(inputs, boxes, len(scenarios)),
    )


def _met(
    scenarios: Sequence[Resolved], condition: Threshold, index: int, draws: int, seed: int
) -> tuple[Mask, float, float]:
    """Return in which draws of all scenarios, one after the other, the threshold is met; and the range."""
    parts = [
        outcome_in_years(s, draws=draws, seed=seed, shown_in=()).measure(condition.measure, index)
        for s in scenarios
    ]
    values = np.concatenate(parts)
    return condition.met(values), float(values.min()), float(values.max())


def _check_met(condition: Threshold, met: Mask, span: tuple[float, float]) -> None:
    """Refuse a threshold that is met in all draws, in none, or in too few to describe."""
    count = int(met.sum())
    ends = f"the measure runs from {span[0]:g} to {span[1]:g}"
    if count in (0, len(met)):
        often = "none" if count == 0 else "all"
        raise InputError(
            f"{condition} is met in {often} of {len(met):,} draws: {ends}",
            where=WHERE,
            do="choose a threshold inside that range",
        )
    if min(count, len(met) - count) < 2 * FEWEST:
        raise InputError(
            f"{condition} is met in {count} of {len(met):,} draws, too few on one side to describe: {ends}",
            where=WHERE,
            do="ask for more draws or another threshold",
        )


def _inputs(
    scenarios: Sequence[Resolved], year: int, draws: int, seed: int
) -> tuple[tuple[DiscoveryInput, ...], Array]:
    """Return what the draws of all scenarios differ in, one after the other."""
    most = max(scenarios, key=lambda s: len(s.measure_names()))
    drawn, terms = streams(most, year=year, draws=draws, seed=seed)
    chosen, values = choices(scenarios)
    columns = np.hstack([np.tile(terms, (len(scenarios), 1)), np.repeat(values, draws, axis=0)])
    return (*drawn, *chosen), columns


def _boxes(
    inputs: tuple[DiscoveryInput, ...], sought: tuple[Array, Mask], counted: tuple[Array, Mask]
) -> tuple[tuple[DiscoveredBox, ...], tuple[PathPoint, ...]]:
    """Find boxes on one half of the draws and count them on the other; one that fails there ends the list."""
    ways = find_boxes(*sought)
    rest = np.ones(len(counted[1]), dtype=bool)
    boxes = []
    for step in (way.box for way in ways):
        values, met = counted[0][rest], counted[1][rest]
        if not met.any():
            break
        check = BoxCount.of(step.box, values, met)
        p_values = {c: limit_p_value(check, c, values, met) for c in step.box.limited()}
        # A later box that is no denser than all draws together says nothing of where to look.
        if max(p_values.values()) > BY_CHANCE or check.density <= counted[1].mean():
            break
        limits = [
            _limit(inputs[c], step.box, c, p, counted[0][:, c])
            for c, p in sorted(p_values.items(), key=lambda pair: pair[1])
        ]
        whole = (check.coverage, check.density, check.mass)
        boxes.append(DiscoveredBox(*whole, step.coverage, step.density, tuple(limits)))
        rest &= ~step.box.inside(counted[0])
    best = best_step(ways[0].steps) if ways else None
    path = tuple(
        PathPoint(s.coverage, s.density, s.mass, len(s.box.limited()), s is best)
        for s in (ways[0].steps if ways else ())
    )
    return tuple(boxes), path


def _limit(about: DiscoveryInput, box: InputBox, column: int, p_value: float, values: Array) -> BoxLimit:
    """Describe a box's limit on one input."""
    low, high = (float(v) if np.isfinite(v) else None for v in (box.low[column], box.high[column]))
    return BoxLimit(
        input=about.name,
        label=about.label,
        kind=about.kind,
        low=low,
        high=high,
        words=_words(about, low, high),
        p_value=p_value,
        least=float(values.min()),
        greatest=float(values.max()),
    )


def _words(about: DiscoveryInput, low: float | None, high: float | None) -> str:
    """Write a limit: in standard deviations of a random term, or as the values of a choice."""
    if about.values:
        inside = [
            value
            for code, value in enumerate(about.values)
            if (low is None or code >= low) and (high is None or code <= high)
        ]
        return f"is {' or '.join(inside)}"
    drawn = about.kind == CHANCE
    ends = [written(v, 2, signed=True) if drawn else f"{v:g}" for v in (low, high) if v is not None]
    unit = " standard deviations" if drawn else ""
    if low is not None and high is not None:
        return f"between {ends[0]} and {ends[1]}{unit}"
    return f"at {'most' if low is None else 'least'} {ends[0]}{unit}"


def _notes(
    inputs: tuple[DiscoveryInput, ...], boxes: tuple[DiscoveredBox, ...], scenarios: int
) -> tuple[str, ...]:
    """Write what the reader must know."""
    notes = [
        "Boxes are found on the even draws and counted on the odd ones. A random term is summed up as its "
        "mean over years and countries: a box of such means cannot show when a term struck, or whom."
    ]
    if scenarios > 1:
        notes.append(
            f"The draws of {scenarios} scenarios stand side by side with equal weight. That is no "
            "probability: nobody draws a lever, and no chance is put on a belief."
        )
    kinds = {limit.kind for box in boxes for limit in box.limits}
    if kinds & {"lever"} and kinds & {"uncertainty", "parameter", "structure"}:
        notes.append("A box limits levers and beliefs: what can be decided is apart from what is believed.")
    if not inputs:
        notes.append("Nothing is drawn in these scenarios.")
    return tuple(notes)
