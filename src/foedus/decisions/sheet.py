"""A spreadsheet of positions: one row an actor, one issue or many; read twice, so that any length fits.

The first reading checks every row and finds the scales; the second gives the issues one by one, on the
scale 0 to 100 and with saliences as fractions. A table with a column for each issue is held whole, as is
one whose issues are not in one piece each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from foedus.decisions.rules import kind_of, rule_of
from foedus.decisions.sheet_rows import NUMBERS, POINTS, Rows, SheetRow, head
from foedus.decisions.sheet_scale import Extremes, Scales, scales_of
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["PositionSheet", "SheetIssue", "open_sheet"]

YES, NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n", ""})
"""Words for whether members may be left out."""


@dataclass(frozen=True)
class SheetIssue:
    """One issue of a spreadsheet, on the scale 0 to 100.

    Attributes
    ----------
    name, group : str
        The issue, and what it belongs to.
    rule, kind : str or None
        As the file has it.
    opt_out : bool
        Whether members may be left out of it.
    actors : tuple of str
        Those with a position, a salience and an influence.
    position, salience, influence, weight, accepts_low, accepts_high : ndarray, (actor,)
        Points, fractions, and numbers in any one unit; NaN where a weight or a limit is not given.
    reversion, outcome : float
        NaN where it is not given.
    incomplete : int
        Rows left out for want of a number.
    ends : (float, float)
        What 0 and 100 are in the file's own numbers.
    """

    name: str
    group: str
    rule: str | None
    kind: str | None
    opt_out: bool
    actors: tuple[str, ...]
    position: Array
    salience: Array
    influence: Array
    weight: Array
    accepts_low: Array
    accepts_high: Array
    reversion: float
    outcome: float
    incomplete: int
    ends: tuple[float, float]

    def shown(self, points: Any) -> Any:
        """Return points in the file's own numbers."""
        return self.ends[0] + np.asarray(points, float) * (self.ends[1] - self.ends[0]) / 100.0


@dataclass(frozen=True)
class PositionSheet:
    """A spreadsheet that was read once and can be read again.

    Attributes
    ----------
    rows : Rows
        The file, its title, and which column holds what.
    scales : Scales
        On which scales positions and saliences are.
    count : int
        How many issues.
    whole : bool
        Whether the rows must be held together to be grouped.
    """

    rows: Rows
    scales: Scales
    count: int
    whole: bool

    def issues(self) -> Iterator[SheetIssue]:
        """Return the issues one by one.

        Yields
        ------
        SheetIssue
            In the order of the file.
        """
        for name, rows in _grouped(self.rows.read(), self.whole):
            yield _issue(self, name, rows)


def open_sheet(
    path: Path, shown: str, *, scale: tuple[float, float] | None = None, group: str | None = None
) -> PositionSheet:
    """Read a spreadsheet once: check every row, and find the columns and the scales.

    Parameters
    ----------
    path : pathlib.Path
        A file of cells parted by commas, semicolons or tabs.
    shown : str
        How it is named in messages.
    scale : (float, float), optional
        The ends of the scale of positions.
    group : str, optional
        The heading of the column by which issues belong together.

    Returns
    -------
    PositionSheet
        The file, whose issues can be read.

    Raises
    ------
    InputError
        When the file does not say what it must; the message names the line.
    UnknownNameError
        When a rule or a column is not known.
    StorageError
        When the file cannot be read.
    """
    raw = head(path, shown, group)
    points, salience = Extremes(), Extremes()
    actors: dict[str, dict[str, int]] = {}
    whole, last = bool(raw.layout.dimensions), ""
    for row in raw.read():
        if row.issue != last and row.issue in actors:
            whole = True
        last = row.issue
        own = actors.setdefault(row.issue, {})
        actor = row.actor.casefold()
        if actor in own:
            raise InputError(
                f"{row.actor} has two rows on the issue {row.issue!r}, the other on line {own[actor]}",
                where=f"{shown}, line {row.line}",
                do="give each actor one row an issue",
            )
        own[actor] = row.line
        for name in POINTS:
            points.add(row.numbers.get(name, np.nan), row.line)
        salience.add(row.numbers.get("salience", np.nan), row.line)
    _check_issues(shown, actors)
    has_salience = "salience" in raw.layout.columns or any(d.salience >= 0 for d in raw.layout.dimensions)
    scales = scales_of(shown, points, salience, scale, has_salience=has_salience)
    return PositionSheet(raw, scales, len(actors), whole)


def _check_issues(shown: str, actors: dict[str, dict[str, int]]) -> None:
    """Check that there are issues, each with two actors."""
    if not actors:
        raise InputError("there is no row below the headings", where=shown, do="add a row for each actor")
    for name, own in actors.items():
        if len(own) < 2:
            raise InputError(
                f"the issue {name!r} has one actor, who decides alone",
                where=f"{shown}, line {next(iter(own.values()))}",
                do="give every issue at least two actors",
            )


def _grouped(rows: Iterator[SheetRow], whole: bool) -> Iterator[tuple[str, list[SheetRow]]]:
    """Return the rows of each issue."""
    if whole:
        issues: dict[str, list[SheetRow]] = {}
        for row in rows:
            issues.setdefault(row.issue, []).append(row)
        yield from issues.items()
        return
    for name, own in groupby(rows, key=lambda row: row.issue):
        yield name, list(own)


def _issue(sheet: PositionSheet, name: str, rows: list[SheetRow]) -> SheetIssue:
    """Return one issue from its rows."""
    where = f"{sheet.rows.shown}, the issue {name!r}"
    shared = {
        text: _shared([(getattr(row, text), row.line) for row in rows], text, where)
        for text in ("group", "rule", "kind", "opt_out")
    }
    points = {
        number: _shared([(row.numbers.get(number, np.nan), row.line) for row in rows], number, where)
        for number in ("reversion", "outcome")
    }
    needed = [n for n in ("position", "salience", "influence") if any(n in row.numbers for row in rows)]
    full = [row for row in rows if not any(np.isnan(row.numbers[n]) for n in needed)]
    columns = {n: np.array([row.numbers.get(n, np.nan) for row in full]) for n in NUMBERS}
    ends = sheet.scales.position or _own_ends(rows)
    low, width = ends[0], (ends[1] - ends[0]) or 1.0
    ones = np.ones(len(full))
    return SheetIssue(
        name=name,
        group=shared["group"] or name,
        rule=rule_of(shared["rule"], where),
        kind=kind_of(shared["kind"], where),
        opt_out=_yes(shared["opt_out"], where),
        actors=tuple(row.actor for row in full),
        position=100.0 * (columns["position"] - low) / width,
        salience=columns["salience"] / sheet.scales.salience if "salience" in needed else ones,
        influence=columns["influence"] if "influence" in needed else ones,
        weight=columns["weight"],
        accepts_low=100.0 * (columns["accepts_low"] - low) / width,
        accepts_high=100.0 * (columns["accepts_high"] - low) / width,
        reversion=100.0 * (points["reversion"] - low) / width,
        outcome=100.0 * (points["outcome"] - low) / width,
        incomplete=len(rows) - len(full),
        ends=ends,
    )


def _own_ends(rows: list[SheetRow]) -> tuple[float, float]:
    """Return the lowest and the highest number of an issue."""
    values = [row.numbers[n] for row in rows for n in POINTS if not np.isnan(row.numbers.get(n, np.nan))]
    return (min(values), max(values)) if values else (0.0, 1.0)


def _shared(values: list[tuple[Any, int]], name: str, where: str) -> Any:
    """Return what the rows of an issue say alike; what a row leaves empty counts for nothing."""
    said = [(value, line) for value, line in values if value != "" and value == value]
    for value, line in said[1:]:
        if value != said[0][0]:
            raise InputError(
                f"the {name} is {said[0][0]} on line {said[0][1]} and {value} on line {line}",
                where=where,
                do="write the same on all rows of an issue",
            )
    return said[0][0] if said else values[0][0]


def _yes(text: str, where: str) -> bool:
    """Whether a cell says that members may be left out."""
    plain = text.lower()
    if plain not in YES | NO:
        raise InputError(f"opt_out {text!r} is neither yes nor no", where=where, do="write yes or no")
    return plain in YES
