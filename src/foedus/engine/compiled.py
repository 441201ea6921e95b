"""Equations compiled by numba, where it is installed: the same bits in one pass over the arrays.

Without the extra ``compiled`` the same equations run operation by operation. Compiling takes a second or two
once, and loading what was compiled half a second in every process: :data:`COMPILED_FROM` draws win that back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from foedus.engine.arrays import choose
from foedus.engine.elementary import exp, log, of_one
from foedus.engine.workspace import Equation

__all__ = ["COMPILED_FROM", "compiled_loop", "compiler_for"]

COMPILED_FROM = 50_000
"""Draws from which compiled equations win back the time that loading them takes."""

_loops: dict[Equation, Any] = {}
_lock = Lock()


def compiler_for(draws: int) -> Callable[[Equation], Any] | None:
    """Return what compiles equations for so many draws; None where they run operation by operation."""
    if draws < COMPILED_FROM or find_spec("numba") is None:
        return None
    return compiled_loop


def compiled_loop(equation: Equation) -> Any:
    """Return the compiled loop of an equation, compiled when it is first asked for.

    Parameters
    ----------
    equation : Equation
        The equation.

    Returns
    -------
    callable
        Takes the arrays to fill and the four named tuples of values.
    """
    loop = _loops.get(equation)
    if loop is None:
        with _lock:
            loop = _loops.get(equation) or _compile(equation)
            _loops[equation] = loop
    return loop


def _compile(equation: Equation) -> Any:
    """Compile a loop; the machine code is kept in the user's cache folder, by the checksum of the source."""
    import numba
    from numba.extending import overload, register_jitable

    if not _loops:
        exp_of_one, log_of_one = of_one()
        # An overload returns the implementation for given types: here it is the same for all.
        overload(choose, strict=False)(lambda condition, one, other: _choose_of_one)  # noqa: ARG005
        overload(exp, strict=False)(lambda x: exp_of_one)  # noqa: ARG005
        overload(log, strict=False)(lambda x: log_of_one)  # noqa: ARG005
    for part in equation.parts:
        register_jitable(part)
    folder = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = folder or str(_cache_folder(equation))
    try:
        # A division by zero gives an infinity, as in NumPy, and no operation is fused with another.
        return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=False)(equation.loop)
    finally:
        numba.config.CACHE_DIR = folder


def _choose_of_one(condition: Any, one: Any, other: Any) -> Any:
    """Return :func:`foedus.engine.arrays.choose` of one value."""
    return one if condition else other


def _cache_folder(equation: Equation) -> Path:
    """Return the folder of machine code of this source: numba itself looks at one file of it only."""
    from platformdirs import user_cache_path

    functions = (*equation.parts, equation.loop, choose, exp)
    files = sorted({function.__code__.co_filename for function in functions})
    digest = hashlib.sha256(b"\0".join(Path(file).read_bytes() for file in files)).hexdigest()
    return user_cache_path("foedus") / "compiled" / digest[:16]
