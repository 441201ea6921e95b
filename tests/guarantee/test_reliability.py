"""How often alliances kept their word: the counts to the case, the intervals to the point, and their laws."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cli import run_command
from foedus.errors import FileFormatError, InputError
from foedus.guarantee.reliability import NO_BASE_RATE, reliability
from foedus.guarantee.reliability_cases import (
    count_honoured,
    normal_interval,
    read_cases,
    resampled_interval,
)
from foedus.guarantee.reliability_record import codings

PACKAGED = reliability()
HEADINGS = "sample,warid,atopid,defense,offense,neutral,nonagg,honorLLM,violateLLM"


@pytest.mark.parametrize(
    ("commitment", "period", "without", "honoured", "cases"),
    [
        ("all", "1816-2003", "", 73, 146),
        ("all", "1816-1944", "", 61, 92),
        ("all", "after 1944", "", 12, 54),
        ("all", "after 1944", "Arab League pact", 12, 47),
        ("defence", "1816-2003", "", 42, 102),
        ("defence", "1816-1944", "", 36, 59),
        ("defence", "after 1944", "", 6, 43),
        ("defence", "after 1944", "Arab League pact", 6, 36),
        ("offence", "1816-2003", "", 31, 42),
        ("neutrality", "1816-2003", "", 35, 45),
        ("nonaggression", "1816-2003", "", 18, 49),
    ],
)
def test_the_counts_are_those_of_the_cases(commitment, period, without, honoured, cases):
    """Each packaged count is the one that the replication table gives, by its column of periods."""
    count = PACKAGED.count(commitment, period, without)
    assert (count.honoured, count.cases) == (honoured, cases)


@pytest.mark.parametrize(
    ("commitment", "period", "low", "high"),
    [
        ("all", "1816-2003", 34, 60),
        ("all", "after 1944", 13, 33),
        ("defence", "after 1944", 5, 24),
        ("defence", "1816-1944", 40, 71),
    ],
)
def test_the_intervals_over_wars_are_within_a_point(commitment, period, low, high):
    """The percentile bootstrap over wars gives the filed ends, to a percentage point."""
    count = PACKAGED.count(commitment, period)
    assert 100 * count.low == pytest.approx(low, abs=1.0)
    assert 100 * count.high == pytest.approx(high, abs=1.0)


def test_the_normal_interval_is_another_answer():
    """Of all cases the normal interval reads 38 to 62; both methods are named where they are printed."""
    count = PACKAGED.count("all", "1816-2003")
    assert (round(100 * count.normal_low), round(100 * count.normal_high)) == (38, 62)
    assert (count.wars, count.largest_war) == (45, 43)
    words = " ".join(PACKAGED.notes)
    assert "percentile bootstrap over wars" in words
    assert "normal interval" in words


def test_the_rival_codings_have_definitions_and_years():
    """Five rates of rival studies, 74.5 to 7 per cent, each with what it counts, its years and source."""
    rates = {row.rate_words for row in codings()}
    assert {"74.5 %", "about two thirds", "50 %", "22 %", "7 %"} <= rates
    assert [row.rate for row in codings()] == sorted((row.rate for row in codings()), reverse=True)
    for row in codings():
        assert len(row.definition.split()) > 4
        assert row.years
        assert row.url.startswith("https://")


def test_no_rate_is_carried_over_to_nato():
    """Every answer says that none of the rates is a base rate for NATO, and why."""
    assert "none of the rates is a base rate for NATO" in PACKAGED.headline()
    assert "strong alliances are not attacked" in NO_BASE_RATE
    assert NO_BASE_RATE in PACKAGED.payload()["notes"]


WARS = st.lists(
    st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=12
)


@given(WARS)
@settings(max_examples=30, deadline=None)
def test_intervals_hold_the_share_and_stay_within_bounds(wars):
    """Both intervals lie in 0 to 1, and the normal one holds the share."""
    honoured, total = zip(*wars, strict=True)
    share = sum(honoured) / sum(total)
    low, high = resampled_interval(honoured, total, resamples=200)
    assert 0 <= low <= high <= 1
    rates = [h / n for h, n in wars]
    assert min(rates) - 1e-12 <= low
    assert high <= max(rates) + 1e-12
    normal_low, normal_high = normal_interval(honoured, total)
    assert 0 <= normal_low <= share + 1e-12
    assert share - 1e-12 <= normal_high <= 1


def test_a_war_of_many_cases_widens_the_interval():
    """The same cases in fewer wars say less: the interval over wars is wider."""
    alone = resampled_interval([1, 0] * 20, [1] * 40)
    together = resampled_interval([20, 0], [20, 20])
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])
    assert all(math.isnan(end) for end in resampled_interval([], []))


def _write(tmp_path, *rows, headings=HEADINGS):
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_file_of_cases_is_counted(tmp_path):
    """A row without an outcome is no case, the period is the column, a treaty counts under all it asks."""
    path = _write(
        tmp_path,
        "1.0,4,1020.0,1,,1,0,1.0,",
        "1,4,1030,1,0,0,0,,1",
        "0,53,3205,1,0,0,0,,1",
        "0,53,9,1,0,0,0,1,",
        "0,90,3205,1,0,0,0,,",
    )
    counts = {(c.commitment, c.period, c.without): c for c in count_honoured(read_cases(path))}
    assert (counts["all", "1816-2003", ""].honoured, counts["all", "1816-2003", ""].cases) == (2, 4)
    assert counts["defence", "after 1944", "Arab League pact"].cases == 1
    assert counts["neutrality", "1816-1944", ""].cases == 1
    assert ("offence", "1816-2003", "") not in counts


@pytest.mark.parametrize(
    ("rows", "headings", "words"),
    [
        (["1,2"], "sample,warid", "no column"),
        (["1,4,1,1,0,0,0,1,1"], HEADINGS, "both honoured and violated"),
        (["1,4,1,1,0,0,0,yes,"], HEADINGS, "honorLLM is 'yes'"),
        (["1,4,1,1,0,0,0,,"], HEADINGS, "no row has an outcome"),
    ],
)
def test_another_table_is_refused_in_a_sentence(tmp_path, rows, headings, words):
    """A file that is not the table of cases is refused with what is wrong and where."""
    with pytest.raises(FileFormatError, match=words) as refusal:
        read_cases(_write(tmp_path, *rows, headings=headings))
    assert "cases.csv" in str(refusal.value)
    with pytest.raises(InputError, match="cannot be read"):
        reliability(tmp_path / "absent.csv")


def test_the_command_prints_one_object(capsys, tmp_path):
    """The command's JSON holds counts and codings; of a file of its own it says whose cases were counted."""
    path = _write(tmp_path, "1,4,1020,1,0,0,0,1,", "0,5,9,1,0,0,0,,1")
    assert run_command(["reliability", "--cases", str(path), "--json"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert payload["counts"][0]["cases"] == 2
    assert "cases.csv" in payload["source"]
    assert run_command(["reliability", "--cases", str(tmp_path / "absent.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err
