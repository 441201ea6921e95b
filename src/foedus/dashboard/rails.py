"""What stands around a chart: the rail below it, the aside beside it, and what the tab "How sure" says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Aside", "Rail", "Stop", "Strip", "SureSection"]


@dataclass(frozen=True)
class Stop:
    """One stop of a rail: a year, an edition, a rung.

    Attributes
    ----------
    value : str
        The value of the rail's field; empty for its default.
    label, count : str
        What stands below and above it: "2024" and "18".
    text : str
        What is read out: "2024: 18 of the 31 allies with a figure".
    share : float
        How full its bar is, 0 to 1.
    kind : {"table", "said", "part"}
        Whether the figures are held, NATO only said the number, or a part of the figures is held.
    current : bool
        Whether the answer shown is this one.
    """

    value: str
    label: str
    count: str
    text: str
    share: float = 0.0
    kind: Literal["table", "said", "part"] = "table"
    current: bool = False


@dataclass(frozen=True)
class Rail:
    """A row of stops below the chart: one of them is the answer shown, and each is a link to its own.

    Attributes
    ----------
    name : str
        What the switch between rails calls it: "Years".
    field : str
        The question's field that a stop sets.
    stops : tuple of Stop
        From left to right.
    look : {"bars", "dots"}
        A bar that shows :attr:`Stop.share`, or a dot.
    plays : bool
        Whether it has a button that walks through the stops.
    sets : mapping of str to str
        Other fields that every stop sets as well.
    """

    name: str
    field: str
    stops: tuple[Stop, ...]
    look: Literal["bars", "dots"] = "bars"
    plays: bool = True
    sets: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Strip:
    """A line of figures in the place of a rail: a difference, or a year by its editions.

    Attributes
    ----------
    label : str
        What it is about.
    items : tuple of (str, str)
        A figure and its words.
    """

    label: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SureSection:
    """A heading and what stands below it, as in "How sure".

    Attributes
    ----------
    title : str
        The heading.
    lines : tuple of str
        One paragraph each.
    """

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Aside:
    """What fills the foot of the left column where there is room: a heading, dots and a line.

    Attributes
    ----------
    title : str
        The heading.
    rail : Rail, optional
        Dots over time, drawn as a line.
    lines : tuple of str
        Sentences.
    links : tuple of (str, str)
        Words and addresses of other pages that go on from here.
    """

    title: str
    rail: Rail | None = None
    lines: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
