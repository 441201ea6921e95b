"""Every number of the model has a value inside a stated range, a unit, a grade and a source."""

from __future__ import annotations

import typing
from pathlib import Path

import pytest
from pydantic import ValidationError

import foedus
from foedus.errors import NoDataError
from foedus.parameters import Grade, Parameter, ParameterFolder
from foedus.scenario.chain import FOLDERS, all_parameters
from foedus.units import UNITS

ALL = all_parameters()
PACKAGE = Path(foedus.__file__).parent
ROOMS = sorted(module.parents[1].name for module in PACKAGE.glob("*/parameters/__init__.py"))


@pytest.mark.parametrize("name", ALL)
def test_a_parameter_is_complete(name: str) -> None:
    """A parameter has a value inside its range, a known unit, a grade, and a source of more than a word."""
    parameter = ALL[name]
    assert parameter.range[0] < parameter.range[1]
    assert parameter.unit in UNITS
    assert parameter.grade in typing.get_args(Grade)
    assert len(parameter.source.split()) > 3


@pytest.mark.parametrize("name", [n for n, p in ALL.items() if p.grade == "estimated"])
def test_an_estimate_names_its_edition(name: str) -> None:
    """The source of an estimate begins with the edition, data set or records it was made from."""
    from foedus.evidence import Ledger

    known = {*Ledger.packaged().editions, "sipri-2025", "DEU", "decisions/"}
    assert ALL[name].source.split()[0].rstrip(".") in known


def test_a_value_by_country_falls_back_to_its_default() -> None:
    """A country without a value of its own has the default; one value serves all."""
    by = Parameter(
        value={"default": 0.1, "USA": 0.2}, range=(0.0, 1.0), unit="fraction", grade="judged", source="test"
    )
    assert by.by_country(("POL", "USA")) == [0.1, 0.2]
    one = Parameter(value=0.3, range=(0.0, 1.0), unit="fraction", grade="judged", source="test")
    assert one.by_country(("POL", "USA")) == [0.3, 0.3]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2.0, r"the value leaves its own range \[0.0, 1.0\]"),
        ({"default": 0.5, "USA": 2.0}, "the value leaves its own range"),
        ({"USA": 0.5}, "a value by country needs the key 'default'"),
        ({"default": [0.5, 0.5], "USA": [0.5, 2.0]}, "the value leaves its own range"),
        ({"default": [0.5, 0.5], "USA": [0.5]}, "the rows of a table are of equal length"),
    ],
)
def test_a_value_outside_its_range_is_refused(value: float | dict[str, float], message: str) -> None:
    """A parameter file whose value leaves its own range, or lacks a default, cannot be read."""
    with pytest.raises(ValidationError, match=message):
        Parameter(value=value, range=(0.0, 1.0), unit="fraction", grade="judged", source="test")


def test_a_table_gives_each_country_its_row() -> None:
    """A table has one row for each country, and the default's for the others."""
    table = Parameter(
        value={"default": [0.1, 0.2], "USA": [0.3, 0.4]},
        range=(0.0, 1.0),
        unit="fraction",
        grade="judged",
        source="test",
    )
    assert table.is_table
    assert table.by_country(("USA", "POL")) == [(0.3, 0.4), (0.1, 0.2)]


def test_a_component_without_a_file_has_no_parameters() -> None:
    """A component needs no parameters."""
    assert [folder.component("nothing") for folder in FOLDERS] == [{}] * len(FOLDERS)


def test_no_two_rooms_have_a_component_of_one_name() -> None:
    """A scenario names a parameter by component, so each component's numbers stand in one room."""
    names = [name for folder in FOLDERS for name in folder.components()]
    assert sorted(set(names)) == sorted(names)


def test_parameters_are_listed_by_component() -> None:
    """Every parameter is listed once, by component in alphabetical order and in the order of its file."""
    parts = [name.partition(".")[0] for name in ALL]
    assert parts == sorted(parts)
    assert len(ALL) == sum(len(folder.component(c)) for folder in FOLDERS for c in folder.components())


ENTRY = "{value: 0.5, range: [0.0, 1.0], unit: fraction, grade: judged, source: a test of the folder}"


def test_a_folder_reads_what_stands_in_it(tmp_path: Path) -> None:
    """A folder gives components, functions, draws and tables by the names of their files."""
    (tmp_path / "functions").mkdir()
    (tmp_path / "two.yaml").write_text(f"level: {ENTRY}\n")
    (tmp_path / "one.yaml").write_text(f"share: {ENTRY}\n")
    (tmp_path / "functions" / "pace.yaml").write_text(f"speed: {ENTRY}\n")
    (tmp_path / "functions" / "pace_draws.csv").write_text("speed,delay\n0.5,1\n0.25,2\n")
    (tmp_path / "functions" / "scores.csv").write_text("case,score\nfirst,0.1\n")
    folder = ParameterFolder(tmp_path)
    assert folder.components() == ("one", "two")
    assert [*folder.component("one")] == ["share"]
    assert folder.function("pace")["speed"].value == 0.5
    assert folder.draws("pace")["delay"].tolist() == [1.0, 2.0]
    assert not folder.draws("pace")["delay"].flags.writeable
    assert folder.rows("scores") == ({"case": "first", "score": "0.1"},)


def test_numbers_that_are_not_packaged_are_an_error(tmp_path: Path) -> None:
    """Asking for a function's numbers, draws or tables that a room does not have says so."""
    folder = ParameterFolder(tmp_path)
    for read in (folder.function, folder.draws, folder.rows):
        with pytest.raises(NoDataError, match="no parameters 'pace"):
            read("pace")


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_numbers_can_be_read(room: str) -> None:
    """A room's folder holds numbers with range, unit, grade and source, and tables that belong to them."""
    folder = ParameterFolder(PACKAGE / room / "parameters")
    functions = {file.stem for file in folder.path.glob("functions/*.yaml")}
    assert functions or folder.components()
    assert all(folder.component(name) for name in folder.components())
    assert all(folder.function(name) for name in functions)
    tables = [file.stem for file in folder.path.glob("functions/*.csv")]
    assert all(any(table.startswith(f"{name}_") for name in functions) for table in tables)
