"""The published description of the API, and what an answer has that it does not describe."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from foedus.dashboard.app import create_app

DOCUMENT: dict[str, Any] = create_app(hosts=()).openapi()
"""As the server gives it."""

OPERATIONS: dict[str, dict[str, Any]] = {
    path.rpartition("/")[2]: operation
    for path, methods in DOCUMENT["paths"].items()
    for operation in methods.values()
}
"""By address."""


def _closed(schema: Any) -> Any:
    """Return a schema whose objects have nothing but what it describes."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        inner.setdefault("additionalProperties", False)
    return inner


@cache
def validator(address: str) -> Draft202012Validator:
    """Return what checks an answer of an address, and finds what is not described."""
    whole = {"components": {"schemas": _closed(DOCUMENT["components"]["schemas"])}}
    answer = OPERATIONS[address]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator({**answer, **whole})


def faults(address: str, content: Any) -> list[str]:
    """Return where an answer is not as its description says."""
    errors = validator(address).iter_errors(content)
    return [f"{'.'.join(str(p) for p in e.absolute_path)}: {e.message[:200]}" for e in errors]


def examples(address: str) -> list[tuple[str, Any]]:
    """Return every parameter of an address with its example, a pair for each value."""
    pairs = []
    for parameter in OPERATIONS[address].get("parameters", ()):
        value = parameter["example"]
        items = value if isinstance(value, list) else [value]
        pairs += [(parameter["name"], str(v).lower() if isinstance(v, bool) else v) for v in items]
    return pairs
