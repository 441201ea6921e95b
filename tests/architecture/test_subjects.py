"""The ground and the middle of the house know no subject; random numbers and the network have one home."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from foedus.catalogue import quantities_of
from parsed import parsed

PACKAGE = Path(__file__).parents[2] / "src/foedus"
ROOMS = sorted({path.stem for path in PACKAGE.glob("catalogue/*.yaml")} - {"ledger", "engine"})
"""The rooms whose quantities the catalogue holds; `reading` is a word of any text, and has none."""

KNOWS_NO_SUBJECT = sorted(
    path
    for part in (
        "engine",
        "plotting",
        "files",
        "parameters",
        "evidence/ledger.py",
        "runs/execute.py",
        "runs/outcome.py",
        "runs/headline.py",
    )
    for path in ((PACKAGE / part).rglob("*.py") if (PACKAGE / part).is_dir() else [PACKAGE / part])
)


@pytest.mark.parametrize("path", KNOWS_NO_SUBJECT, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_subject_is_named(path: Path) -> None:
    """The module names no room and no quantity of one, in code or in words."""
    text = path.read_text(encoding="utf-8")
    quantities = {name for room in ROOMS for name in quantities_of(room)}
    assert {"spending", "decisions", "accession"} <= set(ROOMS)
    assert len(quantities) > 50
    words = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", text))
    assert words & quantities == set()
    assert words & set(ROOMS) == set()
    assert "foedus.reading" not in text


@cache
def _named() -> dict[Path, tuple[set[str], set[str]]]:
    """Return by module the attributes that it names and the modules that it imports."""
    named = {}
    for path in PACKAGE.rglob("*.py"):
        attributes, imports = set(), set()
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Attribute(attr=name):
                    attributes.add(name)
                case ast.Import(names=aliases):
                    imports.update(alias.name for alias in aliases)
                case ast.ImportFrom(module=module):
                    imports.add(module or "")
        named[path] = attributes, imports
    return named


def test_random_numbers_have_one_home() -> None:
    """Only `engine.draws` names a source of random numbers."""
    homes = set()
    for path, (names, imports) in _named().items():
        parts = {part for name in imports for part in name.split(".")}
        if names & {"default_rng", "SeedSequence", "RandomState"} or parts & {"random", "secrets"}:
            homes.add(path.relative_to(PACKAGE).as_posix())
    assert homes == {"engine/draws.py"}


def test_only_one_module_reaches_the_network() -> None:
    """No module but `evidence.fetch` imports a library that reaches the network; the server only listens."""
    libraries = {"aiohttp", "ftplib", "http", "httpx", "pooch", "requests", "ssl", "urllib3"}
    homes = set()
    for path, (_, imports) in _named().items():
        if {name.partition(".")[0] for name in imports} & libraries:
            homes.add(path.relative_to(PACKAGE).as_posix())
    assert homes == {"evidence/fetch.py"}
