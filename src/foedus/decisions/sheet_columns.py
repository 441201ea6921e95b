"""The columns of a spreadsheet of positions, under the names that several programs give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.errors import InputError, UnknownNameError

__all__ = ["COLUMNS", "Dimension", "Layout", "names_actors", "recognise"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "actor": ("actor", "member", "stakeholder", "player", "party", "country", "state", "name"),
    "position": ("position", "pstn", "pos", "preference", "ideal_point", "ideal"),
    "salience": ("salience", "sal", "importance"),
    "influence": ("influence", "capability", "capabilities", "power", "resources", "clout"),
    "weight": ("weight", "votes"),
    "issue": ("issue", "question", "dimension", "topic"),
    "reversion": ("reversion", "reference_point", "status_quo", "sq", "default_position"),
    "outcome": ("outcome", "decision_outcome", "result"),
    "accepts_low": ("accepts_low", "accepts_from", "least_acceptable"),
    "accepts_high": ("accepts_high", "accepts_to", "most_acceptable"),
    "rule": ("rule", "decision_rule", "voting_rule"),
    "kind": ("kind", "question_kind"),
    "group": ("group", "proposal", "dossier", "cluster"),
    "opt_out": ("opt_out", "opt_outs"),
}
"""What a column may hold, and the names it goes by: our own first, then those of KTAB, DEU and their like."""

DIALECTS: dict[str, frozenset[str]] = {
    "DEU": frozenset({"proposal", "reference_point"}),
    "KTAB": frozenset({"actor", "description"}),
    "the challenge model's": frozenset({"capability", "resources", "stakeholder"}),
}
"""Names that tell whose columns a file has: DEU has both, the others have any beside what all have."""

_POSITION = re.compile(r"(?:(?P<before>.+)_)?(?:position|pstn|pos)_?(?P<after>\d*)")
_SALIENCE = re.compile(r"(?:(?P<before>.+)_)?(?:salience|sal)_?(?P<after>\d*)")
_WORD = re.compile(r"[\W_]*(?:position|pstn|pos)[\W_]*\d*\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Dimension:
    """Where one issue of a sheet with a column for each issue has its positions.

    Attributes
    ----------
    name : str
        The issue.
    position, salience : int
        Columns; -1 for no salience.
    """

    name: str
    position: int
    salience: int


@dataclass(frozen=True)
class Layout:
    """Which column holds what.

    Attributes
    ----------
    header : tuple of str
        The headings as they stand in the file.
    columns : dict of str to int
        For each of :data:`COLUMNS` that is there, its column.
    dimensions : tuple of Dimension
        The issues of a sheet with a column for each; empty where a row holds one issue.
    group : str
        The heading of the column by which issues belong together; empty for none.
    """

    header: tuple[str, ...]
    columns: dict[str, int]
    dimensions: tuple[Dimension, ...]
    group: str

    @property
    def dialect(self) -> str:
        """Whose column names they are; empty for ours."""
        names = {_plain(h) for h in self.header}
        if DIALECTS["DEU"] <= names:
            return "DEU"
        if self.dimensions or DIALECTS["KTAB"] <= names:
            return "KTAB"
        return "the challenge model's" if DIALECTS["the challenge model's"] & names else ""

    def sentence(self) -> str:
        """Return which columns were read as what."""
        renamed = [
            f"{self.header[at]} as {name}"
            for name, at in self.columns.items()
            if _plain(self.header[at]) != name
        ]
        renamed += [
            f"{self.header[d.position]} and {self.header[d.salience]} as {d.name!r}"
            if d.salience >= 0
            else f"{self.header[d.position]} as {d.name!r}"
            for d in self.dimensions
        ]
        whose = f" ({self.dialect} names)" if self.dialect else ""
        if not renamed:
            return "Columns read under their own names."
        return f"Columns read{whose}: {', '.join(renamed)}."


def _plain(heading: str) -> str:
    """Return a heading in small letters, with underscores for all else."""
    return re.sub(r"[^a-z0-9]+", "_", heading.strip().lower()).strip("_")


def names_actors(header: Sequence[str]) -> bool:
    """Whether a line names a column of actors, as headings do."""
    return any(_plain(heading) in COLUMNS["actor"] for heading in header)


def _only(name: str, plain: Sequence[str], header: Sequence[str], where: str) -> int | None:
    """Return the column of a name: ours before another's; None where there is none."""
    for alias in COLUMNS[name]:
        at = [i for i, heading in enumerate(plain) if heading == alias]
        if len(at) > 1:
            raise InputError(
                f"two columns are called {header[at[0]]!r}", where=where, do="give each its own name"
            )
        if at:
            return at[0]
    return None


def recognise(header: Sequence[str], where: str, *, group: str | None = None) -> Layout:
    """Recognise the columns of a sheet.

    Parameters
    ----------
    header : sequence of str
        The headings.
    where : str
        How the file and line are named in messages.
    group : str, optional
        The heading by which issues belong together, where it is not one of :data:`COLUMNS`.

    Returns
    -------
    Layout
        Which column holds what.

    Raises
    ------
    InputError
        When there are no actors or no positions, or a salience has no position.
    UnknownNameError
        When there is no column of the group's name.
    """
    shown = tuple(heading.strip() for heading in header)
    plain = [_plain(heading) for heading in shown]
    columns = {name: at for name in COLUMNS if (at := _only(name, plain, shown, where)) is not None}
    if group is not None:
        if group not in shown:
            known = [heading for heading in shown if heading]
            raise UnknownNameError(
                "column", group, known, where="--group", do=f"the columns are {', '.join(known)}"
            )
        columns["group"] = shown.index(group)
    dimensions = _dimensions(plain, shown, where) if "position" not in columns else ()
    present = columns.keys() | ({"position"} if dimensions else set())
    for name in ("actor", "position"):
        if name not in present:
            raise InputError(
                f"there is no column of the {name}s: the headings are {', '.join(h for h in shown if h)}",
                where=where,
                do=f"call one of them {name}",
            )
    if dimensions:
        for name in ("salience", "issue"):
            columns.pop(name, None)
    return Layout(shown, columns, dimensions, shown[columns["group"]] if "group" in columns else "")


def _dimensions(plain: Sequence[str], shown: Sequence[str], where: str) -> tuple[Dimension, ...]:
    """Return the issues of a sheet that has a column of positions for each."""
    positions, saliences = (
        {(m["before"] or "", m["after"]): i for i, h in enumerate(plain) if (m := pattern.fullmatch(h))}
        for pattern in (_POSITION, _SALIENCE)
    )
    common = saliences.pop(("", ""), -1)
    alone = next((at for key, at in saliences.items() if key not in positions), None)
    if alone is not None and positions:
        raise InputError(
            f"{shown[alone]!r} has no column of positions", where=where, do="add it, or take the column out"
        )
    names = [f"{_WORD.sub('', shown[at])} {after}".strip() for (_, after), at in positions.items()]
    return tuple(
        Dimension(name if not name.isdigit() else f"issue {name}", at, saliences.get(key, common))
        for name, (key, at) in zip(names, positions.items(), strict=True)
    )
