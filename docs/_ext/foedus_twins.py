"""What a command takes, and which Python function and which web address put the same question.

Everything is read from the package: the options from the command itself, the twins from the question that
they share, and where a command has none of its own yet, from their names. The example is the first one of a
how-to page, so that it has been run.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from cyclopts import App
    from cyclopts.argument import Argument

    from foedus.dashboard.views import Route
    from foedus.questions import Question

__all__ = ["Command", "Example", "Option", "commands", "routes_without_command"]

HOWTO = Path(__file__).parents[1] / "howto"

ELSEWHERE: Mapping[str, str] = {"discover": "sensitivity", "buys": "gap"}
"""The command beside which a web address stands whose name and question say none."""

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Option:
    """One thing that a command takes.

    Attributes
    ----------
    key : str
        Its name in the question, in Python and over the web.
    names : tuple of str
        What is typed; capitals for what is given without a name.
    default, meaning : str
        As they are printed; empty where there is none.
    choices : tuple of str
        The words that may stand there, where only some may.
    required : bool
        Whether it must be given.
    """

    key: str
    names: tuple[str, ...]
    default: str
    meaning: str
    choices: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Example:
    """One command of a how-to page.

    Attributes
    ----------
    page : str
        The page's name.
    command : str
        The command with its first word.
    text : str
        The command as it is written there, and below it the output that is shown.
    """

    page: str
    command: str
    text: str


@dataclass(frozen=True)
class Command:
    """One command with its twins.

    Attributes
    ----------
    words : tuple of str
        What is typed after ``foedus``.
    summary, usage : str
        One sentence that says what it answers, and how it is called.
    options : tuple of Option
        In the command's order.
    question : type of Question, optional
        The model that its options come from.
    """

    words: tuple[str, ...]
    summary: str
    usage: str
    options: tuple[Option, ...]
    question: type[Question] | None

    @property
    def name(self) -> str:
        """The words as they are typed."""
        return " ".join(self.words)

    @property
    def slug(self) -> str:
        """The name of its page."""
        return "-".join(self.words)

    def functions(self) -> tuple[str, ...]:
        """Return the public functions that put its question."""
        import foedus
        from foedus.api.questions import ASKING, question_of

        own = "_".join(self.words)
        shared = [name for name in ASKING if self.question and question_of(name) is self.question]
        named = [name for name in foedus.__all__ if name == own or name.startswith(f"{own}_")]
        hindcast = ["hindcast"] if self.words[0] == "hindcast" and "hindcast" in foedus.__all__ else []
        names = dict.fromkeys([*shared, *named, *hindcast])
        return tuple(name for name in names if inspect.isfunction(getattr(foedus, name)))

    def routes(self) -> tuple[Route, ...]:
        """Return the web addresses that put its question."""
        from foedus.dashboard.pages import ROUTES

        return tuple(route for route in ROUTES if _command_of(route) == self.name)

    def examples(self) -> tuple[Example, ...]:
        """Return its examples, those of the page of its own name first."""
        own = [e for e in _examples() if e.command.split()[1 : 1 + len(self.words)] == list(self.words)]
        first = {self.slug, self.words[0]}
        return tuple(sorted(own, key=lambda e: (e.page not in first, e.page)))

    def given(self, example: Example) -> dict[str, Any]:
        """Return what an example gives, by key."""
        return dict(_given(example.command))


@cache
def _given(command: str) -> Mapping[str, Any]:
    """Return what a command as it is typed gives, by key."""
    typed = shlex.split(command, comments=True)[1:]
    _, bound, _ = _application().parse_args(typed, exit_on_error=False, print_error=False)
    return {key: value for key, value in bound.arguments.items() if value not in (None, [], ())}


@cache
def commands() -> tuple[Command, ...]:
    """Return every command, in the order of the package's own table."""
    from foedus.cli.commands import COMMANDS, GROUPS

    alone = [((name,), text) for name, _, text in COMMANDS]
    paired = [((first, name), text) for first, _, rows in GROUPS for name, _, text in rows]
    return tuple(_command(words, text) for words, text in [*alone, *paired])


def routes_without_command() -> tuple[Route, ...]:
    """Return the web addresses that stand beside no command."""
    from foedus.dashboard.pages import ROUTES

    names = {command.name for command in commands()}
    return tuple(route for route in ROUTES if _command_of(route) not in names)


def _command_of(route: Route) -> str:
    """Return the command that asks the same as a web address: by its question, else by its name."""
    for command in commands():
        if command.question and issubclass(route.question, command.question):
            return command.name
    name = route.name
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    tries = (name, name.replace("-", " "), name.removesuffix("s"), name.split("-")[0], name[:9])
    names = {command.name for command in commands()}
    return next((each for each in tries if each in names), "")


@cache
def _application() -> App:
    """Return the command line with every command in it."""
    from foedus.cli import application
    from foedus.cli.commands import command_names

    return application([word for name in command_names() for word in name.split()])


def _command(words: tuple[str, ...], summary: str) -> Command:
    """Read one command."""
    part = _application()
    for word in words:
        part = part[word]
    options = tuple(_option(argument) for argument in part.assemble_argument_collection() if argument.show)
    question = getattr(part.default_command, "question", None)
    return Command(words, summary, _usage(words), options, question)


def _usage(words: tuple[str, ...]) -> str:
    """Return how a command says it is called."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        _application()(
            [*words, "--help"], exit_on_error=False, print_error=False, result_action="return_value"
        )
    line = next(line for line in printed.getvalue().splitlines() if line.startswith("Usage:"))
    return line.removeprefix("Usage:").strip()


def _option(argument: Argument) -> Option:
    """Read one option of a command."""
    default = argument.field_info.default
    plain = isinstance(default, (str, int, float)) and not isinstance(default, bool)
    names = argument.names
    if argument.field_info.kind.name.startswith("POSITIONAL") and names[0].startswith("--"):
        names = (names[0].removeprefix("--").replace("-", "_").upper(), *names)
    return Option(
        key=argument.field_info.name,
        names=tuple(names),
        default=str(default) if plain and default != "" else "",
        meaning=(argument.parameter.help or "").strip(),
        choices=_choices(argument.hint),
        required=bool(argument.required),
    )


def _choices(hint: Any) -> tuple[str, ...]:
    """Return the words that may stand where only some may."""
    parts = get_args(hint)
    if parts and all(isinstance(part, str) for part in parts):
        return parts
    return next((found for part in parts if (found := _choices(part))), ())


@cache
def _examples() -> tuple[Example, ...]:
    """Return every command that a how-to page runs without an error."""
    return tuple(
        Example(page.stem, " ".join(command.replace("\\\n", " ").split()), f"$ {command}\n{shown}".rstrip())
        for page in sorted(HOWTO.glob("*.md"))
        for block in _BLOCK.findall(page.read_text(encoding="utf-8"))
        for command, shown in _parts(block)
        if command.startswith("foedus ") and not shown.startswith("foedus: ")
    )


def _parts(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block, each with what is shown below it."""
    parts = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        last = next(i for i, line in enumerate(lines) if not line.endswith("\\"))
        parts.append(("\n".join(lines[: last + 1]), "\n".join(lines[last + 1 :])))
    return parts


def signature(name: str) -> inspect.Signature:
    """Return the signature of a public function."""
    import foedus

    function: Callable[..., Any] = getattr(foedus, name)
    return inspect.signature(function)
