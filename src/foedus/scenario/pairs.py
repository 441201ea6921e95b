"""Pairs of scenarios: two files NAME-a and NAME-b are two ways of one question, printed side by side.

Neither way is more likely than the other, and nothing is ever averaged over the two: a pair is compared, with
common random terms.
"""

from __future__ import annotations

from pathlib import Path

from foedus.files.shipped import is_path, shipped_files

__all__ = ["WAYS", "pair_of"]

WAYS = ("-a", "-b")
"""What the names of the two ways end in."""


def pair_of(name: str) -> tuple[str, str] | None:
    """Return the two scenarios of a pair.

    Parameters
    ----------
    name : str
        The pair's name, or its path without the ending of either way, such as ``my/question.yaml``.

    Returns
    -------
    tuple of (str, str) or None
        The names or paths of both ways; None where the name is that of a scenario, or both are not there.
    """
    if is_path(name):
        path = Path(name).expanduser()
        ways = [path.with_name(f"{path.stem}{way}{path.suffix}") for way in WAYS]
        return None if path.exists() or not all(w.is_file() for w in ways) else (str(ways[0]), str(ways[1]))
    known = shipped_files("scenarios")
    first, second = (f"{name}{way}" for way in WAYS)
    return (first, second) if name not in known and {first, second} <= set(known) else None
