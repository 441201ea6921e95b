"""Whether the tests notice a wrong line: plant one fault after another, and run the room's own tests.

A mutant is the package with one thing changed in one module: a comparison turned, a constant moved by one,
"and" for "or", a sign turned, nothing returned, a statement left out. It is caught when a test of the
module's room fails, or does not end. What survives is printed with its line, to be read: it is an untested
line, or a change that makes no difference. Modules that draw charts are left out: a picture is looked at.

    python benchmarks/mutants.py --count 40 --seed 14
    python benchmarks/mutants.py --rooms runs --count 10 --seed 3

Not part of `.ci/run`: forty mutants take about twenty minutes. The exit code is 1 when fewer than 85 per cent
are caught, or one survives in `runs`.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("runs", "evidence", "reading", "engine")
LEAST_CAUGHT = 0.85
NONE_MAY_SURVIVE = "runs"

TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
"""What takes the place of an operator."""


@dataclass(frozen=True)
class Mutant:
    """One change of one module.

    Attributes
    ----------
    room, module : str
        The room, and the module's path below the package.
    line : int
        Where it is.
    what : str
        What was changed, in words.
    text : str
        The module's whole text with the change.
    """

    room: str
    module: str
    line: int
    what: str
    text: str


Change = tuple[int, str, Callable[[], None], Callable[[], None]]
"""A line, what is done there, and the functions that do and undo it in the tree."""


def changes(tree: ast.Module) -> Iterator[Change]:
    """Yield every change that can be made in a module, but for its documentation and its types."""
    for node in _code(tree):
        if isinstance(node, ast.Compare):
            for i, operator in enumerate(node.ops):
                yield from _swap(node.lineno, node.ops, i, operator)
        elif isinstance(node, (ast.BoolOp, ast.BinOp)) and type(node.op) in TURNED:
            yield from _attribute(node.lineno, node, "op", TURNED[type(node.op)]())
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield from _attribute(node.lineno, node, "op", ast.UAdd())
        elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            value = not node.value if isinstance(node.value, bool) else node.value + 1
            yield from _attribute(node.lineno, node, "value", value)
        elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
            yield from _attribute(node.lineno, node, "value", ast.Constant(None))
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            for i, statement in enumerate(body if isinstance(body, list) else ()):
                if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr)) and not _is_text(statement):
                    yield _replaced(statement.lineno, body, i, ast.Pass(), "leave out")


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run when the module is used: no annotations, nothing for type checkers alone."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params", "bases", "exc", "format_spec"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.Assign) and "__all__" in ast.unparse(child.targets[0]):
                continue
            if isinstance(child, ast.AST):
                yield from _code(child)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text(statement: ast.stmt) -> bool:
    """Whether a statement is documentation, or names what the module has to offer."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Assign) and "__all__" in ast.unparse(statement.targets[0])


def _swap(line: int, operators: list[ast.cmpop], i: int, operator: ast.cmpop) -> Iterator[Change]:
    new = TURNED[type(operator)]()
    yield _replaced(line, operators, i, new, f"{type(operator).__name__} to {type(new).__name__}")


def _replaced(line: int, items: list[ast.AST], i: int, new: ast.AST, what: str) -> Change:
    """Return a change of one item of a list."""
    old = items[i]
    return line, what, lambda: items.__setitem__(i, new), lambda: items.__setitem__(i, old)


def _attribute(line: int, node: ast.AST, name: str, new: object) -> Iterator[Change]:
    """Yield the change of one attribute of a node."""
    old = getattr(node, name)
    shown = (
        f"{old!r} to {new!r}" if name == "value" and not isinstance(old, ast.AST) else _kind(node, old, new)
    )
    yield line, shown, lambda: setattr(node, name, new), lambda: setattr(node, name, old)


def _kind(node: ast.AST, old: object, new: object) -> str:
    if isinstance(node, ast.Return):
        return "return None"
    return f"{type(old).__name__} to {'nothing' if isinstance(new, ast.UAdd) else type(new).__name__}"


def mutants(package: Path, room: str, count: int, seed: int) -> list[Mutant]:
    """Return some mutants of a room, chosen by a seed among all that there are."""
    every: list[tuple[Path, int]] = []
    paths = [path for path in sorted((package / room).rglob("*.py")) if "charts" not in path.as_posix()]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    for path, tree in trees.items():
        every += [(path, i) for i in range(sum(1 for _ in changes(tree)))]
    chosen = random.Random(f"{seed} {room}").sample(every, min(count, len(every)))
    return [_mutant(package, room, trees[path], path, number) for path, number in chosen]


def _mutant(package: Path, room: str, tree: ast.Module, path: Path, number: int) -> Mutant:
    line, what, do, undo = next(c for i, c in enumerate(changes(tree)) if i == number)
    do()
    text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    undo()
    return Mutant(room, path.relative_to(package).as_posix(), line, what, text)


def is_caught(mutant: Mutant, copy: Path, limit: float) -> bool:
    """Whether a test of the room fails, or does not end, with the mutant in the package's place."""
    path = copy / "src" / "foedus" / mutant.module
    before = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    try:
        return _tests(copy, mutant.room, limit) != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(before, encoding="utf-8")


def _tests(copy: Path, room: str, limit: float) -> int:
    """Run the tests of a room on a copy of the repository, up to the first that fails."""
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not browser", f"tests/{room}"]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=copy, env=environment, timeout=limit, capture_output=True, check=False)
    return done.returncode


def main() -> int:
    """Plant the mutants one after the other, and print the score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rooms", nargs="+", default=list(ROOMS))
    parser.add_argument("--count", type=int, default=40, help="of all rooms together")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    options = parser.parse_args()
    each = -(-options.count // len(options.rooms))
    caught: list[bool] = []
    survived: list[Mutant] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "foedus"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "_build"))
        for room in options.rooms:
            chosen = mutants(copy / "src" / "foedus", room, each, options.seed)
            started = time.monotonic()
            if not options.list and _tests(copy, room, 3600.0) != 0:
                raise SystemExit(f"the tests of {room} fail without any mutant")
            limit = 60.0 + 3.0 * (time.monotonic() - started)
            for mutant in chosen:
                noticed = not options.list and is_caught(mutant, copy, limit)
                caught.append(noticed)
                survived += [] if noticed else [mutant]
                state = "" if options.list else ("caught   " if noticed else "SURVIVED ")
                print(f"{state}{mutant.module}:{mutant.line} {mutant.what}", flush=True)
    if options.list:
        return 0
    score = sum(caught) / len(caught)
    print(f"{sum(caught)} of {len(caught)} mutants caught, {100 * score:.0f} %")
    return int(score < LEAST_CAUGHT or any(mutant.room == NONE_MAY_SURVIVE for mutant in survived))


if __name__ == "__main__":
    sys.exit(main())
