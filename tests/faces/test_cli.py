"""The command line: one JSON object, one line of error, exit codes."""

import json
import subprocess
import sys

import polars as pl
import pytest

from foedus.cli import application, run_command
from foedus.cli.commands import COMMANDS, GROUPS, command_names


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, monkeypatch):
    """Keep the user's own editions out of the tests."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))


def ask(capsys, *words):
    """Run a command that shall succeed and give its JSON."""
    assert run_command([*words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def refuse(capsys, *words, code=2):
    """Run a command that shall fail and give its one line."""
    assert run_command(list(words)) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("foedus: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_status_in_json(capsys):
    """`foedus status --year 2024 --edition nato-2024-06 --json` has "meeting": 23."""
    answer = ask(capsys, "status", "--year", "2024", "--edition", "nato-2024-06")
    assert (answer["meeting"], answer["edition"], answer["allies"]) == (23, "nato-2024-06", 32)
    assert {
        c["edition"]: c["meeting"] for c in answer["counts"] if c["basis"] == "published" and c["whole"]
    } == {
        "nato-2024-06": 23,
        "nato-2025-08": 18,
        "nato-2026-07": 17,
    }


def test_status_as_of_names_the_edition(capsys):
    """As of 1 October 2024 the answer is 23 and names its edition; later editions do not show."""
    answer = ask(capsys, "status", "--year", "2024", "--as-of", "2024-10-01")
    assert (answer["meeting"], answer["edition"], answer["as_of"]) == (23, "nato-2024-06", "2024-10-01")
    assert "2025" not in "".join(c["edition"] for c in answer["counts"])


def test_status_in_words(capsys):
    """The text names the count, the edition and the allies below."""
    assert (
        run_command(["status", "--year", "2024", "--edition", "nato-2024-06", "--country", "Spain", "Poland"])
        == 0
    )
    out = capsys.readouterr().out
    assert out.startswith(
        "1 of the 2 allies asked for spent 2 % of GDP or more on defence in 2024 (an estimate)."
    )
    assert "Edition: nato-2024-06, published 2024-06-17." in out
    assert "Below 2 % (vilnius-2023, by 2023): Spain." in out
    assert "Below 3.5 % (hague-2025, by 2035): Spain." in out
    assert "In 2022, the last closed year: 1 of the 2 allies asked for at 2 %, 0 at 3.5 %." in out
    assert "The count for 2024 by every edition" in out


def test_figure_gives_source_and_status(capsys):
    """A figure comes with its edition, status, unit and source card."""
    answer = ask(capsys, "figure", "equipment_share", "--country", "Türkiye", "--year", "2024-2025")
    assert [f["status"] for f in answer["figures"]] == ["actual", "estimate"]
    assert [f["rests_on"] for f in answer["figures"]] == ["one copy; same in nato-2025-08", "one copy"]
    assert answer["editions"] == ["nato-2026-07"]
    assert answer["sources"][0]["rests_on"]["one copy"] == 4096
    assert answer["sources"][0]["publisher"] == "NATO"
    assert run_command(["figure", "population", "--country", "UKR", "--year", "2024"]) == 0
    assert "Ukraine" in capsys.readouterr().out


def test_figure_in_every_edition(capsys):
    """Every edition can be shown side by side."""
    answer = ask(
        capsys,
        "figure",
        "defence_expenditure_share_of_gdp",
        "--country",
        "POL",
        "--year",
        "2024",
        "--all-editions",
    )
    assert [f["edition"] for f in answer["figures"]] == ["nato-2024-06", "nato-2025-08", "nato-2026-07"]


def test_lists(capsys):
    """Indicators, editions, sources and institutions are listed, as of a day where one is given."""
    names = {row["name"] for row in ask(capsys, "indicators")["indicators"]}
    assert {"defence_expenditure_share_of_gdp", "gdp_ppp", "military_personnel"} <= names
    listing = ask(capsys, "editions", "--as-of", "2024-06-17")
    assert [e["edition"] for e in listing["editions"] if e["published"] > "2023-12"] == [
        "nato-statement-2024-02",
        "nato-annual-report-2024-03",
        "imf-weo-2024-04",
        "nato-2024-06",
    ]
    known = {p["edition"]: p for p in listing["publications"]}
    assert (known["nato-2012"]["in_ledger"], known["nato-2012"]["published_known"]) == (False, "unverified")
    assert (known["nato-2020-10"]["shares_held"], known["nato-2020-10"]["shares_printed"]) == (18, 29)
    assert known["nato-2018-07"]["stated_count"]["count"] == 8
    assert "nato-2025-08" not in known
    card = ask(capsys, "sources", "imf-weo-2026-04")["sources"][0]
    assert card["licence"].startswith("IMF terms of use")
    assert len(ask(capsys, "institutions")["tables"]) == 14
    assert len(ask(capsys, "institutions", "members", "--as-of", "2023-04-04")["rows"]) == 31
    for words in (["indicators"], ["editions"], ["sources"], ["institutions"], ["institutions", "summits"]):
        assert run_command(words) == 0
        assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["status", "--year", "abc"], 'unable to convert "abc" into int; `foedus status --help`'),
        (
            ["status", "--as-of", "2024-13-01"],
            "--as-of: '2024-13-01' is not a day of the calendar; write it as YYYY-MM-DD",
        ),
        (
            ["status", "--edition", "nato-2024-07"],
            "'nato-2024-07' is not a known edition; did you mean 'nato-202",
        ),
        (
            ["status", "--country", "Polland"],
            "--country: 'Polland' is not a known country; did you mean 'Poland'?",
        ),
        (
            ["status", "--edition", "nato-2025-08", "--as-of", "2024-10-01"],
            "nato-2025-08 had not been published by 2024-10-01",
        ),
        (["status", "--yaer", "2024"], "Unknown option: --yaer. Did you mean --year? `foedus status --help`"),
        (["stauts"], "'stauts' is not a known command; did you mean 'status'?"),
        (["data", "improt"], "'improt' is not a known command"),
        (
            ["figure", "equipment_shar"],
            "'equipment_shar' is not a known indicator; did you mean 'equipment_share'?",
        ),
        (["figure", "equipment_share", "--year", "24"], "--year: '24' is not a year or a range of years"),
        (["figure"], "requires an argument"),
        (
            ["figure", "equipment_share", "--edition", "nato-2024-06", "--all-editions"],
            "--edition and --all-editions exclude each other; give one of them",
        ),
        (["sources", "nope"], "'nope' is not a known edition"),
        (
            ["status", "--edition", "nato-2012"],
            "NATO published nato-2012 (2012, not verified)",
        ),
        (
            ["figure", "equipment_share", "--edition", "nato-2014-02"],
            "ask one held whole (nato-2019-06",
        ),
        (["institutions", "sumits"], "'sumits' is not a known table; did you mean 'summits'?"),
        (["export", "--to", "x.csv"], "--indicators requires an argument"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(capsys, words, message):
    """Bad input gives one sentence on standard error, nothing on standard output, and exit code 2."""
    assert message in refuse(capsys, *words)


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_export_writes_tidy_files(capsys, tmp_path, ending):
    """Exported files hold one figure a row with edition and source, and read back to the ledger's values."""
    target = tmp_path / f"out.{ending}"
    answer = ask(capsys, "export", "equipment_share", "population", "--to", str(target), "--year", "2024")
    read = {"csv": pl.read_csv, "parquet": pl.read_parquet, "xlsx": read_xlsx}[ending]
    frame = read(target)
    assert frame.height == answer["figures"]
    assert set(frame["edition"]) == {"nato-2026-07", "imf-weo-2026-04"} == set(answer["editions"])
    assert frame.filter(pl.col("url") == "").is_empty()
    poland = frame.filter((pl.col("country") == "POL") & (pl.col("indicator") == "equipment_share"))
    assert poland["value"][0] == pytest.approx(0.429, abs=1e-9)
    assert poland["country_name"][0] == "Poland"


def read_xlsx(path):
    """Read the one sheet of a workbook."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return pl.DataFrame(rows[1:], schema=rows[0], orient="row")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out.doc", "the ending '.doc' names no format; use one of .csv, .parquet, .xlsx"),
        ("missing/out.csv", "its folder does not exist; make the folder first"),
        ("folder.csv", "this is a folder, not a file; name a file in it"),
    ],
)
def test_export_refuses_what_cannot_be_written(capsys, tmp_path, name, message):
    """A target that cannot be written is refused before any work, and nothing is left behind."""
    (tmp_path / "folder.csv").mkdir()
    assert message in refuse(capsys, "export", "equipment_share", "--to", str(tmp_path / name))
    assert [p.name for p in tmp_path.iterdir()] == ["folder.csv"]


def test_a_reader_that_stops_early_is_no_error():
    """`foedus figure … | head -1` ends quietly."""
    script = f"{sys.executable} -c 'from foedus.cli import main; main()' figure gdp_current_usd | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_help_is_quick_and_light():
    """`foedus --help` imports neither polars nor numpy, and lists every command."""
    code = (
        "import sys; from foedus.cli import run_command; c = run_command(['--help']); "
        "heavy = {'polars', 'numpy', 'xlsxwriter', 'python_calamine', 'pydantic'} & set(sys.modules);"
        "sys.exit(c or len(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(word in done.stdout for word in ("status", "figure", "export", "run", "data"))


def test_every_command_is_loaded_by_its_row():
    """A command that is asked for is the function that its row loads, under the row's name and help."""
    for name, load, text in COMMANDS:
        command = application([name])[name]
        assert (command.default_command, command.help) == (load(name), text)
    for first, _, rows in GROUPS:
        for name, load, text in rows:
            command = application([first, name])[first][name]
            assert (command.default_command, command.help) == (load(name), text)
    assert command_names()[-3:] == ["runs", "runs list", "runs remove"]


def test_help_names_every_command(capsys, monkeypatch):
    """The help of all has a line for every command, in the words of its row, and imports none of them."""
    monkeypatch.setenv("COLUMNS", "160")
    run_command(["--help"])
    lines = [" ".join(line.strip("│ ").split()) for line in capsys.readouterr().out.splitlines()]
    assert {f"{name} {text}" for name, _, text in (*COMMANDS, *GROUPS_AS_ROWS)} <= set(lines)
    assert all(application()[name].default_command is None for name, _, _ in COMMANDS)


GROUPS_AS_ROWS = [(first, None, text) for first, text, _ in GROUPS]
