"""Options of a command from the fields of its question."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from datetime import date
from functools import wraps
from typing import Annotated, Any, Union

from cyclopts import Parameter

from foedus.errors import FoedusError, worded
from foedus.questions import Question, ask, plain_types, takes_several

__all__ = ["question_command"]


def question_command(
    kind: type[Question],
    *,
    names: dict[str, str] | None = None,
    one_each: Collection[str] = (),
    also: dict[str, Parameter] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command the options of a question.

    Parameters
    ----------
    kind : type of Question
        The question; its :attr:`~foedus.questions.Question.SUBJECT` is given without a name.
    names : dict of str to str, optional
        Options whose names are not those of the fields: ``{"year": "--years"}``.
    one_each : collection of str, optional
        Fields of several values whose option takes one each time it is given: ``--set A=1 --set B=2``.
    also : dict of str to cyclopts.Parameter, optional
        What options are besides: that of words which may begin with a hyphen.

    Returns
    -------
    callable
        Decorates a function whose first parameter is the question, and the others its own options; what it
        takes without a name stands before what the question is asked of.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
        ahead = [each for each in own if each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
        fields, words = list(kind.model_fields), names or {}
        options = [
            _option(kind, name, words.get(name), name in one_each, (also or {}).get(name))
            for name in sorted(fields, key=_subject_first(kind))
        ]

        parameters = [*ahead, *options, *(each for each in own if each not in ahead)]

        @wraps(command)
        def asked(*args: Any, **given: Any) -> None:
            given.update(zip((each.name for each in parameters), args, strict=False))
            try:
                question = ask(kind, **{name: given.pop(name) for name in fields if name in given})
                command(question, **given)
            except FoedusError as error:
                error.where = words.get(error.where or "", error.where)
                worded(error, "command", fields)
                raise

        # The library that parses options reads them from the signature and the annotations.
        asked.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        asked.__annotations__ = {each.name: each.annotation for each in parameters}
        asked.question = kind  # type: ignore[attr-defined]
        del asked.__wrapped__
        return asked

    return decorate


def _subject_first(kind: type[Question]) -> Callable[[str], int]:
    """Return the order of a question's fields: first what is given without a name, then as they stand."""
    nameless = [kind.SUBJECT, *kind.FURTHER]
    return lambda name: nameless.index(name) if name in nameless else len(nameless)


def _option(
    kind: type[Question], name: str, option: str | None, one_each: bool, also: Parameter | None
) -> inspect.Parameter:
    """Return one field of a question as a parameter of a command."""
    field = kind.model_fields[name]
    taken, several = _typed(field.annotation)
    # A default that is worked out when it is needed is the question's own: the option is not given.
    own = None if field.default_factory is not None else field.get_default()
    taken = taken | None if field.default_factory is not None else taken
    default = inspect.Parameter.empty if field.is_required() else _default(own, several)
    parameter = Parameter(
        name=option or f"--{name.replace('_', '-')}",
        help=field.description,
        # A switch that is neither on nor off unless it is given can be given either way.
        negative=None if field.annotation == bool | None else (),
        consume_multiple=True if several and not one_each else None,
        show_default=None if default not in (None, (), False) else False,
    )
    first = name in (kind.SUBJECT, *kind.FURTHER)
    return inspect.Parameter(
        name,
        inspect.Parameter.POSITIONAL_OR_KEYWORD if first else inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[taken, parameter, also] if also else Annotated[taken, parameter],
    )


def _default(value: Any, several: bool) -> Any:
    """Return a field's default as an option has it: none where several values may follow."""
    return None if several and not value else value


def _typed(annotation: Any) -> tuple[Any, bool]:
    """Return the type that an option's words are read as, and whether several may follow.

    Days, names and years go to the question as they are typed, which reads them as in every other face.
    """
    if takes_several(annotation):
        return list[str] | None, True
    return Union[tuple(str if part is date else part for part in plain_types(annotation))], False  # noqa: UP007
