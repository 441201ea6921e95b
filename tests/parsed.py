"""The package's modules, parsed once for all tests that look at the code."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

__all__ = ["parsed"]


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's tree, which no test may change."""
    return ast.parse(path.read_text(encoding="utf-8"))
