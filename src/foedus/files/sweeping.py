"""Remove what killed processes have left: files and folders that were being written and took no name.

Whatever is written bears the number of its process until it is whole, see :mod:`foedus.files.writing`. What
bears the number of a process that is gone will never be whole, and goes when something is next written beside
it. What belongs to a process at work stays.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["is_running", "leftovers", "sweep"]

_LEFTOVER = re.compile(r"\.(?P<name>.+)\.(?P<owner>\d+)-[0-9a-f]{8}\.part(?:\.\w+)?")
"""An example: ``.report.html.4711-0a1b2c3d.part``; what a library writes has its own ending after that."""


def is_running(number: int) -> bool:
    """Whether a process runs; where the system cannot be asked without harm, every process is taken to."""
    if os.name != "posix":
        return True  # there the question itself would end the process
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def leftovers(folder: Path, prefix: str = "") -> Iterator[tuple[Path, int]]:
    """Yield what was being written in a folder and has not taken its name, with the number of its process.

    Parameters
    ----------
    folder : pathlib.Path
        Where to look; nothing is found in a folder that cannot be read.
    prefix : str, optional
        How the name that it was to take begins.

    Yields
    ------
    (pathlib.Path, int)
        A file or folder, and the process that began it, which may still be at work.
    """
    with suppress(OSError):
        for path in folder.iterdir():
            match = _LEFTOVER.fullmatch(path.name)
            if match and match["name"].startswith(prefix):
                yield path, int(match["owner"])


def sweep(folder: Path, prefix: str = "") -> None:
    """Remove from a folder what processes that are gone were writing there.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; what cannot be removed stays, and is no error.
    prefix : str, optional
        How the names begin that the things were to take.
    """
    for path, owner in leftovers(folder, prefix):
        if is_running(owner):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
