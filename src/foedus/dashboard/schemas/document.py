"""The API's description: what the framework writes of the parameters, and the answers and examples beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.dashboard.formats import ARROW, CSV, JSON
from foedus.dashboard.schemas.answers import ANSWERS
from foedus.dashboard.schemas.examples import example_of
from foedus.dashboard.schemas.main_rows import MAIN_ROWS
from foedus.dashboard.schemas.parts import KNOWN
from foedus.dashboard.schemas.shapes import Declared, Schema, Shapes, worded

__all__ = ["columns_of", "completed"]

BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
"""What a bound is called where the framework writes it in its own words."""

PREFIX = "#/components/schemas/"

HOLDS: Mapping[str, Any] = {
    "as_of": worded(str, "The day that the answer holds for: the one asked about, or today."),
    "editions": worded(tuple[str, ...], "The editions and records that it rests on."),
}
"""What every answer has."""


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """Return the description of the API with its answers and examples.

    Parameters
    ----------
    document : dict
        As the framework wrote it.

    Returns
    -------
    dict
        The same, changed in place.
    """
    shapes = Shapes(KNOWN, PREFIX)
    for path, methods in document["paths"].items():
        address = path.rpartition("/")[2]
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _bounded(parameter["schema"])
                _in_words(parameter)
                example = example_of(address, parameter["name"], parameter["schema"])
                if example is not None:
                    parameter["example"] = example
            operation["responses"]["200"] = _answered(address, shapes)
    document.setdefault("components", {}).setdefault("schemas", {}).update(sorted(shapes.named.items()))
    return document


def _in_words(parameter: dict[str, Any]) -> None:
    """Write in words what generators of clients write as their language has it not.

    These are defaults that are lists, and bounds that are themselves out of range.
    """
    schema = parameter["schema"]
    said = []
    for option in (schema, *schema.get("anyOf", ())):
        for key, words in (("exclusiveMinimum", "more than"), ("exclusiveMaximum", "less than")):
            if key in option:
                said.append(f"{words} {option.pop(key)}")
    if isinstance(schema.get("default"), list) and (default := schema.pop("default")):
        said.append(f"without it {', '.join(map(str, default))}")
    if said:
        text = parameter.get("description", "").rstrip(".")
        parameter["description"] = f"{text}; {', '.join(said)}."


def columns_of(address: str) -> dict[str, Schema]:
    """Return the columns of an address's main table, each with its schema.

    Parameters
    ----------
    address : str
        The address below ``/api/v1``.

    Returns
    -------
    dict of str to schema
        In their order; empty where the answer has no table.
    """
    shapes = Shapes(KNOWN, PREFIX)
    if address not in MAIN_ROWS:
        return {}
    top = _resolved(shapes.schema(_whole(ANSWERS[address])), shapes)
    place = MAIN_ROWS[address]
    if place.endswith("*"):
        entry = _resolved(top["properties"][place[:-1]]["additionalProperties"], shapes)
        years: dict[str, Schema] = {"measure": {"type": "string"}, "year": {"type": "integer"}}
        return years | {name: _item(schema) for name, schema in entry["properties"].items()}
    outer, _, inner = place.partition(".")
    row = _row_of(top["properties"][outer], shapes)
    if not inner:
        return dict(row["properties"])
    plain = {name: s for name, s in row["properties"].items() if _is_plain(s)}
    within = _row_of(row["properties"][inner], shapes)["properties"]
    return plain | {(f"{inner}_{n}" if n in plain else n): s for n, s in within.items()}


def _whole(answer: Declared) -> Declared:
    """Return an answer with the fields that every one has."""
    base = {} if answer.base is None else answer.base.__annotations__
    own = {*answer.fields, *(name for name in base if name not in answer.without)}
    beside = {name: kind for name, kind in HOLDS.items() if name == "as_of" or name not in own}
    return Declared(answer.name, answer.base, answer.without, {**answer.fields, **beside}, answer.perhaps)


def _answered(address: str, shapes: Shapes) -> dict[str, Any]:
    """Return the description of an address's answer in each form."""
    # An address whose answer is not declared is still described; a test asks for the declaration.
    answer = _whole(ANSWERS[address]) if address in ANSWERS else Mapping
    content: dict[str, Any] = {JSON: {"schema": shapes.schema(answer)}}
    if address in MAIN_ROWS:
        content[CSV] = {"schema": {"type": "string"}}
        content[ARROW] = {"schema": {"type": "string", "format": "binary"}}
    return {"description": "The answer; its main table alone as CSV or Arrow.", "content": content}


def _bounded(schema: Any) -> Any:
    """Return a schema whose bounds have the names that the standard gives them."""
    if isinstance(schema, list):
        return [_bounded(item) for item in schema]
    if isinstance(schema, dict):
        return {BOUNDS.get(key, key): _bounded(value) for key, value in schema.items()}
    return schema


def _resolved(schema: Schema, shapes: Shapes) -> Schema:
    """Return the schema that a reference names."""
    return shapes.named[schema["$ref"].removeprefix(PREFIX)] if "$ref" in schema else schema


def _row_of(schema: Schema, shapes: Shapes) -> Schema:
    """Return the schema of one row of a list, or the object itself."""
    return _resolved(schema.get("items", schema), shapes)


def _item(schema: Schema) -> Schema:
    """Return the schema of one item of a list, or the schema itself."""
    return schema.get("items", schema) if schema.get("type") == "array" else schema


def _is_plain(schema: Schema) -> bool:
    """Whether a schema is of a text, a number, a truth value or nothing."""
    kinds = [option.get("type") for option in schema.get("anyOf", [schema])]
    return not any(kind in ("array", "object") for kind in kinds) and "$ref" not in schema
