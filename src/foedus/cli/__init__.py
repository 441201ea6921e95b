"""The command line: ``foedus COMMAND``.

Every command takes ``--json`` and then prints one object on standard output. Messages go to standard error.
Exit codes: 0 done, 1 a disk, a download, a cluster or too much work at once (try again), 2 bad input or no
data, 3 no solution, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from cyclopts import App
from cyclopts.exceptions import CycloptsError, UnknownCommandError

from foedus.cli.commands import COMMANDS, GROUPS, Row, command_names, command_words
from foedus.cli.settings import settings, tell_more
from foedus.errors import FoedusError, UnknownNameError

__all__ = ["application", "main", "run_command"]

COMPLETION = "--install-completion"
"""The word that installs the shell's completion."""


def application(words: Sequence[str] = ()) -> App:
    """Build the command line, with the commands that stand among the words; the others are names with help.

    Parameters
    ----------
    words : sequence of str
        What was typed after ``foedus``.

    Returns
    -------
    cyclopts.App
        Only what was asked for is imported, so that the help of all costs nothing.
    """
    root = App(
        name="foedus",
        help="An open model and workbench of a collective-defence alliance. Every figure has a source, an "
        "edition and a date.",
        help_epilogue="Before the command, -v says on standard error what is read and computed.",
        version=_version,
        version_flags=["--version"],
        help_format="plaintext",
        suppress_keyboard_interrupt=False,  # it would leave without saying what was kept
        config=settings(),
    )
    root.register_install_completion_command(help="Let the shell complete commands and options.")
    if COMPLETION in words:
        # What the shell completes are the options of all commands.
        words = command_words()
    _mount(root, COMMANDS, words)
    for name, text, rows in GROUPS:
        group = App(name=name, help=text, help_format="plaintext")
        if name in words:
            _mount(group, rows, words)
        root.command(group)
    return root


def _mount(parent: App, rows: Sequence[Row], words: Sequence[str]) -> None:
    """Mount commands, importing those that stand among the words."""
    for name, load, text in rows:
        if name in words:
            parent.command(load(name), name=name, help=text)
        else:
            parent.command(App(name=name, help=text))


def _version() -> str:
    """Return the installed version."""
    from importlib.metadata import version

    return f"foedus {version('foedus')}"


# Looking for other packages' plug-ins for the models costs a short command a tenth of its time; none is used.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``foedus``; without them, those of the process.
    """
    sys.exit(run_command(sys.argv[1:] if arguments is None else arguments))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; what goes wrong is one line on standard error.

    Parameters
    ----------
    arguments : sequence of str
        The words after ``foedus``.

    Returns
    -------
    int
        0, 1, 2, 3 or 130.
    """
    try:
        arguments = tell_more(arguments)
        app = application(arguments)
        app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except FoedusError as error:
        return _fail(str(error), error.exit_code)
    except CycloptsError as error:
        return _fail(_usage(error), 2)
    except KeyboardInterrupt as stop:
        return _fail(f"interrupted; {stop or 'nothing was changed'}.", 130)
    except BrokenPipeError:
        # The reader went away (`foedus figure … | head`): that is no fault of the command.
        _let_go(sys.stdout)
    except OSError as error:
        _let_go(sys.stdout)
        place = f"{error.filename}: " if error.filename else "standard output: "
        why = error.strerror or str(error)
        return _fail(f"{place}it could not be read or written ({why}); make room or name another place.", 1)
    return 0


def _let_go(stream: TextIO) -> None:
    """Point a stream that takes nothing at the null device, so that nothing is left to flush into it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _usage(error: CycloptsError) -> str:
    """Put a wrong call into one sentence that says how to find the right one."""
    command = " ".join(("foedus", *(error.command_chain or ())))
    if isinstance(error, UnknownCommandError) and error.unused_tokens:
        # The library looks for a near name among one level of commands; ours are in a table.
        return str(
            UnknownNameError(
                "command", error.unused_tokens[0], command_names(), do=f"`{command} --help` lists them"
            )
        )
    message = " ".join(str(error).split()).rstrip(".")
    joint = " " if message.endswith("?") else "; "
    return f"{message}{joint}`{command} --help` shows how to call it."


def _fail(message: str, code: int) -> int:
    """Print one line to standard error and give the exit code."""
    try:
        sys.stderr.write(f"foedus: {message}\n")
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr)
    return code
