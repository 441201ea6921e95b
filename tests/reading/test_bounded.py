"""Every gap in a pattern of reading is bounded: what may pass over words passes over so many at most."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import foedus.reading

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as codes
    from re import _parser as parser

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def _inner(op: Any, av: Any) -> list[Any]:
    """Return the pieces inside a piece of a pattern."""
    if op in REPEATS:
        return [av[2]]
    if op is codes.SUBPATTERN:
        return [av[3]]
    if op is codes.BRANCH:
        return list(av[1])
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [av[1]]
    return [av] if op is codes.ATOMIC_GROUP else []


def _passes(piece: Any, character: str) -> bool:
    """Whether a piece of a pattern somewhere takes a character."""
    for op, av in piece:
        single = parser.SubPattern(piece.state, [(op, av)])
        if op in (codes.LITERAL, codes.NOT_LITERAL):
            if (ord(character) == av) == (op is codes.LITERAL):
                return True
        elif op is codes.ANY:
            return True
        elif op is codes.IN:
            if _takes(single, character):
                return True
        elif any(_passes(inner, character) for inner in _inner(op, av)):
            return True
    return False


def _takes(single: Any, character: str) -> bool:
    """Whether a set of characters has one."""
    from re import _compiler

    compiled = _compiler.compile(single)
    return compiled.fullmatch(character) is not None


def _gaps(piece: Any) -> Iterator[str]:
    """Yield the repetitions without an end that take both letters and spaces."""
    for op, av in piece:
        if op in REPEATS and av[1] == codes.MAXREPEAT and _passes(av[2], " "):
            letters = any(_passes(av[2], c) for c in "aeinorstuPDG")
            if letters:
                yield str(av[2])
        for inner in _inner(op, av):
            yield from _gaps(inner)


def _patterns() -> Iterator[tuple[str, str, int]]:
    """Yield the patterns of the modules of reading: where, pattern, flags."""
    for info in pkgutil.walk_packages(foedus.reading.__path__, "foedus.reading."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in value if isinstance(value, tuple | list) else [value]:
                if isinstance(pattern, re.Pattern):
                    yield f"{info.name}.{name}", pattern.pattern, pattern.flags
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for text, line in _literals(ast.parse(source)):
            yield f"{info.name}:{line}", text, 0


def _literals(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the patterns that are written where they are used; what is put in counts as a letter."""
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if called and ast.unparse(node.func).startswith("re.") and node.args:  # type: ignore[attr-defined]
            first = node.args[0]  # type: ignore[attr-defined]
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            if all(isinstance(part, ast.FormattedValue) or _is_text(part) for part in parts):
                yield "".join(p.value if isinstance(p, ast.Constant) else "x" for p in parts), first.lineno


def _is_text(node: ast.AST) -> bool:
    """Whether a piece of source is a text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize(
    ("pattern", "gaps"),
    [
        (r"a.*b", 1),
        (r"a[^.]*?b", 1),
        (r"(?:total |all )*x", 1),
        (r"a(?: \w+)+", 1),
        (r"a.{0,40}b", 0),
        (r"\w+ \d+", 0),
        (r"\s+|,? *", 0),
        (r"(?:\d,)+", 0),
        (r"(?:total |all ){0,6}x", 0),
    ],
)
def test_gaps_are_seen(pattern: str, gaps: int) -> None:
    """A repetition without an end is a gap where it takes words, not one word alone or spaces alone."""
    assert len(list(_gaps(parser.parse(pattern)))) == gaps


def test_every_gap_of_reading_is_bounded() -> None:
    """No pattern of reading passes over words without an end."""
    seen = list(_patterns())
    assert len(seen) > 500
    gaps = {
        where: pattern for where, pattern, flags in seen if list(_gaps(parser.parse(pattern, flags & ~32)))
    }
    assert gaps == {}
