"""The catalogue is complete, and nothing in it is idle."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import foedus
from foedus.catalogue import Quantity, catalogue, quantities_of, read_files
from foedus.errors import FileFormatError, UnknownNameError
from foedus.evidence.cards import read_card
from foedus.units import UNITS

EVIDENCE = Path(foedus.__file__).parent / "evidence"
ENTRIES = list(catalogue().values())


def _of_kind(kind: str) -> list[Quantity]:
    return [entry for entry in ENTRIES if entry.kind == kind]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.name)
def test_an_entry_is_defined(entry: Quantity) -> None:
    """Each quantity has a plain name, a label, known axes and unit, and a definition that is a sentence."""
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", entry.name)
    assert entry.label[0].isupper() or not entry.label[0].isalpha()
    assert set(entry.dims) <= {"country", "year", "draw", "equipment_class"}
    assert entry.unit in UNITS
    assert entry.definition.strip().endswith(".")
    assert len(entry.definition.split()) >= 4


def test_every_entry_stands_in_one_file() -> None:
    """The files together are the catalogue, and the ledger's holds the indicators and nothing else."""
    rooms = [path.stem for path in Path(foedus.__file__).parent.glob("catalogue/*.yaml")]
    assert {"ledger", "engine"} < set(rooms)
    assert sorted(name for room in rooms for name in quantities_of(room)) == sorted(catalogue())
    assert list(quantities_of("ledger")) == [e.name for e in _of_kind("indicator")]


def test_a_file_is_named_after_what_owns_its_quantities() -> None:
    """Each file but those of the ledger and the engine is named after a room of the package."""
    package = Path(foedus.__file__).parent
    files = {path.stem for path in package.glob("catalogue/*.yaml")} - {"ledger", "engine"}
    assert [name for name in files if not (package / name / "__init__.py").is_file()] == []


def test_the_indicators_are_listed_first() -> None:
    """The catalogue lists what is observed before what is computed."""
    kinds = [entry.kind == "indicator" for entry in ENTRIES]
    assert kinds == sorted(kinds, reverse=True)


def test_a_name_in_two_files_is_refused(tmp_path: Path) -> None:
    """A quantity that two files describe is an error that names both files."""
    text = "gap: {label: Gap, kind: model, dims: [], unit: fraction, definition: What is missing.}\n"
    (tmp_path / "one.yaml").write_text(text)
    (tmp_path / "two.yaml").write_text(text)
    with pytest.raises(FileFormatError, match=r"two\.yaml: 'gap' stands in one\.yaml too"):
        read_files(tmp_path)


def test_the_names_of_an_unknown_room_are_refused() -> None:
    """Asking for the quantities of a room without a file names the nearest one."""
    with pytest.raises(UnknownNameError, match="spending"):
        quantities_of("spendings")


def test_labels_are_distinct() -> None:
    """No two quantities of a kind are headed by the same label."""
    labels = [(entry.kind, entry.label) for entry in ENTRIES]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("entry", _of_kind("indicator"), ids=lambda e: e.name)
def test_an_indicator_names_its_series(entry: Quantity) -> None:
    """An indicator says which series publish it; nothing else has a series."""
    assert entry.observed_in


def test_only_indicators_are_observed() -> None:
    """A model quantity or a measure is not observed in a series."""
    assert [e.name for e in ENTRIES if e.kind != "indicator" and e.observed_in] == []


def test_money_has_a_price_basis() -> None:
    """Every amount of money says in which prices it is."""
    money = {"usd", "lcu", "int_usd", "usd_per_person"}
    assert [
        e.name for e in ENTRIES if e.unit in money and e.price_basis == "none" and "per_capita" not in e.name
    ] == []


def _packaged() -> set[str]:
    names: set[str] = set()
    for path in (EVIDENCE / "editions").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if "indicator" in (reader.fieldnames or ()):
                names |= {row["indicator"] for row in reader}
    return names


def _read_by_importers() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in (EVIDENCE / "ingest").glob("*.py"))


def test_every_indicator_is_observed() -> None:
    """Each indicator has a packaged figure or an importer that reads it, or is computed from such."""
    packaged, importers = _packaged(), _read_by_importers()
    stems = {e.name: re.sub(r"_(2015|2021)$", "", e.name) for e in _of_kind("indicator")}
    computed = {e.name for e in _of_kind("indicator") if e.computed_from}
    observed = {name for name, stem in stems.items() if name in packaged or stem in importers}
    assert set(stems) - observed == computed
    assert {base for e in _of_kind("indicator") for base in e.computed_from} <= observed


def test_every_packaged_indicator_is_catalogued() -> None:
    """No packaged table holds an indicator the catalogue does not define."""
    assert _packaged() <= {e.name for e in _of_kind("indicator")}


def test_the_series_are_those_of_the_cards() -> None:
    """Each packaged edition belongs to a series some indicator names, and no record does."""
    series = {s for e in ENTRIES for s in e.observed_in}
    editions = {read_card(p).series for p in EVIDENCE.glob("editions/*.yaml")}
    records = {read_card(p).series for p in EVIDENCE.glob("records/*/card.yaml")}
    assert editions - series == set()
    assert records & series == set()
    assert {"accession", "announced-plans", "institutions"} <= records


def test_every_measure_is_reported() -> None:
    """The measures of the catalogue are those of a run of some scenario and of a decision, and no others."""
    from foedus.decisions import result as decide_result
    from foedus.scenario.find import shipped
    from foedus.scenario.resolve import resolve

    for location in decide_result.MEASURES.values():
        part, _, field = location.partition(".")
        assert field in getattr(decide_result, part).__dataclass_fields__
    reported = {name for scenario in shipped() for name in resolve(scenario).measure_names()}
    reported |= set(decide_result.MEASURES)
    assert sorted(reported) == sorted(e.name for e in _of_kind("measure"))
