"""A run is an immutable folder: repeatable bit for bit, whole or not there, and readable again."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from foedus.catalogue import catalogue
from foedus.engine.draws import BLOCK
from foedus.errors import InputError, IntegrityError, StorageError, UnknownNameError
from foedus.evidence import Ledger
from foedus.extending import install
from foedus.runs import Run, execute, run
from foedus.runs.execute import run_resolved
from foedus.runs.identity import code_sha256
from foedus.runs.store import ArrayReader, ArrayWriter
from foedus.scenario import Resolved, resolve
from foedus.spending.measures import MEASURES

LEDGER = Ledger.packaged()
TODAY = date(2026, 6, 1)
SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    return resolve("baseline", as_of=TODAY, ledger=LEDGER)


@pytest.fixture(scope="module")
def made(resolved: Resolved, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of two blocks, the second one cut."""
    return run_resolved(resolved, draws=700, seed=3, out=tmp_path_factory.mktemp("runs") / "made")


def _content(made: Run) -> str:
    return str(made.manifest["content_sha256"])


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_workers_change_nothing(resolved: Resolved, made: Run, tmp_path: Path, workers: int) -> None:
    """One, two or three workers give the same arrays bit for bit, and the same headline."""
    other = run_resolved(resolved, draws=700, seed=3, out=tmp_path / "other", workers=workers)
    assert _content(other) == _content(made)
    assert other.summary == made.summary


@pytest.mark.parametrize("draws", [1, BLOCK - 1, BLOCK, BLOCK + 1])
def test_fewer_draws_are_the_first_ones(resolved: Resolved, made: Run, tmp_path: Path, draws: int) -> None:
    """A run of fewer draws holds the first draws of a longer run, bit for bit."""
    fewer = run_resolved(resolved, draws=draws, seed=3, out=tmp_path / "fewer")
    for name in (SHARE, GDP, *MEASURES):
        assert np.array_equal(fewer.draws(name), made.draws(name)[:, :draws], equal_nan=True)


def test_another_seed_is_another_run(resolved: Resolved, made: Run, tmp_path: Path) -> None:
    """Another seed gives other arrays and another input checksum."""
    other = run_resolved(resolved, draws=700, seed=4, out=tmp_path / "other")
    assert _content(other) != _content(made)
    assert other.manifest["input_sha256"] != made.manifest["input_sha256"]


def test_two_scenarios_share_their_draws(made: Run, tmp_path: Path) -> None:
    """A later deadline changes shares and leaves every draw of GDP as it was."""
    later = resolve("hague-five-years-late", as_of=TODAY, ledger=LEDGER)
    other = run_resolved(later, draws=700, seed=3, out=tmp_path / "later")
    assert np.array_equal(other.draws(GDP), made.draws(GDP))
    below = made.draws(SHARE, year=2026) >= other.draws(SHARE, year=2026)
    assert below[:, np.array(made.resolved.spending.participates)].all()


def test_a_run_is_written_down_whole(resolved: Resolved, made: Run) -> None:
    """``run.json`` says what was run, with what, from which editions, and the checksum of every array."""
    manifest = json.loads((made.folder / "run.json").read_text())
    assert manifest["scenario"] == json.loads(resolved.canonical())
    assert manifest["scenario_sha256"] == resolved.sha256
    assert (manifest["seed"], manifest["draws"]) == (3, 700)
    assert manifest["numpy"] == np.__version__
    assert manifest["code_sha256"] == code_sha256()
    assert set(manifest["editions"]) == {"nato-2025-08", "imf-weo-2026-04"}
    assert set(manifest["arrays"]) == {SHARE, GDP, *MEASURES}
    assert set(manifest["arrays"]) <= set(catalogue())
    made.verify()


def test_arrays_are_plain_npy_files(made: Run) -> None:
    """Any reader of npy files can open the arrays: (year, draw, country) in single precision."""
    share = np.load(made.folder / "arrays" / f"{SHARE}.npy")
    assert (share.dtype, share.shape) == (np.dtype("<f4"), (11, 700, 32))
    assert np.array_equal(share[3].astype(float), made.draws(SHARE, year=2028), equal_nan=True)


def test_a_run_opened_again_is_the_same(made: Run) -> None:
    """A run read from its folder has the same scenario, numbers and headline."""
    again = Run.load(str(made.folder))
    assert again.resolved.sha256 == made.resolved.sha256
    assert again.summary == made.summary
    assert again.years == tuple(range(2025, 2036))
    assert again.draw_count == 700


def test_the_same_run_is_not_run_twice(
    resolved: Resolved, made: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asking for a run that is there gives it back without running."""

    def fail(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(execute, "_write_arrays", fail)
    assert run_resolved(resolved, draws=700, seed=3, out=made.folder).folder == made.folder


def test_the_default_place_is_the_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder a run lies in the user's cache folder, named by scenario and checksum."""
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    first = run(draws=5, as_of=TODAY, ledger=LEDGER)
    assert first.folder.parent == tmp_path / "runs"
    assert first.folder.name == f"baseline-{first.manifest['run_sha256'][:16]}"
    assert run(draws=5, as_of=TODAY, ledger=LEDGER).folder == first.folder
    assert run(draws=6, as_of=TODAY, ledger=LEDGER).folder != first.folder


def test_without_shocks_all_draws_agree(resolved: Resolved, tmp_path: Path) -> None:
    """With a shock scale of zero every draw is the same path."""
    calm = run_resolved(replace(resolved, shock_scale=0.0), draws=3, out=tmp_path / "calm")
    share = calm.draws(SHARE)[:, :, calm.countries.index("DEU")]
    assert (share == share[:, :1]).all()
    assert share[-1, 0] > share[0, 0]


def test_half_the_shocks_are_half_the_spread(resolved: Resolved, tmp_path: Path) -> None:
    """A shock scale of one half halves the first year's errors of the share's logarithm, tails and all."""
    section = replace(resolved.spending, start_is_estimate=(False,) * len(resolved.countries))
    known = replace(resolved, spending=section)
    poland, found = resolved.countries.index("POL"), {}
    for scale in (0.0, 0.5, 1.0):
        run_ = run_resolved(
            replace(known, shock_scale=scale), draws=700, seed=3, out=tmp_path / f"scale-{scale}"
        )
        found[scale] = np.log(run_.draws(SHARE, year=2026)[:, poland])
    np.testing.assert_allclose(found[0.5] - found[0.0], (found[1.0] - found[0.0]) / 2, atol=1e-6)


def test_quantiles_are_exact(made: Run) -> None:
    """Quantiles read year by year are those of the whole array; a country without forces has none."""
    values = made.draws(SHARE)
    found = made.quantiles(SHARE, (0.1, 0.5, 0.9))
    iceland = made.countries.index("ISL")
    others = [i for i in range(32) if i != iceland]
    assert found.shape == (3, 11, 32)
    assert np.isnan(found[:, :, iceland]).all()
    expected = np.quantile(values[:, :, others], (0.1, 0.5, 0.9), axis=1)
    np.testing.assert_array_equal(found[:, :, others], expected)
    assert made.quantiles("nato_gap_constant_usd", [0.5]).shape == (1, 11)


def test_derived_quantities_follow_from_the_stored(made: Run) -> None:
    """Spending is share times GDP; it sums to the measure that was computed in double precision."""
    spending = made.draws("defence_expenditure_constant_usd", year=2030)
    total = np.nansum(spending, axis=1)
    np.testing.assert_allclose(total, made.draws("nato_expenditure_constant_usd", year=2030), rtol=1e-6)
    gap = np.nansum(made.draws("pledge_gap_constant_usd", year=2030), axis=1)
    np.testing.assert_allclose(gap, made.draws("nato_gap_constant_usd", year=2030), rtol=1e-5)
    required = made.draws("pledge_required_constant_usd", year=2030)
    spain = made.countries.index("ESP")
    np.testing.assert_allclose(required[:, spain], 0.021 * made.draws(GDP, year=2030)[:, spain])


def test_a_long_table(made: Run) -> None:
    """As a table a run has one row for each year, draw and country, and null where there is no share."""
    table = made.to_polars()
    assert table.columns == ["year", "draw", "country", SHARE, GDP]
    assert table.height == 11 * 700 * 32
    assert table.filter(pl.col("country") == "ISL")[SHARE].null_count() == 11 * 700
    row = table.filter((pl.col("year") == 2030) & (pl.col("draw") == 650) & (pl.col("country") == "POL"))
    assert row[SHARE][0] == made.draws(SHARE, year=2030)[650, made.countries.index("POL")]
    measures = made.to_polars(MEASURES)
    assert measures.columns == ["year", "draw", *MEASURES]
    assert measures.height == 11 * 700


def test_a_labelled_dataset(made: Run) -> None:
    """As a dataset a run carries its countries and years, and the catalogue's labels."""
    data = made.to_xarray([SHARE, "allies_at_pledge_count"])
    assert data[SHARE].dims == ("year", "draw", "country")
    assert data["allies_at_pledge_count"].dims == ("year", "draw")
    assert data[SHARE].attrs["units"] == "fraction"
    assert float(data[SHARE].sel(year=2025, country="POL")[0]) == pytest.approx(0.0448, abs=1e-4)


def test_the_dataset_needs_xarray(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without xarray the error says what to install."""
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(InputError, match=re.escape(f"xarray is not installed; {install('notebook')}")):
        made.to_xarray()


def test_what_a_run_does_not_hold_is_an_error(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown quantity, a year outside the run and a fraction outside 0 to 1 are named."""
    with pytest.raises(
        UnknownNameError, match="is not a known quantity of this run; did you mean 'gdp_const"
    ):
        made.draws("gdp_constant")
    with pytest.raises(InputError, match="the run has no year 2050; give one from 2025 to 2035"):
        made.draws(SHARE, year=2050)
    with pytest.raises(InputError, match="are not all between 0 and 1; give fractions"):
        made.quantiles(SHARE, [50])
    with pytest.raises(InputError, match="have different axes; ask apart"):
        made.to_polars([SHARE, "nato_gap_constant_usd"])
    monkeypatch.setattr("foedus.runs.labelled.MOST_ROWS", 1000)
    with pytest.raises(InputError, match="the table would have 246,400 rows; use `quantiles`"):
        made.to_polars()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"draws": 0}, "--draws: 0 is out of range; give a number from 1 to 10000000"),
        ({"draws": 10_000_001}, "--draws: 10000001 is out of range"),
        ({"seed": -1}, "--seed: -1 is out of range; give a number from 0 to 9223372036854775807"),
        ({"seed": 2**63}, "--seed: 9223372036854775808 is out of range"),
        ({"workers": 0}, "--workers: 0 is out of range; give a number from 1 to 1024"),
    ],
)
def test_options_have_ranges(resolved: Resolved, options: dict[str, int], message: str) -> None:
    """Draws, seed and workers out of range are refused before anything is run."""
    with pytest.raises(InputError, match=message):
        run(as_of=TODAY, ledger=LEDGER, **options)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=message):
        run_resolved(resolved, **options)  # type: ignore[arg-type]


def test_the_greatest_seed_runs(resolved: Resolved, tmp_path: Path) -> None:
    """The greatest seed of the range runs like any other."""
    assert run_resolved(resolved, draws=1, seed=2**63 - 1, out=tmp_path / "run").draw_count == 1


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ZeroDivisionError])
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_leaves_nothing(
    resolved: Resolved, tmp_path: Path, stop: type[BaseException], workers: int
) -> None:
    """Ctrl-C or a defect in the middle of a run leaves no folder, whole or half, behind."""

    def progress(done: int, _: int) -> None:
        if done > BLOCK:
            raise stop

    with pytest.raises(stop):
        run_resolved(resolved, draws=20 * BLOCK, out=tmp_path / "run", workers=workers, progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told(resolved: Resolved, tmp_path: Path) -> None:
    """Progress is told after every block, and ends at all draws."""
    told: list[tuple[int, int]] = []
    run_resolved(resolved, draws=1100, out=tmp_path / "run", progress=lambda *state: told.append(state))
    assert told == [(500, 1100), (1000, 1100), (1100, 1100)]


def test_an_empty_folder_is_taken(resolved: Resolved, tmp_path: Path) -> None:
    """An empty folder may be given as the run's place."""
    assert run_resolved(resolved, draws=2, out=tmp_path).folder == tmp_path
    assert Run.load(tmp_path).draw_count == 2


def test_a_folder_with_something_else_is_refused(resolved: Resolved, made: Run, tmp_path: Path) -> None:
    """A folder with other files, another run, or a file in its place is not touched."""
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(
        IntegrityError, match="the folder is not empty and holds no whole run; give an empty one"
    ):
        run_resolved(resolved, draws=2, out=tmp_path)
    with pytest.raises(
        InputError, match="holds another run, of 'baseline' with 700 draws; give an empty one"
    ):
        run_resolved(resolved, draws=2, out=made.folder)
    with pytest.raises(InputError, match="this is not a folder; give another one with --out"):
        run_resolved(resolved, draws=2, out=tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_a_folder_that_cannot_be_made_is_an_error(resolved: Resolved, tmp_path: Path) -> None:
    """A place below a file cannot be written, and the error says so."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"the run could not be written \((Not a directory|File exists)\)"):
        run_resolved(resolved, draws=2, out=tmp_path / "file" / "run")


def test_too_little_room_is_an_error(
    resolved: Resolved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk with too little room is refused before anything is run."""
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(
        StorageError, match=r"the run needs 32\.6 GB and 1 kB are free; make room, ask for less"
    ):
        run_resolved(resolved, draws=10_000_000, out=tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_name_taken_meanwhile_is_respected(
    resolved: Resolved, made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another run takes the folder's name while this one runs, it is kept and this one refused."""
    place = tmp_path / "run"

    def progress(*_: int) -> None:
        if not place.exists():
            shutil.copytree(made.folder, place)

    with pytest.raises(InputError, match="the folder holds another run"):
        run_resolved(resolved, draws=2, out=place, progress=progress)
    assert [p.name for p in tmp_path.iterdir()] == ["run"]
    same = run_resolved(resolved, draws=700, seed=3, out=place)
    assert _content(same) == _content(made)


def test_blocks_are_written_at_their_place(tmp_path: Path) -> None:
    """Blocks written in any order give the array that numpy would have written."""
    whole = np.arange(2 * 7 * 3, dtype="<f4").reshape(2, 7, 3)
    with ArrayWriter(tmp_path / "a.npy", "<f4", whole.shape) as writer:
        writer.write(5, whole[:, 5:])
        writer.write(0, whole[:, :5])
    assert np.array_equal(np.load(tmp_path / "a.npy"), whole)
    assert np.array_equal(ArrayReader(tmp_path / "a.npy").year(1), whole[1])


def test_memory_does_not_grow_with_draws(resolved: Resolved, tmp_path: Path) -> None:
    """Ten times the draws take no more memory at the peak than a few times one year's slab."""
    import tracemalloc

    peaks = []
    for draws in (2_000, 20_000):
        tracemalloc.start()
        run_resolved(resolved, draws=draws, out=tmp_path / str(draws), workers=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    slab = 20_000 * 32 * 8
    assert peaks[1] < peaks[0] + 4 * slab
    assert peaks[1] < 0.6 * (20_000 * 12 * 32 * 8)
