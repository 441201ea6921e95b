"""What every question is made of: one frozen model from which all faces take what can be asked.

The fields of a question are the command's options, the web API's parameters, the form's controls and the
arguments of the Python function at once. What a person types is taken as it is: one name or several, a day
as text, a span of years; what cannot be used is said in one sentence that names the argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from os import PathLike, fspath
from types import UnionType
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from foedus.axes import year_range
from foedus.errors import FoedusError, InputError, ScenarioError, nearest

__all__ = [
    "LARGEST_SEED",
    "MOST_DRAWS",
    "AnyDay",
    "Changed",
    "Changes",
    "Day",
    "Draws",
    "FileName",
    "Names",
    "Question",
    "Scenario",
    "Scenarios",
    "Seed",
    "Texts",
    "Year",
    "Years",
    "ask",
    "known_day",
    "latest_day",
    "plain_types",
    "takes_several",
    "whole",
]

MOST_DRAWS = 10_000_000
"""So many draws at most can be asked for."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years that can be asked about."""

LARGEST_SEED = 2**63 - 1
"""The largest seed of the random draws."""

Q = TypeVar("Q", bound="Question")


class Question(BaseModel):
    """What can be asked: one field for each parameter; an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)

    SUBJECT: ClassVar[str] = ""
    """The field that is given without its name: the indicator of a figure, the scenario of a run."""

    FURTHER: ClassVar[tuple[str, ...]] = ()
    """Fields that may follow the subject without their names: the second scenario of a comparison."""

    def given(self) -> dict[str, Any]:
        """Return the fields that differ from their defaults, as an address carries them."""
        return self.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def latest_day() -> date:
    """Return the day that it is where the day begins first (UTC+14): a later one is nowhere today."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def known_day(day: date | None) -> date | None:
    """Return a day, or today for one that has not come: older runs were asked for such days."""
    return None if day is None else min(day, latest_day())


def _each(value: Any, one: type | tuple[type, ...], refusal: str) -> tuple[Any, ...]:
    """Return what an argument is given, which takes one value or several; nothing of none."""
    if value is None:
        return ()
    if isinstance(value, one):
        return (value,)
    if isinstance(value, (bytes, Mapping)) or not isinstance(value, Iterable):
        raise ValueError(refusal)
    return tuple(value)


def _texts(value: Any, refusal: str) -> tuple[str, ...]:
    """Return texts of one or of several."""
    texts = _each(value, str, refusal)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(refusal)
    return texts


def read_names(value: Any) -> Any:
    """Return names as a tuple, each once: of one text, where commas may stand between them, or of several."""
    names = _texts(value, "write one name, or a list of names")
    parts = (part.strip() for name in names for part in ([name] if "(" in name else name.split(",")))
    read = tuple(dict.fromkeys(part for part in parts if part))
    if names and not read:
        raise ValueError("no name is given; write one, or leave it out")
    return read


def read_texts(value: Any) -> Any:
    """Return texts as a tuple: one text is one, whatever stands in it."""
    texts = _texts(value, "write one text, or a list of texts")
    return tuple(text.strip() for text in texts if text.strip())


LONGEST_PART = 255
"""So many bytes may the name of a file or folder have on every system."""


def read_file_name(value: Any) -> Any:
    """Return the name or path of a file as text, refusing what no system can hold."""
    if isinstance(value, PathLike):
        value = fspath(value)
    if not isinstance(value, str):
        raise ValueError("write a name or a path")
    if not value.strip():
        raise ValueError("it is empty; give a name or a path")
    if "\0" in value or any(len(part.encode(errors="replace")) > LONGEST_PART for part in value.split("/")):
        raise ValueError("no file can have such a name; give a name or a path")
    return value


def read_any_day(value: Any) -> Any:
    """Return a day of the calendar from a date or from text."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError(
                f"{value!r} is not a day of the calendar; write it as YYYY-MM-DD, for example 2024-10-01"
            ) from error
    if value is not None and not isinstance(value, date):
        raise ValueError("write a day as YYYY-MM-DD, for example 2024-10-01")
    return value


def read_day(value: Any) -> Any:
    """Return a day from a date or from text; one that has not begun anywhere is refused."""
    value = read_any_day(value)
    if value is not None and value > latest_day():
        raise ValueError(f"{value} has not come yet; give a day up to today, or none for what is known today")
    return value


def read_years(value: Any) -> Any:
    """Return years in order, each once: of a year, a span as 2014-2024, a range, or a list of these."""
    years: set[int] = set()
    for item in _each(value, (int, str), "write a year as 2024, a span as 2014-2024, or a list of years"):
        for part in item.split(",") if isinstance(item, str) else [item]:
            first, last = _span(part)
            years.update(range(first, last + 1))
    return tuple(sorted(years))


def _span(part: Any) -> tuple[int, int]:
    """Return the first and the last year of one part of a list of years."""
    if isinstance(part, bool) or not (isinstance(part, str) or hasattr(part, "__index__")):
        raise ValueError(f"{part!r} is not a year; write it as 2024 or 2014-2024")
    try:
        first, last = year_range(part if isinstance(part, str) else int(part))
    except InputError as error:
        raise ValueError(f"{error.what}; {error.do}") from error
    if first < FIRST_YEAR or last > LAST_YEAR:
        raise ValueError(f"{part!r} is out of range; give years from {FIRST_YEAR} to {LAST_YEAR}")
    return first, last


def read_scenario_names(value: Any) -> Any:
    """Return scenarios as they are given, of one or of several; a path may hold commas."""
    names = _each(value, (str, PathLike), "write one scenario, or a list of scenarios")
    return tuple(read_file_name(name) for name in names)


def read_changed_keys(value: Any) -> Any:
    """Return changes as texts KEY=VALUE, of one text, of several, or of a mapping of values by key."""
    if isinstance(value, Mapping):
        return tuple(_written(key, each) for key, each in value.items())
    texts = _texts(value, 'write values by key, as {"levers.pledge.target": 0.04}')
    from foedus.files.changes import read_changes

    try:
        read_changes(texts)
    except ScenarioError as error:
        raise ValueError(f"{error.what}; {error.do}") from error
    return texts


def _written(key: Any, value: Any) -> str:
    """Write a change of a mapping as a text."""
    from foedus.files.changes import written_change

    if not isinstance(key, str) or not key.strip() or "=" in key:
        raise ValueError(f"{key!r} is no key of a scenario; write for example levers.pledge.target")
    try:
        return written_change(key.strip(), value)
    except InputError as error:
        raise ValueError(f"{value!r} is no value of {key}; write a number, a word or a day") from error


def whole(value: Any) -> Any:
    """Return what may be a whole number; a truth value is none."""
    if isinstance(value, bool):
        raise ValueError("write a whole number")
    return value


_TEXT_LIST = WithJsonSchema({"type": "array", "items": {"type": "string"}})
_DAY_OR_NONE = WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})

Names = Annotated[
    tuple[str, ...],
    BeforeValidator(read_names),
    _TEXT_LIST,
]
"""Names: one text, a list, or text with commas between them."""

Day = Annotated[
    date | None,
    BeforeValidator(read_day),
    _DAY_OR_NONE,
]
"""A day up to today, as a date or as text, or none."""

AnyDay = Annotated[
    date | None,
    BeforeValidator(read_any_day),
    _DAY_OR_NONE,
]
"""A day that may lie ahead, such as one by which something shall happen, or none."""

Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(read_texts),
    _TEXT_LIST,
]
"""Texts in which commas have a meaning of their own: one, or a list."""

FileName = Annotated[str, BeforeValidator(read_file_name)]
"""The name of a file that comes with foedus, or the path of one's own."""

Years = Annotated[
    tuple[int, ...],
    BeforeValidator(read_years),
    WithJsonSchema(
        {"type": "array", "items": {"type": "string", "pattern": r"^(19|20)\d{2}(-(19|20)\d{2})?$"}},
    ),
]
"""Years: one, a span as 2014-2024, a range, or a list."""

Year = Annotated[int, BeforeValidator(whole), Field(ge=FIRST_YEAR, le=LAST_YEAR)]
"""One year."""

Draws = Annotated[int, BeforeValidator(whole), Field(ge=1, le=MOST_DRAWS)]
"""How many random draws an answer rests on."""

Seed = Annotated[int, BeforeValidator(whole), Field(ge=0, le=LARGEST_SEED)]
"""The seed of the random draws."""

Scenario = Annotated[
    str,
    BeforeValidator(read_file_name),
    Field(description="A shipped scenario's name or the path of a .yaml file."),
]
"""A scenario."""

Scenarios = Annotated[
    tuple[str, ...],
    BeforeValidator(read_scenario_names),
    _TEXT_LIST,
]
"""Scenarios, each as often as it is named."""

Changes = Annotated[
    tuple[str, ...],
    BeforeValidator(read_changed_keys),
    _TEXT_LIST,
]
"""Keys of a scenario with other values: a mapping, or texts as levers.pledge.target=0.04."""


class Changed(Question):
    """A question in which single keys of a scenario have other values."""

    changes: Changes = Field(
        default=(),
        description="Keys of the scenario with other values, as levers.pledge.target=0.04.",
    )

    def changed_keys(self) -> dict[str, Any]:
        """Return the values by key."""
        from foedus.files.changes import values_of

        return values_of(self.changes)


def plain_types(annotation: Any) -> tuple[Any, ...]:
    """Return the types of a field, each without what the question checks of it."""
    union = get_origin(annotation) in (Union, UnionType)
    parts = get_args(annotation) if union else (annotation,)
    return tuple(get_args(part)[0] if get_origin(part) is Annotated else part for part in parts)


def takes_several(annotation: Any) -> bool:
    """Whether a field holds several values."""
    return any(get_origin(part) in (list, tuple) for part in plain_types(annotation))


def ask(kind: type[Q], /, **values: Any) -> Q:
    """Return a question, or say in one sentence which argument cannot be used.

    Parameters
    ----------
    kind : type of Question
        The question's model.
    **values
        Its fields; what is None where the field has another default counts as not given.

    Returns
    -------
    Question
        The question.

    Raises
    ------
    InputError
        When an argument is unknown or its value cannot be used; ``where`` is the argument's name.
    """
    fields = kind.model_fields
    given = {name: value for name, value in values.items() if value is not None or name not in fields}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise refusal(error, kind) from error


def refusal(error: ValidationError, kind: type[Question]) -> FoedusError:
    """Return the error that says in one sentence what is wrong with the first argument that is."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "the question"
    if first["type"] == "extra_forbidden":
        near = nearest(name, kind.model_fields)
        do = f"did you mean {near!r}?" if near else f"use {', '.join(kind.model_fields)}"
        return InputError(f"{name[:80]!r} cannot be asked", do=do)
    field = kind.model_fields.get(name)
    meaning = re.split(r"[.:;](?:\s|$)", field.description or "")[0] if field else ""
    if first["type"] == "missing":
        return InputError("it is missing", where=name, do=f"give {_small(meaning) or 'a value'}")
    cause = (first.get("ctx") or {}).get("error")
    if isinstance(cause, FoedusError):
        return cause
    message = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    what, _, do = message.partition("; ")
    given = repr(first.get("input"))
    shown = given if len(given) <= 60 else f"{given[:57]}…"
    context = first.get("ctx") or {}
    if first["type"] == "literal_error":
        return InputError(f"{shown} cannot be used", where=name, do=f"use {context['expected']}")
    if first["type"] in _LIMITS:
        ends = {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in context.items()}
        words = _LIMITS[first["type"]].format(**ends)
        return InputError(f"{shown} is out of range", where=name, do=f"give a number {words}")
    several = first.get("input")
    named = isinstance(several, (list, tuple)) and any(repr(each) in what for each in several)
    if named or shown in what or str(several) in what:
        return InputError(what, where=name, do=do or None)
    return InputError(
        f"{shown} cannot be used ({_small(what)})", where=name, do=do or f"give {_small(meaning)}"
    )


_LIMITS = {
    "greater_than_equal": "from {ge:,} on",
    "greater_than": "above {gt:,}",
    "less_than_equal": "of {le:,} at most",
    "less_than": "below {lt:,}",
}
"""What a number must be, by the kind of error."""


def _small(text: str) -> str:
    """Return a text that begins with a small letter, unless its first word is a name in capitals."""
    return text if text[:2].isalpha() and text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
