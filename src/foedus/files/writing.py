"""The one writer of files: each stands there whole, or what stood there before still does.

A file is written beside its place, flushed to the disk, and takes its name in one step at the end, so that a
full disk, an interruption or a killed process leaves the old file as it was. What such a process leaves
behind bears its number, and goes when something is next written beside it.

A place that is no ordinary file (a terminal, a pipe, ``/dev/stdout``) is written to: nothing
is replaced there. A symbolic link is followed: the file that it points to is replaced, and the link stays.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from foedus.errors import InputError, StorageError
from foedus.files.sweeping import sweep
from foedus.rounding import written

__all__ = [
    "check_writable",
    "create",
    "disk_error",
    "make_work_folder",
    "new_file",
    "new_folder",
    "stage",
    "unused_name",
    "work_folder",
    "write_by",
    "write_bytes",
    "write_text",
]

_LONGEST_NAME = 255
"""Bytes of a file's name that every usual file system takes."""

_PROBE = b"\0" * 4096
"""One block of a disk: a full one takes an empty file and not this."""

_REMEDIES = {
    errno.ENOSPC: "make room, or choose another place",
    errno.EDQUOT: "make room, or choose another place",
    errno.EFBIG: "raise the limit on a file's size, or choose another place",
    errno.EACCES: "choose a place in which you may write",
    errno.EPERM: "choose a place in which you may write",
    errno.EROFS: "choose a place in which you may write",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "choose another place; a part of the path is a file",
    errno.ENAMETOOLONG: "choose a shorter name",
}
"""What a reader can do about a fault of the disk."""


def disk_error(error: OSError, path: Path, what: str = "the file") -> StorageError:
    """Return the error for a file or folder that cannot be written.

    Parameters
    ----------
    error : OSError
        What the system said.
    path : pathlib.Path
        The file or folder.
    what : str, default "the file"
        What it is.

    Returns
    -------
    StorageError
        One sentence: the place, the cause in the system's words, and what to do about it.
    """
    why = error.strerror or str(error)
    do = _REMEDIES.get(error.errno or 0, "choose another place")
    return StorageError(f"{what} could not be written ({why})", where=str(path), do=do, errno=error.errno)


def check_writable(path: Path, what: str = "the file") -> None:
    """Refuse a place where no file can be written, before anything is computed; what stands there stays.

    Parameters
    ----------
    path : pathlib.Path
        The file's place.
    what : str, default "the file"
        What it is, for the message.

    Raises
    ------
    InputError
        When the place is a folder, or has none.
    StorageError
        When it is write-protected, or its disk takes no block more.
    """
    target = _target(path, what)
    if target is None:
        return
    _check_place(path, target)
    probe = unused_name(target)
    try:
        with probe.open("xb") as file:
            file.write(_PROBE)
    except OSError as error:
        raise disk_error(error, path, what) from error
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


@contextmanager
def new_file(path: Path, what: str = "the file") -> Iterator[BinaryIO]:
    """Open a file to write, which takes its place in one step once the block ends without an error.

    Parameters
    ----------
    path : pathlib.Path
        The file's place.
    what : str, default "the file"
        What it is, for the message.

    Yields
    ------
    BinaryIO
        The file, open to write.

    Raises
    ------
    InputError
        When the place is a folder, or has none.
    StorageError
        When it cannot be written; what stood there before still does.
    """
    target = _target(path, what)
    try:
        if target is None:
            with path.open("wb") as file:
                yield file
            return
        _check_place(path, target)
        sweep(target.parent)
        part = unused_name(target)
        try:
            with part.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put(part, target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, path, what) from error


def write_bytes(path: Path, content: bytes, what: str = "the file") -> None:
    """Write a file's content, whole or not at all; see :func:`new_file`."""
    with new_file(path, what) as file:
        file.write(content)


def stage(path: Path, content: bytes) -> Path:
    """Write a file beside a place, on the disk and not only in memory, for a caller that renames several.

    Parameters
    ----------
    path : pathlib.Path
        The place that it shall take.
    content : bytes
        Its content.

    Returns
    -------
    pathlib.Path
        The file beside the place.

    Raises
    ------
    OSError
        When it cannot be written; nothing is left then.
    """
    part = unused_name(path)
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def write_text(path: Path, text: str, what: str = "the file") -> None:
    """Write a text as UTF-8, its line ends as they are, whole or not at all; see :func:`new_file`."""
    write_bytes(path, text.encode("utf-8"), what)


def write_by(path: Path, write: Callable[[Path], object], what: str = "the file") -> None:
    """Let a library write a file itself, which then takes its place in one step.

    Parameters
    ----------
    path : pathlib.Path
        The file's place.
    write : callable
        Writes the file that is given to it; the name has the same ending.
    what : str, default "the file"
        What it is, for the message.

    Raises
    ------
    InputError
        When the place is a folder, or has none.
    StorageError
        When it cannot be written; what stood there before still does.
    """
    target = _target(path, what)
    if target is None:
        raise InputError("this is no ordinary file", where=str(path), do="name a file in a folder")
    _check_place(path, target)
    sweep(target.parent)
    part = unused_name(target, ending=target.suffix)
    try:
        write(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        _put(part, target)
    except OSError as error:
        raise disk_error(error, path, what) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, what: str = "the folder", *, needed: int = 0) -> Iterator[Path]:
    """Yield a folder beside a place, which takes the place in one step at the end, or goes if anything fails.

    Where somebody else's files stand at the place by then, they stay, and the new ones go.

    Parameters
    ----------
    path : pathlib.Path
        The folder's place: free, or an empty folder.
    what : str, default "the folder"
        What it is, for the message.
    needed : int, default 0
        The bytes that will be written.

    Yields
    ------
    pathlib.Path
        The folder in which to write, with :func:`create` or the functions above.

    Raises
    ------
    StorageError
        When there is not enough room, or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        free = shutil.disk_usage(path.parent).free
        if free < needed:
            raise StorageError(
                f"{what} needs {_size(needed)} and {_size(free)} are free",
                where=str(path.parent),
                do="make room, ask for less, or choose another place",
                errno=errno.ENOSPC,
            )
        part = unused_name(path)
        part.mkdir()
    except OSError as error:
        raise disk_error(error, path, what) from error
    try:
        yield part
        if path.is_dir():
            if any(path.iterdir()):
                return
            path.rmdir()  # not every system renames onto an empty folder
        part.rename(path)
    except OSError as error:
        raise disk_error(error, path, what) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def create(path: Path) -> BinaryIO:
    """Create a file inside a folder of :func:`new_folder`, to be written piece by piece and unbuffered."""
    return path.open("xb", buffering=0)


@contextmanager
def work_folder(purpose: str) -> Iterator[Path]:
    """Yield a folder for passing work, in the system's place for such, which goes away at the end.

    Parameters
    ----------
    purpose : str
        One word, which the folder's name carries.

    Raises
    ------
    StorageError
        When it cannot be made.
    """
    folder = make_work_folder(purpose)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_work_folder(purpose: str) -> Path:
    """Make a folder for passing work, which the caller removes; see :func:`work_folder`."""
    place = Path(f"foedus-{purpose}")
    try:
        # Looking for the system's place writes a file there, which a full disk refuses.
        place = Path(tempfile.gettempdir()) / place
        sweep(place.parent, "foedus-")
        folder = unused_name(place)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise disk_error(error, place.parent, "a folder for passing work") from error
    return folder


def unused_name(path: Path, ending: str = "") -> Path:
    """Return a hidden name beside a place, which says whose it is and which nobody else uses."""
    suffix = f".{os.getpid()}-{os.urandom(4).hex()}.part{ending}"
    stem = path.name.encode()[: _LONGEST_NAME - len(suffix.encode()) - 1].decode(errors="ignore")
    return path.with_name(f".{stem}{suffix}")


def _target(path: Path, what: str) -> Path | None:
    """Return the file that a path means, links followed; None where it is none but can be written to."""
    try:
        target = Path(os.path.realpath(path))
        mode = target.stat().st_mode
    except FileNotFoundError:
        return target
    except OSError as error:
        raise disk_error(error, path, what) from error
    except ValueError as error:
        raise InputError(
            "this is not the name of a file", where=repr(str(path)), do="give another"
        ) from error
    if stat.S_ISDIR(mode):
        raise InputError("this is a folder, not a file", where=str(path), do="name a file in it")
    return target if stat.S_ISREG(mode) else None


def _check_place(path: Path, target: Path) -> None:
    """Refuse a place without a folder, and a file that its owner protects against writing."""
    if not target.parent.is_dir():
        raise InputError("its folder does not exist", where=str(path), do="make the folder first")
    if target.exists() and not os.access(target, os.W_OK):
        raise StorageError("the file is write-protected", where=str(path), do="choose another place")


def _put(part: Path, target: Path) -> None:
    """Rename a whole file to its place, with the mode of the one that it replaces."""
    with suppress(FileNotFoundError):
        part.chmod(stat.S_IMODE(target.stat().st_mode))
    os.replace(part, target)


def _size(size: int) -> str:
    """Write a number of bytes in the unit in which it has digits: 32.6 GB, 4.1 MB, 12 kB, 0 bytes."""
    for power, unit, digits in ((9, "GB", 1), (6, "MB", 1), (3, "kB", 0)):
        if size >= 10**power:
            return f"{written(size, digits, scale=-power)} {unit}"
    return f"{size} bytes"
