"""A release of six files: read whole and checked, or refused in one sentence and nothing lost."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from aid.build import ENTRIES, Release, cell, release, write
from foedus.aid.kiel_import import import_kiel
from foedus.aid.matched import matched
from foedus.aid.own import editions_folder
from foedus.aid.record import Month
from foedus.aid.tracker import packaged_tracker, tracker
from foedus.cli import run_command
from foedus.errors import FoedusError, IntegrityError


@pytest.fixture
def folder(tmp_path: Path, own_data: Path) -> Path:
    """Return a folder with a release, beside an empty data folder."""
    assert own_data.is_dir()
    return write(tmp_path / "release", release())


def test_a_release_is_read_whole(folder: Path) -> None:
    """An imported release answers by donor and month, in whole euros, and a month without entry is zero."""
    done = import_kiel(folder)
    assert (done.edition, done.outcome, done.entries, done.donors) == ("kiel-30-2023-04-01", "new", 9, 5)
    assert all(check.passed for check in done.checks)
    held = tracker(edition=done.edition)
    assert held.imported
    assert held.release.last == Month(2023, 2)
    germany = held.donor_series("DEU", "military")
    assert germany[Month(2022, 12)] == 1_000_000_000
    assert germany[Month(2022, 6)] == 0
    assert list(germany) == [Month(2022, m) for m in range(1, 13)] + [Month(2023, 1), Month(2023, 2)]
    assert held.eu_shares[0].eu_share == 1_800_000_000


def test_a_zip_file_is_read_like_its_folder(folder: Path, tmp_path: Path) -> None:
    """The same six files in a zip file, in a folder of their own, are the same release."""
    import_kiel(folder)
    archive = tmp_path / "release.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in folder.glob("*.csv"):
            packed.write(path, f"data/{path.name}")
            packed.writestr(f"__MACOSX/data/._{path.name}", "no table")
    assert import_kiel(archive).outcome == "unchanged"


def test_donors_regions_and_months_agree(folder: Path) -> None:
    """Totals by donor, by region and by month are the same sums, by kind and of what was committed."""
    import_kiel(folder)
    held = tracker(edition="kiel-30-2023-04-01")
    for kind in ("military", "financial", "humanitarian"):
        whole = held.allocated(kind)  # type: ignore[arg-type]
        assert whole == sum(getattr(row, kind) for row in held.donors)
        assert whole == sum(getattr(row, kind) for row in held.months)
        assert whole == sum(getattr(row, kind) for row in held.donor_months)
    assert held.committed() == sum(row.committed for row in held.donors)


def test_the_packaged_tables_agree_with_each_other() -> None:
    """Totals by donor, region and month of the packaged release are the same sums to the euro."""
    held = packaged_tracker()
    for kind in ("military", "financial", "humanitarian"):
        whole = held.allocated(kind)  # type: ignore[arg-type]
        assert whole == sum(getattr(row, kind) for row in held.donors)
        assert whole == sum(getattr(row, kind) for row in held.months)
    assert held.committed() == sum(row.committed for row in held.donors)
    for row in (*held.region_years, *held.donors):
        allocated = row.military + row.financial + row.humanitarian
        assert row.committed - allocated == row.to_be_allocated


def test_open_is_what_is_committed_and_not_allocated(folder: Path) -> None:
    """What is to be allocated may be negative in a month, and adds up to committed less allocated."""
    import_kiel(folder)
    held = tracker(edition="kiel-30-2023-04-01")
    assert min(row.to_be_allocated for row in held.donor_months) < 0
    left = sum(row.to_be_allocated for row in held.donor_months)
    assert left == held.committed() - held.allocated()


def test_matched_is_recomputed_from_an_import(folder: Path) -> None:
    """With an import the months until commitments were matched come from its own donors by month."""
    import_kiel(folder)
    rows = {row.region: row for row in matched(tracker(edition="kiel-30-2023-04-01"))}
    # Europe had committed 4.5 by the end of 2022, and had allocated 3.2 by then and 5.9 by February 2023.
    assert (rows["europe"].committed, rows["europe"].matched_in) == (4.5e9, Month(2023, 2))
    assert rows["united_states"].matched_in is None


def test_two_states_of_one_release_are_two_editions(folder: Path, tmp_path: Path) -> None:
    """A preview of another day stands beside the release; each answers as of its own day."""
    import_kiel(folder)
    files = cell(release(ENTRIES[:-1]), "release_info", 1, "date", "2023-03-20")
    # Without its last entry Germany's aid ends before the period, so that another donor has to hold it.
    preview = import_kiel(write(tmp_path / "preview", files))
    assert preview.edition == "kiel-30-2023-03-20"
    military = [tracker(day).allocated("military") for day in (date(2023, 3, 25), date(2023, 4, 2))]
    assert military == [3_650_000_000, 4_250_000_000]


def test_another_state_of_one_day_is_refused_unless_it_replaces(folder: Path, tmp_path: Path) -> None:
    """Other figures under the same name are refused and change nothing; --replace or a day takes them in."""
    import_kiel(folder)
    other = write(tmp_path / "other", release(ENTRIES[:-1]))
    before = {path.name: path.read_bytes() for path in editions_folder().iterdir()}
    with pytest.raises(FoedusError, match="is there already with other figures; give --published"):
        import_kiel(other)
    assert {path.name: path.read_bytes() for path in editions_folder().iterdir()} == before
    assert import_kiel(other, published=date(2023, 3, 1)).edition == "kiel-30-2023-03-01"
    assert import_kiel(other, replace=True).outcome == "replaced"


def test_a_release_older_than_one_held_needs_a_name(tmp_path: Path, own_data: Path) -> None:
    """A release older than the packaged one is refused, and kept under a name for questions as of its day."""
    older = write(tmp_path / "older", release(number=28))
    with pytest.raises(FoedusError, match=r"release 28 \(to 2023-02\) is older than release 29") as caught:
        import_kiel(older)
    assert "--edition kiel-28" in str(caught.value)
    assert not editions_folder().exists()
    import_kiel(older, edition="kiel-28")
    assert tracker(date(2023, 5, 1)).release.number == 28
    assert tracker().release.number == 29
    assert own_data.is_dir()


def test_a_table_that_was_altered_answers_nothing(folder: Path) -> None:
    """A kept table that differs from its card is an error that says what to do."""
    done = import_kiel(folder)
    done.path.write_text(done.path.read_text(encoding="utf-8").replace("1000000000", "2000000000"))
    with pytest.raises(IntegrityError, match="differs from the one its card describes"):
        tracker()


Change = Callable[[Release], Release]


def _twice(files: Release) -> Release:
    """Enter Türkiye a second time in the same month, in another spelling."""
    row = ["Türkiye", *files["data_explorer"][4][1:]]
    return {**files, "data_explorer": [*files["data_explorer"], row]}


def _millions(files: Release) -> Release:
    """Write every amount of the donors in millions."""
    rows = [list(line) for line in files["data_explorer"]]
    for row in rows[1:]:
        row[4:11] = [str(1000 * float(value)) for value in row[4:11]]
    return {**files, "data_explorer": rows}


def _unit(files: Release) -> Release:
    """Write the amounts of one donor in millions, its GDP and shares as they are."""
    rows = [list(line) for line in files["data_explorer"]]
    rows[1][4:10] = [str(1000 * float(value)) for value in rows[1][4:10]]
    return {**files, "data_explorer": rows}


def _german(files: Release) -> Release:
    """Write decimals with a comma."""
    return cell(files, "data_explorer", 1, "military", "0,2")


def _gap(files: Release) -> Release:
    """Leave a month out of the totals."""
    return {**files, "total_allocations": files["total_allocations"][:4] + files["total_allocations"][5:]}


BAD: tuple[tuple[str, Change, tuple[str, ...]], ...] = (
    (
        "an unknown donor",
        lambda f: cell(f, "data_explorer", 1, "country", "Untied States"),
        ("data_explorer.csv, line 2", "not a known donor", "did you mean 'United States'"),
    ),
    (
        "another donor's code",
        lambda f: cell(f, "data_explorer", 1, "iso", "GBR"),
        ("line 2", "United States bears the code GBR", "USA"),
    ),
    ("month 13", lambda f: cell(f, "data_explorer", 2, "month", "13"), ("line 3", "month 13", "2022")),
    ("a negative allocation", lambda f: cell(f, "data_explorer", 1, "military", "-0.2"), ("is negative",)),
    ("a German decimal", _german, ("line 2", "'0,2'", "write decimals with a point")),
    ("a donor twice", _twice, ("Türkiye stands 2 times with 2022-03", "two spellings")),
    ("donors in millions", _millions, ("in millions",)),
    ("one donor in millions", _unit, ("in billions of euros, not in millions",)),
    (
        "a total that is off",
        lambda f: cell(f, "total_allocations", 2, "military", "0.9"),
        ("total_allocations.csv, line 3", "add up to"),
    ),
    (
        "donors that miss the total",
        lambda f: {**f, "data_explorer": f["data_explorer"][:2] + f["data_explorer"][3:]},
        ("in 2022-02", "adds up to", "the total is"),
    ),
    (
        "a release ahead of its files",
        lambda f: cell(f, "release_info", 1, "period", "04/2023"),
        ("release 31 says that its data end in 2023-04", "ends in 2023-02"),
    ),
    (
        "a release behind its files",
        lambda f: cell(f, "release_info", 1, "period", "12/2022"),
        ("says that its data end in 2022-12", "ends in 2023-02"),
    ),
    ("a period that is none", lambda f: cell(f, "release_info", 1, "period", "13/2023"), ("13/2023",)),
    ("a month that lacks", _gap, ("2022-04 is missing",)),
    (
        "a column that lacks",
        lambda f: {**f, "weapons": [row[:3] for row in f["weapons"]]},
        ("weapons.csv", "no column monetary_value_eur"),
    ),
    (
        "an unknown class",
        lambda f: cell(f, "weapons", 1, "category", "Submarines"),
        ("'Submarines' is no class of weapons",),
    ),
    ("no number at all", lambda f: cell(f, "data_explorer", 1, "total", "1e999999"), ("not a number",)),
    ("not a number", lambda f: cell(f, "data_explorer", 1, "gdp", "NaN"), ("'NaN'", "not a number")),
    ("a cell too many", lambda f: {**f, "weapons": [*f["weapons"], ["x"] * 6]}, ("line 4", "more cells")),
    ("a cell too long", lambda f: cell(f, "weapons", 1, "donor", "x" * 200_000), ("cannot be read",)),
    ("an empty file", lambda f: {**f, "weapons": f["weapons"][:1]}, ("weapons.csv", "holds no rows")),
)


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_release_is_refused(folder: Path, change: Change, said: tuple[str, ...]) -> None:
    """What is wrong is named with its file, the exit code is 2, and what was held stays as it was."""
    import_kiel(folder)
    before = {path.name: path.read_bytes() for path in editions_folder().iterdir()}
    write(folder, change(release(number=31)))
    with pytest.raises(FoedusError) as caught:
        import_kiel(folder)
    assert caught.value.exit_code == 2
    assert [words for words in said if words not in str(caught.value)] == []
    assert str(caught.value).count("\n") == 0
    assert {path.name: path.read_bytes() for path in editions_folder().iterdir()} == before


def test_five_of_six_files_are_refused(folder: Path) -> None:
    """A folder without one of the six names the one that is missing."""
    (folder / "weapons.csv").unlink()
    with pytest.raises(FoedusError, match=r"weapons\.csv is missing: a release has six files, and 5 "):
        import_kiel(folder)


def test_semicolons_are_refused(folder: Path) -> None:
    """A table with semicolons is told to use commas."""
    write(folder, release(), delimiter=";")
    with pytest.raises(FoedusError, match="separated by semicolons; separate them by commas"):
        import_kiel(folder)


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that is neither a folder nor a zip file is one sentence; so is a path that is not there."""
    path = tmp_path / "release.zip"
    path.write_bytes(content)
    with pytest.raises(FoedusError, match="neither a folder nor a zip file"):
        import_kiel(path)
    with pytest.raises(FoedusError, match="cannot be read"):
        import_kiel(tmp_path / "nowhere")


def test_the_eu_institutions_are_known_by_the_name_of_the_files(folder: Path) -> None:
    """“EU (Commission and Council)” is the donor EUI, in the region of its own."""
    import_kiel(folder)
    held = tracker(edition="kiel-30-2023-04-01")
    assert sum(held.donor_series("EUI").values()) == held.allocated(regions=("eu_institutions",)) == 3.5e9


def test_the_command_imports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`foedus data import kiel` says what it holds, with its checks and notes, as text and as JSON."""
    assert run_command(["data", "import", "kiel", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Edition kiel-30-2023-04-01 now holds Release 30" in said
    assert "donors_add_up" in said
    assert "5 donors have no entry in 61 of 70 donor-months" in said
    assert run_command(["data", "import", "kiel", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "unchanged"
    shutil.rmtree(folder)
    assert run_command(["data", "import", "kiel", str(folder)]) == 2
