"""Read the package's own YAML files: plain values, by the compiled parser where it is installed."""

from __future__ import annotations

from typing import Any

__all__ = ["plain_yaml"]


def plain_yaml(text: str) -> Any:
    """Return the plain values of a YAML text; a user's file is read with its lines instead.

    Parameters
    ----------
    text : str
        YAML.

    Returns
    -------
    object
        Mappings, lists, texts, numbers, dates and None.
    """
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
