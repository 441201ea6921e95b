"""The answer of a question about aid: one number and the sentences around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.aid.notes import NO_RECORD
from foedus.results import Answer
from foedus.rounding import written
from foedus.units import billions, per_cent, points

if TYPE_CHECKING:
    from foedus.aid.changes import SpanChange
    from foedus.aid.result import Aid, DonorRow
    from foedus.aid.shares import Concentration

__all__ = ["KIND_WORDS", "aid_answer", "eur"]

KIND_WORDS = {
    "all": "aid",
    "military": "military aid",
    "financial": "financial aid",
    "humanitarian": "humanitarian aid",
    "other": "financial and humanitarian aid",
}
"""What is given, in words."""


def eur(value: float | None) -> str:
    """Write euros in billions, with the currency."""
    return f"EUR {billions(value, 1)} bn"


def aid_answer(result: Aid) -> Answer:
    """Return the answer in the terms of what was asked.

    Parameters
    ----------
    result : Aid
        The result.

    Returns
    -------
    Answer
        A comparison where one was asked for; else by what the answer is laid out.
    """
    if result.comparison is not None and result.comparison.rows:
        return _of_comparison(result)
    if result.question.laid_out_by == "route":
        return _of_routes(result)
    if result.question.laid_out_by == "month":
        return _of_months(result)
    if result.question.donor:
        return _of_donors(result)
    few = result.concentration
    if result.question.laid_out_by == "donor" and few is not None:
        return _of_few(result, few)
    return _of_regions(result)


def _beside(result: Aid) -> tuple[str, ...]:
    """Return what is said beside every answer: prices not of the day, and that arrival is unknown."""
    prices = (f"In {result.prices}.",) if result.question.real else ()
    return (*prices, NO_RECORD)


def _title(result: Aid, what: str) -> str:
    """Return a title with the kind of aid."""
    words = KIND_WORDS[result.kind]
    return f"{words[0].upper()}{words[1:]} to Ukraine {what}"


def _of_regions(result: Aid) -> Answer:
    """Return what Europe allocated against the United States."""
    europe, states = result.region("europe"), result.region("united_states")
    last = result.release.last
    whole = [y for y in europe.by_year if y < last.year or last.month == 12]
    year = whole[-1] if whole else last.year
    committed = "" if europe.committed is None else f"of {billions(europe.committed, 1)} bn committed"
    of_them = "" if states.committed is None else f" of {billions(states.committed, 1)} bn"
    words = "" if result.kind == "all" else f"of {KIND_WORDS[result.kind]} "
    return Answer(
        eur(europe.allocated),
        committed,
        f"{words}was allocated by Europe with the EU institutions since January 2022, against "
        f"{eur(states.allocated)}{of_them} by the United States.",
        beside=(
            f"In {year if whole else f'{year} to {last}'} it was {billions(europe.by_year[year], 1)} against "
            f"{billions(states.by_year[year], 1)}.",
            *_beside(result),
        ),
        title=_title(result, "by region"),
    )


def _of_few(result: Aid, few: Concentration) -> Answer:
    """Return how far aid rests on few donors, and who gave most of its GDP."""
    total = sum(row.allocated for row in result.donors)
    known = [row for row in result.donors if row.share_of_gdp_2021]
    most = sorted(known, key=lambda row: -(row.share_of_gdp_2021 or 0.0))[:3]
    shares = ", ".join(f"{row.name} {per_cent(row.share_of_gdp_2021, 2)}" for row in most)
    return Answer(
        per_cent(few.share_of_largest, 1),
        f"of {eur(total)}",
        f"of {KIND_WORDS[result.kind]} since January 2022 was allocated by the largest three of {few.donors} "
        f"donors: {', '.join(few.largest)}.",
        beside=(
            *((f"Most of GDP 2021: {shares}.",) if shares else ()),
            f"Herfindahl index {written(few.herfindahl, 3)}; the EU institutions are one donor.",
            *_beside(result),
        ),
        title=_title(result, "by donor"),
    )


def _of_donors(result: Aid) -> Answer:
    """Return what the named donors allocated."""
    allocated = sum(row.allocated for row in result.donors)
    committed = [row.committed for row in result.donors if row.committed is not None]
    words = "" if result.kind == "all" else f"of {KIND_WORDS[result.kind]} "
    return Answer(
        eur(allocated),
        f"of {billions(sum(committed), 1)} bn committed" if committed else "",
        f"{words}was allocated by {_named(result.donors)} since January 2022.",
        beside=_beside(result),
        title=_title(result, f"by {_named(result.donors)}"),
    )


def _of_routes(result: Aid) -> Answer:
    """Return which part of the last whole year came from stocks."""
    last = result.release.last
    whole = [row for row in result.routes if row.year < last.year or last.month == 12] or list(result.routes)
    now, then = whole[-1], whole[0]
    return Answer(
        per_cent(now.share("stockpile"), 1),
        f"of {eur(now.total)} by all four routes",
        f"came from stocks in {now.year}, after {per_cent(then.share('stockpile'), 1)} in {then.year}.",
        beside=(
            f"Without what is unspecified ({eur(now.unspecified)}) it was "
            f"{per_cent(now.stock_of_specified, 1)} of {eur(now.specified)}.",
            f"By PURL came {eur(now.nato_purl)}.",
            *_beside(result),
        ),
        title="Military aid to Ukraine by route",
    )


def _of_months(result: Aid) -> Answer:
    """Return the last month against the mean of the twelve before it."""
    last, before = result.months[-1], result.months[-13:-1]
    mean = sum(row.allocated for row in before) / max(1, len(before))
    who = _named(result.donors) if result.question.donor else "all donors"
    words = "" if result.kind == "all" else f"of {KIND_WORDS[result.kind]} "
    earlier = f"; in the {len(before)} months before it was {billions(mean, 1)} bn a month" if before else ""
    return Answer(
        eur(last.allocated),
        "",
        f"{words}was allocated by {who} in {last.month}{earlier}.",
        beside=_beside(result),
        title=_title(result, "by month"),
    )


def _of_comparison(result: Aid) -> Answer:
    """Return the first change, and the others beside it."""
    comparison = result.comparison
    assert comparison is not None
    first, *others = comparison.rows
    number = "–" if first.change is None else f"{points(first.change, 1)} %"
    of_spans = f"{comparison.after} against {comparison.before}, means a {comparison.per}"
    others = [row for row in others if row.kind == first.kind and row.change is not None]
    said = [f"{row.label} {points(row.change, 1)} %" for row in others]
    return Answer(
        number,
        f"({billions(first.before, 1)} to {billions(first.after, 1)} bn)",
        f"is the change of {_subject(first)}, {of_spans}.",
        beside=(*((f"The same of {', '.join(said)}.",) if said else ()), *_beside(result)),
        title=f"Aid to Ukraine, {comparison.after} against {comparison.before}",
    )


def _subject(row: SpanChange) -> str:
    """Return whose aid of which kind a change is of."""
    return f"{row.label}, {KIND_WORDS[row.kind]}"


def _named(rows: Sequence[DonorRow]) -> str:
    """Return donors by name."""
    names = [row.name for row in rows]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
