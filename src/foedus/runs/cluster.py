"""Portions of an ensemble on a cluster that stands already: the one home of `dask.distributed`.

The engine is started with its own commands, ``dask scheduler`` and ``dask worker``, on machines where the
same foedus is installed. What is shipped is the text of a resolved scenario; packed draws come back. A worker
that makes numbers with another foedus, NumPy, Python or evidence is left out: each is asked before it is
given anything. What a worker had that is gone is given to another.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from foedus.errors import ClusterError, FoedusError, InputError
from foedus.extending import install
from foedus.runs.identity import made_by
from foedus.runs.portions import Portion, Work, compute, differences

__all__ = ["ANSWERS_WITHIN", "PATIENCE", "RETURNS_WITHIN", "Cluster", "connected"]

ANSWERS_WITHIN = 10.0
"""Seconds in which a scheduler must answer at first."""
RETURNS_WITHIN = 10.0
"""Seconds for which a scheduler that is gone is looked for."""
PATIENCE = 60.0
"""Seconds for which a scheduler at work may be silent, and a cluster may have no worker that may compute."""
TICK = 1.0
"""Seconds between two looks at which workers there are."""
AHEAD = 2
"""Portions that are given out for each thread of a worker."""

CONNECT = "distributed.comm.timeouts.connect"
"""The library's setting of how long it looks for somebody."""
LOGGERS = ("distributed", "tornado", "asyncio")
"""Libraries that write of a lost worker or scheduler by themselves."""

Remark = Callable[[str], None]


@dataclass
class Cluster:
    """A connection to a scheduler.

    Attributes
    ----------
    client : distributed.Client
        The connection.
    address : str
        The scheduler's.
    remark : callable
        Is told of workers that are left out.
    admitted : dict of str to bool
        For the address of every worker that was asked, whether it may compute.
    """

    client: Any
    address: str
    remark: Remark
    admitted: dict[str, bool] = field(default_factory=dict)
    last_seen: float = field(default_factory=time.monotonic)

    def portions(
        self, work: Work, numbers: Sequence[int], most: int | None = None
    ) -> Iterator[tuple[int, Portion]]:
        """Compute portions on the workers and yield them as they come.

        Parameters
        ----------
        work : Work
            What is run.
        numbers : sequence of int
            Which portions.
        most : int, optional
            The most workers that take part.

        Yields
        ------
        int, dict of str to bytes
            A portion's number, and the portion.

        Raises
        ------
        ClusterError
            When the scheduler is gone, no worker is left, or a portion ends every worker that takes it.
        """
        given: dict[Any, tuple[int, frozenset[str]]] = {}
        todo, within = deque(numbers), RETURNS_WITHIN
        try:
            with self._faults():
                self._lose_time()
                while todo or given:
                    hands = self._hands(most)
                    self._take_back(given, todo, hands)
                    while todo and len(given) < AHEAD * sum(hands.values()):
                        future = self._submit(work, todo[0], hands)
                        given[future] = (todo.popleft(), frozenset(hands))
                    for future in self._finished(given):
                        try:
                            portion = future.result(timeout=within)
                        except TimeoutError:  # a slow line, or nobody is left at its other end
                            within *= 2.0
                        else:
                            yield given.pop(future)[0], portion
        finally:
            with suppress(Exception):
                self.client.cancel(list(given), force=True)

    def _submit(self, work: Work, number: int, hands: Mapping[str, int]) -> Any:
        """Submit a portion to one of some workers."""
        return self.client.submit(
            compute, work, number, workers=list(hands), allow_other_workers=False, pure=False
        )

    def _finished(self, given: Mapping[Any, Any]) -> list[Any]:
        """Return what has come back, after a tick at most."""
        from distributed import wait

        if given:
            wait_for: Any = wait
            with self.client.as_current(), suppress(TimeoutError):
                return list(wait_for(list(given), timeout=TICK, return_when="FIRST_COMPLETED").done)
        else:
            time.sleep(TICK)
        return []

    def _take_back(
        self, given: dict[Any, tuple[int, frozenset[str]]], todo: deque[int], hands: Mapping[str, int]
    ) -> None:
        """Take back what was given to workers that are all gone."""
        for future, (number, workers) in list(given.items()):
            if workers.isdisjoint(hands):
                del given[future]
                with suppress(Exception):
                    future.cancel(force=True)
                todo.appendleft(number)

    def _lose_time(self) -> None:
        """Begin anew to count for how long no worker has been there."""
        self.last_seen = time.monotonic()

    def _hands(self, most: int | None) -> dict[str, int]:
        """Return the workers that may compute and how many threads each has, asking those that are new."""
        threads: dict[str, int] = self.client.sync(self.client.scheduler.ncores, callback_timeout=PATIENCE)
        new = [address for address in threads if address not in self.admitted]
        if new:
            self._ask(new)
        hands = {a: threads[a] for a, may in self.admitted.items() if may and a in threads}
        if hands:
            self._lose_time()
        elif threads:
            raise ClusterError(
                "every worker there makes numbers with something else",
                where=self.address,
                do="install the same foedus, NumPy and Python there",
            )
        elif time.monotonic() - self.last_seen > PATIENCE:
            raise ClusterError("no worker is left there", where=self.address, do="start `dask worker`")
        return dict(list(hands.items())[:most])

    def _ask(self, addresses: list[str]) -> None:
        """Ask workers what they make numbers with, and leave out those that are not as this process."""
        here = made_by()
        answers = self.client.run(made_by, workers=addresses, on_error="return")
        for address in addresses:
            answer = answers.get(address)
            words = differences(here, answer) if isinstance(answer, dict) else "it has no such foedus"
            self.admitted[address] = not words
            if words:
                self.remark(f"The worker {address} is left out: {words}.")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Put what the library raises into one sentence."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        try:
            yield
        except FoedusError:
            raise
        except KilledWorker as error:
            raise ClusterError(
                "a block ended every worker that took it",
                where=self.address,
                do="see the workers' own messages; they may lack memory",
            ) from error
        except (OSError, CancelledError, TimeoutError) as error:
            raise ClusterError(
                "the scheduler is gone", where=self.address, do="start it again, and give the same command"
            ) from error


@contextmanager
def connected(address: str, remark: Remark) -> Iterator[Cluster]:
    """Connect to a scheduler.

    Parameters
    ----------
    address : str
        Its address, as ``tcp://10.0.0.5:8786``.
    remark : callable
        Is told of workers that are left out.

    Yields
    ------
    Cluster
        The connection; it is closed at the end, and the cluster stays.

    Raises
    ------
    InputError
        When this is no address, or the library is not installed.
    ClusterError
        When nobody answers within :data:`ANSWERS_WITHIN` seconds.
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "dask.distributed is not installed",
            where="--scheduler",
            do=install("cluster"),
        ) from error
    with _quiet(), dask.config.set({CONNECT: f"{ANSWERS_WITHIN:g}s"}):
        try:
            with ThreadPoolExecutor(1) as thread:  # this one may run a loop already, as in a notebook
                thread.submit(asyncio.run, _greet(address)).result()
            connect: Any = Client
            client = connect(address, timeout=RETURNS_WITHIN, set_as_default=False)
        except ValueError as error:
            raise InputError(
                f"{address!r} is no address of a scheduler",
                where="--scheduler",
                do="give one as tcp://10.0.0.5:8786",
            ) from error
        except (OSError, TimeoutError) as error:
            raise ClusterError(
                f"no scheduler answers within {ANSWERS_WITHIN:g} s",
                where=address,
                do="start one with `dask scheduler`, or leave out --scheduler",
            ) from error
        try:
            with dask.config.set({CONNECT: f"{RETURNS_WITHIN:g}s"}):
                yield Cluster(client, address, remark)
        finally:
            with suppress(Exception):
                client.close(timeout=TICK)


async def _greet(address: str) -> None:
    """Ask a scheduler who it is: the library itself waits for ever where somebody else listens."""
    from distributed.core import rpc

    async def ask() -> None:
        greet: Any = rpc
        peer = greet(address)
        try:
            await peer.identity()
        finally:
            await peer.close_rpc()

    await asyncio.wait_for(ask(), ANSWERS_WITHIN)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from writing of faults that are put into one sentence here."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if _is_loud(name)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _is_loud(name: str) -> bool:
    """Whether a logger is one of the libraries'."""
    return name.partition(".")[0] in LOGGERS
