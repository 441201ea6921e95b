"""Every number of the model has a value inside a stated range, a unit, a grade and a source."""

from __future__ import annotations

import typing

import pytest
from pydantic import ValidationError

from foedus.parameters import Grade, Parameter, all_parameters, component_parameters
from foedus.units import UNITS

ALL = all_parameters()


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
    assert component_parameters("nothing") == {}
