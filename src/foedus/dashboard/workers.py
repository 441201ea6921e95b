"""The processes that work for the server: started when needed, ended when an answer takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from dataclasses import asdict
from pathlib import Path

from foedus.dashboard import worker
from foedus.dashboard.answers import HEADER, Asked, Reply
from foedus.dashboard.state import FOLDERS, Limits, LostError, OverrunError
from foedus.dashboard.turns import Turns
from foedus.errors import FoedusError

__all__ = ["WorkerPool", "sweep"]

START_SECONDS = 120.0
"""How long a process may take to start on a busy machine."""


class Worker:
    """One process.

    Parameters
    ----------
    limits : Limits
        What one answer may take.
    root : str
        What stands before every address of the pages.
    """

    def __init__(self, limits: Limits, root: str) -> None:
        self._settings = json.dumps({"limits": asdict(limits), "root": root})
        self._process: Process | None = None

    async def start(self) -> None:
        """Start the process unless it runs, and wait until it is ready."""
        if self._process is not None and self._process.returncode is None:
            return
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", worker.__name__, self._settings),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=os.name == "posix",  # so that what it starts is ended with it
        )
        async with asyncio.timeout(START_SECONDS):
            await self._read()

    async def ask(self, asked: Asked, seconds: float) -> Reply:
        """Put a question to the process.

        Parameters
        ----------
        asked : Asked
            The question.
        seconds : float
            How long the answer may take.

        Returns
        -------
        Reply
            The answer.

        Raises
        ------
        OverrunError
            When it takes longer: the process is ended, and the next question starts another.
        LostError
            When the process ends before its answer.
        """
        try:
            await self.start()
            async with asyncio.timeout(seconds):
                return await self._put(asked)
        except TimeoutError as error:
            await self.stop()
            raise OverrunError(
                f"the answer took longer than {seconds:g} seconds",
                do="ask for fewer draws, or send a shorter text",
            ) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await self.stop()
            raise LostError(
                "the process that worked on this ended before its answer",
                do="ask for fewer draws, or send a shorter text",
            ) from error
        except asyncio.CancelledError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the process and what it started, and remove its folder."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        await process.wait()
        for folder in _folders(process.pid):
            shutil.rmtree(folder, ignore_errors=True)

    async def _put(self, asked: Asked) -> Reply:
        """Write the question and read the answer."""
        if self._process is None or self._process.stdin is None:
            raise ConnectionError
        self._process.stdin.write(asked.to_bytes())
        await self._process.stdin.drain()
        return await self._read()

    async def _read(self) -> Reply:
        """Read one answer."""
        if self._process is None or self._process.stdout is None:
            raise ConnectionError
        stream = self._process.stdout
        lengths = HEADER.unpack(await stream.readexactly(HEADER.size))
        head, body, packed = [await stream.readexactly(length) for length in lengths]
        return Reply.from_parts(head, body, packed)


class WorkerPool:
    """Workers of one kind behind one queue.

    Parameters
    ----------
    limits : Limits
        What one answer may take.
    root : str
        What stands before every address of the pages.
    size : int
        How many processes there are.
    seconds : float
        How long one answer may take.
    """

    def __init__(self, limits: Limits, root: str, *, size: int, seconds: float) -> None:
        self.workers = [Worker(limits, root) for _ in range(size)]
        self.turns = Turns(size, limits.depth, limits.wait_seconds)
        self._idle = list(reversed(self.workers))
        self._seconds = seconds

    async def ask(self, asked: Asked) -> Reply:
        """Put a question to whichever process is free, in turn.

        Parameters
        ----------
        asked : Asked
            The question.

        Returns
        -------
        Reply
            The answer.

        Raises
        ------
        BusyError
            When too many wait already.
        OverrunError, LostError
            When the work was ended.
        """
        async with self.turns.turn():
            free = self._idle.pop()
            try:
                return await free.ask(asked, self._seconds)
            finally:
                self._idle.append(free)

    async def warm(self, questions: list[Asked]) -> None:
        """Ask every process but the first what the first was asked, so that each has loaded what it needs.

        Parameters
        ----------
        questions : list of Asked
            What was asked.
        """
        for other in self.workers[1:]:
            for asked in questions:
                if other not in self._idle or self.turns.waiting:
                    break
                async with self.turns.turn():
                    if other not in self._idle:
                        continue
                    self._idle.remove(other)
                    try:
                        await other.ask(asked, self._seconds)
                    except FoedusError:
                        break
                    finally:
                        self._idle.append(other)

    async def stop(self) -> None:
        """End all processes."""
        for one in self.workers:
            await one.stop()


def sweep() -> None:
    """Remove the folders of processes that are gone: they were ended before they could do so themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*-*"):
        owner = folder.name.removeprefix(FOLDERS).partition("-")[0]
        if owner.isdecimal() and not _runs(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _folders(number: int) -> list[Path]:
    """Return the temporary folders of a process."""
    return list(Path(tempfile.gettempdir()).glob(f"{FOLDERS}{number}-*"))


def _runs(number: int) -> bool:
    """Whether a process runs."""
    if os.name != "posix":
        return True  # there the question itself would end the process
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
