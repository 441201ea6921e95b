"""Colours by meaning: a page names them and may be light or dark, a file has them as on white paper."""

from __future__ import annotations

import re

__all__ = ["DARK", "LIGHT", "on_paper", "token"]

LIGHT: dict[str, str] = {
    "ground": "#f7f5f0",
    "paper": "#ffffff",
    "sunk": "#efece5",
    "ink": "#131c28",
    "soft": "#4b5665",
    "faint": "#5e6774",
    "line": "#dcd7cc",
    "hair": "#e9e5dc",
    "axis": "#858d98",
    "us": "#1c4f8a",
    "us-2": "#4e86bd",
    "us-3": "#97bedf",
    "us-4": "#cfe0f0",
    "us-5": "#0c2745",
    "mine": "#a84a09",
    "mine-fill": "#d4741f",
    "mine-2": "#f2c08d",
    "mine-3": "#fae3cb",
    "short": "#d4741f",
    "nochange": "#626b79",
    "plum": "#7a3b69",
    "green": "#3f7f5f",
    "rose": "#a8485a",
    "grey-band": "#c2c7cf",
    "sea": "#f5f7fa",
    "land": "#e6e1d6",
}
"""On white paper and in daylight."""

DARK: dict[str, str] = {
    "ground": "#0e141d",
    "paper": "#161e2a",
    "sunk": "#1d2735",
    "ink": "#eaeef4",
    "soft": "#b3bdca",
    "faint": "#97a2b1",
    "line": "#303c4d",
    "hair": "#232d3b",
    "axis": "#66717f",
    "us": "#86bbf0",
    "us-2": "#4f8bc6",
    "us-3": "#356294",
    "us-4": "#1f3a58",
    "us-5": "#c4defa",
    "mine": "#f4a765",
    "mine-fill": "#e08a3c",
    "mine-2": "#8a5324",
    "mine-3": "#4a331f",
    "short": "#bd681c",
    "nochange": "#9aa5b4",
    "plum": "#d39ac0",
    "green": "#84c0a2",
    "rose": "#e394a4",
    "grey-band": "#414c5c",
    "sea": "#121a25",
    "land": "#2a3442",
}
"""On a dark screen."""

_TOKEN = re.compile(r"var\(--([a-z0-9-]+)\)")


def token(name: str) -> str:
    """Return a colour as style sheets and charts name it.

    Parameters
    ----------
    name : str
        One of :data:`LIGHT`.

    Returns
    -------
    str
        For example "var(--us)".
    """
    if name not in LIGHT:
        raise KeyError(name)
    return f"var(--{name})"


def on_paper(text: str) -> str:
    """Replace the names of colours by what they are on white paper.

    Parameters
    ----------
    text : str
        A specification, a picture or a style sheet.

    Returns
    -------
    str
        The same without names; a name that is none of ours stays.
    """
    return _TOKEN.sub(lambda match: LIGHT.get(match[1], match[0]), text)
