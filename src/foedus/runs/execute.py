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

from foedus.engine.blocks import Block, map_blocks
from foedus.errors import InputError, StorageError
from foedus.files.checksum import sha256_of
from foedus.rounding import written
from foedus.runs.headline import headline
from foedus.runs.identity import identity
from foedus.runs.outcome import BlockResult, run_block
from foedus.runs.result import Run
from foedus.runs.store import ArrayReader, ArrayWriter
from foedus.scenario import Resolved, resolve

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["LARGEST_SEED", "MOST_DRAWS", "run", "run_resolved"]

MOST_DRAWS = 10_000_000
LARGEST_SEED = 2**63 - 1

FORMAT = 2
"""The format of ``run.json``: since 2 a scenario is kept section by section."""

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
    made_by = identity(resolved, seed=seed, draws=draws)
    folder = Path(out) if out is not None else _default_folder(resolved, made_by["run_sha256"])
    existing = _same_run(folder, made_by["run_sha256"])
    if existing is not None:
        return existing
    with _new_folder(folder, _bytes_needed(resolved, draws)) as work:
        counts = _write_arrays(resolved, draws, seed, work / "arrays", workers=workers, progress=progress)
        _write_summary(resolved, made_by, work, counts)
    result = Run.load(folder)
    return result if result.manifest["run_sha256"] == made_by["run_sha256"] else _refuse(folder, result)


def _check_options(draws: int, seed: int, workers: int | None) -> None:
    """Check the numbers of a run against their ranges."""
    limits = [("--draws", draws, 1, MOST_DRAWS), ("--seed", seed, 0, LARGEST_SEED)]
    if workers is not None:
        limits.append(("--workers", workers, 1, 1024))
    for name, value, low, high in limits:
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")


def _default_folder(resolved: Resolved, sha256: str) -> Path:
    """Return the place of a run in the user's data folder."""
    from foedus.evidence.userdata import data_folder

    name = re.sub(r"[^A-Za-z0-9._-]+", "-", resolved.name).strip(".-") or "scenario"
    return data_folder() / "runs" / f"{name}-{sha256[:16]}"


def _same_run(folder: Path, sha256: str) -> Run | None:
    """Return the run in a folder when it is the same and sound; refuse a folder with anything else in it."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise StorageError("this is not a folder", where=str(folder), do="give another one with --out")
    if not any(folder.iterdir()):
        return None
    try:
        existing = Run.load(folder)
    except StorageError as error:
        raise StorageError(
            "the folder is not empty and holds no whole run",
            where=str(folder),
            do="give an empty one with --out",
        ) from error
    if existing.manifest["run_sha256"] != sha256:
        _refuse(folder, existing)
    existing.verify()
    return existing


def _refuse(folder: Path, existing: Run) -> NoReturn:
    """Refuse a folder that holds another run."""
    raise StorageError(
        f"the folder holds another run, of {existing.resolved.name!r} with {existing.draw_count} draws",
        where=str(folder),
        do="give an empty one with --out",
    )


def _bytes_needed(resolved: Resolved, draws: int) -> int:
    """Return the room that a run's arrays take, in bytes."""
    by_country = 4 * len(resolved.stored()) * len(resolved.countries)
    return len(resolved.years) * draws * (by_country + 8 * len(resolved.measure_names()))


@contextmanager
def _new_folder(folder: Path, needed: int) -> Iterator[Path]:
    """Yield a temporary folder that takes the wanted name at the end, or goes away if anything fails."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder.parent).free
        if free < needed:
            raise StorageError(
                f"the run needs {written(needed, 1, scale=-9)} GB and {written(free, 1, scale=-9)} GB "
                "are free",
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
    resolved: Resolved, draws: int, seed: int, folder: Path, *, workers: int | None, progress: Progress | None
) -> dict[str, Counter[int]]:
    """Run every block and write its arrays; return the counts of draws."""
    folder.mkdir()
    years, countries = len(resolved.years), len(resolved.countries)
    stored = resolved.stored()
    shapes: dict[str, tuple[str, tuple[int, ...]]] = {
        **dict.fromkeys(stored, ("<f4", (years, draws, countries))),
        **dict.fromkeys(resolved.measure_names(), ("<f8", (years, draws))),
    }
    counts = {name: Counter[int]() for name in resolved.counted()}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(ArrayWriter(folder / f"{name}.npy", dtype, shape))
            for name, (dtype, shape) in shapes.items()
        }

        def work(block: Block) -> tuple[Block, BlockResult]:
            return block, run_block(resolved, block, stored)

        for block, result in map_blocks(work, resolved.problem(), draws=draws, seed=seed, workers=workers):
            for name, values in (*result.quantities.items(), *result.measures.items()):
                writers[name].write(block.first, values)
            for name, count in result.counts.items():
                counts[name].update(count)
            if progress is not None:
                progress(block.first + block.size, draws)
    return counts


def _write_summary(
    resolved: Resolved, made_by: dict[str, Any], folder: Path, counts: dict[str, Counter[int]]
) -> None:
    """Write ``headline.json`` and ``run.json`` beside the arrays."""
    arrays = {
        name: ArrayReader(folder / "arrays" / f"{name}.npy")
        for name in (*resolved.stored(), *resolved.measure_names())
    }
    summary = headline(
        resolved,
        lambda name, index: arrays[name].year(index),
        {name: arrays[name].year(len(resolved.years) - 1) for name in resolved.shown()},
        draws=made_by["draws"],
        counts=counts,
    )
    listing = {
        name: {"dtype": array.dtype.str, "shape": list(array.shape), "sha256": sha256_of(array.path)}
        for name, array in arrays.items()
    }
    manifest = {
        "format": FORMAT,
        **made_by,
        "content_sha256": Run.content_sha256(listing),
        "arrays": listing,
        "scenario": resolved.to_json(),
    }
    for name, content in (("headline.json", summary.to_json()), ("run.json", manifest)):
        text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        (folder / name).write_text(text + "\n", encoding="utf-8")
