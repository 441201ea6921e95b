"""What is missing of a requirement: with made holdings, and without any."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from foedus.cli import run_command
from foedus.errors import FileFormatError
from foedus.evidence import Ledger
from foedus.forces.apportionment import Sharing, apportion
from foedus.forces.gap import gap
from foedus.forces.holdings import Holdings, read_holdings
from foedus.forces.us_forces import us_forces
from foedus.forces.us_import import read_us_forces
from forces.build import MADE, holdings


@cache
def _ledger() -> Ledger:
    return Ledger.packaged()


MADE_UP = holdings(
    ("DEU", "tanks", 300.0),
    ("FRA", "tanks", 200.0),
    ("POL", "tanks", 700.0),
    ("USA", "tanks", 5000.0),
    ("DEU", "infantry_fighting_vehicles", 4000.0),
)


def test_without_holdings_the_requirement_and_the_parts_are_given() -> None:
    """Without holdings nothing is called missing, and the answer says how to bring them."""
    answer = gap("replace-us-2025", ledger=_ledger(), holdings=Holdings())
    assert answer.known == ()
    assert answer.cost == 0.0
    assert "without holdings" in answer.headline()
    assert any("foedus data import holdings" in note for note in answer.notes)
    assert answer.table("parts").rows
    assert {row.equipment: row.required for row in answer.rows}["combat_aircraft"] == 400


def test_missing_is_what_is_required_less_what_is_available() -> None:
    """Holdings of those that share are netted; those of others do not count, and a surplus is no gap."""
    answer = gap("replace-us-land-2025", ledger=_ledger(), holdings=MADE_UP)
    rows = {row.equipment: row for row in answer.rows}
    tanks, vehicles = rows["tanks"], rows["infantry_fighting_vehicles"]
    assert tanks.held == 1200.0
    assert tanks.allies_counted == 3
    assert tanks.available is not None
    assert tanks.available_low is not None
    assert tanks.available_high is not None
    assert tanks.missing == pytest.approx(1400.0 - tanks.available)
    assert 0.4 * 1200 < tanks.available_low < tanks.available < tanks.available_high < 0.8 * 1200
    assert vehicles.missing == 0.0
    assert rows["tube_artillery"].missing is None


def test_money_adds_up_and_grows_with_what_is_missing() -> None:
    """The cost by ally adds up; fewer holdings never cost less; the interval holds the middle."""
    more = gap("replace-us-land-2025", ledger=_ledger(), holdings=MADE_UP)
    fewer = gap("replace-us-land-2025", ledger=_ledger(), holdings=holdings(("DEU", "tanks", 100.0)))
    assert sum(row.cost for row in more.by_ally) == pytest.approx(more.cost, rel=1e-6)
    assert more.cost_low < more.cost < more.cost_high
    tanks = [next(r for r in g.rows if r.equipment == "tanks").cost for g in (more, fewer)]
    assert tanks[0] is not None
    assert tanks[1] is not None
    assert tanks[0] < tanks[1]
    published = 30.4e6 * (next(r for r in more.rows if r.equipment == "tanks").missing or 0.0)
    assert 1.2 * published < tanks[0] < 1.6 * published


def test_the_press_report_is_labelled_and_compared_with_itself() -> None:
    """The report's own counts give 49 brigades and 1,174 air-defence units, on its own word."""
    answer = gap("press-minimum-2024", ledger=_ledger(), holdings=Holdings())
    missing = {row.equipment: row.missing for row in answer.rows}
    assert missing["manoeuvre_brigades"] == 49
    assert missing["air_defence_units"] == 1174
    assert missing["division_staffs"] == 14
    assert {row.held_by for row in answer.rows} == {"the same report"}
    assert answer.cost_assumed == pytest.approx(answer.cost)


def test_holdings_are_those_of_a_day() -> None:
    """As of a day before a count, it is not known."""
    assert MADE_UP.as_of(date(2024, 12, 30)).counts() == {}
    assert MADE_UP.as_of(date(2024, 12, 31)).counts()[("DEU", "tanks")] == 300.0


def test_nobody_provides_more_than_it_holds_where_that_is_asked() -> None:
    """Within holdings the parts of a class stay below what each ally holds."""
    held = dict.fromkeys(_ledger().members(), 60.0)
    many = holdings(
        *((c, "tanks", n) for c, n in held.items()),
        *((c, name, 1e5) for c in held for name in ("persons", "infantry_fighting_vehicles")),
        *((c, name, 5e3) for c in held for name in ("tube_artillery",)),
        *((c, "shells_155mm", 1e6) for c in held),
        *((c, "manoeuvre_brigades", 20.0) for c in held),
    )
    sharing = Sharing(within_holdings=True)
    result = apportion("replace-us-land-2025", sharing, ledger=_ledger(), holdings=many)
    assert max(row.parts["tanks"] for row in result.rows) == 60.0
    assert sum(row.parts["tanks"] for row in result.rows) == 1400.0
    assert {b.equipment for b in result.binding if b.kind == "bound"} == {"tanks"}


def test_a_plain_and_a_wide_table_are_read(tmp_path: Path) -> None:
    """A plain table and rDMC's wide one give counts by class; what is of no class is left out and said."""
    plain, wide = tmp_path / "plain.csv", tmp_path / "wide.csv"
    plain.write_text(
        f'country,class,count,day,source\nTürkiye,Tanks,"2,300",2024-12-31,{MADE}\n', encoding="utf-8-sig"
    )
    (row,), notes = read_holdings(plain)
    assert (row.country, row.equipment, row.count, notes) == ("TUR", "tanks", 2300.0, ())
    wide.write_text(
        "iso3,year,main_battle_tanks,aircraft_fighter,aircraft_attack,radars_navigation\n"
        "FRA,2014,200.0,150.0,30.0,9\nYUG,1990,1000,,,\n",
        encoding="utf-8",
    )
    rows, notes = read_holdings(wide)
    assert {(r.equipment, r.count) for r in rows} == {("tanks", 200.0), ("combat_aircraft", 180.0)}
    assert {r.day for r in rows} == {date(2014, 12, 31)}
    assert any("1 columns" in note for note in notes)
    assert any("YUG" in note for note in notes)


def test_an_imported_table_answers_in_the_command(
    tmp_path: Path, own_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `data import holdings` takes in, `gap` counts."""
    path = tmp_path / "own.csv"
    path.write_text(f"country,class,count,day,source\nDEU,tanks,300,2024-12-31,{MADE}\n", encoding="utf-8")
    assert run_command(["data", "import", "holdings", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["checks"][0]["passed"]
    assert run_command(["gap", "replace-us-land-2025", "--json"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert next(r for r in payload["rows"] if r["equipment"] == "tanks")["held"] == 300.0
    assert own_data.is_dir()


SERVICES = ("ARMY", "NAVY", "MARINE CORPS", "AIR FORCE")


def _workbook(
    path: Path, quarters: dict[str, dict[str, tuple[int, ...]]], *, totals: dict[str, int] | None = None
) -> Path:
    """Write a made workbook in the office's layout, with other totals than the sums where they are given."""
    with xlsxwriter.Workbook(str(path)) as book:
        for day, hosts in quarters.items():
            sheet = book.add_worksheet(day.replace(" ", "").replace(",", "")[:20])
            rows = [
                [f"Number of Military and DoD Civilian Personnel, as of {day} ({MADE})"],
                ["LOCATION", *SERVICES, "TOTAL", "ARMY RESERVE", "TOTAL"],
                *([h, *c, (totals or {}).get(h, sum(c)), 5, 5] for h, c in hosts.items()),
                ["UNKNOWN", 1, 1, 1, 1, 4, 0, 0],
            ]
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_the_office_s_workbook_is_read_and_mended(tmp_path: Path) -> None:
    """Doubled hosts are halved, a period that stands twice is left out, and each has its named check."""
    days = [
        f"{month} {day}, {year}"
        for year in (2023, 2024)
        for month, day in (("March", 31), ("June", 30), ("September", 30), ("December", 31))
    ]
    quarters = {
        day: {
            "GERMANY": (20001 + i, 101, 301, 12001),
            "TURKEY": (200, 4, 10, 1400),
            "ITALY": (4001, 11, 7, 4801 + i),
        }
        for i, day in enumerate(days)
    }
    doubled = {host: tuple(2 * n for n in counts) for host, counts in quarters[days[3]].items()}
    quarters[days[3]] = doubled
    rows, checks, notes = read_us_forces(_workbook(tmp_path / "counts.xlsx", quarters))
    named = {check.name: check for check in checks}
    assert not named["doubled_hosts"].passed
    assert [row["country"] for row in named["doubled_hosts"].rows] == ["TUR"]
    assert [row["year"] for row in named["doubled_periods"].rows] == ["2023-12-31"]
    last = {
        host: (printed, persons, how)
        for host, day, printed, persons, how in rows
        if day == date(2024, 12, 31)
    }
    assert last["TUR"] == (1614, 807, "halved")
    assert last["DEU"][1] == 20008 + 101 + 301 + 12001
    assert date(2023, 12, 31) not in {row[1] for row in rows}
    assert notes == ("1 rows are no country and were left out.",)


def test_a_total_that_is_not_the_sum_is_refused(tmp_path: Path) -> None:
    """A workbook in which a total disagrees with its services is not taken in."""
    counts = {"December 31, 2025": {"GERMANY": (1, 2, 3, 4)}}
    path = _workbook(tmp_path / "counts.xlsx", counts, totals={"GERMANY": 99})
    with pytest.raises(FileFormatError, match="GERMANY is 99"):
        read_us_forces(path)


def test_imported_counts_answer_in_place_of_the_record_s(
    tmp_path: Path, own_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quarter that the user imports is that of the user; other quarters stay those of the record."""
    path = _workbook(tmp_path / "counts.xlsx", {"March 31, 2026": {"GERMANY": (21001, 3, 5, 9)}})
    assert run_command(["data", "import", "us-forces", str(path)]) == 0
    assert "doubled_hosts" in capsys.readouterr().out
    assert us_forces().day == date(2026, 3, 31)
    assert us_forces().persons("DEU") == 21018
    assert us_forces(date(2025, 12, 31)).persons("DEU") == 36436
    assert own_data.is_dir()
