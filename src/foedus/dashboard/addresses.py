"""The query of an address, from the values of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

__all__ = ["TOGETHER", "joined", "pairs_of", "query_of", "split"]

TOGETHER = frozenset({"country", "editions", "of"})
"""Fields whose values stand in one, with commas between them."""


def query_of(values: Mapping[str, Any]) -> str:
    """Write values as the query of an address; several allies stand in one field."""
    return urlencode(pairs_of(values))


def joined(pairs: Sequence[tuple[str, str]] | Mapping[str, str]) -> str:
    """Write pairs of names and values as the query of an address."""
    return urlencode(pairs)


def split(query: str) -> list[tuple[str, str]]:
    """Read the query of an address as pairs of names and values."""
    return parse_qsl(query)


def pairs_of(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return values as the pairs of an address."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if name in TOGETHER and isinstance(value, (list, tuple)):
            pairs.append((name, ",".join(value)))
        elif isinstance(value, (list, tuple)):
            pairs += [(name, str(item)) for item in value]
        elif value is not None and value != "":
            pairs.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
    return [(name, value) for name, value in pairs if value]
