"""The command line: ``foedus COMMAND``.

Every command takes ``--json`` and then prints one object on standard output. Messages go to standard error.
Exit codes: 0 done, 2 bad input or no data, 3 no solution, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import App
from cyclopts.exceptions import CycloptsError, UnknownCommandError

from foedus.errors import FoedusError, UnknownNameError

__all__ = ["app", "main"]


def _app() -> App:
    """Mount the commands; each module is imported only when its command runs."""
    root = App(
        name="foedus",
        help="An open model and workbench of a collective-defence alliance. Every figure has a source, an "
        "edition and a date.",
        version=_version,
        version_flags=["--version"],
        help_format="plaintext",
    )
    for name, target, text in COMMANDS:
        root.command(f"foedus.cli.{target}", name=name, help=text)
    data = App(
        name="data", help="Bring publishers' own files into the user's data folder.", help_format="plaintext"
    )
    data.command(
        "foedus.cli.data:data_import", name="import", help="Read a publisher's own file as an edition."
    )
    data.command(
        "foedus.cli.data:data_update", name="update", help="Download the official files and import them."
    )
    root.command(data)
    past = App(
        name="hindcast",
        help="What the model would have said in the past, and what came.",
        help_format="plaintext",
    )
    past.command(
        "foedus.cli.hindcast:hindcast_budgets", name="budgets", help="Score past forecasts of spending."
    )
    root.command(past)
    return root


COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("status", "status:status_command", "Who meets the spending guideline, by which edition of the figures."),
    ("run", "run:run", "Run a scenario and print its headline."),
    ("compare", "compare:compare_command", "Two scenarios side by side, with the same random terms."),
    ("report", "report:report", "One self-contained page on a run, to read, send and print."),
    ("decide", "decide:decide_command", "What can pass, who objects, and what a broker can offer."),
    ("pledge", "pledge:pledge_command", "What a pledge asks of each ally: growth, cost and odds."),
    ("burden", "burden:burden_command", "Who bears how much, by several measures."),
    (
        "accession",
        "accession:accession_command",
        "From application to membership, parliament by parliament.",
    ),
    ("read", "read:read_command", "Read articles: who said what, and is it so as of their day."),
    ("check", "read:check_command", "Check one sentence against the ledger, as of a day."),
    ("figure", "figures:figure", "Figures of an indicator, with edition, status and source."),
    ("export", "figures:export", "Write indicators to a csv, parquet or xlsx file."),
    ("indicators", "lists:indicators", "What quantities there are."),
    ("editions", "lists:editions", "What editions there are, and when each was published."),
    ("sources", "lists:sources", "The source cards in full."),
    ("serve", "serve:serve_command", "Serve the dashboard and the JSON API."),
    ("institutions", "lists:institutions", "Members, Secretaries General, summits, articles and pledges."),
)
"""The commands: name, module and function under ``foedus.cli``, one line of help."""


def _version() -> str:
    """Give the installed version."""
    from importlib.metadata import version

    return f"foedus {version('foedus')}"


app = _app()
"""The command-line application."""


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
        0, 2, 3 or 130.
    """
    try:
        app(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except FoedusError as error:
        return _fail(str(error), error.exit_code)
    except CycloptsError as error:
        return _fail(_usage(error), 2)
    except KeyboardInterrupt:
        return _fail("interrupted; nothing was changed.", 130)
    except BrokenPipeError:
        # The reader went away (`foedus figure … | head`); give Python nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _usage(error: CycloptsError) -> str:
    """Put a wrong call into one sentence that says how to find the right one."""
    command = " ".join(("foedus", *(error.command_chain or ())))
    if isinstance(error, UnknownCommandError) and error.unused_tokens:
        # The library would import every command to look for a near name; ours are in a table.
        known = [name for name, _, _ in COMMANDS] + [
            "data",
            "data import",
            "data update",
            "hindcast",
            "hindcast budgets",
        ]
        return str(
            UnknownNameError("command", error.unused_tokens[0], known, do=f"`{command} --help` lists them")
        )
    message = " ".join(str(error).split()).rstrip(".")
    joint = " " if message.endswith("?") else "; "
    return f"{message}{joint}`{command} --help` shows how to call it."


def _fail(message: str, code: int) -> int:
    """Print one line to standard error and give the exit code."""
    sys.stderr.write(f"foedus: {message}\n")
    return code
