"""What makes two runs the same: the resolved scenario, seed, draws, and the code and libraries that ran."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from foedus.errors import StorageError
from foedus.scenario.resolved import Resolved

__all__ = ["checksum_below_faces", "code_sha256", "identity", "made_by", "ran_sha256"]

FACES = ("cli", "dashboard", "report")
"""The parts of foedus that show numbers and make none."""

KINDS = {".py", ".yaml", ".csv", ".gz"}
"""The endings of the files that a number may come from: code, parameters and tables, compressed or not."""

ASKED = ("scenario_sha256", "seed", "draws")
MADE_BY = ("foedus", "numpy", "python", "code_sha256")
"""What a run is asked for, and with what it is made: all that its numbers depend on."""


@cache
def code_sha256() -> str:
    """Return the checksum of the code, parameters and tables that a run's numbers depend on.

    Returns
    -------
    str
        SHA-256 over the names and contents of the files below the faces, hexadecimal.
    """
    return checksum_below_faces(Path(__file__).resolve().parents[1])


def checksum_below_faces(package: Path) -> str:
    """Return the checksum of a copy of the package, its faces left out.

    Parameters
    ----------
    package : pathlib.Path
        The folder of the package.

    Returns
    -------
    str
        SHA-256 over the names and contents of the files, hexadecimal.

    Raises
    ------
    StorageError
        When the folder holds no package, or a part of it holds no file: a checksum that covers less than the
        code would call changed code the same run.
    """
    if not (package / "runs" / "identity.py").is_file() or not (package / "__init__.py").is_file():
        raise StorageError("this is not the folder of the package", where=str(package), do="install it again")
    parts = sorted(p for p in package.iterdir() if p.name not in {*FACES, "__pycache__"})
    files: list[Path] = []
    for part in parts:
        held = [part] if part.is_file() else [p for p in part.rglob("*") if p.is_file()]
        held = [p for p in held if p.suffix in KINDS]
        if part.is_dir() and not held:
            raise StorageError("this part of the package is empty", where=str(part), do="install it again")
        files += held
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def made_by() -> dict[str, str]:
    """Return what this process makes numbers with: versions, and the checksum of code, parameters and tables.

    Returns
    -------
    dict of str to str
        By name; the same where it is the same to the last bit.
    """
    return {
        "foedus": metadata.version("foedus"),
        "numpy": metadata.version("numpy"),
        "python": platform.python_version(),
        "code_sha256": code_sha256(),
    }


def identity(resolved: Resolved, *, seed: int, draws: int) -> dict[str, Any]:
    """Return all that a run's numbers depend on, with one checksum of it.

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
    parts: dict[str, Any] = {
        "scenario_sha256": resolved.sha256,
        "seed": seed,
        "draws": draws,
        **made_by(),
    }
    inputs, everything = ran_sha256(parts)
    return {
        **parts,
        "editions": dict(resolved.editions),
        "input_sha256": inputs,
        "run_sha256": everything,
    }


def ran_sha256(parts: Mapping[str, Any]) -> tuple[str, str]:
    """Return the checksums of what a run was asked for, and of that with what it was made by.

    Parameters
    ----------
    parts : mapping
        What :func:`identity` gives, or a run's manifest.

    Returns
    -------
    str, str
        ``input_sha256`` and ``run_sha256``.

    Raises
    ------
    KeyError
        When a part is missing.
    """
    asked = {name: parts[name] for name in ASKED}
    return _sha256(asked), _sha256(asked | {name: parts[name] for name in MADE_BY})


def _sha256(content: dict[str, Any]) -> str:
    """Return the checksum of plain values."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
