"""Questions about aid: what each answers with and without an import, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from aid.build import release, write
from foedus.aid.aid import aid
from foedus.aid.donors import EU, REGIONS, donor_code, donor_name
from foedus.aid.kiel_import import import_kiel
from foedus.aid.question import AidQuestion
from foedus.aid.real_terms import Deflator, in_euros_of_2021
from foedus.aid.record import KINDS, Month
from foedus.aid.result import Aid
from foedus.aid.shares import concentration
from foedus.aid.spans import parse_span
from foedus.aid.tracker import packaged_tracker, tracker
from foedus.axes import AGGREGATES
from foedus.cli import run_command
from foedus.errors import FoedusError, NoDataError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.institutions import members_on
from foedus.results import to_jsonable

IMPORTED = "kiel-30-2023-04-01"


@cache
def _ledger() -> Ledger:
    return Ledger.packaged()


def _aid(**asked: Any) -> Aid:
    return aid(AidQuestion(**asked), ledger=_ledger())


@pytest.fixture
def imported(tmp_path: Path, own_data: Path) -> Path:
    """Import a small release, and return the data folder."""
    import_kiel(write(tmp_path / "release", release()))
    return own_data


COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("aid --as-of 2026-08-03", ("had been published by 2026-08-03", "ask as of 2026-08-04 or later")),
    ("aid --donor Narnia", ("--donor: 'Narnia' is not a known donor",)),
    ("aid --donor NATO", ("'NATO' is not a known donor", "EUI for the EU institutions")),
    ("aid --donor BRA", ("Brazil has no entry in release 29",)),
    ("aid --compare-years 2031 2025", ("--compare-years: release 29 holds 2022-01 to 2026-04", "2031")),
    ("aid --compare-years 2026-05 2025", ("2026-05 was asked for",)),
    ("aid --compare-years 2025 2024-2022", ("the span 2024-2022 runs backwards",)),
    ("aid --compare-years 2025-13 2024", ("'2025-13' is no span", "2025-07/2025-08")),
    ("aid --donor DEU --compare-years 2025 2024", ("foedus data import kiel FOLDER",)),
    ("aid --donor DEU --by month", ("foedus data import kiel FOLDER",)),
    ("aid --donor DEU --by route", ("--by route: the tracker tells routes of all donors together",)),
    ("aid --by route --kind financial", ("routes are of military aid",)),
    ("aid --edition kiel-92", ("'kiel-92' is not a known edition of aid", "kiel-29-2026-08-04")),
    ("export aid_by_month aid_by_moth --to a.csv", ("did you mean 'aid_by_month'",)),
    ("export aid_by_donor_and_month --to a.csv", ("foedus data import kiel FOLDER",)),
)


@pytest.mark.parametrize(("command", "said"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_a_bad_question_is_one_sentence(
    command: str,
    said: tuple[str, ...],
    own_data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong is one line on standard error that says what to do, with exit code 2."""
    monkeypatch.chdir(own_data)
    assert run_command(command.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert [words for words in said if words not in err] == []
    assert list(own_data.iterdir()) == []


@pytest.mark.parametrize("by", ["region", "donor", "route", "month"])
def test_every_layout_answers_without_an_import(by: str, own_data: Path) -> None:
    """Without an import every layout has an answer, its table first, and a note on what is missing."""
    assert list(own_data.iterdir()) == []
    result = _aid(by=by)
    assert result.tables()[0].name == f"{by}s"
    assert result.tables()[0].rows
    assert "foedus data import kiel FOLDER" in " ".join(result.notes)
    assert result.headline().endswith(".")
    json.dumps(to_jsonable(result.payload()), allow_nan=False)


def test_an_import_adds_regions_by_month_and_donors_by_year(imported: Path) -> None:
    """With an import months tell regions apart, donors' spans compare, and no note says what is missing."""
    assert imported.is_dir()
    result = _aid(edition=IMPORTED, by="month")
    (row,) = (r for r in result.months if r.month == Month(2022, 2))
    assert row.by_region == {**dict.fromkeys(REGIONS, 0.0), "european_states": 5e8, "eu_institutions": 1.5e9}
    assert "foedus data import kiel" not in " ".join(result.notes)
    compared = _aid(edition=IMPORTED, donor=("Germany",), compare=("2023-02", "2022"))
    assert compared.comparison is not None
    assert [r.of for r in compared.comparison.rows] == ["DEU"] * 3
    assert compared.comparison.rows[0].before == pytest.approx(1.4e9 / 12)
    assert compared.comparison.rows[0].after == pytest.approx(0.6e9)
    assert (
        result.chart("months").spec["concat"][0]["encoding"]["color"]["scale"]["domain"][0]
        == "European states"
    )


@pytest.mark.parametrize("last", [(2022, 1), (2022, 3), (2022, 12)])
@pytest.mark.parametrize("by", ["region", "donor", "route", "month"])
def test_a_release_of_any_length_answers(
    last: tuple[int, int], by: str, tmp_path: Path, own_data: Path
) -> None:
    """A release of a month, of a part of a year or of a whole one has an answer in every layout."""
    assert own_data.is_dir()
    done = import_kiel(write(tmp_path / "short", release(last=last)))
    result = _aid(edition=done.edition, by=by)
    assert result.release.last == last
    assert len(result.months) == last[1]
    assert result.headline().endswith(".")
    assert result.tables()[0].rows
    assert any("kiel-29-2026-08-04" in note for note in result.notes)


def test_months_of_donors_are_those_of_the_named(imported: Path) -> None:
    """The months of two donors are the sums of the months of each."""
    assert imported.is_dir()
    both, one, other = (
        _aid(edition=IMPORTED, donor=names, by="month").months
        for names in (("DEU", "EU"), ("DEU",), ("EU institutions",))
    )
    assert [r.allocated for r in both] == [a.allocated + b.allocated for a, b in zip(one, other, strict=True)]


def test_a_year_in_part_is_a_mean_of_its_months(own_data: Path) -> None:
    """A year that the release holds in part is compared by its months, and a note says so."""
    assert own_data.is_dir()
    result = _aid(compare=("2026", "2025"), kind="military")
    assert result.comparison is not None
    assert result.comparison.per == "month"
    assert "Of 2026 the release holds the months to 2026-04: means are a month's." in result.notes
    same = _aid(compare=("2026-01/2026-04", "2025"), kind="military")
    assert same.comparison is not None
    assert same.comparison.rows[-1].change == result.comparison.rows[-1].change


def test_the_eu_institutions_are_a_donor_and_no_ally() -> None:
    """The EU institutions have a code of their own, which is no aggregate of allies and no ally."""
    names = ("EU (Commission and Council)", "EU", "eui", "European Union", "EU institutions")
    assert {donor_code(name) for name in names} == {EU} == {"EUI"}
    assert donor_name(EU) == "EU institutions"
    assert EU not in AGGREGATES
    assert EU not in members_on(date(2026, 11, 26))
    assert donor_code("Turkiye") == donor_code("Türkiye") == donor_code("Turkey") == "TUR"
    with pytest.raises(UnknownNameError):
        donor_code("EU Institutionz & friends")


def test_parts_of_the_eus_aid_are_in_no_sum(imported: Path) -> None:
    """A member's part of what the EU gave stands in a column of its own and changes no total."""
    assert imported.is_dir()
    result = _aid(edition=IMPORTED, by="donor")
    germany = result.donor("DEU")
    assert germany.eu_share_of_gdp_2021 == pytest.approx(0.0005)
    assert germany.allocated == 2.4e9
    assert sum(row.allocated for row in result.donors) == result.region("all_donors").allocated
    assert result.table("donors").columns[-1].label == "Through the EU, of GDP 2021"


@pytest.mark.parametrize("kind", KINDS)
def test_regions_add_up_to_all_donors(kind: str, own_data: Path) -> None:
    """The five regions add up to all donors, to Europe and to the rest, of every kind and in every year."""
    assert own_data.is_dir()
    result = _aid(kind=kind)
    for year in (None, *result.regions[0].by_year):
        amount = {r.region: r.allocated if year is None else r.by_year[year] for r in result.regions}
        assert amount["all_donors"] == sum(amount[name] for name in REGIONS)
        assert amount["europe"] == amount["european_states"] + amount["eu_institutions"]
        parts = amount["europe"] + amount["united_states"] + amount["rest_of_world"]
        assert parts == amount["all_donors"]
    assert (result.region("europe").committed is None) == (kind != "all")


def test_a_deflator_of_one_changes_nothing() -> None:
    """At a constant price level euros of 2021 are euros of the day; at twice the level they are the half."""
    held = packaged_tracker()
    one, two = (in_euros_of_2021(held, Deflator("x", dict.fromkeys(held.years, v))) for v in (1.0, 2.0))
    assert [vars(r) for r in one.region_years] == [vars(r) for r in held.region_years]
    assert two.allocated() == pytest.approx(held.allocated() / 2)
    assert two.donors == held.donors


def test_deflated_donors_add_up_where_they_have_months(imported: Path) -> None:
    """With donors by month their totals in euros of 2021 add up to the regions' in the same euros."""
    assert imported.is_dir()
    result = _aid(edition=IMPORTED, real=True)
    total = sum(row.allocated for row in result.donors)
    assert total == pytest.approx(result.region("all_donors").allocated)
    assert total < tracker(edition=IMPORTED).allocated()


def test_concentration_has_its_bounds() -> None:
    """One donor has an index of one; equal donors have one over their number; nobody has none."""
    rows = packaged_tracker().donors
    (first,) = rows[:1]
    alone = concentration([first], "all")
    assert alone is not None
    assert (alone.herfindahl, alone.share_of_largest, alone.donors) == (1.0, 1.0, 1)
    equal = concentration([first] * 8, "all")
    assert equal is not None
    assert (equal.herfindahl, equal.share_of_largest) == (pytest.approx(1 / 8), pytest.approx(3 / 8))
    assert concentration([first], "military") is not None
    assert concentration([row for row in rows if row.donor == "EUI"], "military") is None


@pytest.mark.parametrize(
    ("text", "first", "last", "written"),
    [
        ("2025", (2025, 1), (2025, 12), "2025"),
        ("2022-2024", (2022, 1), (2024, 12), "2022-2024"),
        ("2022–2024", (2022, 1), (2024, 12), "2022-2024"),
        ("2025-07", (2025, 7), (2025, 7), "2025-07"),
        ("2025-07/2025-08", (2025, 7), (2025, 8), "2025-07/2025-08"),
        ("2025-07..2025-08", (2025, 7), (2025, 8), "2025-07/2025-08"),
    ],
)
def test_spans_are_read(text: str, first: tuple[int, int], last: tuple[int, int], written: str) -> None:
    """A span is a year, years, a month or months, and writes itself so that it can be given again."""
    span = parse_span(text)
    assert (span.first, span.last, span.text) == (first, last, written)
    assert parse_span(span.text) == span


@pytest.mark.parametrize(
    "text", ["", "25", "2025/", "2025-1", "2025-07/2026", "2025-00", "July 2025", "2024-2022"]
)
def test_other_spans_are_refused(text: str) -> None:
    """What is no span is refused with examples, and so is one that runs backwards."""
    with pytest.raises(FoedusError, match="--compare-years"):
        parse_span(text)


def test_nothing_says_what_arrived(own_data: Path) -> None:
    """No table, note, answer or chart uses the word for what has arrived, which no source tells by date."""
    assert own_data.is_dir()
    texts = []
    for asked in ({}, {"by": "donor"}, {"by": "route"}, {"compare": ("2025", "2022-2024")}):
        result = _aid(**asked)
        texts += [json.dumps(to_jsonable(result.payload())), *result.notes, *result.answer().beside]
        texts += [table.title for table in result.tables()]
        texts += [" ".join((c.title, c.description, *c.summary)) for c in map(result.chart, result.charts())]
    assert [text for text in texts if re.search("deliver", text, re.IGNORECASE)] == []


def test_tables_are_written_one_figure_a_row(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`foedus export` writes tables of aid in euros, each figure with its edition, day and terms."""
    monkeypatch.chdir(own_data)
    assert run_command("export aid_by_region aid_weapons --year 2025 --to aid.csv".split()) == 0
    with (own_data / "aid.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    europe = [r for r in rows if r["region"] in ("European states", "EU institutions")]
    assert sum(int(r["value"]) for r in europe if r["what"] == "military") == 34_667_954_000
    assert {r["unit"] for r in rows} == {"eur", "item"}
    assert {(r["edition"], r["published"]) for r in rows} == {("kiel-29-2026-08-04", "2026-08-04")}
    assert all("no licence is stated" in r["licence"] for r in rows)


def test_donors_by_month_are_written_from_an_import(imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of donors by month holds every entry of the import, and can be cut to donors."""
    monkeypatch.chdir(imported)
    command = f"export aid_by_donor_and_month --edition {IMPORTED} --country Germany --to aid.csv"
    assert run_command(command.split()) == 0
    with (imported / "aid.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 4
    assert {(r["donor"], r["year"], r["month"]) for r in rows} == {
        ("DEU", "2022", "2"),
        ("DEU", "2022", "12"),
        ("DEU", "2023", "2"),
    }


def test_months_of_one_donor_cannot_be_drawn_without_an_import(own_data: Path) -> None:
    """The chart of months needs donors by month where donors are named, and says how to bring them."""
    assert own_data.is_dir()
    with pytest.raises(NoDataError, match="foedus data import kiel"):
        _aid(donor=("Poland",)).chart("months")
