"""Read a question from an address, say in one sentence what is wrong with it, and write it as a command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from foedus.dashboard.addresses import TOGETHER
from foedus.dashboard.served import parameters_of
from foedus.dashboard.views import Page, Question, Shared
from foedus.errors import InputError, nearest
from foedus.questions import takes_several

__all__ = ["QuestionError", "command_of", "python_of", "read_page", "read_question", "refusal"]

Q = TypeVar("Q", bound=Question)


class QuestionError(InputError):
    """A question whose parameters are missing, unknown or out of range."""


def read_question(kind: type[Q], items: Iterable[tuple[str, str]]) -> Q:
    """Read a question from the pairs of an address.

    Parameters
    ----------
    kind : type of Question
        The question's model.
    items : iterable of (str, str)
        Names and values; an empty value counts as not given.

    Returns
    -------
    Question
        The question.

    Raises
    ------
    QuestionError
        When a name is unknown or a value cannot stand there.
    """
    fields = parameters_of(kind)
    pairs = [(name, value) for name, value in items if value.strip()]
    values: dict[str, Any] = {}
    for name, value in pairs:
        field = fields.get(name)
        if field is not None and takes_several(field.annotation):
            values.setdefault(name, []).extend(line.strip() for line in value.splitlines() if line.strip())
        else:
            values[name] = value
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise refusal(error.errors(), kind) from error


ALWAYS_SHARED = ("country", "view", "chart", "editions", "v")
"""What an address carries for the stage, even where the page's question has a field of that name."""


def read_page(page: Page, items: Iterable[tuple[str, str]]) -> tuple[Question, Shared]:
    """Read the address of a page: its own question, and what every address may carry.

    Parameters
    ----------
    page : Page
        The page.
    items : iterable of (str, str)
        Names and values; several allies may stand in one value, with commas between them.

    Returns
    -------
    (Question, Shared)
        A field that both have goes to the question.

    Raises
    ------
    QuestionError
        When a name is unknown or a value cannot stand there.
    """
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for name, value in items:
        if name in TOGETHER and name in ALWAYS_SHARED:
            shared += [(name, part.strip()) for part in value.split(",")]
        elif name in ALWAYS_SHARED or (
            name in Shared.model_fields and name not in page.question.model_fields
        ):
            shared.append((name, value))
        else:
            own.append((name, value))
    return read_question(page.question, own), read_question(Shared, shared)


def refusal(errors: Iterable[Any], kind: type[Question] | None = None) -> QuestionError:
    """Write in one sentence what is wrong with a question.

    Parameters
    ----------
    errors : iterable of mapping
        What the model found; the first one is told.
    kind : type of Question, optional
        The model, whose fields are named where a name is unknown.

    Returns
    -------
    QuestionError
        The error to raise.
    """
    first = next(iter(errors))
    path = [str(p) for p in first["loc"] if p not in {"query", "body"}]
    name = ".".join(path) or "the question"
    if first["type"] == "extra_forbidden":
        known = list(parameters_of(kind)) if kind is not None else []
        near = nearest(name, known)
        do = f"did you mean {near!r}?" if near else f"the parameters are {', '.join(known) or 'none'}"
        return QuestionError(f"{name[:80]!r} is not a known parameter", do=do)
    if first["type"] == "missing":
        return QuestionError(f"the parameter {name!r} is missing", do="give it a value")
    message = str(first["msg"]).removeprefix("Value error, ")
    given = repr(first.get("input"))
    given = given if len(given) <= 60 else f"{given[:57]}…"
    return QuestionError(
        f"{name} = {given} cannot be used ({message[:1].lower()}{message[1:].rstrip('.')})",
        do="mend the value",
    )


def command_of(command: str, question: Question, *, first: str | None = None, **names: str) -> str:
    """Write a question as a command.

    Parameters
    ----------
    command : str
        The words after ``foedus``.
    question : Question
        The question; what equals its default is left out.
    first : str, optional
        The field that is given without an option's name.
    **names : str
        Options whose names are not those of the fields; an empty one leaves the field out.

    Returns
    -------
    str
        What can be pasted into a shell.
    """
    words = ["foedus", *command.split()]
    given = question.model_dump(mode="json", exclude_defaults=True)
    if first is not None and first in given:
        words.append(str(given.pop(first)))
    for name, value in given.items():
        option = names.get(name, f"--{name.replace('_', '-')}")
        if not option:
            continue
        for item in value if isinstance(value, (list, tuple)) else [value]:
            words += [option] if item is True else [option, str(item)]
    return shlex.join(words)


def python_of(
    function: str, question: Question, *, first: str | None = None, positional: str = "", **names: str
) -> str:
    """Write a question as Python.

    Parameters
    ----------
    function : str
        The function with its module, for example "foedus.status".
    question : Question
        The question; what equals its default is left out.
    first : str, optional
        The field that is given as the first argument.
    positional : str, default ""
        A first argument as Python text; ``Ledger.load()`` brings its import.
    **names : str
        Arguments whose names are not those of the fields; an empty one leaves the field out.

    Returns
    -------
    str
        Lines that can be pasted into an interpreter.
    """
    module, _, name = function.rpartition(".")
    given = {n: v for n, v in question.model_dump(exclude_defaults=True).items() if names.get(n, n)}
    days = "from datetime import date\n\n" if any(isinstance(v, date) for v in given.values()) else ""
    days += "from foedus import Ledger\n" if "Ledger" in positional else ""
    arguments = [positional] if positional else []
    arguments += [_literal(given.pop(first))] if first is not None and first in given else []
    arguments += [f"{names.get(n, n)}={_literal(v)}" for n, v in given.items()]
    if module == "foedus":
        return f"{days}import foedus\n\nfoedus.{name}({', '.join(arguments)})\n"
    return f"{days}from {module} import {name}\n\n{name}({', '.join(arguments)})\n"


def _literal(value: Any) -> str:
    """Write a value as Python."""
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k!r}: {_literal(v)}" for k, v in value.items()) + "}"
    return repr(value)
