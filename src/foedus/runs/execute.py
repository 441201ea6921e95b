"""Run a scenario over many draws and keep the result.

A run is computed into a temporary folder beside its place and takes its name in one step at the end: a run is
there whole or not at all, whatever interrupts it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from foedus.accession.entry_time import entry_days
from foedus.engine.blocks import in_order
from foedus.engine.draws import block_count, block_size, shocks_year_by_year
from foedus.engine.simulate import Problem, simulate
from foedus.engine.wiring import shock_axes
from foedus.errors import InputError, StorageError
from foedus.files.checksum import sha256_of
from foedus.runs.headline import headline, measures_of, yearly
from foedus.runs.identity import identity
from foedus.runs.result import Run
from foedus.runs.store import ArrayReader, ArrayWriter
from foedus.scenario import Resolved, resolve
from foedus.scenario.chain import CHAIN
from foedus.scenario.problem import problem

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["LARGEST_SEED", "MOST_DRAWS", "STORED", "run", "run_resolved"]

MOST_DRAWS = 10_000_000
LARGEST_SEED = 2**63 - 1

STORED = ("gdp_constant_usd", "defence_expenditure_share_of_gdp")
"""The quantities kept of every draw, in single precision; spending, requirement and gap follow from them."""

SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"

Progress = Callable[[int, int], None]
"""Called after every block with the draws done and the draws asked for."""


def run(
    scenario: str = "baseline",
    *,
    draws: int = 1000,
    seed: int = 1,
    as_of: date | None = None,
    changes: Mapping[str, Any] | None = None,
    out: Path | str | None = None,
    workers: int | None = None,
    ledger: Ledger | None = None,
    progress: Progress | None = None,
) -> Run:
    """Run a scenario and keep the result in a folder.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    draws : int, default 1000
        How many draws, 1 to 10,000,000.
    seed : int, default 1
        Seed of the random streams, 0 to 2**63 - 1. The same seed gives the same numbers.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario, such as {"levers.pledge.target": 0.04}.
    out : pathlib.Path or str, optional
        The run's folder, new, empty, or of the same run; without it a folder in the user's data folder.
    workers : int, optional
        Threads; without it one for each core. The numbers do not depend on it.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.
    progress : callable, optional
        Called after every block with the draws done and the draws asked for.

    Returns
    -------
    Run
        The result. When the same run is there already, every array as it was written, it is not run again.

    Raises
    ------
    InputError
        When draws, seed or workers are out of range, or the scenario is not known or not sound.
    NoDataError
        When a figure that is needed had not been published by the day.
    StorageError
        When the folder holds something else, cannot be written, or the disk has too little room.
    """
    _check_options(draws, seed, workers)
    resolved = resolve(scenario, as_of=as_of, ledger=ledger, changes=changes)
    return run_resolved(resolved, draws=draws, seed=seed, out=out, workers=workers, progress=progress)


def run_resolved(
    resolved: Resolved,
    *,
    draws: int = 1000,
    seed: int = 1,
    out: Path | str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Run a scenario that has its figures already; see :func:`run`.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws, seed, out, workers, progress
        As for :func:`run`.

    Returns
    -------
    Run
        The result.

    Raises
    ------
    InputError
        When draws, seed or workers are out of range.
    StorageError
        When the folder holds something else, cannot be written, or the disk has too little room.
    """
    _check_options(draws, seed, workers)
    who = identity(resolved, seed=seed, draws=draws)
    folder = Path(out) if out is not None else _default_folder(resolved, who["run_sha256"])
    there = _same_run(folder, who["run_sha256"])
    if there is not None:
        return there
    with _new_folder(folder, _bytes_needed(resolved, draws)) as work:
        adopted = _write_arrays(resolved, draws, seed, work / "arrays", workers, progress)
        _write_summary(resolved, who, work, adopted)
    made = Run.load(folder)
    return made if made.manifest["run_sha256"] == who["run_sha256"] else _refuse(folder, made)


def _check_options(draws: int, seed: int, workers: int | None) -> None:
    """Hold the numbers of a run to their ranges."""
    limits = [("--draws", draws, 1, MOST_DRAWS), ("--seed", seed, 0, LARGEST_SEED)]
    if workers is not None:
        limits.append(("--workers", workers, 1, 1024))
    for name, value, low, high in limits:
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")


def _default_folder(resolved: Resolved, sha256: str) -> Path:
    """Give the place of a run in the user's data folder."""
    from foedus.evidence.userdata import data_folder

    name = re.sub(r"[^A-Za-z0-9._-]+", "-", resolved.name).strip(".-") or "scenario"
    return data_folder() / "runs" / f"{name}-{sha256[:16]}"


def _same_run(folder: Path, sha256: str) -> Run | None:
    """Give the run in a folder when it is the same and sound; refuse a folder with anything else in it."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise StorageError("this is not a folder", where=str(folder), do="give another one with --out")
    if not any(folder.iterdir()):
        return None
    try:
        found = Run.load(folder)
    except StorageError as error:
        raise StorageError(
            "the folder is not empty and holds no whole run",
            where=str(folder),
            do="give an empty one with --out",
        ) from error
    if found.manifest["run_sha256"] != sha256:
        _refuse(folder, found)
    found.verify()
    return found


def _refuse(folder: Path, found: Run) -> NoReturn:
    """Refuse a folder that holds another run."""
    raise StorageError(
        f"the folder holds another run, of {found.resolved.name!r} with {found.draw_count} draws",
        where=str(folder),
        do="give an empty one with --out",
    )


def _bytes_needed(resolved: Resolved, draws: int) -> int:
    """Give the room that a run's arrays take, in bytes."""
    return (
        len(resolved.years)
        * draws
        * (4 * len(STORED) * len(resolved.countries) + 8 * len(measures_of(resolved)))
    )


@contextmanager
def _new_folder(folder: Path, needed: int) -> Iterator[Path]:
    """Give a temporary folder that takes the wanted name at the end, or goes away if anything goes wrong."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder.parent).free
        if free < needed:
            raise StorageError(
                f"the run needs {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free",
                where=str(folder.parent),
                do="ask for fewer draws, or give another folder with --out",
            )
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield work
        work.chmod(0o755)
        if folder.is_dir():
            if any(folder.iterdir()):
                return  # someone else's run took the name meanwhile; the caller looks whose
            folder.rmdir()  # not every system renames onto an empty folder
        os.replace(work, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _cannot_write(folder: Path, error: OSError) -> StorageError:
    """Make the error for a folder that cannot be written."""
    return StorageError(
        f"the run cannot be written ({error.strerror or error})",
        where=str(folder),
        do="give another folder with --out",
    )


def _write_arrays(
    resolved: Resolved, draws: int, seed: int, folder: Path, workers: int | None, progress: Progress | None
) -> Counter[int]:
    """Run every block and write its arrays; count the draws that adopt each year's question."""
    folder.mkdir()
    years, countries = len(resolved.years), len(resolved.countries)
    ready = problem(resolved, entry_days(resolved))
    ready.check()
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(ArrayWriter(folder / f"{name}.npy", "<f4", (years, draws, countries)))
            for name in STORED
        }
        for name in measures_of(resolved):
            writers[name] = stack.enter_context(ArrayWriter(folder / f"{name}.npy", "<f8", (years, draws)))

        def work(block: int) -> tuple[dict[str, NDArray[Any]], Counter[int]]:
            return _run_block(resolved, ready, seed, block, block_size(draws, block))

        done, adopted = 0, Counter[int]()
        for block, (result, passed) in enumerate(in_order(work, block_count(draws), workers)):
            for name, values in result.items():
                writers[name].write(done, values)
            adopted += passed
            done += block_size(draws, block)
            if progress is not None:
                progress(done, draws)
    return adopted


def _run_block(
    resolved: Resolved, ready: Problem, seed: int, block: int, size: int
) -> tuple[dict[str, NDArray[Any]], Counter[int]]:
    """Run one block whole, keep its first draws, and count those that adopt each year's question."""
    years, countries = len(resolved.years), len(resolved.countries)
    terms = shocks_year_by_year(seed, block, shock_axes(CHAIN), countries, resolved.shock_scale)
    kept: dict[str, NDArray[Any]] = {name: np.empty((years, size, countries), "<f4") for name in STORED}
    kept |= {name: np.empty((years, size)) for name in measures_of(resolved)}
    adopted = Counter[int]()
    for i, (year, state) in enumerate(simulate(ready, terms)):
        share, gdp = np.atleast_2d(state[SHARE]), np.atleast_2d(state[GDP])
        kept[SHARE][i], kept[GDP][i] = share[:size], gdp[:size]
        # Sums are taken over the whole block and then cut: their last bit may depend on the array's shape.
        allies = np.atleast_2d(state["membership"])
        for name, values in yearly(resolved, share, gdp, allies).items():
            kept[name][i] = values[:size]
        if i and resolved.questions:
            adopted[year] = int(state["question_is_adopted"][:size].sum())
    return kept, adopted


def _write_summary(resolved: Resolved, who: dict[str, Any], folder: Path, adopted: Counter[int]) -> None:
    """Write ``headline.json`` and ``run.json`` beside the arrays."""
    arrays = {
        name: ArrayReader(folder / "arrays" / f"{name}.npy") for name in (*STORED, *measures_of(resolved))
    }
    head = headline(
        resolved,
        lambda name, i: arrays[name].year(i),
        lambda i: arrays[SHARE].year(i),
        draws=who["draws"],
        adopted=adopted,
    )
    listing = {
        name: {"dtype": array.dtype.str, "shape": list(array.shape), "sha256": sha256_of(array.path)}
        for name, array in arrays.items()
    }
    manifest = {
        "format": 1,
        **who,
        "content_sha256": Run.content_sha256(listing),
        "arrays": listing,
        "scenario": resolved.to_json(),
    }
    for name, content in (("headline.json", head), ("run.json", manifest)):
        text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        (folder / name).write_text(text + "\n", encoding="utf-8")
