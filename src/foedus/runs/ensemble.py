"""An ensemble: scenarios over so many draws that they are computed in portions, here or on a cluster.

The portions of a scenario lie in a folder beside its place, ``NAME.unfinished``, each whole or not there.
When all are finished, exact quantiles are taken column by column, so that memory does not grow with what is
kept of a draw, and the place is taken in one step. What is interrupted goes on from there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.engine.blocks import in_order
from foedus.errors import InputError, StorageError
from foedus.evidence.userdata import cache_folder
from foedus.files.checksum import sha256_of
from foedus.files.writing import disk_error, new_folder, write_text
from foedus.runs.closing import closing_of_outcome
from foedus.runs.cluster import Cluster, connected
from foedus.runs.ensemble_result import FORMAT, MANIFEST, MEASURES, UNFINISHED, Ensemble, Member, is_member
from foedus.runs.execute import Progress, check_options, json_text, same_run, write_summary
from foedus.runs.identity import identity, made_by
from foedus.runs.portion_store import PortionStore, StoredOutcome
from foedus.runs.portions import BLOCKS, Portion, Work, compute
from foedus.scenario import Resolved, resolve
from foedus.scenario.pairs import pair_of

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.runs.question import EnsembleQuestion, Keep

__all__ = ["ensemble", "ensemble_of"]


def ensemble(
    scenarios: Sequence[str],
    *,
    draws: int,
    seed: int = 1,
    keep: Keep = "quantiles",
    as_of: date | None = None,
    changes: Mapping[str, Any] | None = None,
    ledger: Ledger | None = None,
    out: Path | str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] = lambda _: None,
) -> Ensemble:
    """Run scenarios over many draws, here or on a cluster, and keep of them what is asked for.

    Parameters
    ----------
    scenarios : sequence of str
        Shipped scenarios' names, or paths of scenario files; a pair's name stands for both. All have the
        same draws.
    draws : int
        How many draws, 1 to 10,000,000.
    seed : int, default 1
        Seed of the random streams; the numbers are those of a run with this seed.
    keep : {"quantiles", "measures", "all"}
        What is kept: the headline alone; the measures of every draw besides; or a whole run.
    as_of, changes, ledger
        As for :func:`foedus.runs.run`.
    out : pathlib.Path or str, optional
        A folder, in which each scenario has one by its name; without it one in the user's cache folder.
    workers : int, optional
        Threads, without it one for each core; of a cluster the most workers that take part. The numbers do
        not depend on it.
    scheduler : str, optional
        The address of a Dask scheduler; without it, threads here compute.
    progress : callable, optional
        Called with the draws done and the draws asked for, of all scenarios together.
    remark : callable, optional
        Called with a sentence: blocks that are there already, a worker that is left out.

    Returns
    -------
    Ensemble
        The scenarios. What is there already is not computed again.

    Raises
    ------
    InputError
        When an option is out of range, a scenario is not known or named twice, or a folder holds something
        else.
    ClusterError
        When nobody answers at the address, or the cluster is lost; finished blocks are kept.
    StorageError
        When a folder cannot be written, or the disk has too little room.
    """
    check_options(draws, seed, workers)
    names = [way for name in scenarios for way in pair_of(name) or (name,)]
    resolved = [resolve(name, as_of=as_of, ledger=ledger, changes=changes) for name in names]
    asked = [_Order.of(one, draws, seed, keep, out) for one in resolved]
    _check_names(asked)
    existing = {one.folder: one.existing() for one in asked}
    with ExitStack() as stack:
        cluster = None
        if scheduler is not None and not all(existing.values()):
            cluster = stack.enter_context(connected(scheduler, remark))
        going = _Going(cluster, workers, draws * len(asked), progress, remark)
        members = [existing[one.folder] or _member(one, going) for one in asked]
    return Ensemble(tuple(members))


def ensemble_of(
    question: EnsembleQuestion,
    *,
    ledger: Ledger | None = None,
    out: Path | str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] | None = None,
) -> Ensemble:
    """Run the scenarios of a question; see :func:`ensemble`."""
    return ensemble(
        question.scenario,
        draws=question.draws,
        seed=question.seed,
        keep=question.keep,
        as_of=question.as_of,
        changes=question.changed_keys(),
        ledger=ledger,
        out=out,
        workers=workers,
        scheduler=scheduler,
        progress=progress,
        remark=remark or (lambda _: None),
    )


@dataclass(frozen=True)
class _Order:
    """One scenario that is asked for: its figures, what identifies it, and its place."""

    resolved: Resolved
    identity: dict[str, Any]
    keep: Keep
    folder: Path

    @classmethod
    def of(cls, resolved: Resolved, draws: int, seed: int, keep: Keep, out: Path | str | None) -> _Order:
        """Return a scenario with its place."""
        about = identity(resolved, seed=seed, draws=draws)
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", resolved.name).strip(".-") or "scenario"
        unnamed = cache_folder() / "ensembles" / f"{name}-{about['run_sha256'][:16]}-{keep}"
        return cls(resolved, about, keep, unnamed if out is None else Path(out) / name)

    @property
    def unfinished(self) -> Path:
        """Where finished blocks wait for the others."""
        return self.folder.with_name(self.folder.name + UNFINISHED)

    def work(self) -> Work:
        """Return what is to be computed, as it is shipped."""
        about = self.identity
        return Work(
            self.resolved.canonical(),
            tuple(made_by().items()),
            about["run_sha256"],
            about["seed"],
            about["draws"],
            self.keep,
            BLOCKS,
        )

    def existing(self) -> Member | None:
        """Return the same ensemble where it is there already; refuse a folder with anything else in it."""
        if not is_member(self.folder):
            run = same_run(self.folder, self.identity["run_sha256"])
            return None if run is None else Member.load(self.folder)
        member = Member.load(self.folder)
        if member.manifest["run_sha256"] == self.identity["run_sha256"] and member.keep == self.keep:
            return member
        raise InputError(
            f"the folder holds another ensemble, of {member.resolved.name!r} with {member.summary.draws} "
            f"draws, of which {member.keep} are kept",
            where=str(self.folder),
            do="give another one with --out",
        )

    def bytes_needed(self) -> int:
        """Return the room that the blocks take until they are summed up, in bytes, before packing."""
        resolved = self.resolved
        years, classes, countries = (
            len(resolved.years),
            len(resolved.classes_in_use()),
            len(resolved.countries),
        )
        by_class = 4 * classes * (years * len(resolved.spread_by_class()) + len(resolved.at_horizon()))
        measures = 8 * years * len(resolved.measure_names())
        by_country = 4 * countries * len(resolved.shown())
        if self.keep == "all":
            by_country = 2 * 4 * countries * years * len(resolved.stored())
            measures *= 2
        return int(self.identity["draws"]) * (measures + by_country + by_class)


def _check_names(asked: Sequence[_Order]) -> None:
    """Refuse two scenarios that would have one folder."""
    by_folder: dict[Path, str] = {}
    for one in asked:
        if one.folder in by_folder:
            raise InputError(
                f"{one.resolved.name!r} is named twice", where="--scenario", do="name each scenario once"
            )
        by_folder[one.folder] = one.resolved.name


@dataclass
class _Going:
    """How blocks are computed, and how far they are."""

    cluster: Cluster | None
    workers: int | None
    total: int
    progress: Progress | None
    remark: Callable[[str], None]
    done: int = 0

    def advance(self, draws: int) -> None:
        """Count draws that are finished."""
        self.done += draws
        if self.progress is not None:
            self.progress(self.done, self.total)

    def portions(self, work: Work, numbers: list[int]) -> Iterator[tuple[int, Portion]]:
        """Compute portions on the cluster, or on threads here."""
        if self.cluster is not None:
            yield from self.cluster.portions(work, numbers, self.workers)
        else:
            computed = in_order(lambda i: compute(work, numbers[i]), len(numbers), self.workers)
            yield from zip(numbers, computed, strict=True)


def _member(asked: _Order, going: _Going) -> Member:
    """Compute what is missing of a scenario, sum it up, and put it in its place."""
    work = asked.work()
    store = _open(asked, work)
    missing, finished = store.missing(), store.draws()
    if finished:
        going.remark(f"{finished:,} of {work.draws:,} draws of {asked.resolved.name} are there already.")
        going.advance(finished)
    try:
        for number, portion in going.portions(work, missing):
            going.advance(store.add(number, portion))
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"{store.draws():,} of {work.draws:,} draws are kept in {asked.unfinished}, and the same command "
            "goes on from them"
        ) from None
    outcome = StoredOutcome.of(asked.resolved, store)
    with new_folder(asked.folder, "the ensemble") as folder:
        write = _write_run if asked.keep == "all" else _write_member
        write(asked, outcome, folder)
    shutil.rmtree(asked.unfinished, ignore_errors=True)
    return Member.load(asked.folder)


def _open(asked: _Order, work: Work) -> PortionStore:
    """Open the folder of finished blocks, once the disk has room for the others."""
    try:
        store = PortionStore.at(asked.unfinished, work)
        free = shutil.disk_usage(asked.unfinished).free
    except OSError as error:
        raise disk_error(error, asked.unfinished, "the ensemble") from error
    needed = asked.bytes_needed() * (work.draws - store.draws()) // work.draws
    if free < needed:
        raise StorageError(
            f"the ensemble needs {needed // 10**6:,} MB and {free // 10**6:,} MB are free",
            where=str(asked.unfinished),
            do="make room, ask for less, or choose another place",
        )
    return store


def _write_member(asked: _Order, outcome: StoredOutcome, folder: Path) -> None:
    """Write the headline, what identifies it, and with ``measures`` the files of them."""
    text = json_text(outcome.summary.to_json())
    write_text(folder / "headline.json", text)
    closing = closing_of_outcome(outcome)
    files: dict[str, str] = {}
    if asked.keep == "measures":
        (folder / MEASURES).mkdir()
        for path in outcome.store.paths(MEASURES):
            files[path.name] = sha256_of(path)
            path.rename(folder / MEASURES / path.name)
    manifest = {
        "format": FORMAT,
        **asked.identity,
        "blocks_each": outcome.store.work.blocks_each,
        "kept": asked.keep,
        "headline_sha256": sha256_of(text),
        "files": files,
        "closing": None if closing is None else closing.to_json(),
        "scenario": asked.resolved.to_json(),
    }
    write_text(folder / MANIFEST, json_text(manifest))


def _write_run(asked: _Order, outcome: StoredOutcome, folder: Path) -> None:
    """Write a run: its arrays, and what is summed up of them."""
    outcome.store.write_arrays(asked.resolved, folder / "arrays")
    write_summary(asked.resolved, asked.identity, folder, outcome.counts, outcome.of_class)
