"""What is missing of a requirement, and what it would cost.

For each class ``missing = max(0, required - sum of held x availability)``: what allies hold is netted before
anything is called missing, and gaps of single allies are never added. Availability is one draw for all allies
of a class, so the interval is that of a common error. Money is missing times the price of one, times the
growth of cost that programmes of the past have seen; personnel and running are not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.draws import generator
from foedus.forces.apportionment import BY_GDP, Sharing, apportion
from foedus.forces.classes import equipment_class
from foedus.forces.gap_result import AllyCost, ClassGap, Gap, class_label
from foedus.forces.parameters import FOLDER
from foedus.forces.prices import class_price
from foedus.forces.requirement import find_requirement
from foedus.forces.words import NO_HOLDINGS
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.forces.holdings import Holdings
    from foedus.forces.prices import ClassPrice
    from foedus.forces.requirement import Need, Requirement

__all__ = ["DRAWS", "gap"]

DRAWS = 4000
"""Draws of availability, price and cost growth."""

ENDS = (0.1, 0.5, 0.9)
TENTH = 1.2815515655446004
"""The standard normal quantile of nine in ten."""


def gap(
    requirement: str | Requirement,
    sharing: Sharing = BY_GDP,
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    holdings: Holdings | None = None,
    seed: int = 1,
) -> Gap:
    """Work out what is missing of a requirement, and what it would cost.

    Parameters
    ----------
    requirement : str or Requirement
        A shipped requirement's name, a path, or a requirement.
    sharing : Sharing
        By what rule and among whom it is shared.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    holdings : Holdings, optional
        What allies hold; without it, what the user has imported.
    seed : int, default 1
        Of the draws.

    Returns
    -------
    Gap
        By class and by ally. Without holdings it has the requirement and the parts, and says what is needed.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As for :func:`foedus.forces.apportionment.apportion`.
    """
    from foedus.evidence import Ledger
    from foedus.forces.holdings import own_holdings

    need = find_requirement(requirement) if isinstance(requirement, str) else requirement
    ledger = Ledger.load() if ledger is None else ledger
    shares = apportion(need, sharing, as_of=as_of, ledger=ledger, holdings=holdings)
    dated = ledger.as_of(as_of) if as_of else ledger
    known = (own_holdings() if holdings is None else holdings).as_of(as_of)
    countries, growth = {row.country for row in shares.rows}, _growth(seed)
    classes = [
        _class_gap(name, need.needs[name], known, countries, _Draws(_price(dated, name), growth, seed))
        for name in need.required()
    ]
    rows, costs = zip(*classes, strict=True) if classes else ((), ())
    total: Array = np.sum(costs, axis=0)
    low, middle, high = (float(v) for v in np.quantile(total, ENDS))
    assumed = sum(row.cost or 0.0 for row in rows if row.price_grade == "assumed")
    by_ally = tuple(
        AllyCost(row.country, row.name, part, part * middle, part * low, part * high)
        for row in shares.rows
        if high > 0.0
        for part in [row.money / shares.money]
    )
    return Gap(
        need,
        sharing.rule,
        shares.who,
        rows,
        by_ally,
        middle,
        low,
        high,
        float(assumed),
        shares,
        _notes(need, rows, middle, float(assumed), len(shares.rows)),
    )


@dataclass(frozen=True)
class _Draws:
    """What the cost of one class is drawn from."""

    price: ClassPrice | None
    growth: Array
    seed: int


def _price(ledger: Ledger, equipment: str) -> ClassPrice | None:
    """Return the price of a class, or None for one that is counted beside the axis of equipment."""
    return class_price(ledger, equipment) if equipment_class(equipment).on_axis else None


def _growth(seed: int) -> Array:
    """Draw how much more a programme costs in the end, (draw,): lognormal between published averages."""
    parameters = FOLDER.component("cost_growth")
    low, high = (np.log(float(parameters[f"cost_growth_{end}"].value)) for end in ("low", "high"))  # type: ignore[arg-type]
    normal = generator([seed, 1]).standard_normal(DRAWS)
    growth: Array = np.exp(0.5 * (low + high) + normal * (high - low) / (2.0 * TENTH))
    return growth


def _availability(equipment: str, seed: int) -> Array | None:
    """Draw the share of what is held that is available, (draw,); None where no parameter says."""
    parameter = FOLDER.component("readiness").get(equipment)
    if parameter is None or isinstance(parameter.value, dict):
        return None
    low, high = parameter.range
    # One stream for all classes: what is available of one class says nothing of another, but draws pair up.
    order = list(FOLDER.component("readiness")).index(equipment)
    return generator([seed, 2, order]).triangular(low, parameter.value, high, DRAWS)


def _class_gap(
    name: str, need: Need, holdings: Holdings, countries: set[str], draws: _Draws
) -> tuple[ClassGap, Array]:
    """Return one class's gap, and its cost by draw."""
    counts = {c: n for (c, equipment), n in holdings.counts().items() if equipment == name and c in countries}
    ratio = _availability(name, draws.seed)
    grade = draws.price.grade if draws.price else ""
    source = draws.price.source if draws.price else ""
    # A few imported counts say less than a report that counts all.
    enough = need.existing is None or 2 * len(counts) >= len(countries)
    if counts and ratio is not None and enough:
        available = sum(counts.values()) * ratio
        held, held_by = sum(counts.values()), "imported tables"
    elif need.existing is not None:
        # What a report says exists is compared as it stands: it compares like with like.
        available, held, held_by = np.full(DRAWS, need.existing), need.existing, "the same report"
    else:
        return ClassGap(name, need.required, price_grade=grade, price_source=source), np.zeros(DRAWS)
    missing = np.maximum(need.required - available, 0.0)
    a, m = np.quantile(available, ENDS), np.quantile(missing, ENDS)
    cost, ends = np.zeros(DRAWS), (None, None, None)
    if draws.price is not None:
        each = _prices(draws.price, name, draws.seed)
        cost = missing * each * draws.growth
        ends = tuple(float(v) for v in np.quantile(cost, ENDS))  # type: ignore[assignment]
    row = ClassGap(
        name,
        need.required,
        held,
        float(a[1]),
        float(a[0]),
        float(a[2]),
        float(m[1]),
        float(m[0]),
        float(m[2]),
        ends[1],
        ends[0],
        ends[2],
        grade,
        source,
        held_by,
        len(counts),
    )
    return row, cost


def _prices(price: ClassPrice, name: str, seed: int) -> Array:
    """Draw the price of one, (draw,): triangular in logs between the lowest, the middle and the highest."""
    if price.low == price.high:
        return np.full(DRAWS, price.middle)
    low, middle, high = (float(np.log(v)) for v in (price.low, price.middle, price.high))
    order = list(FOLDER.component("readiness")).index(name)
    each: Array = np.exp(generator([seed, 3, order]).triangular(low, middle, high, DRAWS))
    return each


def _notes(
    need: Requirement, rows: Sequence[ClassGap], cost: float, assumed: float, allies: int
) -> tuple[str, ...]:
    """Write what a reader must know."""
    notes = []
    if need.label:
        notes.append(f"{need.title}: {need.label}; nobody outside can say whether it is right.")
    if any(row.missing is None for row in rows):
        notes.append(NO_HOLDINGS)
    if need.additional and any(row.held_by == "imported tables" for row in rows):
        notes.append(
            "The source counts what it asks for on top of what allies hold; held against all that they hold, "
            "the gap is the least that it can be."
        )
    some = [row for row in rows if 0 < row.allies_counted < allies]
    if some:
        counts = ", ".join(f"{row.allies_counted} of {allies} for {class_label(row)}" for row in some)
        notes.append(f"Allies with a count: {counts}; the others are counted as holding none.")
    if cost > 0.0:
        notes.append(
            f"Of USD {billions(cost, 0)} bn, {billions(assumed, 0)} bn rest on assumed prices. Personnel and "
            "running are not in it; cost growth is lognormal between 1.20 and 1.54 (middle 80 %)."
        )
    notes.append(
        "How much of what is held is available is judged or assumed; no public list says so by ally."
    )
    return tuple(notes)
