"""The user's data folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import workbooks as w
from foedus.cli import run_command
from foedus.errors import FileFormatError, InputError, IntegrityError, StorageError
from foedus.evidence import Ledger, userdata
from foedus.evidence.cards import Card
from foedus.evidence.figure_tables import Figure, figures_frame, read_table, table_text
from foedus.evidence.ingest import Imported
from foedus.evidence.userdata import (
    FigureComparison,
    compare_figures,
    data_folder,
    save_edition,
    user_editions,
)
from foedus.files.checksum import sha256_of

SHARE = "defence_expenditure_share_of_gdp"


def _imported(*values: float, **changes: Any) -> Imported:
    figures = figures_frame(
        Figure(SHARE, "POL", 2020 + i, value, "actual") for i, value in enumerate(values or (0.02, 0.03))
    )
    card = Card(
        id="test-2024-01",
        series="nato-defence-expenditure",
        publisher="A publisher",
        title="A table",
        published=date(2024, 1, 31),
        url="https://example.org/",
        licence="CC0",
        complete={SHARE: (2020, 2021)},
        sha256=sha256_of(table_text(figures)),
    )
    return Imported(card.model_copy(update=changes), figures)


def _state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_copy_rounded_further_on_is_equal_and_may_be_replaced(tmp_path: Path) -> None:
    """Copies that keep seven digits equal the workbook; a finer table still may take their place."""
    table = w.packaged("nato-2025-08").where(lambda row: row["known"] != "press")
    copied = table.with_columns(value=[float(f"{value:.8g}") for value in table["value"]])
    saved = save_edition(_imported_as("nato-2025-08", copied), folder=tmp_path)
    assert saved.packaged is not None
    assert (saved.packaged.differing, saved.packaged.added) == (0, 0)
    assert "differ" not in saved.message.split(";")[0]
    with pytest.raises(InputError, match="is there already with other figures"):
        save_edition(_imported_as("nato-2025-08", table), folder=tmp_path)


def test_digits_are_read_off_a_table_that_states_none(tmp_path: Path) -> None:
    """A table printed to 0.01 per cent equals one with all digits where none states its precision."""
    full = _imported(0.020083, 0.020123, 0.034886, 0.0165554).figures
    printed = _imported(0.0201, 0.0201, 0.0349, 0.0166).figures
    assert compare_figures(full, printed).identical
    assert compare_figures(full, _imported(0.0201, 0.0202, 0.0349, 0.0166).figures).differing == 1
    assert compare_figures(_imported(0.0249, 0.03).figures, _imported(0.02, 0.03).figures).differing == 1


def test_the_folder_is_the_platforms_or_the_users_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FOEDUS_DATA names the data folder; without it the platform's folder for foedus is used."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    monkeypatch.delenv("FOEDUS_DATA")
    assert data_folder().name == "foedus"


def test_a_saved_edition_reads_back(tmp_path: Path) -> None:
    """An edition is a table and a card that read back as they were, and no other file is left."""
    imported = _imported()
    saved = save_edition(imported, folder=tmp_path)
    assert (saved.outcome, saved.packaged) == ("new", None)
    assert saved.message == "Edition test-2024-01 now holds 2 figures."
    assert sorted(_state(tmp_path)) == ["editions/test-2024-01.csv", "editions/test-2024-01.yaml"]
    assert read_table(saved.path) == imported.figures
    assert user_editions(tmp_path) == [(imported.card, saved.path)]


def test_without_a_folder_there_are_no_editions(tmp_path: Path) -> None:
    """A data folder that does not exist holds no editions, and looking does not make it."""
    assert user_editions(tmp_path / "none") == []
    assert not (tmp_path / "none").exists()


def test_the_same_figures_again_change_nothing(tmp_path: Path) -> None:
    """Importing an edition that is there already says so and writes nothing."""
    save_edition(_imported(), folder=tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    for replace in (False, True):
        saved = save_edition(_imported(), replace, folder=tmp_path)
        assert saved.outcome == "unchanged"
        assert saved.message == "Edition test-2024-01 was there already with 2 figures."
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_other_figures_need_replace(tmp_path: Path) -> None:
    """Other figures under the same name are refused unless they are to replace the old ones."""
    save_edition(_imported(), folder=tmp_path)
    before = _state(tmp_path)
    with pytest.raises(
        InputError, match=r"is there already with other figures \(1 differ, 1 are new, 0 would go\)"
    ):
        save_edition(_imported(0.02, 0.031, 0.04), folder=tmp_path)
    assert _state(tmp_path) == before
    saved = save_edition(_imported(0.02, 0.031, 0.04), True, folder=tmp_path)
    assert saved.message == "Edition test-2024-01 was replaced and now holds 3 figures."
    assert len(read_table(user_editions(tmp_path)[0][1])) == 3


def test_another_day_needs_replace(tmp_path: Path) -> None:
    """The same figures published on another day are refused unless they are to replace the old ones."""
    save_edition(_imported(), folder=tmp_path)
    other = _imported(published=date(2024, 2, 1))
    with pytest.raises(InputError, match="is there already as published on 2024-01-31 and not 2024-02-01"):
        save_edition(other, folder=tmp_path)
    assert save_edition(other, True, folder=tmp_path).outcome == "replaced"
    assert user_editions(tmp_path)[0][0].published == date(2024, 2, 1)


def test_a_packaged_edition_of_the_same_name_is_compared(tmp_path: Path) -> None:
    """An import under a packaged edition's name says how many figures are equal to the packaged ones."""
    table = w.packaged()
    equal = save_edition(_imported_as("nato-2024-06", table), folder=tmp_path)
    assert equal.packaged == FigureComparison(5346, 0, 0, 0)
    assert equal.message.endswith("it equals the packaged edition in all 5,346 figures.")
    fewer = figures_frame([Figure(*table.rows[0][:3], 1.0, "actual"), *map(Figure._make, table.rows[10:])])
    saved = save_edition(_imported_as("nato-2024-06", fewer), True, folder=tmp_path)
    assert saved.packaged == FigureComparison(5336, 1, 0, 9)
    assert "5,336 figures are equal, 1 differ, 0 are new and 9 are gone" in saved.message


def _imported_as(edition: str, figures: Any) -> Imported:
    card = _imported().card.model_copy(update={"id": edition, "sha256": sha256_of(table_text(figures))})
    return Imported(card, figures)


def test_the_ledger_answers_from_an_imported_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved in the user's folder answers from the ledger as any packaged edition does."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    save_edition(_imported(0.0321))
    assert Ledger.load().edition("test-2024-01").editions["test-2024-01"].title == "A table"
    assert "test-2024-01" not in Ledger.packaged().editions


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_changes_nothing_of_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """When the disk is full the write is refused in one sentence, and no part of it is seen."""
    save_edition(_imported(), folder=tmp_path)
    before = _state(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(
        StorageError, match=r"the edition cannot be written \(No space left on device\)"
    ) as caught:
        save_edition(_imported(0.05, 0.06), True, folder=tmp_path)
    assert "set FOEDUS_DATA to another folder" in str(caught.value)
    assert _state(tmp_path) == before


def test_a_disk_that_fills_between_table_and_card_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When only the card cannot be staged, the staged table is removed again."""
    stage = userdata.stage

    def full(path: Path, content: bytes) -> Path:
        if path.suffix == ".yaml":
            raise OSError(28, "No space left on device")
        return stage(path, content)

    monkeypatch.setattr(userdata, "stage", full)
    with pytest.raises(StorageError, match="cannot be written"):
        save_edition(_imported(), folder=tmp_path)
    assert _state(tmp_path) == {}


def test_an_import_sweeps_the_folder(tmp_path: Path) -> None:
    """What a killed import was writing goes at the next import; what one at work is writing stays."""
    done = subprocess.Popen([sys.executable, "-c", "pass"])
    done.wait()
    (tmp_path / "editions").mkdir()
    killed, working = (
        tmp_path / "editions" / f".test-2024-01.csv.{number}-0a1b2c3d.part"
        for number in (done.pid, os.getpid())
    )
    killed.write_text("half")
    working.write_text("half")
    save_edition(_imported(), folder=tmp_path)
    assert not killed.exists()
    assert working.exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """A data folder that cannot be made is refused with its place."""
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StorageError, match="the edition cannot be written"):
        save_edition(_imported(), folder=tmp_path / "data")


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder without permission to read is named in one sentence."""
    save_edition(_imported(), folder=tmp_path)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refuse)
    with pytest.raises(StorageError, match=r"the data folder cannot be read \(Permission denied\)"):
        user_editions(tmp_path)


def test_a_table_without_a_card_is_not_an_edition(tmp_path: Path) -> None:
    """A table whose card was not written is a write cut short, and is not seen."""
    saved = save_edition(_imported(), folder=tmp_path)
    saved.path.with_suffix(".yaml").unlink()
    assert user_editions(tmp_path) == []
    assert save_edition(_imported(), folder=tmp_path).outcome == "new"


def test_a_table_that_was_changed_is_refused(tmp_path: Path) -> None:
    """A table that is not the one its card describes, or is gone, is refused and not answered from."""
    saved = save_edition(_imported(), folder=tmp_path)
    saved.path.write_text(saved.path.read_text(encoding="utf-8").replace("0.03", "0.04"), encoding="utf-8")
    with pytest.raises(
        IntegrityError, match="the table of edition test-2024-01 differs from the one its card"
    ):
        user_editions(tmp_path)
    saved.path.unlink()
    with pytest.raises(IntegrityError, match="the table of edition test-2024-01 is missing") as caught:
        user_editions(tmp_path)
    assert "remove test-2024-01.yaml and test-2024-01.csv and import" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", "the header of a table of figures is indicator,country,year,value,status,known,note"),
        (f"{SHARE},POL,2024,two,actual,retrieved,\n", "line 2: this row is not a figure"),
        (f"{SHARE},POL,2024\n", "line 2: this row is not a figure"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """A table with another header or a row that is no figure is refused with its line."""
    header = "indicator,country,year,value,status,known,note\n"
    path = tmp_path / "a.csv"
    path.write_text(text if "header" in words else header + text, encoding="utf-8")
    with pytest.raises(FileFormatError) as caught:
        read_table(path)
    assert words in str(caught.value)


def test_import_prints_one_json_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`foedus data import --json` prints one object with the edition, the counts and the checks."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    path = w.nato_2024(tmp_path / "tables.xlsx", w.as_figures(w.packaged()))
    assert run_command(["data", "import", "nato", str(path), "--json"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert (payload["edition"], payload["figures"], payload["outcome"]) == ("nato-2024-06", 5346, "new")
    assert payload["packaged"] == {"equal": 5346, "differing": 0, "added": 0, "absent": 0}
    assert payload["indicators"]["military_personnel"] == 363
    assert all(check["passed"] for check in payload["checks"])


def test_import_tells_a_reader_what_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`foedus data import` prints the outcome, each check, the excused figures and the notes."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    path = w.nato_2024(tmp_path / "tables.xlsx", w.as_figures(w.packaged()))
    assert (
        run_command(
            ["data", "import", "nato", str(path), "--edition", "nato-mine", "--published", "2024-06-18"]
        )
        == 0
    )
    text = capsys.readouterr().out
    assert "Edition nato-mine now holds 5,346 figures." in text
    assert "Published 2024-06-18 (unverified)." in text
    assert "passed   shares_add_up: the four category shares sum to one in all 341 cases" in text
    assert "note     Table 4 repeats" in text


def test_a_bad_file_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is refused leaves the user's folder as it was and ends with code 2 and one line."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    path = tmp_path / "tables.xlsx"
    path.write_bytes(b"<html>")
    assert run_command(["data", "import", "nato", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "this is a web page, not an Excel workbook" in captured.err
    assert not (tmp_path / "data").exists()
