"""Run a scenario over many draws and keep the result.

A run is computed into a temporary folder beside its place and takes its name in one step at the end: a run is
there whole or not at all, whatever interrupts it.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.engine.draws import BLOCK
from foedus.errors import InputError, IntegrityError
from foedus.files.checksum import sha256_of
from foedus.files.writing import new_folder, write_text
from foedus.questions import LARGEST_SEED, MOST_DRAWS
from foedus.runs.by_class import DrawsOfClass, no_counts, spilled_by_class
from foedus.runs.crate import CRATE, crate
from foedus.runs.headline import headline
from foedus.runs.identity import identity
from foedus.runs.manifest import FORMAT, SUMS, array_path, content_sha256, sums_text
from foedus.runs.outcome import BlockArrays, run_block
from foedus.runs.result import Run
from foedus.runs.store import ArrayReader, ArrayWriter, SpilledArray
from foedus.runs.unnamed import unnamed_folder
from foedus.scenario import Resolved, resolve

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.runs.question import RunQuestion

__all__ = [
    "LARGEST_SEED",
    "MOST_DRAWS",
    "check_options",
    "json_text",
    "run",
    "run_of",
    "run_resolved",
    "same_run",
    "write_summary",
]

LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called after every block with the draws done and the draws asked for."""


def run(
    scenario: str = "baseline",
    *,
    draws: int = 10_000,
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
    draws : int, default 10,000
        How many draws, 1 to 10,000,000.
    seed : int, default 1
        Seed of the random streams, 0 to 2**63 - 1. The same seed gives the same numbers.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario, such as {"levers.pledge.target": 0.04}.
    out : pathlib.Path or str, optional
        The run's folder, new, empty, or of the same run; without it a folder in the user's cache folder.
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
        When draws, seed or workers are out of range, the scenario is not known or not sound, or the folder
        holds something else.
    NoDataError
        When a figure that is needed had not been published by the day.
    StorageError
        When the folder cannot be written, or the disk has too little room.
    """
    check_options(draws, seed, workers)
    resolved = resolve(scenario, as_of=as_of, ledger=ledger, changes=changes)
    return run_resolved(resolved, draws=draws, seed=seed, out=out, workers=workers, progress=progress)


def run_of(
    question: RunQuestion,
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    ledger: Ledger | None = None,
    progress: Progress | None = None,
) -> Run:
    """Run the scenario that a question asks about; see :func:`run`.

    Parameters
    ----------
    question : RunQuestion
        The scenario with its changes, draws, seed and day.
    out, workers, ledger, progress
        As for :func:`run`.

    Returns
    -------
    Run
        The result.
    """
    return run(
        question.scenario,
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
        changes=question.changed_keys(),
        out=out,
        workers=workers,
        ledger=ledger,
        progress=progress,
    )


def run_resolved(
    resolved: Resolved,
    *,
    draws: int = 10_000,
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
        When draws, seed or workers are out of range, or the folder holds something else.
    StorageError
        When the folder cannot be written, or the disk has too little room.
    """
    check_options(draws, seed, workers)
    made_by = identity(resolved, seed=seed, draws=draws)
    folder = Path(out) if out is not None else unnamed_folder(resolved, made_by["run_sha256"])
    existing = same_run(folder, made_by["run_sha256"])
    if existing is not None:
        LOG.info("the run stands in %s already", folder)
        return existing
    LOG.info("running %s: %s draws, seed %s, into %s", resolved.name, draws, seed, folder)
    with new_folder(folder, "the run", needed=_bytes_needed(resolved, draws)) as work:
        spilled = spilled_by_class(resolved, draws)
        writing = _Writing(resolved, work / "arrays", {n: spilled[n] for n in resolved.spread_by_class()})
        counts = _write_arrays(writing, draws, seed, workers=workers, progress=progress)
        sums = write_summary(resolved, made_by, work, counts, writing.of_class)
    result = Run.load(folder, known=sums)
    return result if result.manifest["run_sha256"] == made_by["run_sha256"] else _refuse(folder, result)


def check_options(draws: int, seed: int, workers: int | None) -> None:
    """Check the numbers of a run against their ranges."""
    limits = [("--draws", draws, 1, MOST_DRAWS), ("--seed", seed, 0, LARGEST_SEED)]
    if workers is not None:
        limits.append(("--workers", workers, 1, 1024))
    for name, value, low, high in limits:
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")


def same_run(folder: Path, sha256: str) -> Run | None:
    """Return the run in a folder when it is the same and sound; refuse a folder with anything else in it."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise InputError("this is not a folder", where=str(folder), do="give another one with --out")
    if not any(folder.iterdir()):
        return None
    try:
        existing = Run.load(folder)
    except IntegrityError as error:
        if (folder / "run.json").is_file():
            raise
        raise IntegrityError(
            "the folder is not empty and holds no whole run",
            where=str(folder),
            do="give an empty one with --out",
        ) from error
    if existing.manifest["run_sha256"] != sha256:
        _refuse(folder, existing)
    return existing


def _refuse(folder: Path, existing: Run) -> NoReturn:
    """Refuse a folder that holds another run."""
    raise InputError(
        f"the folder holds another run, of {existing.resolved.name!r} with {existing.draw_count} draws",
        where=str(folder),
        do="give an empty one with --out",
    )


def _bytes_needed(resolved: Resolved, draws: int) -> int:
    """Return the room that a run's arrays take, in bytes."""
    by_country = 4 * len(resolved.stored()) * len(resolved.countries)
    by_class = 4 * len(resolved.at_horizon()) * len(resolved.classes)
    yearly = by_country + 8 * len(resolved.measure_names())
    return draws * (len(resolved.years) * yearly + by_class)


@dataclass(frozen=True)
class _Writing:
    """A scenario, the folder of its arrays, and the files of what only quantiles are kept of."""

    resolved: Resolved
    folder: Path
    spilled: Mapping[str, SpilledArray]

    def of_class(self, name: str, index: int, k: int) -> Array:
        """Return a quantity of a class in every draw of a year, (draw,), by the indexes of both."""
        return self.spilled[name].columns(index, slice(k, k + 1))[:, 0]


def _write_arrays(
    writing: _Writing, draws: int, seed: int, *, workers: int | None, progress: Progress | None
) -> dict[str, Counter[int]]:
    """Run every block and write its arrays; return the counts of draws."""
    resolved, folder = writing.resolved, writing.folder
    folder.mkdir()
    years, countries = len(resolved.years), len(resolved.countries)
    stored = resolved.stored()
    shapes: dict[str, tuple[str, tuple[int, ...]]] = {
        **dict.fromkeys(stored, ("<f4", (years, draws, countries))),
        **dict.fromkeys(resolved.measure_names(), ("<f8", (years, draws))),
        **dict.fromkeys(resolved.at_horizon(), ("<f4", (len(resolved.classes), draws))),
    }
    counts = no_counts(resolved)
    with ExitStack() as stack:
        writers: dict[str, ArrayWriter | SpilledArray] = {
            name: stack.enter_context(ArrayWriter(folder / f"{name}.npy", dtype, shape))
            for name, (dtype, shape) in shapes.items()
        } | dict(writing.spilled)

        # Each worker fills arrays of its own, writes them, and fills them again.
        free: list[BlockArrays] = []

        def work(block: Block) -> tuple[Block, dict[str, Counter[int]]]:
            arrays = free.pop() if free else BlockArrays.new(resolved, BLOCK, stored)
            counted = run_block(resolved, block, arrays)
            for name, values in arrays.all_until(block.size):
                writers[name].write(block.first, values)
            free.append(arrays)
            return block, counted

        for block, counted in map_blocks(work, resolved.problem(), draws=draws, seed=seed, workers=workers):
            for name, count in counted.items():
                counts[name].update(count)
            if progress is not None:
                progress(block.first + block.size, draws)
    return counts


def write_summary(
    resolved: Resolved,
    made_by: dict[str, Any],
    folder: Path,
    counts: Mapping[str, Mapping[int, int]],
    of_class: DrawsOfClass,
) -> str:
    """Write ``headline.json``, ``run.json`` and the checksums beside the arrays; return the checksums."""
    arrays = {
        name: ArrayReader(array_path(folder, name))
        for name in (*resolved.stored(), *resolved.measure_names(), *resolved.at_horizon())
    }
    summary = headline(
        resolved,
        lambda name, index: arrays[name].year(index),
        {name: partial(arrays[name].columns, len(resolved.years) - 1) for name in resolved.shown()},
        draws=made_by["draws"],
        counts=counts,
        of_class=of_class,
    )
    listing = {
        name: {"dtype": array.dtype.str, "shape": list(array.shape), "sha256": sha256_of(array.path)}
        for name, array in arrays.items()
    }
    text = json_text(summary.to_json())
    write_text(folder / "headline.json", text)
    manifest = {
        "format": FORMAT,
        **made_by,
        "content_sha256": content_sha256(listing),
        "headline_sha256": sha256_of(text),
        "arrays": listing,
        "scenario": resolved.to_json(),
    }
    write_text(folder / "run.json", json_text(manifest))
    known = {f"arrays/{name}.npy": str(entry["sha256"]) for name, entry in listing.items()}
    described = known | {name: sha256_of(folder / name) for name in ("headline.json", "run.json")}
    write_text(folder / CRATE, json_text(crate(folder, manifest, summary.title, described)))
    sums = sums_text(folder, listing, known)
    write_text(folder / SUMS, sums)
    return sums


def json_text(content: dict[str, Any]) -> str:
    """Write plain values as a JSON file of a run."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
