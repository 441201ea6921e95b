"""What makes two runs the same: the resolved scenario, seed, draws, and the code and libraries that ran."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from foedus.scenario.resolved import Resolved

__all__ = ["code_sha256", "identity"]

CODE = ("ensemble", "measures", "model", "parameters", "runs", "scenario")
"""The parts of foedus that a run's numbers depend on."""


@cache
def code_sha256() -> str:
    """Give the checksum of the code and parameters that a run's numbers depend on.

    Returns
    -------
    str
        SHA-256 over the names and contents of the files, hexadecimal.
    """
    root = Path(__file__).resolve().parents[1]
    files = sorted(
        p for part in CODE for p in (root / part).rglob("*") if p.suffix in {".py", ".yaml", ".csv"}
    )
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def identity(resolved: Resolved, *, seed: int, draws: int) -> dict[str, Any]:
    """Give all that a run's numbers depend on, with one checksum of it.

    Parameters
    ----------
    resolved : Resolved
        The scenario with its figures.
    seed, draws : int
        The seed of the random streams and the number of draws.

    Returns
    -------
    dict
        Versions, checksums, seed and draws. ``input_sha256`` covers scenario, seed and draws; ``run_sha256``
        covers the versions and the code besides.
    """
    asked = {"scenario_sha256": resolved.sha256, "seed": seed, "draws": draws}
    made_by = {
        "foedus": metadata.version("foedus"),
        "numpy": metadata.version("numpy"),
        "python": platform.python_version(),
        "code_sha256": code_sha256(),
    }
    return {
        **asked,
        **made_by,
        "editions": dict(resolved.editions),
        "input_sha256": _sha256(asked),
        "run_sha256": _sha256(asked | made_by),
    }


def _sha256(content: dict[str, Any]) -> str:
    """Give the checksum of plain values."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
