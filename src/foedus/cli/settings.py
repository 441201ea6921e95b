"""What a user sets once for all commands: a settings file, the environment, and how much is told.

A setting is an option's default. A word on the command line goes before the environment
(``FOEDUS_STATUS_EDITION=nato-2024-06``), the environment before the file of this folder (``foedus.toml``),
and that before the user's own. A section of a file is a command, a key in it an option's name::

    [status]
    edition = "nato-2024-06"
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from foedus.errors import InputError

__all__ = ["NAME", "settings", "settings_files", "tell_more"]

NAME = "foedus.toml"
"""The name of a settings file."""

LEVELS = {"-v": logging.INFO, "--verbose": logging.INFO, "-vv": logging.DEBUG}
"""How much the logger ``foedus`` tells on standard error, by the word before the command."""


def settings_files() -> list[Path]:
    """Return the settings files that exist, the one that goes first at the head.

    Returns
    -------
    list of pathlib.Path
        The file that ``$FOEDUS_CONFIG`` names, alone; or that of the working folder and the user's own.

    Raises
    ------
    InputError
        When ``$FOEDUS_CONFIG`` names no file.
    """
    named = os.environ.get("FOEDUS_CONFIG")
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise InputError(f"there is no file {path}", where="FOEDUS_CONFIG", do="name a file, or unset it")
        return [path]
    files = [Path(NAME)]
    if Path.home().joinpath(".config").exists() or sys.platform != "linux" or "XDG_CONFIG_HOME" in os.environ:
        from platformdirs import user_config_path

        files.append(user_config_path("foedus", appauthor=False) / NAME)
    return [path for path in files if path.is_file()]


def settings() -> list[Callable[..., Any]]:
    """Return where options that are not given are looked up, the first that has one goes first."""
    from cyclopts.config import Env

    sources: list[Callable[..., Any]] = [Env("FOEDUS_", command=True, show=False)]
    files = settings_files()
    if files:
        from cyclopts.config import Toml

        for path in files:
            _check(path)
            sources.append(Toml(path, must_exist=True))
    return sources


def _check(path: Path) -> None:
    """Raise where a settings file is no TOML, with the line."""
    import tomllib

    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"it is no TOML file ({error})", where=str(path), do="mend it") from error


def tell_more(words: Sequence[str]) -> list[str]:
    """Return the words without ``-v``, which before the command lets the logger tell more on standard error.

    Parameters
    ----------
    words : sequence of str
        The words after ``foedus``.

    Returns
    -------
    list of str
        The command and its options.
    """
    rest = list(words)
    while rest and rest[0] in LEVELS:
        logger = logging.getLogger("foedus")
        logger.setLevel(LEVELS[rest.pop(0)])
        if not logger.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
            logger.addHandler(handler)
    return rest
