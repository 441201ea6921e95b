"""Turn any result into what JSON can carry."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["to_plain"]


def to_plain(value: Any) -> Any:
    """Turn a result into what JSON can carry.

    Parameters
    ----------
    value : object
        Dataclasses, models, mappings, sequences, dates, paths, numbers and text, nested at will.

    Returns
    -------
    object
        The same with dates and paths as text, and None for a number that is not finite.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if hasattr(value, "model_dump"):
        return to_plain(value.model_dump())
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (date, Path)):
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    if hasattr(value, "tolist"):
        return to_plain(value.tolist())
    if isinstance(value, (Sequence, Iterable)):
        return [to_plain(item) for item in value]
    return str(value)
