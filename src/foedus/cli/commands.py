"""The table of commands, each with the function that imports it: it costs nothing until it is asked for.

A new command is a row here and, above it, a case that imports it.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["COMMANDS", "GROUPS", "Command", "Row", "command_names", "command_words"]

Command = Callable[..., None]
Row = tuple[str, Callable[[str], Command], str]
"""A command's name, the function that imports it by that name, and one line of help."""


def _question(name: str) -> Command:
    """Import the command that puts a question; each has two lines here and a row in :data:`COMMANDS`."""
    command: Command
    match name:
        case "status":
            from foedus.cli.status import status_command as command
        case "run":
            from foedus.cli.run import run_command as command
        case "compare":
            from foedus.cli.compare import compare_command as command
        case "sensitivity":
            from foedus.cli.sensitivity import sensitivity_command as command
        case "report":
            from foedus.cli.report import report as command
        case "decide":
            from foedus.cli.decide import decide_command as command
        case "pledge":
            from foedus.cli.pledge import pledge_command as command
        case "scorecard":
            from foedus.cli.scorecard import scorecard_command as command
        case "country":
            from foedus.cli.country import country_command as command
        case "burden":
            from foedus.cli.burden import burden_command as command
        case "accession":
            from foedus.cli.accession import accession_command as command
        case "apportion":
            from foedus.cli.apportion import apportion_command as command
        case "gap":
            from foedus.cli.gap import gap_command as command
        case "aid":
            from foedus.cli.aid import aid_command as command
        case "sustain":
            from foedus.cli.sustain import sustain_command as command
        case "reinforce":
            from foedus.cli.reinforce import reinforce_command as command
        case "explain":
            from foedus.cli.explain import explain_command as command
        case "read":
            from foedus.cli.read import read_command as command
        case "check":
            from foedus.cli.read import check_command as command
    return command


def _cause(name: str) -> Command:
    """Import a command on the guarantee, or on why spending rose."""
    command: Command
    match name:
        case "deter":
            from foedus.cli.deter import deter_command as command
        case "reliability":
            from foedus.cli.reliability import reliability_command as command
        case "spiral":
            from foedus.cli.spiral import spiral_command as command
        case "attribution":
            from foedus.cli.attribution import attribution_command as command
    return command


def _service(name: str) -> Command:
    """Import a command that lists, writes, fetches or serves what there is, or computes at length."""
    command: Command
    match name:
        case "ensemble":
            from foedus.cli.ensemble import ensemble_command as command
        case "figure":
            from foedus.cli.figures import figure as command
        case "export":
            from foedus.cli.figures import export as command
        case "indicators":
            from foedus.cli.lists import indicators as command
        case "editions":
            from foedus.cli.lists import editions as command
        case "sources":
            from foedus.cli.lists import sources as command
        case "cite":
            from foedus.cli.cite import cite_command as command
        case "words":
            from foedus.cli.words import words_command as command
        case "institutions":
            from foedus.cli.lists import institutions as command
        case "serve":
            from foedus.cli.serve import serve_command as command
        case "import":
            from foedus.cli.data import data_import as command
        case "update":
            from foedus.cli.data import data_update as command
        case "build":
            from foedus.cli.site import site_build as command
        case "budgets":
            from foedus.cli.hindcast import hindcast_budgets as command
        case "aid":
            from foedus.cli.hindcast import hindcast_aid as command
        case "list":
            from foedus.cli.runs import runs_list as command
        case "remove":
            from foedus.cli.runs import runs_remove as command
    return command


COMMANDS: tuple[Row, ...] = (
    ("status", _question, "Who meets the spending guideline, by which edition of the figures."),
    ("run", _question, "Run a scenario and print its headline."),
    ("ensemble", _service, "Scenarios over very many draws, on threads here or on a cluster."),
    ("compare", _question, "Two scenarios side by side, with the same random terms."),
    ("sensitivity", _question, "What drives a number: which chance, or which number of the model."),
    ("report", _question, "One self-contained page on a run, to read, send and print."),
    ("decide", _question, "What can pass, who objects, and what a broker can offer."),
    ("pledge", _question, "What a pledge asks of each ally: growth, cost and odds."),
    ("burden", _question, "Who bears how much, by several measures."),
    ("country", _question, "One ally: its figures by edition, its forecast, what each question says."),
    (
        "scorecard",
        _question,
        "A Secretary General's priorities, measured on the first day and now; no grade.",
    ),
    ("accession", _question, "From application to membership, parliament by parliament."),
    ("apportion", _question, "Who would provide what a published plan asks for, by a rule."),
    ("gap", _question, "What is missing of a published plan, what it would cost, and when it closes."),
    ("aid", _question, "What was committed and allocated to Ukraine, by whom, as of a release."),
    ("sustain", _question, "How long support to Ukraine can be given at a rate, and what binds."),
    ("reinforce", _question, "How fast help arrives on the eastern flank, and what binds."),
    ("explain", _question, "What one number rests on, down to source cards and parameters."),
    ("deter", _cause, "Where belief in the US guarantee matters, and what stands in for a point of it."),
    ("reliability", _cause, "How often alliances kept their word in war, and why no rate is NATO's."),
    ("spiral", _cause, "Two readings of an arms race, beside how badly such equations forecast."),
    ("attribution", _cause, "Why spending rose: what designs make of it, and what cannot be told apart."),
    ("read", _question, "Read articles: who said what, and is it so as of their day."),
    ("check", _question, "Check one sentence against the ledger, as of a day."),
    ("figure", _service, "Figures of an indicator, with edition, status and source."),
    ("export", _service, "Write indicators, or a run, to a file that other programs read."),
    ("indicators", _service, "What quantities there are."),
    ("editions", _service, "What editions there are, and when each was published."),
    ("sources", _service, "The source cards in full."),
    ("cite", _service, "How to cite foedus, an edition, a figure or a run."),
    ("serve", _service, "Serve the dashboard and the JSON API."),
    ("words", _service, "What the words mean, how foedus works, and what it cannot tell."),
    ("institutions", _service, "Members, Secretaries General, summits, articles and pledges."),
)
"""The commands."""

GROUPS: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    (
        "data",
        "Bring publishers' own files into the user's data folder.",
        (
            ("import", _service, "Read a publisher's own file as an edition."),
            ("update", _service, "Download the official files and import them."),
        ),
    ),
    (
        "hindcast",
        "What the model would have said in the past, and what came.",
        (
            ("budgets", _service, "Score past forecasts of spending."),
            ("aid", _service, "Score past forecasts of aid to Ukraine."),
        ),
    ),
    (
        "site",
        "A static site: what a newsroom embeds and a teacher links.",
        (("build", _service, "Write every page and ally as static files with pinned numbers."),),
    ),
    (
        "runs",
        "The runs that nobody gave a place.",
        (
            ("list", _service, "List them, each held against its checksums."),
            ("remove", _service, "Remove some, or those older than some days."),
        ),
    ),
)
"""The commands of two words: the first word, its line of help, and the second words."""


def command_names() -> list[str]:
    """Return every command as it is written, and the first words of those of two words."""
    names = [name for name, _, _ in COMMANDS]
    for first, _, rows in GROUPS:
        names += [first, *(f"{first} {name}" for name, _, _ in rows)]
    return names


def command_words() -> list[str]:
    """Return the words of every command, each once."""
    return list(dict.fromkeys(word for name in command_names() for word in name.split()))
