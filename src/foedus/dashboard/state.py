"""What every request shares: the ledger, finished runs and drawn charts, each bounded.

Runs are kept in a temporary folder that goes away with the server. The same question asked twice is answered
from memory; a question that is being worked on elsewhere is waited for.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from foedus.errors import FoedusError, UnknownNameError

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.runs import Run
    from foedus.runs.outcome import Outcome
    from foedus.scenario import Resolved

__all__ = ["DRAWS", "AppState", "BusyError", "Limits", "LruCache", "check_shipped"]

T = TypeVar("T")

DRAWS = 5_000
"""The most draws that one request may ask for."""


class BusyError(FoedusError):
    """The server has more to do than it may take on."""

    exit_code: ClassVar[int] = 1


@dataclass(frozen=True)
class Limits:
    """How much one request and the server as a whole may ask for.

    Attributes
    ----------
    upload_bytes : int
        The largest body of a request.
    at_once : int
        How many answers are worked on at the same time.
    wait_seconds : float
        How long a request waits for its turn.
    kept_runs, kept_outcomes, kept_charts : int
        How many runs on the disk, outcomes in memory, and charts are kept.
    """

    upload_bytes: int = 4_000_000
    at_once: int = 2
    wait_seconds: float = 30.0
    kept_runs: int = 64
    kept_outcomes: int = 8
    kept_charts: int = 256


class LruCache(Generic[T]):
    """The last results by their key.

    Parameters
    ----------
    most : int
        How many are kept.
    drop : callable, optional
        Called with a result that is let go.
    """

    def __init__(self, most: int, drop: Callable[[T], None] | None = None) -> None:
        self._most = most
        self._drop = drop
        self._items: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a result, making it when it is not kept.

        Parameters
        ----------
        key : hashable
            What was asked.
        make : callable
            Makes the result.

        Returns
        -------
        object
            The result; when two threads make the same one, that of the first.
        """
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
                return self._items[key]
        result = make()
        with self._lock:
            first = self._items.setdefault(key, result)
            self._items.move_to_end(key)
            gone = [self._items.popitem(last=False)[1] for _ in range(len(self._items) - self._most)]
        for item in gone:
            if self._drop is not None:
                self._drop(item)
        return first


@dataclass
class AppState:
    """The shared state of a server.

    Attributes
    ----------
    ledger : Ledger
        The figures, loaded once: figures imported later are seen after a restart.
    limits : Limits
        What one request may ask for.
    """

    ledger: Ledger
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="foedus-serve-"))
        self._count = 0
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(self.limits.at_once)
        self._runs: LruCache[Run] = LruCache(self.limits.kept_runs, lambda run: _remove(run.folder))
        self._outcomes: LruCache[Outcome] = LruCache(self.limits.kept_outcomes)
        self._charts: LruCache[Any] = LruCache(self.limits.kept_charts)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn to work, within the limit.

        Yields
        ------
        None
            While it is this request's turn.

        Raises
        ------
        BusyError
            When the turn did not come in time.
        """
        if not self._slots.acquire(timeout=self.limits.wait_seconds):
            raise BusyError("the server is busy", where="foedus serve", do="ask again in a moment")
        try:
            yield
        finally:
            self._slots.release()

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

        check_shipped(scenario)
        day = as_of or date.today()
        key = (scenario, repr(sorted((changes or {}).items())), draws, seed, day)
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
        self, scenario: str, *, changes: dict[str, Any] | None = None, as_of: date | None = None
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

        Returns
        -------
        Resolved
            The scenario.
        """
        from foedus.scenario import resolve

        check_shipped(scenario)
        day = as_of or date.today()
        key = ("resolved", scenario, repr(sorted((changes or {}).items())), day)
        return self.drawn(key, lambda: resolve(scenario, as_of=day, ledger=self.ledger, changes=changes))

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
        piece: T = self._charts.get((date.today(), key), make)
        return piece

    def close(self) -> None:
        """Remove the runs from the disk."""
        _remove(self._folder)

    def _place(self) -> Path:
        """Return a new folder's path for a run."""
        with self._lock:
            self._count += 1
            return self._folder / f"run-{self._count}"


def check_shipped(scenario: str) -> None:
    """Refuse a scenario that does not come with foedus: a path must not be read for a stranger.

    Parameters
    ----------
    scenario : str
        The name.

    Raises
    ------
    UnknownNameError
        When no shipped scenario has that name.
    """
    from foedus.scenario.find import shipped

    known = shipped()
    if scenario not in known:
        raise UnknownNameError("scenario", scenario, known, do=f"use {', '.join(known)}")


def _remove(folder: Path) -> None:
    """Remove a folder, whether or not it is there."""
    shutil.rmtree(folder, ignore_errors=True)
