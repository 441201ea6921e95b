"""The table of commands, each with the function that imports it: it costs nothing until it is asked for.

A new command is a row here and a loader above it.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["COMMANDS", "GROUPS", "Command", "Row", "command_names"]

Command = Callable[..., None]
Row = tuple[str, Callable[[], Command], str]
"""A command's name, the function that imports it, and one line of help."""


def _status() -> Command:
    from foedus.cli.status import status_command

    return status_command


def _run() -> Command:
    from foedus.cli.run import run

    return run


def _compare() -> Command:
    from foedus.cli.compare import compare_command

    return compare_command


def _report() -> Command:
    from foedus.cli.report import report

    return report


def _decide() -> Command:
    from foedus.cli.decide import decide_command

    return decide_command


def _pledge() -> Command:
    from foedus.cli.pledge import pledge_command

    return pledge_command


def _burden() -> Command:
    from foedus.cli.burden import burden_command

    return burden_command


def _accession() -> Command:
    from foedus.cli.accession import accession_command

    return accession_command


def _read() -> Command:
    from foedus.cli.read import read_command

    return read_command


def _check() -> Command:
    from foedus.cli.read import check_command

    return check_command


def _figure() -> Command:
    from foedus.cli.figures import figure

    return figure


def _export() -> Command:
    from foedus.cli.figures import export

    return export


def _indicators() -> Command:
    from foedus.cli.lists import indicators

    return indicators


def _editions() -> Command:
    from foedus.cli.lists import editions

    return editions


def _sources() -> Command:
    from foedus.cli.lists import sources

    return sources


def _institutions() -> Command:
    from foedus.cli.lists import institutions

    return institutions


def _serve() -> Command:
    from foedus.cli.serve import serve_command

    return serve_command


def _data_import() -> Command:
    from foedus.cli.data import data_import

    return data_import


def _data_update() -> Command:
    from foedus.cli.data import data_update

    return data_update


def _hindcast_budgets() -> Command:
    from foedus.cli.hindcast import hindcast_budgets

    return hindcast_budgets


COMMANDS: tuple[Row, ...] = (
    ("status", _status, "Who meets the spending guideline, by which edition of the figures."),
    ("run", _run, "Run a scenario and print its headline."),
    ("compare", _compare, "Two scenarios side by side, with the same random terms."),
    ("report", _report, "One self-contained page on a run, to read, send and print."),
    ("decide", _decide, "What can pass, who objects, and what a broker can offer."),
    ("pledge", _pledge, "What a pledge asks of each ally: growth, cost and odds."),
    ("burden", _burden, "Who bears how much, by several measures."),
    ("accession", _accession, "From application to membership, parliament by parliament."),
    ("read", _read, "Read articles: who said what, and is it so as of their day."),
    ("check", _check, "Check one sentence against the ledger, as of a day."),
    ("figure", _figure, "Figures of an indicator, with edition, status and source."),
    ("export", _export, "Write indicators to a csv, parquet or xlsx file."),
    ("indicators", _indicators, "What quantities there are."),
    ("editions", _editions, "What editions there are, and when each was published."),
    ("sources", _sources, "The source cards in full."),
    ("serve", _serve, "Serve the dashboard and the JSON API."),
    ("institutions", _institutions, "Members, Secretaries General, summits, articles and pledges."),
)
"""The commands."""

GROUPS: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    (
        "data",
        "Bring publishers' own files into the user's data folder.",
        (
            ("import", _data_import, "Read a publisher's own file as an edition."),
            ("update", _data_update, "Download the official files and import them."),
        ),
    ),
    (
        "hindcast",
        "What the model would have said in the past, and what came.",
        (("budgets", _hindcast_budgets, "Score past forecasts of spending."),),
    ),
)
"""The commands of two words: the first word, its line of help, and the second words."""


def command_names() -> list[str]:
    """Return every command as it is written, and the first words of those of two words."""
    names = [name for name, _, _ in COMMANDS]
    for first, _, rows in GROUPS:
        names += [first, *(f"{first} {name}" for name, _, _ in rows)]
    return names
