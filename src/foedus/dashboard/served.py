"""A question as a server takes it: the room's own, with limits on what a stranger may ask of it."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_args

from annotated_types import MaxLen
from pydantic import AfterValidator, Field, WithJsonSchema, create_model
from pydantic.fields import FieldInfo

from foedus.questions import Question, plain_types, takes_several

__all__ = ["MOST_NAMES", "parameters_of", "served"]

Q = TypeVar("Q", bound=Question)

MOST_NAMES = 60
"""So many names or years may stand in one parameter."""

LONGEST = 300
"""So many characters may stand in one value."""


@cache
def served(
    kind: type[Q],
    *,
    most_draws: int | None = None,
    most_names: int = MOST_NAMES,
    draws: int | None = None,
    names: tuple[tuple[str, str], ...] = (),
    optional: tuple[str, ...] = (),
) -> type[Q]:
    """Return a question that a server can take.

    Parameters
    ----------
    kind : type of Question
        The room's question.
    most_draws : int, optional
        How many draws an answer may rest on.
    most_names : int
        How many names or years may stand in one parameter.
    draws : int, optional
        How many draws an answer rests on that names no number, where that is not what a command takes.
    names : tuple of (str, str)
        Fields whose parameter has another name than they have: ``(("changes", "set"),)``.
    optional : tuple of str
        Fields that a page can do without, where a command cannot.

    Returns
    -------
    type of Question
        A subclass, whose values the room's own function takes as they are.
    """
    fields: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if name == "draws" and most_draws is not None:
            fields[name] = _narrowed(field, Field(le=most_draws))
            if draws is not None:
                fields[name] = _narrowed(fields[name][1], Field(default=draws))
        elif str in plain_types(field.annotation):
            fields[name] = _shortened(field)
        elif takes_several(field.annotation):
            fields[name] = _several(field, most_names)
    for name in optional:
        fields[name] = _narrowed(fields[name][1], Field(default=None))
    for name, parameter in names:
        fields[name] = _narrowed(fields[name][1], Field(alias=parameter))
    return create_model(
        kind.__name__, __base__=kind, __module__=kind.__module__, __doc__=kind.__doc__, **fields
    )


def parameters_of(kind: type[Question]) -> dict[str, FieldInfo]:
    """Return the fields of a question by the names of their parameters.

    Parameters
    ----------
    kind : type of Question
        The question.

    Returns
    -------
    dict of str to FieldInfo
        In the order of the fields.
    """
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def _narrowed(field: FieldInfo, limit: Any) -> tuple[Any, FieldInfo]:
    """Return a field with one more limit."""
    merged = FieldInfo.merge_field_infos(field, limit)
    return merged.annotation, merged


def _shortened(field: FieldInfo) -> tuple[Any, FieldInfo]:
    """Return a field of text with a limit on its length."""
    if any(isinstance(mark, MaxLen) for mark in field.metadata):
        return field.annotation, field
    if not field.metadata and str in (get_args(field.annotation) or (field.annotation,)):
        return _narrowed(field, Field(max_length=LONGEST))
    # What is read before it is checked may come out as none, to which no length applies.
    merged = FieldInfo.merge_field_infos(field)
    merged.metadata = [*merged.metadata, AfterValidator(_short)]
    return merged.annotation, merged


def _short(value: Any) -> Any:
    """Return a text, refusing a long one."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters")
    return value


def _several(field: FieldInfo, most: int) -> tuple[Any, FieldInfo]:
    """Return a field of several values with a limit on how many, said in the API's description too."""
    own = [mark.json_schema for mark in field.metadata if isinstance(mark, WithJsonSchema)]
    item = dict((own[-1] or {}).get("items", {"type": "string"})) if own else {"type": "string"}
    if "pattern" not in item:
        item["maxLength"] = LONGEST
    schema = {"type": "array", "items": item, "maxItems": most}
    if type(None) in plain_types(field.annotation):
        return field.annotation, field  # so many as it says itself
    merged = FieldInfo.merge_field_infos(field, Field(max_length=most))
    merged.metadata = [m for m in merged.metadata if not isinstance(m, WithJsonSchema)] + [
        WithJsonSchema(schema)
    ]
    return merged.annotation, merged
