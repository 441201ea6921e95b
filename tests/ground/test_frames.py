"""Answers as data frames: the same cells in every library, and types that never depend on the data."""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple

import pandas as pd
import polars as pl
import pytest

import foedus
from foedus.accession.predict import accession
from foedus.accession.recorded import accession_record
from foedus.analysis.pledge import pledge
from foedus.decisions.decide import decide
from foedus.decisions.find import find_decision
from foedus.errors import InputError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.lists import edition_list, indicator_list
from foedus.evidence.sources import sources
from foedus.extending import install
from foedus.frames import CellKind, Frame, schema_of_rows
from foedus.frames.schema import hints_of, row_class
from foedus.guarantee.reliability import reliability
from foedus.guarantee.spiral import spiral
from foedus.results import Result
from foedus.spending.burden import burden
from foedus.spending.revision import revision

SHARE = "defence_expenditure_share_of_gdp"


class Span(NamedTuple):
    """A row of two whole numbers."""

    first: int
    last: int


@dataclasses.dataclass(frozen=True)
class Within:
    """A row within a row."""

    low: float
    word: str


@dataclasses.dataclass(frozen=True)
class Every:
    """A row with a field of every type."""

    text: str
    empty_text: str | None
    whole: int
    empty_whole: int | None
    number: float
    empty_number: float | None
    yes: bool
    empty_yes: bool | None
    day: date
    empty_day: date | None
    word: Literal["a", "b"]
    names: tuple[str, ...]
    years: tuple[int, ...]
    span: Span
    ends: tuple[float, float] | None
    within: Within
    absent: Within | None
    parts: Mapping[str, float]
    rows: tuple[Within, ...]


SCHEMA = {
    "text": CellKind("text"),
    "empty_text": CellKind("text", empty=True),
    "whole": CellKind("whole"),
    "empty_whole": CellKind("whole", empty=True),
    "number": CellKind("number"),
    "empty_number": CellKind("number", empty=True),
    "yes": CellKind("yes_no"),
    "empty_yes": CellKind("yes_no", empty=True),
    "day": CellKind("day"),
    "empty_day": CellKind("day", empty=True),
    "word": CellKind("text"),
    "names": CellKind("texts"),
    "years": CellKind("wholes"),
    "span.first": CellKind("whole"),
    "span.last": CellKind("whole"),
    "ends": CellKind("numbers", empty=True),
    "within.low": CellKind("number"),
    "within.word": CellKind("text"),
    "absent.low": CellKind("number", empty=True),
    "absent.word": CellKind("text", empty=True),
}


@dataclasses.dataclass(frozen=True)
class Everything(Result):
    """An answer with rows of every type."""

    ROWS: ClassVar[str] = "of_all"
    AXES: ClassVar[tuple[str, ...]] = ("text", "whole")

    of_all: tuple[Every, ...]
    as_of: date
    notes: tuple[str, ...] = ("It is <b>not</b> bold.",)

    def headline(self) -> str:
        """Return a long sentence of two lines."""
        return "A sentence\nof two lines, " + "and more " * 40


def _every(**values: Any) -> Every:
    """Return a row; what is not given is there or empty in turn."""
    row = Every(
        *("x", None, 1, None, math.nan, None, True, None, date(2024, 5, 1), None),
        *("a", ("x", "y"), (2014, 2024), Span(1, 2), None, Within(0.5, "w"), None, {}, ()),
    )
    return dataclasses.replace(row, **values)


EMPTY = Everything((), date(2026, 11, 1))
WHOLE = Everything(
    (_every(), _every(whole=2, empty_whole=7, number=0.5, empty_yes=False, absent=Within(1.0, "z"))),
    date(2026, 11, 1),
)


def _plain(value: Any) -> Any:
    """Return a cell as Python has it: None for what is missing, a date for a day."""
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is None or value is pd.NA or value is pd.NaT or value != value else value


def _types(frame: Frame) -> tuple[Any, ...]:
    """Return the columns' types in polars and in pandas."""
    table = frame.to_pandas()
    return frame.to_polars().schema, dict(table.dtypes)


def _agree(frame: Frame) -> None:
    """Hold a frame's cells in polars and pandas against each other."""
    polars, pandas = frame.to_polars(), frame.to_pandas()
    assert polars.columns == list(pandas.columns) == list(frame.schema)
    assert polars.height == len(pandas) == len(frame)
    for name in polars.columns:
        assert [_plain(v) for v in polars[name].to_list()] == [_plain(v) for v in pandas[name].to_list()]
        if not frame.schema[name].empty and frame.schema[name].type != "number":
            assert polars[name].null_count() == 0


def test_the_schema_is_read_from_annotations() -> None:
    """Each type has its cell, rows within rows are columns, and what varies with the data is none."""
    assert schema_of_rows(Every) == SCHEMA
    assert list(schema_of_rows(Every)) == list(SCHEMA)
    assert WHOLE.schema() == EMPTY.schema() == SCHEMA


def test_a_frame_of_every_type() -> None:
    """Cells agree in the libraries, and an answer without rows has the same types."""
    _agree(WHOLE.as_frame())
    assert _types(WHOLE.as_frame()) == _types(EMPTY.as_frame())
    polars = WHOLE.to_polars()
    assert polars["absent.low"].to_list() == [None, 1.0]
    assert polars["number"].to_list() == [None, 0.5]
    assert polars.schema["years"] == pl.List(pl.Int64)
    assert str(WHOLE.to_pandas()["empty_whole"].dtype) == "Int64"


def test_an_arrow_stream_has_the_same_cells() -> None:
    """Whoever reads Arrow reads the answer: here polars, through the stream and not through its class."""
    assert pl.DataFrame(WHOLE).equals(WHOLE.to_polars(), null_equal=True)
    assert pl.DataFrame(EMPTY).schema == WHOLE.to_polars().schema


def test_without_a_library_of_arrow_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither polars nor pyarrow is a part of the core."""
    for library in ("polars", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError) as error:
        WHOLE.__arrow_c_stream__()
    assert str(error.value) == (
        f"__arrow_c_stream__: neither polars nor pyarrow is installed; {install('frames')}."
    )


def test_pandas_needs_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pandas table is made without polars and without pyarrow, and its text is text."""
    for library in ("polars", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    table = WHOLE.to_pandas()
    assert table["text"].dtype == pd.StringDtype("python")
    assert table["day"].dt.year.to_list() == [2024, 2024]


def test_axes_make_an_array() -> None:
    """The numbers of an answer with axes stand over them; rows of the same names are refused."""
    arrays = WHOLE.to_xarray()
    assert dict(arrays.sizes) == {"text": 1, "whole": 2}
    assert float(arrays["number"].sel(text="x", whole=2)) == 0.5
    with pytest.raises(InputError, match="text, whole name several rows"):
        Everything((_every(), _every()), date(2026, 11, 1)).to_xarray()
    with pytest.raises(InputError, match="a Reliability has no axes; use to_pandas"):
        reliability().to_xarray()


def test_figures_are_arrays() -> None:
    """Figures are an array by country and year, without a value where there is none."""
    figures = Ledger.packaged().figures(SHARE, edition="nato-2024-06")
    arrays = figures.to_xarray()[SHARE]
    assert arrays.dims == ("country", "year")
    assert arrays.attrs["units"] == "fraction"
    assert float(arrays.sel(country="POL", year=2024)) == figures.value("POL", 2024)
    assert int(arrays.notnull().sum()) == len(figures.frame)


def test_a_result_is_represented_in_one_line() -> None:
    """Class, sentence shortened, edition and day; never its rows."""
    assert repr(EMPTY).startswith("<Everything: A sentence of two lines, and more")
    assert repr(EMPTY).endswith("… · as of 2026-11-01>")
    assert "\n" not in repr(WHOLE)
    assert len(repr(WHOLE)) < 140
    assert repr(Ledger.packaged().figures("population")).startswith("<Figures: Population: ")


def test_a_notebook_shows_sentence_table_and_notes() -> None:
    """What a result says is escaped; the first rows stand in it, and how many more there are."""
    html = EMPTY._repr_html_()
    assert "It is &lt;b&gt;not&lt;/b&gt; bold." in html
    shown = edition_list(Ledger.packaged())._repr_html_()
    assert shown.count("<tr>") == 13
    assert "more rows" in shown
    assert "<script" not in shown


def test_any_table_of_a_result_is_a_frame() -> None:
    """A field of rows or a table is had by its name; another name is refused with those there are."""
    status = foedus.status(year=2024)
    counts = status.as_frame("counts").to_polars()
    assert counts.schema["meeting"] == pl.Int64
    assert counts.height == len(status.counts)
    with pytest.raises(UnknownNameError, match="'nothing' is not a known table of this result"):
        status.as_frame("nothing")


DAYS = (date(2024, 7, 1), date(2025, 5, 1), date(2026, 11, 1))


def _answers(day: date) -> dict[str, Result]:
    """Return answers of many kinds as of a day."""
    ledger = Ledger.packaged().as_of(day)
    return {
        "status": foedus.status(as_of=day),
        "burden": burden(ledger),
        "figures": ledger.figures(SHARE),
        "revision": revision(ledger, edition="nato-2024-06"),
        "pledge": pledge(as_of=day, draws=5, countries=["POL", "ITA"], ledger=ledger),
        "accession": accession("UKR", as_of=day),
        "record": accession_record(),
        "decision": decide(find_decision("ukraine-vilnius-2023"), draws=5),
        "editions": edition_list(ledger),
        "indicators": indicator_list(ledger),
        "sources": sources(ledger),
        "reliability": reliability(),
        "spiral": spiral(),
    }


@pytest.fixture(scope="module")
def answers() -> Mapping[date, dict[str, Result]]:
    """Return answers of many kinds as of several days."""
    return MappingProxyType({day: _answers(day) for day in DAYS})


def test_types_never_depend_on_the_data(answers: Mapping[date, dict[str, Result]]) -> None:
    """The same question has the same columns and types on every day; the libraries agree on each cell."""
    first = answers[DAYS[0]]
    types = {name: _types(answer.as_frame()) for name, answer in first.items()}
    for day in DAYS:
        for name, answer in answers[day].items():
            assert _types(answer.as_frame()) == types[name], (name, day)
            _agree(answer.as_frame())
            assert "\n" not in repr(answer)


def test_a_column_that_an_edition_lacks_is_one_of_numbers() -> None:
    """The share of equipment is a number also where no edition prints one."""
    held = foedus.status(year=2024, edition="nato-2024-06")
    lacking = replace(held, rows=tuple(replace(row, equipment_share=None) for row in held.rows))
    assert lacking.to_polars().schema["equipment_share"] == pl.Float64
    assert lacking.to_pandas()["equipment_share"].dtype == "float64"


def _subclasses(kind: type[Result]) -> list[type[Result]]:
    """Return the classes of results that are loaded."""
    below = kind.__subclasses__()
    return [*below, *(deeper for each in below for deeper in _subclasses(each))]


def test_no_column_is_lost_for_a_name_that_only_a_type_checker_knows() -> None:
    """The annotations of the rows of every result can be read when a program runs."""
    from foedus.report import gallery

    assert gallery.EXAMPLES
    rows = {row_class(kind, kind.ROWS) for kind in _subclasses(Result)} - {None}
    assert len(rows) > 15
    for row in rows:
        assert isinstance(row, type)
        assert Any not in hints_of(row).values(), row
        assert schema_of_rows(row), row


def test_a_run_is_a_frame(tmp_path: Path) -> None:
    """A run's table has its axes and numbers, also where a country does not participate."""
    run = foedus.run("baseline", draws=2, as_of=DAYS[-1], out=tmp_path / "run")
    frame = run.as_frame()
    assert frame.schema["country"] == CellKind("text")
    assert set(frame.to_polars().schema.values()) == {pl.Int64, pl.String, pl.Float64}
    assert pl.DataFrame(run).height == len(run.years) * 2 * len(run.countries)
    assert repr(run).startswith("<Run: ")
