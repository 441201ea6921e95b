"""The errors foedus raises, each one sentence that says what, where and what to do.

The exit code is 2 for what must be put otherwise, and 1 for a fault that may pass (a disk, a server, too much
work at once), so that a script may try the same again.

::

    FoedusError                exit code 2
    ├── InputError             what the user gave cannot be used
    │   ├── UnknownNameError   a country, indicator, edition, scenario or key that does not exist
    │   ├── ScenarioError      a scenario file that does not say what it must
    │   ├── FileFormatError    a publisher's file that is not what it should be (sheet, cell, check)
    │   └── IntegrityError     a run, table or card that is not what was written
    ├── NoDataError            the ledger holds no figure that answers the question
    ├── DownloadError          exit code 1: a publisher's file could not be fetched or is not the expected one
    ├── ClusterError           exit code 1: a cluster does not answer, or has no worker that may compute
    ├── StorageError           exit code 1: a folder or file of the user's could not be read or written
    ├── NoSolutionError        exit code 3: the question is well put and has no solution
    └── WiringError            the chain of model components does not fit together (a defect, not bad input)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Literal

__all__ = [
    "ClusterError",
    "DownloadError",
    "Face",
    "FileFormatError",
    "FoedusError",
    "InputError",
    "IntegrityError",
    "NoDataError",
    "NoSolutionError",
    "ScenarioError",
    "StorageError",
    "UnknownNameError",
    "WiringError",
    "nearest",
    "sentence_of",
    "worded",
]


class FoedusError(Exception):
    """The root of every error foedus raises on purpose.

    Parameters
    ----------
    what : str
        What is wrong, as a clause without a full stop.
    where : str, optional
        The file, line, sheet, cell or option concerned.
    do : str, optional
        What the reader can do about it, as a clause without a full stop.
    **data
        The values concerned, kept on :attr:`data` for programs.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, where: str | None = None, do: str | None = None, **data: Any) -> None:
        self.what = what
        self.where = where
        self.do = do
        self.data = data
        super().__init__(sentence_of(what, where, do))


def sentence_of(what: str, where: str | None, do: str | None) -> str:
    """Return where, what and what to do as one sentence."""
    prefix = f"{where}: " if where else ""
    sentence = f"{prefix}{what}; {do}" if do else f"{prefix}{what}"
    return sentence if sentence.endswith(("?", ".")) else f"{sentence}."


class InputError(FoedusError):
    """What the user gave cannot be used."""


class UnknownNameError(InputError):
    """A name that is not one of the known ones; the message suggests the nearest.

    Parameters
    ----------
    kind : str
        What the name should be: "country", "indicator", "edition", …
    name : str
        The name given.
    known : iterable of str
        The names that exist.
    where : str, optional
        Where the name stood.
    do : str, optional
        What to do, when there is no near name.
    """

    def __init__(
        self, kind: str, name: str, known: Iterable[str], *, where: str | None = None, do: str | None = None
    ) -> None:
        self.kind = kind
        self.name = name
        self.suggestion = nearest(name, known)
        remedy = f"did you mean {self.suggestion!r}?" if self.suggestion else do
        super().__init__(
            f"{name!r} is not a known {kind}",
            where=where,
            do=remedy,
            name=name,
            kind=kind,
        )


class ScenarioError(InputError):
    """A scenario file that does not say what it must; the message names the file and line."""


class FileFormatError(InputError):
    """A publisher's file that is not what it should be; the message names sheet, cell and check."""


class IntegrityError(InputError):
    """A run or a table that is not what its checksum says; the message names the file."""


class NoDataError(FoedusError):
    """The ledger holds no figure that answers the question."""


class DownloadError(FoedusError):
    """A publisher's file could not be fetched, or what came is not the expected file."""

    exit_code: ClassVar[int] = 1


class ClusterError(FoedusError):
    """A cluster does not answer, or has no worker left that may compute."""

    exit_code: ClassVar[int] = 1


class StorageError(FoedusError):
    """A folder or file of the user's could not be read or written."""

    exit_code: ClassVar[int] = 1


class NoSolutionError(FoedusError):
    """The question is well put and has no solution."""

    exit_code: ClassVar[int] = 3


class WiringError(FoedusError):
    """The chain of model components does not fit together: a defect in the code, not bad input."""


def nearest(name: str, known: Iterable[str], *, cutoff: float = 70.0) -> str | None:
    """Return the known name most like `name`, or None when none is near.

    Parameters
    ----------
    name : str
        The name that was not found.
    known : iterable of str
        The names that exist.
    cutoff : float, default 70
        The least similarity, 0 to 100, at which a name counts as near.

    Returns
    -------
    str or None
        The nearest known name.
    """
    from rapidfuzz import fuzz, process

    match = process.extractOne(
        name.casefold(), {k: k.casefold() for k in known}, scorer=fuzz.WRatio, score_cutoff=cutoff
    )
    return str(match[2]) if match else None


Face = Literal["command", "python", "api"]
"""Who asks: a person at the command line, a program in Python, a program over the web."""


def worded(
    error: FoedusError, face: Face, names: Iterable[str] = (), arguments: Mapping[str, str] | None = None
) -> FoedusError:
    """Put an error into the words of the face that asks.

    What stands below the faces says ``--as-of`` and "`foedus editions` lists them", or the name of a
    question's field.

    Parameters
    ----------
    error : FoedusError
        The error, which is changed.
    face : {"command", "python", "api"}
        Who asks.
    names : iterable of str
        For the command, the question's fields, which are options there; for Python the functions and for the
        web the addresses that stand for commands. A command that has none stays what it is.
    arguments : mapping of str to str, optional
        Options whose argument has another name: ``{"set": "changes"}``.

    Returns
    -------
    FoedusError
        The same error.
    """
    known, others = frozenset(names), arguments or {}
    if face == "command":
        if error.where in known:
            error.where = f"--{error.where.replace('_', '-')}"
    else:
        error.what = _without_options(error.what, face, known, others)
        error.where = _without_options(error.where, face, known, others) if error.where else None
        error.do = _without_options(error.do, face, known, others) if error.do else None
    error.args = (sentence_of(error.what, error.where, error.do),)
    return error


_OPTION = re.compile(r"(?<![\w`-])--([a-z][a-z-]*[a-z])\b(?![^`]*`(?:[^`]*`[^`]*`)*[^`]*$)")
"""An option outside backticks: "--as-of", not that of "`foedus data import --card`"."""

_COMMAND = re.compile(r"`foedus ([a-z]+)((?: [^`]*)?)`")
"""A command in backticks: "`foedus editions`", "`foedus aid --by donor`"."""


def _without_options(text: str, face: Face, names: frozenset[str], arguments: Mapping[str, str]) -> str:
    """Return a text in which options are arguments, and commands functions or addresses."""

    def call(command: re.Match[str]) -> str:
        name, words = command[1], command[2].split()
        if name not in names:
            return command[0]
        if "--help" in words:
            return f"`help(foedus.{name})`" if face == "python" else "`/api`"
        return f"`{_called(name, words, face)}`"

    def argument(option: re.Match[str]) -> str:
        name = option[1].replace("-", "_")
        return arguments.get(name, name)

    return _COMMAND.sub(call, _OPTION.sub(argument, text))


def _called(name: str, words: Sequence[str], face: Face) -> str:
    """Return a command with its words as a call or an address."""
    given: list[tuple[str, str]] = []
    for word in words:
        if word.startswith("--"):
            given.append((word[2:].replace("-", "_"), ""))
        elif given and not given[-1][1]:
            given[-1] = (given[-1][0], word)
    if face == "python":
        arguments = ", ".join(f"{key}={value!r}" if value else f"{key}=True" for key, value in given)
        return f"foedus.{name}({arguments})"
    query = "&".join(f"{key}={value or 'true'}" for key, value in given)
    return f"/api/v1/{name}{f'?{query}' if query else ''}"
