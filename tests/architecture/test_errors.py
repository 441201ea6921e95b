"""The error family and its drawing."""

from __future__ import annotations

import inspect

import foedus.errors as errors


def _classes() -> list[type[errors.FoedusError]]:
    return [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.FoedusError)]


def _drawn() -> list[tuple[int, str]]:
    """Read the tree in the module's docstring as (depth, class name)."""
    lines = (errors.__doc__ or "").splitlines()
    found = []
    for line in lines:
        name = line.strip("│├└─ ").split(" ")[0]
        if name.endswith("Error") and line.startswith("    "):
            found.append(((len(line) - len(line.lstrip("│├└─ "))) // 4 - 1, name))
    return found


def test_every_error_class_is_drawn_once() -> None:
    """The tree in the docstring of errors.py names every error class, and no other."""
    drawn = [name for _, name in _drawn()]
    assert sorted(drawn) == sorted(c.__name__ for c in _classes())
    assert len(set(drawn)) == len(drawn)


def test_the_tree_shows_the_inheritance() -> None:
    """Each class stands in the tree under the class it inherits from."""
    path: list[str] = []
    for depth, name in _drawn():
        path[depth:] = [name]
        parent = path[depth - 1] if depth else "Exception"
        assert getattr(errors, name).__mro__[1].__name__ == parent


def test_every_error_is_public() -> None:
    """Every error class stands in the module's `__all__`."""
    assert {c.__name__ for c in _classes()} <= set(errors.__all__)


def test_exit_codes_are_one_to_three() -> None:
    """The code is 2, 1 for a fault that may pass, so that a script tries again, and 3 without a solution."""
    assert {c.exit_code for c in _classes()} == {1, 2, 3}
    assert {c.__name__ for c in _classes() if c.exit_code == 1} == {
        "ClusterError",
        "DownloadError",
        "StorageError",
    }
    assert [c.__name__ for c in _classes() if c.exit_code == 3] == ["NoSolutionError"]
