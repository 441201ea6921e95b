"""What a pledge asks of each ally: the growth it needs, what that costs, and the odds that it arrives.

The growth follows from an identity, ``(1 + growth of spending) = (target / share) ** (1 / years) * (1 +
growth of GDP)``. The cost is spending on a straight path of the share to the target, less spending at the
present share. The odds are the part of the model's draws in which the ally is at the target in the deadline's
year; beside them stands what no change says, and the skill that the model has had as many years ahead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.axes import country_codes, country_name
from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.errors import InputError
from foedus.evidence.institutions import Pledge, pledges_by
from foedus.results import Note, Result
from foedus.scenario import Resolved, resolve
from foedus.spending.hindcast.skill import Skill, skill_ahead
from foedus.spending.measures import SHARE, at_level
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "PledgeReading",
    "PledgeRow",
    "faster_than_gdp",
    "pledge",
    "probability_at_target",
    "required_growth",
]

LAST_YEAR = 2050
"""The last deadline that is read: growth after the Outlook's last year is only repeated."""


@dataclass(frozen=True)
class PledgeRow:
    """What the pledge asks of one ally.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share, target : float
        Share of GDP at the start, and the share pledged, fractions.
    gdp_growth : float
        Mean projected real growth of GDP to the deadline, a fraction per year.
    faster_than_gdp, required_growth : float
        By how much spending must grow faster than GDP, and how much in real terms, fractions per year; zero
        and the growth of GDP for an ally at the target.
    cost_at_deadline, cost_cumulative : float
        Spending on the straight path less spending at the present share: in the deadline's year, and summed
        over the years to it; US dollars of the run's price year.
    odds, odds_no_change : float
        Part of the draws in which the ally is at the target in the deadline's year, and what no change says.
    cost_by_year : tuple of float
        The cost in each year after the start.
    equipment_share : float
        Equipment over spending at the start, a fraction; NaN where not known.
    """

    country: str
    name: str
    share: float
    target: float
    gdp_growth: float
    faster_than_gdp: float
    required_growth: float
    cost_at_deadline: float
    cost_cumulative: float
    odds: float
    odds_no_change: float
    cost_by_year: tuple[float, ...]
    equipment_share: float


@dataclass(frozen=True)
class PledgeReading(Result):
    """The answer of ``foedus pledge``.

    Attributes
    ----------
    target : float
        The share pledged by all, a fraction.
    deadline, start_year, price_year : int
        The year to reach it by, the year of the starting figures, and the year of the prices.
    as_of : datetime.date
        The day whose knowledge is used.
    years : tuple of int
        The years after the start, to the deadline.
    identity : str
        The identity that the growth follows from, with the target's figures.
    rows : tuple of PledgeRow
        By ally, the largest cumulative cost first.
    cost_by_year : tuple of float
        The sum over the allies listed.
    draws : int
        How many draws the odds rest on.
    skill : Skill
        The model's skill that many years ahead.
    rules : tuple of Pledge
        The dated rules in force on the day: Wales, Vilnius, The Hague, and national positions.
    notes : tuple of Note
        What the scenario filled, chose or left out.
    """

    target: float
    deadline: int
    start_year: int
    price_year: int
    as_of: date
    years: tuple[int, ...]
    identity: str
    rows: tuple[PledgeRow, ...]
    cost_by_year: tuple[float, ...]
    draws: int
    skill: Skill
    rules: tuple[Pledge, ...]
    notes: tuple[Note, ...]

    @property
    def shown(self) -> str:
        """Which odds are shown: the model's, or those of no change where it has had no skill so far ahead."""
        return "model" if self.skill.shown == "model" else "no change"

    def headline(self) -> str:
        """Return what the pledge costs in the deadline's year."""
        return (
            f"{per_cent(self.target, 1)} of GDP by {self.deadline} costs "
            f"{billions(self.cost_by_year[-1], 0)} bn dollars more in that year than today's shares."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the allies, the cost by year, and the pledges and positions in force."""
        from foedus.analysis.pledge_tables import allies_table, rules_table, years_table

        return allies_table(self), years_table(self), rules_table(self)

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import pledge as charts

        return {"cost": charts.pledge_chart}


def faster_than_gdp(share: float, target: float, years: int) -> float:
    """Return by how much spending must outgrow GDP for a share to reach a target.

    Parameters
    ----------
    share, target : float
        Shares of GDP, fractions above zero.
    years : int
        Years to get there, one or more.

    Returns
    -------
    float
        ``(target / share) ** (1 / years) - 1``, a fraction per year; zero for an ally at the target.

    Raises
    ------
    InputError
        When a share is not above zero or no year is left.

    Examples
    --------
    >>> round(faster_than_gdp(0.02, 0.035, 10), 3)
    0.058
    """
    if share <= 0.0 or target <= 0.0:
        raise InputError("a share that is not above zero has no rate of growth", do="give shares above zero")
    if years < 1:
        raise InputError("no year is left to the deadline", where="--by", do="give a year after the start")
    return float(max((target / share) ** (1.0 / years) - 1.0, 0.0))


def required_growth(share: float, target: float, years: int, gdp_growth: float) -> float:
    """Return the real growth of spending that takes a share to a target.

    Parameters
    ----------
    share, target : float
        Shares of GDP, fractions above zero.
    years : int
        Years to get there, one or more.
    gdp_growth : float
        Real growth of GDP, a fraction per year.

    Returns
    -------
    float
        A fraction per year: :func:`faster_than_gdp` compounded with the growth of GDP.
    """
    return (1.0 + faster_than_gdp(share, target, years)) * (1.0 + gdp_growth) - 1.0


def pledge(
    *,
    target: float | None = None,
    by: int | None = None,
    countries: Iterable[str] | None = None,
    scenario: str = "baseline",
    as_of: date | None = None,
    draws: int = 2000,
    seed: int = 1,
    ledger: Ledger | None = None,
) -> PledgeReading:
    """Compute what a pledge asks of each ally.

    Parameters
    ----------
    target : float, optional
        The share of GDP, a fraction; without it the scenario's, with its exceptions.
    by : int, optional
        The deadline; without it the scenario's.
    countries : iterable of str, optional
        List only these allies.
    scenario : str, default "baseline"
        The scenario that everything else comes from.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    draws, seed : int
        Draws and seed of the odds.
    ledger : Ledger, optional
        The figures.

    Returns
    -------
    PledgeReading
        One row for each ally.

    Raises
    ------
    InputError
        When the target is no share of GDP, the deadline is not after the start, or a country is no ally.
    """
    if by is not None and by > LAST_YEAR:
        raise InputError(f"{by} is too far ahead", where="--by", do=f"give a year to {LAST_YEAR}")
    base = resolve(scenario, as_of=as_of, ledger=ledger)
    if by is not None and by > base.horizon:
        base = resolve(scenario, as_of=as_of, ledger=ledger, horizon=by)
    resolved = _with_pledge(base, target, by)
    chosen = _chosen(resolved, countries)
    reached = probability_at_target(resolved, draws=draws, seed=seed)
    ahead = resolved.spending.pledge_deadline - resolved.start_year
    growth = np.array(resolved.spending.gdp_real_growth_path)[:ahead]
    gdp = np.array(resolved.spending.gdp_constant_usd) * np.cumprod(1.0 + growth, axis=0)
    rows = [_row(resolved, i, gdp[:, i], growth[:, i], float(reached[i])) for i in chosen]
    return PledgeReading(
        target=resolved.spending.pledge_target,
        deadline=resolved.spending.pledge_deadline,
        start_year=resolved.start_year,
        price_year=resolved.price_year,
        as_of=resolved.as_of,
        years=resolved.years[1 : ahead + 1],
        identity=_identity(resolved.spending.pledge_target, ahead),
        rows=tuple(sorted(rows, key=lambda r: -r.cost_cumulative)),
        cost_by_year=tuple(float(v) for v in np.sum([r.cost_by_year for r in rows], axis=0)),
        draws=draws,
        skill=skill_ahead("meets", ahead),
        rules=tuple(pledges_by(resolved.as_of)),
        notes=resolved.notes,
    )


def _identity(target: float, years: int) -> str:
    """Print the identity, and what it says from 2 % of GDP."""
    words = (
        "(1 + growth of spending) = (target / share) ** (1 / years) * (1 + growth of GDP): from 2 % to "
        f"{100 * target:g} % of GDP in {years} year{'s' if years > 1 else ''}, spending must grow "
        f"{100 * faster_than_gdp(0.02, target, years):.1f} % a year faster than GDP"
    )
    if (target, years) != (0.035, 10):
        words += f" (to 3.5 % in ten years, {100 * faster_than_gdp(0.02, 0.035, 10):.1f} %)"
    return words + "."


def _with_pledge(resolved: Resolved, target: float | None, by: int | None) -> Resolved:
    """Put another target and deadline in the place of the scenario's, and end the run at the deadline."""
    from foedus.files.section import HIGHEST_SHARE

    if target is not None and not 0.0 < target <= HIGHEST_SHARE:
        raise InputError(f"{target:g} is not a share of GDP", where="--target", do="write 3.5 % as 0.035")
    deadline = by if by is not None else resolved.spending.pledge_deadline
    if deadline <= resolved.start_year:
        raise InputError(
            f"the deadline {deadline} is not after {resolved.start_year}, the year of the figures",
            where="--by",
            do=f"give a year from {resolved.start_year + 1} on",
        )
    pledge: dict[str, Any] = {"pledge_deadline": deadline}
    if target is not None:
        pledge |= {"pledge_target": target, "pledge_targets": (target,) * len(resolved.countries)}
    steps = deadline - resolved.start_year
    spending = replace(
        resolved.spending,
        gdp_real_growth_path=resolved.spending.gdp_real_growth_path[:steps],
        announced=resolved.spending.announced[:steps],
        **pledge,
    )
    return replace(resolved, horizon=deadline, spending=spending)


def _chosen(resolved: Resolved, countries: Iterable[str] | None) -> list[int]:
    """Return the rows of the allies to list; who has no share is never listed."""
    taking = [i for i, participates in enumerate(resolved.spending.participates) if participates]
    if countries is None:
        return taking
    codes = country_codes(countries, where="--country")
    for code in codes:
        if code not in resolved.countries or resolved.countries.index(code) not in taking:
            raise InputError(
                f"{country_name(code)} is not an ally with a share of GDP on {resolved.as_of}",
                where="--country",
                do="name an ally with armed forces",
            )
    return [resolved.countries.index(code) for code in codes]


def probability_at_target(resolved: Resolved, *, draws: int, seed: int) -> Array:
    """Return the share of draws in which each country ends at its target or above.

    Parameters
    ----------
    resolved : Resolved
        The scenario, accessions and questions included.
    draws, seed : int
        How many draws, and the seed of the random streams.

    Returns
    -------
    ndarray, (country,)
        Shares of draws, 0 to 1, in the last year of the scenario.
    """
    targets = np.array(resolved.spending.pledge_targets)

    def count(block: Block) -> Array:
        for _, state in block.years():
            share = state[SHARE]
        at_target: Array = at_level(block.cut(share), targets).sum(axis=0)
        return at_target

    counts = map_blocks(count, resolved.problem(), draws=draws, seed=seed)
    total: Array = sum(counts, start=np.zeros(len(targets)))
    return total / draws


def _row(resolved: Resolved, i: int, gdp: Array, growth: Array, reached: float) -> PledgeRow:
    """Return one ally's row."""
    share, target = resolved.spending.defence_expenditure_share_of_gdp[i], resolved.spending.pledge_targets[i]
    years = len(gdp)
    path = share + max(target - share, 0.0) * np.arange(1, years + 1) / years
    cost = (path - share) * gdp
    mean_growth = math.exp(float(np.log1p(growth).mean())) - 1.0
    return PledgeRow(
        country=resolved.countries[i],
        name=country_name(resolved.countries[i]),
        share=share,
        target=target,
        gdp_growth=mean_growth,
        faster_than_gdp=faster_than_gdp(share, target, years),
        required_growth=required_growth(share, target, years, mean_growth),
        cost_at_deadline=float(cost[-1]),
        cost_cumulative=float(cost.sum()),
        odds=reached,
        odds_no_change=float(at_level(np.array(share), target)),
        cost_by_year=tuple(float(c) for c in cost),
        equipment_share=resolved.spending.equipment_share[i],
    )
