"""The tables of a decision: members, drafts, instruments, simpler models, and packages."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from foedus.decisions.base_rate import base_rates
from foedus.decisions.brief import INSTRUMENT_WORDS, shown_name
from foedus.decisions.result import LEVELS
from foedus.tables import Column, Table
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.decisions.packages import Package
    from foedus.decisions.result import Decision

__all__ = ["decision_tables", "package_table"]

MODEL_WORDS = {"outcome": "recorded decisions' shape", "procedure": "what the procedure makes of it"}
"""What the two models that are no null models are called in print."""


SEEN = 0.005
"""Below this a probability is nought in print."""


def decision_tables(answer: Decision) -> tuple[Table, ...]:
    """Return the tables of an answer; without a reversion only where simpler models put the outcome."""
    if not answer.holdouts:
        return (_models(answer),)
    drafts = (_drafts(answer),) if answer.frontier else ()
    return (_members(answer), *drafts, _instruments(answer), _models(answer), skill_table())


def skill_table() -> Table:
    """Return how the model of objections scores beside the base rate, out of fold and by rule."""
    rows = tuple(
        {
            **vars(base),
            "probability": base.probability,
            "of": f"{base.adopted} of {base.count}",
            "test": "yes" if base.outcome_unknown else "no: coded knowing the outcome",
            "forecast": "the model" if base.is_beaten else "the base rate",
        }
        for base in base_rates()
    )
    columns = (
        Column("rule", "Rule"),
        Column("of", "Adopted"),
        Column("base_score", "Brier, base rate", "number_3"),
        Column("model_score", "Brier, model", "number_3"),
        Column("gain", "Gain", "signed_3"),
        Column("gain_low", "95 %, from", "signed_3"),
        Column("gain_high", "to", "signed_3"),
        Column("test", "A test"),
        Column("forecast", "Forecast"),
    )
    title = "The model of objections beside the base rate, out of fold"
    return Table("skill", title, columns, rows, folded=True)


def _members(answer: Decision) -> Table:
    """Return who objects, and what each would accept."""
    # A holdout that is won over in every draw is no "0 %": there the table has a dash.
    rows = tuple(
        {
            **asdict(row),
            "member": shown_name(row.name),
            "probability_holds": row.probability_holds if row.probability_holds >= SEEN else None,
        }
        for row in answer.holdouts
    )
    span, bands = ("objects_low", "objects_high"), answer.band_without is not None
    # Where nothing less than the proposal counts, a weaker text that somebody would accept is no offer.
    drafts = (
        Column("acceptable_draft", "Accepts up to", "count"),
        Column("concession", "Concession", "count"),
    )
    columns = (
        Column("member", "Member"),
        Column("position", "Position", "count"),
        Column("salience", "Salience", "number"),
        Column("probability_objects", "Objects", "per_cent_0", span if bands else None),
        Column("probability_holds", "Blocks to the end", "per_cent_0"),
        *(() if answer.file.is_indivisible else drafts),
        Column("blocking_value", "Blocking value", "per_cent_0"),
        Column("without_if_agrees", "Chance if it agreed", "per_cent_0"),
        *(
            (Column("adopted_if_agrees", "and with instruments", "per_cent_0"),)
            if answer.file.allowed
            else ()
        ),
    )
    return Table("members", "Members, the most likely to hold out first", columns, rows)


def _drafts(answer: Decision) -> Table:
    """Return ambition against probability."""
    rows = tuple({**asdict(p), "best": "best product" if p == answer.best else ""} for p in answer.frontier)
    columns = (
        Column("draft", "Draft", "count"),
        Column("ambition", "Ambition kept", "per_cent_0"),
        Column("probability_adopted", "Chance of adoption", "per_cent_0"),
        Column("best", ""),
    )
    return Table("drafts", "Drafts", columns, rows, folded=True)


def _instruments(answer: Decision) -> Table:
    """Return what each instrument does."""
    rows = tuple({**i.payload(), "words": INSTRUMENT_WORDS[i.instrument]} for i in answer.instruments)
    columns = (
        Column("words", "What the broker can offer"),
        Column("allowed", "Allowed", "yes_no"),
        Column("odds", "Wins a holdout", "per_cent_0"),
        Column("probability_adopted_alone", "Chance with it alone", "per_cent_0"),
        Column("probability_adopted_without", "Chance without it", "per_cent_0"),
        Column("used_last", "Adopted with it", "per_cent_0"),
    )
    return Table("instruments", "Instruments", columns, rows)


def _models(answer: Decision) -> Table:
    """Return where the question falls, beside every null model."""
    spreads = [answer.outcome, *([answer.procedure] if answer.procedure else []), *answer.nulls]
    rows = tuple(
        {
            "name": spread.name,
            "model": MODEL_WORDS.get(spread.name, spread.name),
            "mean": spread.mean,
            **{f"q{in_per_cent(level, 0)}": q for level, q in zip(LEVELS, spread.quantiles, strict=True)},
        }
        for spread in spreads
    )
    quantiles = (
        Column(f"q{in_per_cent(level, 0)}", f"{in_per_cent(level, 0)} %", "count") for level in LEVELS
    )
    columns = (Column("model", "Where it falls, 0 to 100"), Column("mean", "Mean", "number"), *quantiles)
    return Table("models", "Beside simpler models", columns, rows, folded=True)


def package_table(package: Package) -> Table:
    """Return the drafts of a package, one row for each issue."""
    rows = tuple(
        {
            "issue": issue,
            "reversion": reversion,
            "alone": alone,
            "draft": draft,
            "left_out": tuple(shown_name(name) for name in left_out) or None,
        }
        for issue, reversion, alone, draft, left_out in zip(
            package.issues, package.reversions, package.alone, package.drafts, package.opt_outs, strict=True
        )
    )
    columns = (
        Column("issue", "Issue"),
        Column("reversion", "Reversion", "count"),
        Column("alone", "By itself", "count"),
        Column("draft", "In the package", "count"),
        Column("left_out", "Left out"),
    )
    return Table("issues", "Issues packed together", columns, rows)
