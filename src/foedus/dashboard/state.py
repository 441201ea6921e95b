"""What every request shares: the ledger, finished runs and drawn charts, each bounded.

Runs are kept in a temporary folder that goes away with the server. The same question asked twice is answered
from memory; a question that is being worked on elsewhere is waited for.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from foedus.dashboard.caching import LruCache
from foedus.errors import FoedusError, UnknownNameError
from foedus.files.shipped import shipped_files

if TYPE_CHECKING:
    from foedus.accession.section import Applicant
    from foedus.evidence import Ledger
    from foedus.runs import Run
    from foedus.runs.outcome import Outcome
    from foedus.scenario import Resolved

__all__ = [
    "DRAWS",
    "FOLDERS",
    "AppState",
    "BusyError",
    "Limits",
    "LostError",
    "OverrunError",
    "check_shipped",
]

T = TypeVar("T")

DRAWS = 5_000
"""The most draws that one request may ask for."""


FILE_KEYS = frozenset({"decision", "requirement"})
"""The keys of a scenario that name a file; the folder of those that ship is called after each."""

FOLDERS = "foedus-serve-"
"""How the temporary folders of servers begin; the number of the process follows."""


class BusyError(FoedusError):
    """The server has more to do than it may take on; its data say after how many seconds to ask again."""

    exit_code: ClassVar[int] = 1


class OverrunError(FoedusError):
    """An answer that took longer than it may."""


class LostError(FoedusError):
    """A process that ended before its answer."""


@dataclass(frozen=True)
class Limits:
    """How much one request and the server as a whole may ask for.

    Attributes
    ----------
    upload_bytes : int
        The largest body of a request.
    at_once : int
        How many answers are worked on at the same time.
    depth : int
        How many requests wait for their turn; further ones are told to ask again.
    wait_seconds : float
        How long a request waits for its turn.
    answer_seconds, reading_seconds : float
        How long the work on one answer, or the reading of what was sent, may take.
    working_bytes : int
        How much memory one answer may take beside what its process holds already.
    kept_runs, kept_outcomes, kept_charts : int
        How many runs on the disk, outcomes in memory, and charts are kept.
    run_bytes, outcome_bytes : int
        What the runs take on the disk, and the outcomes in memory.
    answer_bytes : int
        What the finished answers take in memory.
    """

    upload_bytes: int = 4_000_000
    at_once: int = 2
    depth: int = 10
    wait_seconds: float = 30.0
    answer_seconds: float = 60.0
    reading_seconds: float = 30.0
    working_bytes: int = 1_500_000_000
    kept_runs: int = 64
    kept_outcomes: int = 8
    kept_charts: int = 128
    run_bytes: int = 256_000_000
    outcome_bytes: int = 24_000_000
    answer_bytes: int = 48_000_000


@dataclass
class AppState:
    """The shared state of a server.

    Attributes
    ----------
    figures : Ledger, optional
        The figures; without them, the packaged editions and the user's own.
    limits : Limits
        What one request may ask for.
    """

    figures: Ledger | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self.pins: tuple[str, ...] = ()
        limits = self.limits
        self._runs: LruCache[Run] = LruCache(
            limits.kept_runs,
            lambda run: _remove(run.folder),
            most_bytes=limits.run_bytes,
            size=lambda run: _folder_bytes(run.folder),
        )
        self._outcomes: LruCache[Outcome] = LruCache(
            limits.kept_outcomes, most_bytes=limits.outcome_bytes, size=_outcome_bytes
        )
        self._charts: LruCache[Any] = LruCache(limits.kept_charts)

    @cached_property
    def ledger(self) -> Ledger:
        """The figures, loaded once: figures imported later are seen after a restart."""
        from foedus.evidence import Ledger

        return self.figures or Ledger.load()

    @cached_property
    def folder(self) -> Path:
        """The folder of the runs; its name says whose it is."""
        return Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-"))

    def pinned(self, editions: Sequence[str] | None) -> AppState:
        """Return the state whose figures are pinned to some editions; what it computes is kept apart.

        Parameters
        ----------
        editions : sequence of str, optional
            The editions that an answer rests on; without any, this state itself.

        Returns
        -------
        AppState
            It shares what is kept, and the folder of the runs.
        """
        if not editions:
            return self
        from foedus.evidence.pinning import pinned

        key = tuple(sorted(set(editions)))
        folder = self.folder  # of one server there is one, which goes with it
        other = copy(self)
        vars(other).update(ledger=pinned(self.ledger, key), folder=folder, pins=key)
        return other

    def run(
        self,
        scenario: str = "baseline",
        *,
        changes: dict[str, Any] | None = None,
        draws: int = 1000,
        seed: int = 1,
        as_of: date | None = None,
    ) -> Run:
        """Run a shipped scenario, or give the run that is there.

        Parameters
        ----------
        scenario : str, default "baseline"
            A shipped scenario's name; a path is refused.
        changes : dict, optional
            Other values of single keys.
        draws : int, default 1000
            How many draws, within the limits.
        seed : int, default 1
            Seed of the random draws.
        as_of : datetime.date, optional
            Use only what had been published by this day.

        Returns
        -------
        Run
            The same numbers as `foedus run` gives.
        """
        from foedus.runs import run

        check_shipped(scenario, changes)
        day = as_of or date.today()
        key = (scenario, repr(sorted((changes or {}).items())), draws, seed, day, self.pins)
        return self._runs.get(
            key,
            lambda: run(
                scenario,
                draws=draws,
                seed=seed,
                as_of=day,
                changes=changes,
                ledger=self.ledger,
                out=self._place(),
                workers=1,
            ),
        )

    def resolved(
        self,
        scenario: str,
        *,
        changes: Mapping[str, Any] | None = None,
        as_of: date | None = None,
        carried: Mapping[str, Applicant] | None = None,
    ) -> Resolved:
        """Return a shipped scenario with its figures.

        Parameters
        ----------
        scenario : str
            A shipped scenario's name; a path is refused.
        changes : dict, optional
            Other values of single keys.
        as_of : datetime.date, optional
            Use only what had been published by this day.
        carried : mapping of str to Applicant, optional
            Countries that another scenario lets accede, as :func:`foedus.scenario.resolve` has them.

        Returns
        -------
        Resolved
            The scenario.
        """
        from foedus.scenario import resolve

        check_shipped(scenario, changes)
        day = as_of or date.today()
        also = repr(sorted((carried or {}).items()))
        key = ("resolved", scenario, repr(sorted((changes or {}).items())), also, day)
        words: dict[str, Any] = {
            "as_of": day,
            "ledger": self.ledger,
            "changes": changes,
            "carried": carried,
        }
        return self.drawn(key, lambda: resolve(scenario, **words))

    def outcome(self, resolved: Resolved, *, draws: int, seed: int) -> Outcome:
        """Return what a scenario comes to, in memory.

        Parameters
        ----------
        resolved : Resolved
            The scenario.
        draws, seed : int
            How many draws, and their seed.

        Returns
        -------
        Outcome
            The same numbers as a run's.
        """
        from foedus.runs.outcome import outcome

        # An outcome holds its scenario, so that no other can take its place in memory while it is kept.
        key = (id(resolved), draws, seed)
        return self._outcomes.get(key, lambda: outcome(resolved, draws=draws, seed=seed))

    def drawn(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a drawn chart or another finished piece, making it when it is not kept.

        Parameters
        ----------
        key : hashable
            What was asked; the day is added.
        make : callable
            Makes it.

        Returns
        -------
        object
            The piece.
        """
        piece: T = self._charts.get((date.today(), self.pins, key), make)
        return piece

    def close(self) -> None:
        """Remove the runs from the disk."""
        if "folder" in vars(self):
            _remove(self.folder)

    def _place(self) -> Path:
        """Return a new folder's path for a run."""
        return Path(tempfile.mkdtemp(prefix="run-", dir=self.folder))


def check_shipped(scenario: str, changes: Mapping[str, Any] | None = None) -> None:
    """Refuse a scenario, decision or requirement that does not ship: no path is read for a stranger.

    Parameters
    ----------
    scenario : str
        The name.
    changes : mapping of str to object, optional
        Keys of the scenario with other values.

    Raises
    ------
    UnknownNameError
        When no shipped scenario has that name, or no shipped file the name that a change gives.
    """
    from foedus.scenario.find import shipped

    known = shipped()
    if scenario not in known:
        raise UnknownNameError("scenario", scenario, known, do=f"use {', '.join(known)}")
    for kind, name in _named_files(changes or {}):
        listed = shipped_files(f"{kind}s")
        if name not in listed:
            raise UnknownNameError(kind, name, listed, do=f"use {', '.join(listed)}")


def _named_files(changes: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of every file that changes of a scenario name, however deep.

    Parameters
    ----------
    changes : object
        A mapping, a list or a value.
    key : str, default ""
        The key that it stands under, with dots or without.

    Yields
    ------
    tuple of (str, str)
        Such as "requirement" and the name that stands there.
    """
    if isinstance(changes, Mapping):
        for inner, value in changes.items():
            yield from _named_files(value, str(inner))
    elif isinstance(changes, list | tuple):
        for value in changes:
            yield from _named_files(value, key)
    elif isinstance(changes, str) and (kind := key.rpartition(".")[2]) in FILE_KEYS:
        yield kind, changes


def _folder_bytes(folder: Path) -> int:
    """Return what the files of a run take on the disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _outcome_bytes(outcome: Outcome) -> int:
    """Return what the arrays of an outcome take in memory."""
    return sum(array.nbytes for array in (*outcome.measures.values(), *outcome.quantities.values()))


def _remove(folder: Path) -> None:
    """Remove a folder, whether or not it is there."""
    shutil.rmtree(folder, ignore_errors=True)
