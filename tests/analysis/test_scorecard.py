"""The scorecard: figures by hand from the records, what was known by a day, and what is never printed."""

from __future__ import annotations

import csv
import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from foedus.aid.record import packaged_region_years
from foedus.aid.tracker import packaged_tracker
from foedus.aid.twelve_months import SUMMED_REGIONS, shipped_ends, twelve_months
from foedus.analysis import scorecard_forces
from foedus.analysis.charts.scorecard import scorecard_in_box
from foedus.analysis.scorecard import Scorecard, scorecard_of
from foedus.analysis.scorecard_question import ScorecardQuestion
from foedus.analysis.scorecard_rows import MEASURES, PRIORITIES, MeasureOnDay
from foedus.analysis.scorecard_tenure import Tenure, find_tenure, predecessor_of, tenures
from foedus.errors import InputError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.packaged import packaged_cards
from foedus.forces.gap import gap
from foedus.forces.holdings import HeldCount, Holdings
from foedus.plotting.fit import Box
from foedus.questions import ask
from foedus.results import to_jsonable

LEDGER = Ledger.packaged()
DAY = date(2026, 11, 26)
EVIDENCE = Path(str(resources.files("foedus.evidence")))
GRADES = re.compile(
    r"\b(better|worse|improved|fail\w*|succe\w*|score|rating|points? out of|overall|sum)\b", re.I
)


def scorecard(of: str | None = None, as_of: date | str = DAY) -> Scorecard:
    """Ask for a scorecard of the packaged figures."""
    return scorecard_of(ask(ScorecardQuestion, of=of, as_of=as_of), LEDGER)


@pytest.fixture(scope="module")
def rutte() -> Scorecard:
    """The holder of the office on 1 October 2024, two years on."""
    return scorecard("Mark Rutte")


def cells(result: Scorecard, tenure: Tenure | None, measure: str) -> tuple[MeasureOnDay, MeasureOnDay]:
    """Return a measure on the two days of a time in office."""
    assert tenure is not None
    return result.cells(tenure, measure)


def record(name: str, table: str) -> list[dict[str, str]]:
    """Read a record's table from its file, by no code of the package."""
    with (EVIDENCE / "records" / name / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def edition(name: str, indicator: str, year: int) -> dict[str, float]:
    """Read an edition's values of a year from its file."""
    with (EVIDENCE / "editions" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if (r["indicator"], r["year"]) == (indicator, str(year))]
    return {row["country"]: float(row["value"]) for row in rows}


@pytest.mark.parametrize(
    ("whose", "at", "name", "year"),
    [
        ("holder", 0, "nato-2024-06", 2024),
        ("holder", 1, "nato-2026-07", 2026),
        ("predecessor", 0, "nato-2019-06", 2014),
        ("predecessor", 1, "nato-2024-06", 2024),
    ],
)
def test_spending_is_that_of_the_editions_own_table(
    rutte: Scorecard, whose: str, at: int, name: str, year: int
) -> None:
    """Allies at 2 % are counted, and Europe's share read or divided out, in the edition's own file."""
    share = edition(name, "defence_expenditure_share_of_gdp", year)
    rows = record("institutions", "members")
    members = {row["country"] for row in rows if row["entry_date"] <= f"{year}-12-31"}
    tenure = rutte.holder if whose == "holder" else rutte.predecessor
    count = cells(rutte, tenure, "allies_at_2")[at]
    at_level = [c for c in members & set(share) if round(share[c], 4) >= 0.02]
    assert (count.edition, count.value) == (name, len(at_level))
    part = cells(rutte, tenure, "share_europe_canada")[at]
    assert part.edition == name
    if "NATO_EUR_CAN" in share:
        assert part.value == share["NATO_EUR_CAN"]
    else:
        money, gdp = (
            edition(name, f"{what}_constant_usd_2015", year) for what in ("defence_expenditure", "gdp")
        )
        others = (members & set(money) & set(gdp)) - {"USA"}
        assert part.value == pytest.approx(sum(money[c] for c in others) / sum(gdp[c] for c in others))
        assert part.of == f"2014, computed: of {len(others)} allies"
    assert count.looks_back == (whose == "predecessor" and at == 0)


def test_both_holders_read_as_printed(rutte: Scorecard) -> None:
    """23, then 30 of 31; before 3 of 27, then 23; what later editions make of 2024 stands beside."""
    first, last = cells(rutte, rutte.holder, "allies_at_2")
    assert (first.value, first.among, last.value, last.among) == (23, 31, 30, 31)
    assert first.later == "17 of the 31 allies with a figure by nato-2026-07, 2026-07-10"
    before = cells(rutte, rutte.predecessor, "allies_at_2")
    assert [(cell.value, cell.among) for cell in before] == [(3, 27), (23, 31)]
    assert rutte.predecessor is not None
    assert rutte.change(rutte.predecessor, "allies_at_2").words == "+20 allies, of 27 and of 31"


def test_forces_are_summed_from_the_record(rutte: Scorecard) -> None:
    """US forces are those of the last quarter public by the day, summed over its hosts."""
    rows = record("us_forces", "us_forces")
    for tenure in rutte.tenures:
        for cell in cells(rutte, tenure, "us_forces"):
            public = [row for row in rows if row["public"] <= cell.day.isoformat()]
            quarter = max(row["day"] for row in public)
            assert cell.value == sum(int(row["persons"]) for row in public if row["day"] == quarter)
            assert cell.published is not None
            assert not cell.looks_back


def test_aid_is_that_of_twelve_months(rutte: Scorecard) -> None:
    """Aid is the record's sum to the last month before the day that it has; before 2022 there is none."""
    sums = {
        (row["region"], row["last_month"]): int(row["eur"]) for row in record("aid_twelve_months", "sums")
    }
    for name, region in (("aid_europe", "europe"), ("aid_united_states", "united_states")):
        first, last = cells(rutte, rutte.holder, name)
        assert (first.value, last.value) == (sums[region, "2024-09"], sums[region, "2026-04"])
        assert (first.of, last.of) == ("2023-10 to 2024-09", "2025-05 to 2026-04")
        assert (first.looks_back, last.looks_back) == (True, False)
        none, _ = cells(rutte, rutte.predecessor, name)
        assert (none.value, none.words, none.why) == (None, "no measure", "the tracker begins in 2022-01")


def test_the_sums_agree_with_the_years_that_ship() -> None:
    """A sum to December is that year's, of the regions' own table; together they are at most all donors'."""
    held = packaged_tracker()
    years: dict[tuple[str, int], float] = {}
    for row in packaged_region_years():
        region = {"european_states": "europe", "eu_institutions": "europe"}.get(row.region, row.region)
        key = (region, row.year)
        years[key] = years.get(key, 0) + row.military + row.financial + row.humanitarian
    monthly = held.series()
    ends = shipped_ends(held.months[0].month, held.release.last)
    assert [str(end) for end in ends[:2]] == ["2022-12", "2023-03"]
    for end in ends:
        day = date(*end.plus(1), 1)
        sums = [twelve_months(held, region, day) for region in SUMMED_REGIONS]
        assert all(each is not None and each.last == end for each in sums)
        own = [each.allocated for each in sums if each is not None]
        assert sum(own) <= sum(monthly[end.plus(-n)] for n in range(12))
        if end.month == 12:
            assert own == [years[region, end.year] for region in SUMMED_REGIONS]


def test_a_day_between_two_sums_takes_the_earlier() -> None:
    """Without an import a day inside a quarter is told by the sum to the end of the quarter before."""
    held = packaged_tracker()
    total = twelve_months(held, "europe", date(2025, 6, 30))
    assert total is not None
    assert (str(total.first), str(total.last)) == ("2024-04", "2025-03")
    assert twelve_months(held, "europe", date(2022, 12, 31)) is None


def test_a_gap_counted_once_is_no_difference(rutte: Scorecard) -> None:
    """The report's own count of 2021 tells both days, so that nothing can be said of a change."""
    first, last = cells(rutte, rutte.holder, "brigades_missing")
    assert (first.value, last.value) == (131 - 82, 131 - 82)
    assert [c.value for c in cells(rutte, rutte.holder, "air_defence_missing")] == [1467 - 293] * 2
    change = rutte.change(rutte.holder, "brigades_missing")
    assert (change.value, change.words) == (None, "the same figure twice: the report's count of 2021")
    before, _ = cells(rutte, rutte.predecessor, "brigades_missing")
    assert before.why == "press-minimum-2024 counts what existed in 2021"


def test_what_allies_hold_answers_where_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a count of each ally the gap is that of `foedus gap`, by what was held on the day."""
    allies = [row["country"] for row in record("institutions", "members") if row["country"] != "ISL"]
    rows = [
        HeldCount(code, "manoeuvre_brigades", count, day, "a table")
        for day, count in ((date(2010, 1, 1), 2.0), (date(2025, 1, 1), 3.0))
        for code in allies
    ]
    held = Holdings(tuple(rows))
    monkeypatch.setattr(scorecard_forces, "own_holdings", lambda: held)
    result = scorecard()
    every = [cell for cell in result.rows if cell.measure == "brigades_missing"]
    for cell in every[:3]:
        out = max(cell.day, date(2024, 10, 5))
        answer = gap("press-minimum-2024", as_of=out, ledger=LEDGER, holdings=held.as_of(cell.day))
        assert cell.value == next(r.missing for r in answer.rows if r.equipment == "manoeuvre_brigades")
        assert cell.of == f"imported tables by {cell.day}"
    first, last = cells(result, result.holder, "brigades_missing")
    change = result.change(result.holder, "brigades_missing")
    assert first.value is not None
    assert last.value is not None
    assert change.value == last.value - first.value < 0


def test_accessions_are_told_by_their_last_step() -> None:
    """In September 2022 two protocols were signed; the rows of the day are counted, not those after it."""
    result = scorecard("Stoltenberg", "2022-09-01")
    _, last = cells(result, result.holder, "open_accessions")
    assert last.value == 2
    assert "Finland protocol signed 2022-07-05, 23 of 30 ratified by 2022-08-09" in last.words
    assert cells(result, result.holder, "partner_states")[0].value is None
    entered = [step.name for step in result.steps["Jens Stoltenberg"] if step.step == "became an ally"]
    assert entered == ["Montenegro", "North Macedonia"]


def test_two_records_of_forces_are_not_subtracted() -> None:
    """Where the quarters do not reach back, means of a year tell both days, and no host in America."""
    result = scorecard("Fogh Rasmussen")
    first, last = cells(result, result.holder, "us_forces")
    rows = [r for r in record("us_forces_by_year", "us_forces_by_year") if r["host"] != "CAN"]
    for cell, year in ((first, "2007"), (last, "2013")):
        assert cell.of == f"the mean of {year}"
        assert cell.value == sum(int(row["persons"]) for row in rows if row["year"] == year)


def sweep() -> list[tuple[str | None, date]]:
    """Return holders today, every first day, and days within the times since figures reach."""
    starts = [tenure.start for tenure in tenures(DAY)]
    asked: list[tuple[str | None, date]] = [
        (name, DAY) for name in ("Rutte", "Rasmussen", "Luns", "Balanzino")
    ]
    within = ("2015-07-01", "2016-03-01", "2019-12-31", "2023-04-04", "2024-09-30", "2025-08-28")
    return [*asked, *((None, day) for day in (*starts, *map(date.fromisoformat, within)))]


@pytest.mark.parametrize(("of", "day"), sweep())
def test_nothing_that_came_out_later_answers(of: str | None, day: date) -> None:
    """No edition, release or count that came out after the day of the question stands in any cell."""
    published = {card.id: card.published for card in packaged_cards() if card.kind == "figures"}
    result = scorecard(of, day)
    assert len(result.rows) == 2 * len(MEASURES) * len(result.tenures)
    for cell in result.rows:
        assert cell.day <= day
        assert (cell.value is None) == bool(cell.why) == (cell.words == "no measure")
        if cell.value is None:
            continue
        assert cell.edition
        assert cell.published is None or cell.published <= day
        assert published.get(cell.edition, day) <= day
        assert cell.looks_back == (cell.published is not None and cell.published > cell.day)
        named = re.findall(r"by (nato-[\w-]+)", cell.later)
        assert all(published[name] <= day for name in named)
    for change in result.changes:
        assert change.words


def test_what_is_known_only_grows(rutte: Scorecard) -> None:
    """A value by the edition that was out on a first day is the same on every later day of the question."""
    days = [date(2024, 10, 1), date(2025, 9, 1)]
    names = ("allies_at_2", "share_europe_canada", "us_forces", "open_accessions")
    read = [
        [cells(result, result.holder, name)[0].value for name in names]
        for result in (rutte, *(scorecard(None, day) for day in days))
    ]
    assert read[0] == read[1] == read[2]


def test_no_grade_and_no_total(rutte: Scorecard) -> None:
    """No table judges or adds up; each priority has its one or two measures and a source."""
    for table in rutte.tables()[:2]:
        assert len(table.rows) == len(MEASURES)
        text = " ".join(str(value) for row in table.rows for value in row.values())
        assert not GRADES.search(text)
        assert not re.search(r"\btotal\b", text, re.I)
        assert not set("↑↓▲▼") & set(text)
    assert {each.priority for each in rutte.priorities} == set(PRIORITIES)
    counts = [sum(m.priority == key for m in MEASURES.values()) for key in PRIORITIES]
    assert set(counts) <= {1, 2}


def test_a_day_of_handover_is_the_new_holders() -> None:
    """On 1 October 2024 the holder is new: one day, told once, and the predecessor's last."""
    result = scorecard(None, "2024-10-01")
    assert [tenure.name for tenure in result.tenures] == ["Mark Rutte", "Jens Stoltenberg"]
    first, last = cells(result, result.holder, "allies_at_2")
    assert first.value == last.value == cells(result, result.predecessor, "allies_at_2")[1].value == 23
    assert result.change(result.holder, "allies_at_2").words == "one and the same day"
    assert "on the first day" in result.headline()
    assert cells(result, result.holder, "aid_europe")[0].value is None


@pytest.mark.parametrize(
    ("of", "day", "kind", "words"),
    [
        ("Mark Rute", DAY, UnknownNameError, "did you mean 'Mark Rutte'"),
        ("", DAY, UnknownNameError, "foedus institutions secretaries-general"),
        ("Lord", DAY, InputError, "Lord Ismay, Lord Carrington, Lord Robertson"),
        ("Rutte", date(2020, 1, 1), InputError, "took office on 2024-10-01"),
        (None, date(1951, 1, 1), InputError, "1952-03-24"),
        (None, date(1999, 10, 10), InputError, "1999-10-06.*1999-10-14"),
    ],
)
def test_who_cannot_be_asked_for_gets_a_sentence(
    of: str | None, day: date, kind: type[InputError], words: str
) -> None:
    """A near miss, a name of several, a day before the office or between two holders: what to do is said."""
    with pytest.raises(kind, match=words):
        find_tenure(of, day)


def test_a_surname_and_an_acting_holder_are_found() -> None:
    """A surname or another spelling is enough; who acted between two holders is nobody's predecessor."""
    assert find_tenure("  fogh RASMUSSEN ", DAY).name == "Anders Fogh Rasmussen"
    assert find_tenure("Woerner", DAY).name == "Manfred Wörner"
    solana = find_tenure("Solana", DAY)
    before = predecessor_of(solana)
    assert before is not None
    assert before.name == "Willy Claes"
    assert predecessor_of(find_tenure("Ismay", DAY)) is None
    assert any("Sergio Balanzino acted" in note for note in scorecard("Solana").notes)


@pytest.mark.parametrize("of", ["Rutte", "Claes", "Ismay"])
@pytest.mark.parametrize("box", [Box(900, 520), Box(374, 210)])
def test_every_panel_stays_in_its_box(rutte: Scorecard, of: str, box: Box) -> None:
    """Bars and words stand inside the plot, and a bar's height is its value over the panel's highest."""
    result = rutte if of == "Rutte" else scorecard(of)
    spec = scorecard_in_box(result, box).copy()
    rows = [row for layer in spec["layer"] for row in layer["data"]["values"]]
    assert all(-1 <= row["x"] <= spec["width"] + 1 and -1 <= row["y"] <= spec["height"] + 1 for row in rows)
    held = {(c.holder, c.measure, c.day) for c in result.rows if c.value is not None}
    assert len(spec["layer"][0]["data"]["values"]) <= len(held)
    assert to_jsonable(spec)
