"""The limits of size, names that occur once, and no module found by a string of its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsed import parsed

SOURCE = Path(__file__).parents[2] / "src"
PATHS = sorted(SOURCE.rglob("*.py"))
TREES = {path: parsed(path) for path in PATHS}

LONGEST_MODULE = 400
"""Lines of a module."""
LONGEST_FRAME = 249
"""Lines of a module that finds or checks one kind of claim."""
LONGEST_FUNCTION = 45
"""Lines of a function without its docstring; nested functions count in the one around them."""
MOST_ARGUMENTS = 6
"""Arguments of a function, self and cls not counted."""

OF_A_COMPONENT = {"Now", "Before", "Shocks", "Parameters", "Result"}
"""What each component declares; :class:`foedus.results.Result` is the base of answers."""
OF_A_SECTION = {"Levers", "Uncertainties", "Inputs", "Start", "Resolved"}
"""What each section of a scenario declares."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    """Return a file's path below the source folder."""
    return path.relative_to(SOURCE).as_posix()


def _functions() -> Iterator[tuple[str, Function]]:
    """Yield every function of the package, named by file, line and name."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{_name(path)}:{node.lineno} {node.name}", node


def _lines_of_code(node: Function) -> int:
    """Count the lines of a function without its docstring."""
    first = node.body[0]
    documented = ast.get_docstring(node, clean=False) is not None
    return _span(node) - (_span(first) if documented else 0)


def _span(node: Function | ast.stmt) -> int:
    """Count the lines of a statement."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def _too_many_arguments(node: Function) -> int:
    """Return how many arguments a function has, where they are too many, and else nought.

    A public function may have any number of arguments that are given by name only.
    """
    given = node.args
    positional = [a for a in (*given.posonlyargs, *given.args) if a.arg not in ("self", "cls")]
    by_name = len(given.kwonlyargs)
    count = len(positional) + by_name + (given.vararg is not None) + (given.kwarg is not None)
    counted = len(positional) if not node.name.startswith("_") else count
    return count if counted > MOST_ARGUMENTS else 0


def test_the_package_is_seen() -> None:
    """The tests of this file look at the whole package."""
    assert len(PATHS) > 200
    assert sum(1 for _ in _functions()) > 1000


def test_no_module_is_long() -> None:
    """No module has more than 400 lines."""
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PATHS}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_frame_is_long() -> None:
    """Every module of the claims that are read has fewer than 250 lines."""
    frames = "foedus/reading/frames/"
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for path in PATHS
        if (name := _name(path)).startswith(frames)
    }
    assert len(lengths) > 40
    assert {name: n for name, n in lengths.items() if n > LONGEST_FRAME} == {}


def test_no_function_is_long() -> None:
    """No function has more than 45 lines without its docstring."""
    lengths = {name: _lines_of_code(node) for name, node in _functions()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_no_function_has_many_arguments() -> None:
    """No function has more than six arguments, but public ones whose further arguments are given by name."""
    counts = {name: _too_many_arguments(node) for name, node in _functions()}
    assert {name: n for name, n in counts.items() if n} == {}


@pytest.mark.parametrize(
    ("text", "lines", "arguments"),
    [
        ('def f(a):\n    """Say\n    it."""\n    return a', 2, 0),
        ("def f(a):\n\n    def g():\n        return a\n\n    return g", 6, 0),
        ("def f(a, b, c, d, e, g, /, *, h, i): ...", 1, 0),
        ("def f(a, b, c, d, e, g, h): ...", 1, 7),
        ("def _f(a, b, c, d, e, g, *, h): ...", 1, 7),
        ("def _f(self, a, b, c, d, e, g): ...", 1, 0),
        ("def _f(a, b, c, d, e, *g, **h): ...", 1, 7),
    ],
)
def test_the_measures(text: str, lines: int, arguments: int) -> None:
    """A docstring counts no line and a nested function all of its own; arguments by name count if private."""
    node = ast.parse(text).body[0]
    assert isinstance(node, Function)
    assert (_lines_of_code(node), _too_many_arguments(node)) == (lines, arguments)


def test_a_class_name_occurs_once() -> None:
    """No two classes share a name, but the five of each component and the five of each section."""
    homes: dict[str, list[str]] = {}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(f"{_name(path)}:{node.lineno}")
    repeated = {name: at for name, at in homes.items() if len(at) > 1}
    assert {n: at for n, at in repeated.items() if n not in OF_A_COMPONENT | OF_A_SECTION} == {}


MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__") for path in PATHS
}
TEXT_FOR_USERS = {"python_of"}
"""Functions that write Python for a user to copy; what they are given is text and imports nothing."""
DATA_FILES = {"files", "PackageLoader", "StaticFiles"}
"""Functions that name the package beside whose modules a data file lies; they load no module for its code."""
FINDERS = {"import_module", "__import__", "find_spec", "run_module"}
"""Functions that find a module by its name."""


def _called(node: ast.Call) -> str:
    """Return the last name of what a call calls."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _documentation(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield strings that stand as statements: docstrings, and those under a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _names_a_module(text: str) -> bool:
    """Whether a whole text is the name of a module of the package, of something in one, or its beginning."""
    if not re.fullmatch(r"foedus(?:\.\w+)*\.?(?::\w*)?", text) or text == "foedus":
        return False
    parts = re.split(r"[.:]", text)
    return any(".".join(parts[:n]) in MODULES for n in range(2, len(parts) + 1))


def _found_by_name(tree: ast.Module) -> dict[int, str]:
    """Return the strings that name a module of the package, and the calls that could find one, by line."""
    passed_over = {id(node) for node in _documentation(tree)}
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in TEXT_FOR_USERS | DATA_FILES:
            passed_over |= {id(inside) for inside in ast.walk(node)}
        if isinstance(node, ast.Call) and _called(node) in FINDERS and node.args:
            name = node.args[0]
            if not (isinstance(name, ast.Constant) and str(name.value).isidentifier()):
                names[node.lineno] = ast.unparse(node)
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in passed_over else None
        if isinstance(text, str) and _names_a_module(text):
            names[node.lineno] = text
    return names


def test_no_module_is_found_by_its_name() -> None:
    """No string names a module of the package, but where the public names of ``foedus`` are kept."""
    names = {
        f"{_name(path)}:{line}": text
        for path, tree in TREES.items()
        for line, text in _found_by_name(tree).items()
    }
    public = {at for at in names if at.startswith("foedus/__init__.py:")}
    assert public
    assert {at: text for at, text in names.items() if at not in public} == {}


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ('import_module("foedus.runs")', True),
        ('importlib.import_module(f"foedus.{name}")', True),
        ("import_module(name)", True),
        ('import_module("pandas")', False),
        ('app.command("foedus.cli.data:data_import")', True),
        ('app.command(f"foedus.cli.{target}")', True),
        ('run([python, "-m", "foedus.reading.extract"])', True),
        ('python_of("foedus.analysis.pledge.pledge", question)', False),
        ('resources.files("foedus.evidence")', False),
        ('StaticFiles(packages=[("foedus.dashboard", "static")])', False),
        ('"""See foedus.runs."""', False),
        ('show("from foedus.reading.read import read_text\\n")', False),
        ('name = "foedus"', False),
    ],
)
def test_the_search_for_names(text: str, caught: bool) -> None:
    """Names of modules are caught in calls and f-strings, and passed over in documentation and shown text."""
    assert bool(_found_by_name(ast.parse(text))) is caught


def test_a_name_says_what_a_thing_is() -> None:
    """No variable or argument is called by what was done to it: made, found, kept, there."""
    words = {"made", "found", "kept", "there"}
    named = {
        f"{path.relative_to(SOURCE)}:{node.lineno}": name
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if (name := _bound_name(node)) in words
    }
    assert named == {}


def _bound_name(node: ast.AST) -> str | None:
    """Return the name that a node binds inside a function, if it binds one."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return node.arg if isinstance(node, ast.arg) else None


ROUNDS = re.compile(r"\.\d*(\{\})?[f%]$|^[-+, ]*[f%]$")
"""A format that rounds a number: ".1f", "+,.0f", ".2%"; "%-d %B" and "-d" do not."""


def _formats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every format of a formatted string, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts = node.format_spec.values
            yield node.lineno, "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in parts)


def test_numbers_are_rounded_in_one_place() -> None:
    """Only ``foedus.rounding`` rounds a number for print: Python's own formats round halves to even."""
    assert ROUNDS.search("+,.0f")
    elsewhere = [
        f"{_name(path)}:{line} {spec}"
        for path, tree in TREES.items()
        for line, spec in _formats(tree)
        if ROUNDS.search(spec) and _name(path) != "foedus/rounding.py"
    ]
    assert elsewhere == []
