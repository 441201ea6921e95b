"""The tables of the answer: raw values with headings and kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.attribution.estimates import DesignEstimate, DesignEstimates
from foedus.attribution.periods import Period
from foedus.attribution.registry import DESIGNS
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.attribution.result import Causes

__all__ = ["GROUP_LABELS", "attribution_tables"]

GROUP_LABELS = {
    "others": "21 allies off the border",
    "border": "5 allies on Russia's border",
    "never-allied": "7 Europeans never allied",
    "pacific": "Rich partners in the Pacific",
    "entrants": "Sweden and Finland",
}
"""What each group is called in print."""


def attribution_tables(result: Causes) -> tuple[Table, ...]:
    """Return every table of an answer."""
    return tuple(_tables(result))


def _tables(result: Causes) -> Iterator[Table]:
    """Yield the tables in the order of reading."""
    yield _periods(result)
    if result.estimates is not None:
        yield _verdicts(result)
        yield _designs(result)
        yield _groups(result.estimates)
    yield _years(result)
    yield _allies(result)
    if result.estimates is not None:
        yield _assumptions(result)
        yield _placebos(result.estimates)
        yield _simulation(result.estimates)
        yield _pull(result.estimates)
        yield _published(result)


def _periods(result: Causes) -> Table:
    """Return where the rise falls, by budget period."""
    accounting = result.accounting
    rows: list[dict[str, Any]] = [
        {"words": each.period.words, **asdict(each), "source": accounting.edition}
        for each in accounting.periods
    ]
    whole = {"words": Period(accounting.first, accounting.last).words, "part": 1.0}
    rows.append({**whole, "spending": accounting.spending, "gdp": accounting.gdp, "share": accounting.share})
    columns = (
        Column("words", "Budgets of"),
        Column("spending", "Spending, log points", "number_1"),
        Column("gdp", "of it GDP", "number_1"),
        Column("share", "and share of GDP", "number_1"),
        Column("part", "Part of the rise", "per_cent_0"),
    )
    allies = len(accounting.allies)
    title = f"Where the rise falls, on the same {allies} allies, {accounting.prices} of {accounting.edition}"
    return Table("periods", title, columns, tuple(rows))


def _years(result: Causes) -> Table:
    """Return growth by year, as it is on one set of allies and as it is published."""
    rows = tuple(
        {**asdict(each), "joined": ", ".join(each.joined), "source": result.accounting.edition}
        for each in result.accounting.years
    )
    columns = (
        Column("year", "Year", "year"),
        Column("growth", "One set of allies", "per_cent"),
        Column("published", "Published", "per_cent"),
        Column("published_same_members", "Members of the year in both", "per_cent"),
        Column("change_of_members", "Change of members", "points"),
        Column("joined", "Joined"),
    )
    title = "Growth by year, and the part that is only a change of members"
    return Table("years", title, columns, rows, folded=True)


def _allies(result: Causes) -> Table:
    """Return each ally's rise and contribution."""
    rows = tuple({**asdict(row), "source": result.accounting.edition} for row in result.accounting.rows)
    columns = (
        Column("name", "Ally"),
        Column("spending", "Spending, log points", "number_1"),
        Column("gdp", "of it GDP", "number_1"),
        Column("share", "and share of GDP", "number_1"),
        Column("contribution", "Contribution, log points", "number_1"),
        Column("part", "Part of the rise", "per_cent_1"),
    )
    return Table("allies", "The rise by ally, the largest contribution first", columns, rows, folded=True)


def _verdicts(result: Causes) -> Table:
    """Return the verdict on every cause and period."""
    rows = tuple(
        {
            "period": v.period.words,
            "label": v.label,
            "verdict": v.verdict,
            "low": v.low,
            "high": v.high,
            "growth": v.growth,
            "least_effect": v.least_effect,
            "sentence": v.sentence,
        }
        for v in result.verdicts
    )
    columns = (
        Column("period", "Budgets of"),
        Column("label", "Cause"),
        Column("verdict", "Verdict"),
        Column("low", "From", "signed_1"),
        Column("high", "to, points a year", "signed_1"),
        Column("growth", "Growth itself", "number_1"),
        Column("least_effect", "Least effect seen", "number_1"),
    )
    return Table("verdicts", "What can be said of each cause", columns, rows, more=("sentence",))


def _designs(result: Causes) -> Table:
    """Return the designs of the period asked about, with placebos, power and who fails."""
    columns = (
        Column("label", "Design"),
        Column("estimate", "Estimate", "signed_1"),
        Column("se", "se", "number_1"),
        Column("chance", "p", "number"),
        Column("loo_low", "Leave one out", "signed_1"),
        Column("loo_high", "to", "signed_1"),
        Column("placebo_low", "Placebo years", "signed_1"),
        Column("placebo_high", "to", "signed_1"),
        Column("rank", "Rank"),
        Column("power_2", "Sees 2", "per_cent_0"),
        Column("power_5", "sees 5", "per_cent_0"),
        Column("least_effect", "Least effect", "number_1"),
        Column("verdict", "Passes"),
    )
    rows = tuple(_design_row(each) for each in result.of_period)
    title = f"The designs for {result.period.words}, side by side"
    more = ("claim", "assumption", "citation", "unit", "p", "permutation_p", "other_low", "other_high")
    return Table("designs", title, columns, rows, more=(*more, "fails"))


def _design_row(estimate: DesignEstimate) -> dict[str, Any]:
    """Return one design of a period as a row."""
    design = DESIGNS[estimate.design]
    window = f", {estimate.variant}" if estimate.variant else ""
    return {
        **asdict(estimate),
        **{name: getattr(design, name) for name in ("claim", "assumption", "citation", "unit")},
        "label": f"({design.letter}) {design.label}{window}",
        "chance": estimate.chance,
        "rank": f"{estimate.placebo_rank} of {estimate.placebo_count + 1}" if estimate.placebo_count else "–",
        "verdict": "passes" if estimate.passes else "fails",
    }


def _assumptions(result: Causes) -> Table:
    """Return what each design claims and assumes, and why those fail that do."""
    failing = {e.design: e.fails for e in result.of_period if e.fails}
    rows = tuple(
        {
            "label": f"({design.letter}) {design.label}",
            **{name: getattr(design, name) for name in ("claim", "assumption", "citation", "unit")},
            "fails": failing.get(design.name, ""),
        }
        for design in DESIGNS.values()
        if any(e.design == design.name for e in result.of_period)
    )
    columns = (
        Column("label", "Design"),
        Column("claim", "Claim"),
        Column("assumption", "Assumption"),
        Column("unit", "In"),
        Column("citation", "Whose"),
        Column("fails", "Fails", blank="–"),
    )
    return Table("assumptions", "What each design claims and assumes", columns, rows, folded=True)


def _groups(estimates: DesignEstimates) -> Table:
    """Return the growth of every group by period."""
    spans = sorted({Period(g.first, g.last) for g in estimates.groups})
    rows = tuple(
        {
            "label": label,
            "members": max(g.members for g in estimates.groups if g.group == group),
            **{str(g.first): g.growth for g in estimates.groups if g.group == group},
            "source": estimates.sipri,
        }
        for group, label in GROUP_LABELS.items()
        if any(g.group == group for g in estimates.groups)
    )
    columns = (
        Column("label", "Group"),
        Column("members", "Countries", "count"),
        *(Column(str(span.first), span.words, "number_1") for span in spans),
    )
    return Table("groups", "Growth by group, log points a year (SIPRI, IMF)", columns, rows)


def _placebos(estimates: DesignEstimates) -> Table:
    """Return what each design finds in years without the cause."""
    rows = tuple(
        {**asdict(p), "label": DESIGNS[p.design].label, "years": Period(p.first, p.last).words}
        for p in estimates.placebos
    )
    columns = (
        Column("label", "Design"),
        Column("years", "Years"),
        Column("estimate", "Estimate", "signed_1"),
        Column("se", "se", "number_1"),
        Column("p", "p", "number"),
    )
    return Table("placebos", "Placebo years: where there was no cause", columns, rows, folded=True)


def _simulation(estimates: DesignEstimates) -> Table:
    """Return what the designs make of known effects."""
    rows = tuple(
        {**asdict(s), "label": DESIGNS[s.design].label, "years": Period(s.first, s.last).words}
        for s in estimates.simulation
    )
    columns = (
        Column("label", "Design"),
        Column("years", "Years"),
        Column("effect", "Known effect", "number_1"),
        Column("bias", "Bias", "signed_1"),
        Column("coverage", "90 % by Welch hold", "per_cent_0"),
        Column("normal_coverage", "by the normal", "per_cent_0"),
        Column("power", "Seen", "per_cent_0"),
    )
    return Table("simulation", "Known effects laid on the same countries", columns, rows, folded=True)


def _pull(estimates: DesignEstimates) -> Table:
    """Return how the pull forecasts against its rivals."""
    rows = tuple(asdict(k) for k in estimates.pull)
    columns = (
        Column("rival", "Against"),
        Column("years_ahead", "Years ahead", "count"),
        Column("error", "Error, points of GDP", "number_3"),
        Column("rival_error", "Its error", "number_3"),
        Column("skill", "Better by", "per_cent_0", span=("low", "high"), to=" to "),
    )
    title = "The pull to 2 % by 2024 out of sample, from origins 2017 on (90 %)"
    return Table("pull", title, columns, rows, folded=True)


def _published(result: Causes) -> Table:
    """Return published results beside the estimates."""
    rows = tuple(
        {**asdict(f), "words": f.period.words, "same": "yes" if f.agrees else "no"} for f in result.published
    )
    columns = (
        Column("citation", "Published"),
        Column("claim", "Finds"),
        Column("words", "Budgets of"),
        Column("estimate", "Here", "signed_1"),
        Column("same", "Same sign"),
        Column("sentence", "Why"),
    )
    return Table("published", "Published results", columns, rows, folded=True, more=("doi",))
