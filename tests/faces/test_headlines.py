"""The grammar of headlines: of how many, who is missing, the range, and what stays if nothing changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.axes import country_name
from foedus.errors import FoedusError
from foedus.evidence import Ledger
from foedus.results import Answer
from foedus.rounding import written
from foedus.runs.answer import headline_answer
from foedus.runs.headline import Headline, MeasureSummary
from foedus.spending.burden import burden
from foedus.spending.status import Status, status
from foedus.spending.thresholds import FEW

LEDGER = Ledger.packaged()
YEAR = re.compile(r"\b(19|20)\d\d\b")
EDITION = re.compile(r"\b[a-z]+(-[a-z]+)*-(19|20)\d\d-\d\d\b")
BANNED = re.compile(r"most of its GDP|CRPS|second less first|\d e\b|\bnan\b|\bNone\b|±")

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
LEVELS = st.integers(10, 60).map(lambda tenths: tenths / 1000)
STATES = st.tuples(
    st.none() | DAYS,
    st.none() | st.integers(2014, 2026),
    LEVELS,
    st.sampled_from(["published", "published", "computed", "computed-current"]),
    st.sampled_from([None, None, None, ["POL"], ["ISL"], ["DEU", "ISL", "ESP"], ["NATO"]]),
)


def check_words(answer: Answer) -> None:
    """Check what holds of every answer."""
    sentence = answer.sentence()
    assert re.search(r"\d", sentence)
    assert answer.number in sentence
    assert answer.number in answer.title
    for text in (sentence, answer.title, *answer.beside):
        assert not BANNED.search(text), text
        assert not EDITION.search(text), text
        assert "  " not in text
    assert sentence.endswith(".")
    assert not answer.title.endswith(".")


def check_status(result: Status) -> None:
    """Check denominator and missing allies of a count against the rows that the answer is of."""
    answer, first = result.answer(), result.levels[0]
    check_words(answer)
    assert YEAR.search(answer.sentence())
    if len(result.rows) == 1 or not first.allies:
        return
    shares = [row.share for row in result.rows if row.share is not None and len(row.country) == 3]
    told = [row for row in result.rows if row.levels and row.levels[0].standing in {"at", "below"}]
    told = [row for row in told if row.country in {*first.at, *first.below}]
    assert int(answer.number) == sum(row.levels[0].standing == "at" for row in told)
    if len(told) == first.allies:
        assert f"of {first.allies} allies" in answer.unit or f"the {first.allies} allies" in answer.unit
    else:
        assert f"of the {len(told)} allies with a figure" in answer.unit
    assert len(shares) >= len(told)
    beside = " ".join(answer.beside)
    missing = [row.country for row in result.rows if row.country in first.without_figure]
    if 0 < len(missing) <= FEW:
        assert all(country_name(code) in beside for code in missing)
    elif missing:
        assert f"{len(missing)} allies have no figure" in beside
    if missing or first.without_forces:
        assert "counted neither way" in beside
    if missing and not first.whole:
        assert f"{answer.number} is the least" in beside


def ask(state: tuple[date | None, int | None, float, str, list[str] | None]) -> None:
    """Put one question and hold its answer against the grammar; what cannot be asked is refused."""
    day, year, level, basis, countries = state
    try:
        result = status(
            LEDGER,
            as_of=day,
            year=year,
            guideline=level,
            basis=basis,
            countries=countries,  # type: ignore[arg-type]
        )
    except FoedusError:
        return
    check_status(result)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(STATES)
def test_a_count_says_of_how_many_and_who_is_missing(state: tuple[date, int, float, str, list[str]]) -> None:
    """Whatever is asked as of whatever day, the headline has its denominator and names who lacks a figure."""
    ask(state)


@pytest.mark.browser_long
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(STATES)
def test_five_hundred_counts_say_of_how_many(state: tuple[date, int, float, str, list[str]]) -> None:
    """The same over five hundred states."""
    ask(state)


@cache
def run_headline() -> Headline:
    """Return the headline of a small run."""
    from foedus.runs.outcome import outcome
    from foedus.scenario import resolve

    return outcome(resolve("baseline", as_of=date(2026, 11, 1), ledger=LEDGER), draws=40, seed=1).summary


COUNTS = st.integers(0, 32).map(float)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.tuples(COUNTS, COUNTS, COUNTS).map(sorted),
    COUNTS,
    st.sampled_from(["model", "both", "no change"]),
    st.none() | st.tuples(COUNTS, COUNTS).map(sorted),
    LEVELS,
)
def test_a_forecast_has_its_range_and_no_change(
    quantiles: list[float], still: float, shown: str, moved: list[float] | None, level: float
) -> None:
    """A forecast gives its range in words and the figure of no change, which heads it without skill."""
    head = run_headline()
    old = head.measures["allies_at_pledge_count"]
    ends = [(value,) for value in quantiles]
    measure = MeasureSummary(
        old.label,
        old.unit,
        *ends,
        naive=(still,),
        skill=(0.1,),
        shown=(shown,),
        cases=(21,),
        naive_low=(moved[0] if moved else None,),
        naive_high=(moved[1] if moved else None,),
    )
    pledge = replace(head.terms.pledge, target=level)
    answer = headline_answer(
        replace(
            head,
            measures={**head.measures, "allies_at_pledge_count": measure},
            terms=replace(head.terms, pledge=pledge),
        )
    )
    check_words(answer)
    sentence = answer.sentence()
    assert re.search(r"\(\d+ to \d+\)", sentence)
    assert "if nothing changes" in sentence
    assert "±" not in sentence
    assert f"of {len(head.horizon.allies)} allies" in sentence
    assert answer.number == written(still if shown == "no change" else quantiles[1])
    assert any("Iceland" in line for line in answer.beside)
    if shown == "both":
        assert any("no better than no change in 21 past cases" in line for line in answer.beside)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(2014, 2026), st.none() | DAYS)
def test_the_largest_share_is_called_so(year: int, day: date | None) -> None:
    """A burden says "the largest share" with of how many, and never "most of its GDP"."""
    try:
        result = burden(LEDGER, year=year, as_of=day)
    except FoedusError:
        return
    answer = result.answer()
    check_words(answer)
    assert "the largest share" in answer.sentence()
    assert f"of the {len(result.rows)} allies with a figure" in answer.sentence()


def test_no_answer_changes_with_the_day_it_is_read() -> None:
    """As of a day that is past, the answer is the same sentence whenever it is asked."""
    day = date.today() - timedelta(days=40)
    assert status(LEDGER, as_of=day).headline() == status(LEDGER.as_of(day), as_of=day).headline()
