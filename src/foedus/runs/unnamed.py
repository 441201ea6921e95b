"""The runs that nobody gave a place: where they lie, what there is, and how they go.

They can be computed again, so they lie in the user's cache folder. Earlier versions kept them in the data
folder, where they are found as well. Runs in places of the user's own are the user's affair.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foedus.errors import FoedusError, InputError, IntegrityError, StorageError, UnknownNameError
from foedus.evidence.userdata import cache_folder, data_folder
from foedus.files.sweeping import sweep
from foedus.results import Result
from foedus.runs.ensemble_result import UNFINISHED, Member
from foedus.scenario.resolved import Resolved
from foedus.tables import Column, Table

__all__ = ["RunList", "RunListRow", "RunsRemoved", "list_runs", "remove_runs", "unnamed_folder"]

DAY = 86_400.0
"""Seconds of a day."""


def unnamed_folder(resolved: Resolved, sha256: str) -> Path:
    """Return the place of a run that nobody gave one.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    sha256 : str
        The run's checksum.

    Returns
    -------
    pathlib.Path
        A folder in the user's cache folder, named by scenario and checksum.
    """
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", resolved.name).strip(".-") or "scenario"
    return cache_folder() / "runs" / f"{name}-{sha256[:16]}"


@dataclass(frozen=True)
class RunListRow:
    """One run.

    Attributes
    ----------
    name : str
        Its folder's name.
    written : str
        When it was written: day and time, UTC.
    scenario, as_of : str
        The scenario's name and the day whose knowledge it uses; empty where the run is not whole.
    draws, seed : int or None
        Of the run.
    size : int
        Bytes on the disk.
    state : str
        "whole", or what is wrong with it.
    folder : str
        Where it lies.
    """

    name: str
    written: str
    scenario: str
    as_of: str
    draws: int | None
    seed: int | None
    size: int
    state: str
    folder: str


@dataclass(frozen=True)
class RunList(Result):
    """The runs that nobody gave a place.

    Attributes
    ----------
    rows : tuple of RunListRow
        The newest first.
    """

    rows: tuple[RunListRow, ...]

    def headline(self) -> str:
        """Return how many runs there are, and how much room they take."""
        if not self.rows:
            return "There are no unnamed runs."
        size = sum(row.size for row in self.rows)
        count = len(self.rows)
        return f"{count} unnamed {'run takes' if count == 1 else 'runs take'} {_megabytes(size)}."

    def tables(self) -> tuple[Table, ...]:
        """Return one row per run."""
        columns = (
            Column("name", "Run"),
            Column("written", "Written"),
            Column("as_of", "As of", blank="–"),
            Column("draws", "Draws", "count"),
            Column("seed", "Seed", "year"),
            Column("megabytes", "Size", align="right"),
            Column("state", "State"),
        )
        rows = tuple({**vars(row), "megabytes": _megabytes(row.size)} for row in self.rows)
        return (Table("runs", "Unnamed runs", columns, rows),)

    def payload(self) -> dict[str, Any]:
        """Return the runs under ``runs``."""
        return {"runs": [vars(row) for row in self.rows]}


@dataclass(frozen=True)
class RunsRemoved(Result):
    """What was removed.

    Attributes
    ----------
    names : tuple of str
        The runs.
    size : int
        How many bytes they took.
    """

    names: tuple[str, ...]
    size: int

    def headline(self) -> str:
        """Return how many runs were removed, and how much room that made."""
        if not self.names:
            return "No run was removed."
        count = len(self.names)
        return f"{count} {'run was' if count == 1 else 'runs were'} removed, {_megabytes(self.size)}."


def list_runs() -> RunList:
    """Return the unnamed runs, each held against its checksums.

    Returns
    -------
    RunList
        The newest first; what is not whole is listed too, with what is wrong.
    """
    folders = sorted(_folders(), key=lambda folder: (-_written(folder), folder.name))
    return RunList(tuple(_row(folder) for folder in folders))


def remove_runs(names: Sequence[str] = (), *, older_than: float | None = None) -> RunsRemoved:
    """Remove unnamed runs, whole or not.

    Parameters
    ----------
    names : sequence of str
        The names of their folders.
    older_than : float, optional
        Days: also those that were written before.

    Returns
    -------
    RunsRemoved
        Which, and how much room that made.

    Raises
    ------
    InputError
        When neither is given, or the days are not a number from zero on.
    UnknownNameError
        When there is no run of a name; nothing is removed then.
    StorageError
        When a folder cannot be removed.
    """
    if not names and older_than is None:
        raise InputError("no run is named", where="foedus runs remove", do="name one, or give --older-than")
    if older_than is not None and not 0.0 <= older_than < 1e6:
        raise InputError(
            f"{older_than:g} is no number of days", where="--older-than", do="give one from 0 on, as in 30"
        )
    folders = _folders()
    known = {folder.name for folder in folders}
    for name in names:
        if name not in known:
            raise UnknownNameError("unnamed run", name, known, do="`foedus runs list` lists them")
    before = None if older_than is None else time.time() - older_than * DAY
    chosen = [f for f in folders if f.name in names or (before is not None and _written(f) <= before)]
    size = sum(_size(folder) for folder in chosen)
    for folder in chosen:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise StorageError(
                f"the run cannot be removed ({error.strerror})", where=str(folder), do="check its permissions"
            ) from error
    return RunsRemoved(tuple(folder.name for folder in chosen), size)


def _folders() -> list[Path]:
    """Return the folders of unnamed runs, once what killed processes left there is gone."""
    folders: list[Path] = []
    for place in (cache_folder() / "runs", cache_folder() / "ensembles", data_folder() / "runs"):
        sweep(place)
        try:
            folders += [p for p in place.iterdir() if p.is_dir() and not p.name.startswith(".")]
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise StorageError(
                f"the folder cannot be read ({error.strerror})", where=str(place), do="check its permissions"
            ) from error
    return folders


def _row(folder: Path) -> RunListRow:
    """Return what there is to say of one run."""
    scenario, as_of, draws, seed, state = "", "", None, None, "whole"
    try:
        if folder.name.endswith(UNFINISHED):
            raise IntegrityError("unfinished: the same command goes on from it")
        run = Member.load(folder)
        scenario, as_of = run.resolved.name, run.resolved.as_of.isoformat()
        draws, seed = run.summary.draws, int(run.manifest["seed"])
    except FoedusError as error:
        state = f"{error.what} ({Path(error.where).name})" if error.where else error.what
    written = datetime.fromtimestamp(_written(folder), UTC).strftime("%Y-%m-%d %H:%M")
    return RunListRow(folder.name, written, scenario, as_of, draws, seed, _size(folder), state, str(folder))


def _written(folder: Path) -> float:
    """Return when a run was written, in seconds of the epoch; without a manifest, when its folder changed."""
    manifest = folder / "run.json"
    return (manifest if manifest.is_file() else folder).stat().st_mtime


def _size(folder: Path) -> int:
    """Return the bytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _megabytes(size: int) -> str:
    """Write a number of bytes in megabytes."""
    from foedus.rounding import written

    return f"{written(size, 1, scale=-6, grouped=True)} MB"
