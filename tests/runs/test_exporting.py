"""A run and figures as files of other programs: arrays, tables, and the descriptions beside them."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import xarray as xr

import foedus
from foedus.catalogue import catalogue
from foedus.cli import run_command
from foedus.errors import InputError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.column_notes import COLUMN_NOTES
from foedus.extending import install
from foedus.files.checksum import sha256_of
from foedus.runs import Run
from foedus.runs.crate import CRATE
from foedus.runs.execute import run_resolved
from foedus.runs.exporting import export_run, run_folder
from foedus.runs.manifest import SUMS
from foedus.scenario import resolve

DAY = date(2026, 6, 1)
TYPES = {"string", "integer", "number", "boolean", "date", "array"}
SHARE = "defence_expenditure_share_of_gdp"
COUNT = "allies_at_pledge_count"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small run."""
    resolved = resolve("ukraine-accedes", as_of=DAY, ledger=Ledger.packaged(), changes={"horizon": 2028})
    return run_resolved(resolved, draws=12, out=tmp_path_factory.mktemp("runs") / "stored")


def _package(folder: Path) -> dict[str, Any]:
    """Read a folder's description and hold it against the rules of Data Package, version 2."""
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert len(package["resources"]) >= 1
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for each in (*package["licenses"], *package["sources"]):
        assert each["title"]
        assert each["path"].startswith("https://")
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert set(resource["name"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-._")
        fields = resource["schema"]["fields"]
        assert all(
            field["type"] in {"string", "integer", "number", "boolean", "date", "array"} for field in fields
        )
        assert all(field["description"] for field in fields)
    return package


@pytest.mark.parametrize("what", ["draws", "quantiles"])
def test_a_run_is_a_netcdf_file(stored: Run, tmp_path: Path, what: Any) -> None:
    """The arrays are those of the run, to the last digit, with labels, units, seed and editions."""
    result = export_run(stored, tmp_path / "run.nc", what=what)
    arrays = xr.open_dataset(tmp_path / "run.nc", engine="scipy")
    assert set(arrays.data_vars) == set(result.quantities) == set(stored.names)
    own = stored.draws(SHARE) if what == "draws" else np.moveaxis(stored.quantiles(SHARE), 0, 1)
    np.testing.assert_array_equal(arrays[SHARE].values, own)
    assert [str(code) for code in arrays["country"].values] == list(stored.countries)
    assert arrays[SHARE].attrs["units"] == "1"
    assert arrays[SHARE].attrs["long_name"] == catalogue()[SHARE].label
    assert arrays.attrs["seed"] == "1"
    assert all(edition in arrays.attrs["references"] for edition in stored.manifest["editions"])
    assert result.values == sum(array.size for array in arrays.values())
    resource = _package(tmp_path)["resources"][0]
    assert resource["run"]["content_sha256"] == stored.manifest["content_sha256"]
    arrays.close()


def test_a_run_is_a_table(stored: Run, tmp_path: Path) -> None:
    """A long table has a row for each year, quantile and country; csv and parquet say the same."""
    export_run(stored, tmp_path / "run.parquet")
    export_run(stored, tmp_path / "run.csv")
    frame = pl.read_parquet(tmp_path / "run.parquet")
    assert frame.columns[:3] == ["year", "quantile", "country"]
    assert frame.height == len(stored.years) * 3 * len(stored.countries)
    at = {"year": 2028, "quantile": 0.5, "country": "POL"}
    row = frame.filter(**at).row(0)
    middle = stored.quantiles(SHARE, [0.5])[0, stored.years.index(2028), stored.countries.index("POL")]
    assert row[frame.columns.index(SHARE)] == middle
    with (tmp_path / "run.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(r[SHARE]) if r[SHARE] else None for r in rows] == frame[SHARE].to_list()
    assert len(_package(tmp_path)["resources"]) == 2


def test_a_measure_has_no_country(stored: Run, tmp_path: Path) -> None:
    """Measures are a table of years and draws; with quantities by country they are refused."""
    export_run(stored, tmp_path / "run.parquet", what="draws", names=[COUNT])
    frame = pl.read_parquet(tmp_path / "run.parquet")
    assert frame.columns == ["year", "draw", COUNT]
    assert frame[COUNT].to_list() == stored.draws(COUNT).ravel().tolist()
    with pytest.raises(InputError, match="have different axes"):
        export_run(stored, tmp_path / "run.csv", names=[COUNT, SHARE])
    with pytest.raises(UnknownNameError, match="'nothing' is not a known quantity of this run"):
        export_run(stored, tmp_path / "run.csv", names=["nothing"])


def test_the_command_and_the_function_export_a_run(
    stored: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run is named by its folder; what is no option of a run is refused, and draws are of runs alone."""
    target = tmp_path / "run.csv"
    assert run_command(["export", str(stored.folder), COUNT, "--to", str(target), "--what", "draws"]) == 0
    assert "drawn values of 1 quantity written to" in capsys.readouterr().out
    first = target.read_bytes()
    foedus.export([str(stored.folder), COUNT], to=target, what="draws")
    assert target.read_bytes() == first
    assert run_command(["export", str(stored.folder), "--to", str(target), "--country", "POL"]) == 2
    assert run_command(["export", "population", "--to", str(target), "--what", "draws"]) == 2
    assert "--what: only a run has draws" in capsys.readouterr().err
    assert run_folder(str(tmp_path)) is None
    assert run_folder("../stored") is None


def test_without_its_library_a_netcdf_file_is_refused(
    stored: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the extra."""
    monkeypatch.setitem(sys.modules, "scipy.io", None)
    with pytest.raises(InputError) as error:
        export_run(stored, tmp_path / "run.nc")
    assert str(error.value) == f"{tmp_path / 'run.nc'}: a .nc file needs SciPy; {install('netcdf')}."


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_figures_are_described_beside_their_file(tmp_path: Path, ending: str) -> None:
    """Each column has its type and meaning, and each edition its title, address and terms."""
    foedus.export(["population", SHARE], to=tmp_path / f"f.{ending}", country="POL", year="2023-2024")
    package = _package(tmp_path)
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["year"]["type"] == fields["cow"]["type"] == "integer"
    assert fields["value"]["type"] == "number"
    assert fields["value"]["description"] == COLUMN_NOTES["value"]
    assert len(package["sources"]) == 2
    assert any("NATO terms of use" in licence["title"] for licence in package["licenses"])


def test_files_of_one_folder_share_a_description(tmp_path: Path) -> None:
    """A file is described once, one that is gone no more; another program's description is left alone."""
    for name in ("a.csv", "b.csv", "a.csv"):
        foedus.export("population", to=tmp_path / name, country="POL", year=2024)
    assert [each["path"] for each in _package(tmp_path)["resources"]] == ["b.csv", "a.csv"]
    (tmp_path / "b.csv").unlink()
    foedus.export("aid_by_month", to=tmp_path / "c.csv")
    assert [each["path"] for each in _package(tmp_path)["resources"]] == ["a.csv", "c.csv"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "datapackage.json").write_text('{"name": "theirs"}', encoding="utf-8")
    foedus.export("population", to=other / "a.csv", country="POL", year=2024)
    assert (other / "datapackage.json").read_text(encoding="utf-8") == '{"name": "theirs"}'
    assert json.loads((other / "a.csv.datapackage.json").read_text(encoding="utf-8"))["resources"]


def test_a_run_describes_itself(stored: Run) -> None:
    """Each file stands with size and checksum, beside the software and the editions; every link leads on."""
    content = json.loads((stored.folder / CRATE).read_text(encoding="utf-8"))
    assert content["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    graph = {entity["@id"]: entity for entity in content["@graph"]}
    assert len(graph) == len(content["@graph"])
    assert graph[CRATE]["about"] == {"@id": "./"}
    root = graph["./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    for part in root["hasPart"]:
        entity, path = graph[part["@id"]], stored.folder / part["@id"]
        assert entity["@type"] == "File"
        assert entity["sha256"] == sha256_of(path)
        assert int(entity["contentSize"]) == path.stat().st_size
    files = {p.relative_to(stored.folder).as_posix() for p in stored.folder.rglob("*") if p.is_file()}
    assert {part["@id"] for part in root["hasPart"]} == files - {CRATE, SUMS}
    assert {source["@id"].removeprefix("#") for source in root["isBasedOn"]} == set(
        stored.manifest["editions"]
    )
    assert graph["#foedus"]["version"] == stored.manifest["foedus"]
    for entity in content["@graph"]:
        for value in entity.values():
            for link in value if isinstance(value, list) else [value]:
                if isinstance(link, dict) and link["@id"] != "https://w3id.org/ro/crate/1.1":
                    assert link["@id"] in graph


def test_the_same_run_is_described_the_same(stored: Run, tmp_path: Path) -> None:
    """No moment of writing stands in the description."""
    again = run_resolved(stored.resolved, draws=12, out=tmp_path / "again")
    assert (again.folder / CRATE).read_bytes() == (stored.folder / CRATE).read_bytes()
