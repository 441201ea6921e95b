"""Aid on the stage: bars that add up, a flat band, a title with its number, and what is missing is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aid.build import release, write
from foedus.aid.aid import aid
from foedus.aid.country_facts import aid_facts, aid_sentence
from foedus.aid.donors import EU
from foedus.aid.forecast import AidForecast, aid_forecast
from foedus.aid.kiel_import import import_kiel
from foedus.aid.question import AidQuestion
from foedus.aid.record import Kind
from foedus.aid.result import Aid
from foedus.aid.share_map import CLASS_ENDS, CLASS_MARKS, class_labels, class_rows
from foedus.aid.skill import Stands
from foedus.aid.stage_chart import month_parts, months_stage
from foedus.aid.stage_words import ahead_words, changes_in_words, front_answer, stage_answer, whole_spans
from foedus.errors import NoDataError
from foedus.evidence import Ledger
from foedus.plotting.fit import Box, shape_and_data
from foedus.report.aid_part import aid_by_year, aid_on_record
from foedus.runs.outcome import outcome
from foedus.scenario import resolve

LEDGER = Ledger.packaged()
PACKAGED = "kiel-29-2026-08-04"
WIDE, NARROW = Box(900, 520), Box(374, 210)
KINDS: tuple[Kind, ...] = ("all", "military", "other")


def _aid(**asked: Any) -> Aid:
    return aid(AidQuestion(**({"edition": PACKAGED} | asked)), ledger=LEDGER)


def _rows(result: Aid, forecast: AidForecast | None, box: Box) -> dict[str, list[Any]]:
    return shape_and_data(months_stage(result, forecast, box).spec)[1]


def _check_stacks(result: Aid, rows: list[dict[str, Any]]) -> None:
    """Check that the bars of a month lie on one another and reach what was allocated."""
    for i, month in enumerate(result.months):
        bars = sorted((row["y"], row["y2"]) for row in rows if abs(row["x"] - i + 0.43) < 1e-9)
        assert [low for low, _ in bars] == pytest.approx([0.0, *(high for _, high in bars)][: len(bars)])
        assert (bars[-1][1] if bars else 0.0) == pytest.approx(month.allocated / 1e9, abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_bars_add_up_to_the_month(kind: Kind) -> None:
    """Without an import months are stacked by kind, and a stack is what all donors allocated."""
    result = _aid(kind=kind)
    data = _rows(result, aid_forecast(kind=kind, edition=PACKAGED), WIDE)
    bars = next(rows for rows in data.values() if rows and "part" in rows[0])
    assert {row["part"] for row in bars} == set(month_parts(result).values())
    assert set(month_parts(result)) <= {"military", "financial", "humanitarian"}
    _check_stacks(result, bars)


def test_an_import_tells_months_apart_by_region(own_data: Path, tmp_path: Path) -> None:
    """With donors by month a stack is made of regions; one donor's months are told by kind."""
    assert own_data.is_dir()
    import_kiel(write(tmp_path / "tracker", release()))
    named = {"edition": "kiel-30-2023-04-01"}
    result = _aid(**named)
    bars = next(rows for rows in _rows(result, None, WIDE).values() if rows and "part" in rows[0])
    assert {"European states", "United States", "Asia-Pacific"} <= {row["part"] for row in bars}
    _check_stacks(result, bars)
    alone = _aid(donor=("DEU",), **named)
    assert set(month_parts(alone)) == {"military", "financial", "humanitarian"}
    _check_stacks(alone, next(r for r in _rows(alone, None, WIDE).values() if r and "part" in r[0]))


def test_months_of_one_donor_without_an_import_are_refused() -> None:
    """A chart of months that are not held says so; the page shows donors in its place."""
    with pytest.raises(NoDataError, match="single donors"):
        months_stage(_aid(donor=("DEU",)), None, WIDE)


@pytest.mark.parametrize("box", [WIDE, NARROW], ids=str)
def test_the_band_is_flat_and_is_one_month(box: Box) -> None:
    """Months ahead are one box of the middle 80 %, one of the middle 50 % within, and no fan; sums stand
    beside a wide chart and not in a narrow one."""
    result, forecast = _aid(), aid_forecast(edition=PACKAGED)
    data = [row for rows in _rows(result, forecast, box).values() for row in rows]
    last = len(result.months) - 0.5
    boxes = [row for row in data if row.get("x", -1) > last and "y2" in row]
    month = forecast.month_standing
    assert {(row["y"], row["y2"]) for row in boxes} == {
        (month.p10 / 1e9, month.p90 / 1e9),
        (month.p25 / 1e9, month.p75 / 1e9),
        (month.p50 / 1e9, month.p50 / 1e9),
        (forecast.month_repeated.p10 / 1e9, forecast.month_repeated.p90 / 1e9),
    }
    words = {row["word"] for row in data if "word" in row}
    assert any("past sums" in word for word in words) is (box == WIDE)


def _standing(stands: Stands) -> AidForecast:
    forecast = aid_forecast(edition=PACKAGED)
    last = forecast.rows[-1]
    hazard = last.hurdle if stands == "hazard" else None
    return replace(forecast, rows=(*forecast.rows[:-1], replace(last, stands=stands, hazard=hazard)))


@pytest.mark.parametrize("stands", ["hurdle", "hazard", "repeated"])
def test_the_last_12_months_stand_beside_every_forecast(stands: Stands) -> None:
    """Where the model stands, the last 12 months repeated are beside it; else it is said why not."""
    words = ahead_words(_standing(stands))
    assert "last 12 months" in words
    assert ("has not been better" in words) is (stands == "repeated")
    assert re.search(r"EUR [\d.]+ bn \([\d.]+ to [\d.]+\)", words)


ASKED = [
    {},
    {"kind": "military"},
    {"kind": "other", "real": True},
    {"by": "donor"},
    {"by": "route"},
    {"by": "month"},
    {"donor": ("DEU", EU)},
    {"donor": ("USA",), "kind": "military"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_every_answer_has_its_number_in_the_title(asked: dict[str, Any]) -> None:
    """The title holds the number, and beside it stands that allocated is not delivered."""
    answer = stage_answer(_aid(**asked), None)
    assert answer.number in answer.title
    assert answer.beside[-1] == "Allocated is not delivered."
    assert not any("weo" in line for line in answer.beside)


def test_the_front_page_compares_the_last_whole_year() -> None:
    """Military aid of 2025 stands against 2022 to 2024, and the published changes beside it."""
    result = _aid()
    assert whole_spans(result) == ("2025", "2022-2024")
    answer = front_answer(result, _aid(kind="military", compare=whole_spans(result)))
    assert answer.number == "EUR 215 bn"
    assert "EUR 115 bn by the United States" in answer.claim
    assert "Europe +80 %, United States -98 %" in answer.beside[0]
    lines = changes_in_words(_aid(compare=whole_spans(result)))
    assert any("-98.7 % in euros of the day; published -99 %" in line for line in lines)
    assert changes_in_words(result) == ()


def test_the_classes_of_the_map_meet() -> None:
    """Each class begins where the one before ends, and every donor with a GDP is in its own."""
    assert class_labels() == ("under 0.3", "0.3 to 0.8", "0.8 to 2.0", "2.0 or more")
    result = _aid()
    shares = {row.donor: row.share_of_gdp_2021 for row in result.donors}
    rows = class_rows(result)
    assert {row["country"] for row in rows} == {code for code, share in shares.items() if share is not None}
    ends = (0.0, *CLASS_ENDS, 1.0)
    for row in rows:
        at = CLASS_MARKS.index(row["class"])
        assert ends[at] <= (shares[row["country"]] or 0.0) < ends[at + 1]
    (none,) = class_rows(result, ["ALB"])
    assert (none["class"], none["short"]) == ("none", "–")


def test_a_country_without_an_entry_has_no_fact() -> None:
    """A donor has its amount, year and release; nobody has one before the first release is out."""
    day = date(2026, 9, 1)
    (fact,) = aid_facts(LEDGER, "DNK", day)
    assert (fact.year, fact.edition, fact.written) == (2026, PACKAGED, "11.0 bn EUR")
    assert "3.27 % of its GDP" in str(aid_sentence("DNK", "Denmark", day))
    assert [*aid_facts(LEDGER, "ALB", day), *aid_facts(LEDGER, "DNK", date(2026, 1, 1))] == []
    assert aid_sentence("ALB", "Albania", day) is None


def test_a_report_has_aid_by_year_where_the_scenario_names_it() -> None:
    """A row for each year of the run; a scenario that does not name aid has no such table, and a day before
    the first release has no record."""
    day = date(2026, 9, 1)
    named, other = (
        outcome(resolve(name, as_of=day, ledger=LEDGER), draws=20, seed=1).summary
        for name in ("aid-us-stops", "baseline")
    )
    table = aid_by_year(named)
    assert table is not None
    assert [row["year"] for row in table.rows] == list(named.years)
    assert aid_by_year(other) is None
    assert aid_on_record(LEDGER.as_of(date(2026, 1, 1))) is None
    record = aid_on_record(LEDGER.as_of(day))
    assert record is not None
    assert record.release.id == PACKAGED
