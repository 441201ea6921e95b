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

from foedus.analysis.pledge_row import PledgeRow, faster_than_gdp, pledge_row, required_growth
from foedus.attribution.attribute import SIPRI_PUBLISHED
from foedus.attribution.estimates import packaged_estimates
from foedus.attribution.result import pull_words
from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.evidence.groups import allies_among, other_countries
from foedus.evidence.institutions import Pledge, pledges_by
from foedus.results import Answer, Note, Result
from foedus.scenario import Resolved, resolve
from foedus.spending.hindcast.skill import Skill, skill_ahead
from foedus.spending.measures import SHARE, at_level
from foedus.spending.realisation import PlanRow, plan_rows
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.analysis.question import PledgeQuestion
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "PledgeReading",
    "PledgeRow",
    "faster_than_gdp",
    "pledge",
    "pledge_of",
    "probability_at_target",
    "required_growth",
]

WIDER = "security_related_share_of_gdp"
TOGETHER = "defence_and_security_share_of_gdp"

LAST_YEAR = 2050
"""The last deadline that is read: growth after the Outlook's last year is only repeated."""


@dataclass(frozen=True)
class PledgeReading(Result):
    """The answer of ``foedus pledge``.

    Attributes
    ----------
    target : float
        The share pledged by all that is priced, a fraction.
    asked : float
        The share asked about; above `target` where a part of it is wider security.
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
    plans : tuple of PlanRow
        The shares that the allies listed have announced, with what was printed of the year since.
    notes : tuple of Note
        What the scenario filled, chose or left out.
    editions : tuple of str
        The editions that the figures come from.
    """

    target: float
    asked: float
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
    plans: tuple[PlanRow, ...]
    notes: tuple[Note, ...]
    editions: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Which odds are shown: the model's, or those of no change where it has had no skill so far ahead."""
        return "no change" if self.skill.shown == "no change" else "model"

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return what the pledge costs in its last year, or all that it asks of a single ally."""
        from foedus.analysis.answers import pledge_answer

        return pledge_answer(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the allies, the cost by year, announced plans, and the pledges and positions in force."""
        from foedus.analysis.pledge_tables import allies_table, plans_table, rules_table, years_table

        return allies_table(self), years_table(self), plans_table(self), rules_table(self)

    def payload(self) -> dict[str, Any]:
        """Return the fields for programs, and the answer in one number."""
        return super().payload() | {"answer": self.answer().payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import pledge as charts

        return {"cost": charts.pledge_chart}


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
    known = ledger or Ledger.load()
    base = resolve(scenario, as_of=as_of, ledger=known)
    if by is not None and by > base.horizon:
        base = resolve(scenario, as_of=as_of, ledger=known, horizon=by)
    priced, remarks = core_target(target, base.as_of)
    resolved = _with_pledge(base, priced, by)
    chosen, others = _chosen(resolved, countries)
    reached = probability_at_target(resolved, draws=draws, seed=seed)
    ahead = resolved.spending.pledge_deadline - resolved.start_year
    growth = np.array(resolved.spending.gdp_real_growth_path)[:ahead]
    gdp = np.array(resolved.spending.gdp_constant_usd) * np.cumprod(1.0 + growth, axis=0)
    rows = [pledge_row(resolved, i, gdp[:, i], growth[:, i], float(reached[i])) for i in chosen]
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
        plans=plan_rows(known, [resolved.countries[i] for i in chosen], resolved.as_of),
        asked=resolved.spending.pledge_target if target is None else target,
        notes=(*remarks, *resolved.notes, *_placebo_notes(resolved.as_of), *others),
        editions=tuple(resolved.editions),
    )


def pledge_of(question: PledgeQuestion, ledger: Ledger | None = None) -> PledgeReading:
    """Compute what the pledge of a question asks of each ally; see :func:`pledge`."""
    asked = question.model_dump(exclude={"country"})
    return pledge(**asked, countries=question.country or None, ledger=ledger)


def _placebo_notes(day: date) -> tuple[Note, ...]:
    """Return what a placebo leaves of the pull, on which the odds rest, where it was known on a day."""
    return (Note("pull_placebo", pull_words(packaged_estimates())),) if day >= SIPRI_PUBLISHED else ()


def core_target(target: float | None, day: date) -> tuple[float | None, tuple[Note, ...]]:
    """Return what of a target is core defence, and a note where it lies above the goal for core defence.

    Parameters
    ----------
    target : float or None
        The share of GDP asked about, a fraction.
    day : datetime.date
        The day whose pledges are looked at.

    Returns
    -------
    target : float or None
        The share to price: of a goal for defence and wider security together, its core; any other whole.
    notes : tuple of Note
        What is said of wider security.
    """
    adopted = {p.quantity: p for p in pledges_by(day) if not p.country}
    core, wider, both = (adopted.get(name) for name in (SHARE, WIDER, TOGETHER))
    if target is None or core is None or wider is None or both is None or target <= core.level:
        return target, ()
    is_both = math.isclose(target, both.level)
    priced = core.level if is_both else target
    text = (
        f"{per_cent(wider.level, 1)} of the {per_cent(both.level, 1)} of {both.pledge} is wider security, of "
        "which no figures are held and no audited definition exists; what is priced is core defence alone, "
        f"at {per_cent(priced, 1)} of GDP."
    )
    return priced, (Note("core_defence_only", text),)


def _identity(target: float, years: int) -> str:
    """Print the identity, and what it says from 2 % of GDP."""
    words = (
        "(1 + growth of spending) = (target / share) ** (1 / years) * (1 + growth of GDP): from 2 % to "
        f"{100 * target:g} % of GDP in {years} year{'s' if years > 1 else ''}, spending must grow "
        f"{in_per_cent(faster_than_gdp(0.02, target, years), 1)} % a year faster than GDP"
    )
    if (target, years) != (0.035, 10):
        words += f" (to 3.5 % in ten years, {in_per_cent(faster_than_gdp(0.02, 0.035, 10), 1)} %)"
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


def _chosen(resolved: Resolved, countries: Iterable[str] | None) -> tuple[list[int], tuple[Note, ...]]:
    """Return the rows of the allies to list, and notes on who was named and is none of them."""
    taking = [i for i, participates in enumerate(resolved.spending.participates) if participates]
    if countries is None:
        return taking, ()
    members = [resolved.countries[i] for i in taking]
    codes, others = allies_among(countries, on=resolved.as_of, members=members)
    for code in codes:
        if code not in members:
            raise InputError(
                f"a pledge is an ally's own, and {country_name(code)} is a total of allies",
                where="--country",
                do="name allies, or a group such as eastern flank",
            )
    notes = (Note("countries", line) for line in other_countries(others, resolved.as_of))
    return [resolved.countries.index(code) for code in codes], tuple(notes)


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
