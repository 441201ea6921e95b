"""The answer to a spreadsheet: where the simple concepts put each issue, and a package of all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.decisions.agenda import Agenda
from foedus.decisions.models.outcome import GRID
from foedus.decisions.result import LEVELS
from foedus.decisions.sheet import PositionSheet, SheetIssue
from foedus.decisions.sheet_blocks import BASE, CONCEPTS, blocks, concept_points, outcome_shapes
from foedus.errors import InputError
from foedus.files.cells import csv_lines
from foedus.files.writing import new_file
from foedus.results import Result
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.decisions.packages import Package
    from foedus.tables import Table

__all__ = [
    "IssueTally",
    "SheetAnswer",
    "WrittenAnswers",
    "answer_sheet",
    "answers",
    "sheet_agenda",
    "write_answers",
    "write_rows",
]

LEAST_ACTORS = 2
"""With how many actors an issue is answered."""

MOST_PACKED = 20
"""Up to how many issues are packed together."""

QUANTILES = tuple(f"q{round(100 * level):02d}" for level in LEVELS)
"""What the quantiles of the fitted distribution are called."""

FIELDS = ("issue", "group", "rule", "actors", "reversion", "outcome", *CONCEPTS, *QUANTILES)
"""What is written for each issue."""


@dataclass(frozen=True)
class SheetAnswer(Result):
    """The answer to a spreadsheet.

    Attributes
    ----------
    title, question : str
        The file's own words.
    issues : tuple of dict
        For each issue the :data:`FIELDS`, in the file's own numbers.
    package : Package or None
        All issues packed together, where each has a reversion.
    notes : tuple of str
        What was read as what, and what was left out.
    """

    title: str
    question: str
    issues: tuple[dict[str, Any], ...]
    package: Package | None
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return where the middle ground lies, or how many issues there are."""
        if len(self.issues) == 1:
            (row,) = self.issues
            return (
                f"By influence and salience the middle ground lies at {written(row[BASE], 1)}; "
                "recorded decisions of "
                f"this shape fell between {written(row['q25'], 1)} and {written(row['q75'], 1)} half "
                "of the time."
            )
        packed = "; they are packed together" if self.package is not None else ""
        return f"{len(self.issues)} issues, each by the simple concepts{packed}."

    def tables(self) -> tuple[Table, ...]:
        """Return the concepts by issue, and the package."""
        from foedus.tables import Column, Table

        shown = [
            Column("issue", "Issue", "name"),
            Column("actors", "Actors", "count"),
            Column("reversion", "Reversion", "number_1"),
            Column("outcome", "Outcome", "number_1"),
            *(Column(key, label[0].upper() + label[1:], "number_1") for key, label in CONCEPTS.items()),
            Column("q50", "Recorded decisions' shape", "number_1", span=("q25", "q75")),
        ]
        some = [c for c in shown if any(row[c.key] is not None for row in self.issues)]
        table = Table("issues", "Issues", tuple(some), self.issues)
        return (table, *(() if self.package is None else self.package.tables()))

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        fields = super().payload()
        return fields | {"package": None if self.package is None else self.package.payload()}


def _row(
    issue: SheetIssue, rule: str, points: dict[str, float], quantiles: Sequence[float]
) -> dict[str, Any]:
    """Return an issue's row, in the file's own numbers and without NaN."""
    values = {"reversion": issue.reversion, "outcome": issue.outcome, **points}
    values |= dict(zip(QUANTILES, quantiles, strict=True))
    shown = {key: None if math.isnan(v) else float(issue.shown(v)) for key, v in values.items()}
    about = {
        "issue": issue.name,
        "group": issue.group,
        "rule": issue.rule or rule,
        "actors": len(issue.actors),
    }
    return about | shown


def answers(issues: Iterator[SheetIssue], rule: str) -> Iterator[dict[str, Any]]:
    """Answer issues one by one, in blocks.

    Parameters
    ----------
    issues : iterator of SheetIssue
        They are read as they are needed.
    rule : str
        The rule of issues that name none.

    Yields
    ------
    dict
        The :data:`FIELDS` of an issue.
    """
    levels = np.array(LEVELS) - 1e-9
    for block in blocks(issues, LEAST_ACTORS):
        points = concept_points(block)
        shapes = outcome_shapes(block, rule)
        at = np.minimum((shapes[:, None, :] < levels[:, None]).sum(-1), len(GRID) - 1)
        for i, issue in enumerate(block.issues):
            yield _row(issue, rule, {key: float(v[i]) for key, v in points.items()}, GRID[at[i]])


class IssueTally:
    """The issues of a spreadsheet, with a count of what is left out as they are read."""

    def __init__(self, sheet: PositionSheet, least: int) -> None:
        self.sheet = sheet
        self.least = least
        self.incomplete = 0
        self.few = 0

    def issues(self) -> Iterator[SheetIssue]:
        """Return the issues one by one."""
        for issue in self.sheet.issues():
            self.incomplete += issue.incomplete
            self.few += len(issue.actors) < self.least
            yield issue

    def notes(self) -> tuple[str, ...]:
        """Return what was read as what, and what was left out."""
        lines = [self.sheet.rows.layout.sentence(), *self.sheet.scales.sentences]
        if "influence" not in self.sheet.rows.layout.columns:
            lines.append("There is no column of influence: all are taken to weigh the same.")
        if self.incomplete:
            lines.append(f"Rows left out for want of a position, salience or influence: {self.incomplete}.")
        if self.few:
            lines.append(f"Issues left out with fewer than {self.least} whole rows: {self.few}.")
        return tuple(lines)


def answer_sheet(
    sheet: PositionSheet, rule: str, *, package: bool = False, exact: bool = False
) -> SheetAnswer:
    """Answer every issue of a spreadsheet, and pack them together where each has a reversion.

    Parameters
    ----------
    sheet : PositionSheet
        The file.
    rule : str
        The rule of issues that name none.
    package : bool, default False
        Whether it is an error when they cannot be packed.
    exact : bool, default False
        Whether the best package is proved.

    Returns
    -------
    SheetAnswer
        The issues, the package and notes.

    Raises
    ------
    InputError
        When a package is wanted and cannot be.
    """
    tally, held = IssueTally(sheet, LEAST_ACTORS), []

    def few_held() -> Iterator[SheetIssue]:
        for issue in tally.issues():
            if sheet.count <= MOST_PACKED:
                held.append(issue)
            yield issue

    rows = tuple(answers(few_held(), rule))
    if not rows:
        raise InputError(
            "no issue has two rows with a position, a salience and an influence",
            where=sheet.rows.shown,
            do="fill them in",
        )
    packed, notes = _package(held, demanded=package, exact=exact)
    if sheet.count > MOST_PACKED and "reversion" in sheet.rows.layout.columns:
        notes = (*notes, f"More than {MOST_PACKED} issues are not packed together.")
    about = sheet.rows
    return SheetAnswer(about.title, about.question, rows, packed, (*tally.notes(), *notes))


def sheet_agenda(issues: Sequence[SheetIssue]) -> tuple[Agenda, bool]:
    """Take the issues of a spreadsheet as one agenda.

    Parameters
    ----------
    issues : sequence of SheetIssue
        Each with a reversion.

    Returns
    -------
    Agenda
        Actors that are absent from an issue do not care about it.
    bool
        Whether an actor's influence differs between issues, so that its greatest was taken.
    """
    names = list(dict.fromkeys(name for issue in issues for name in issue.actors))
    shape = len(issues), len(names)
    reversion = np.array([issue.reversion for issue in issues])
    position, salience = np.repeat(reversion[:, None], len(names), 1), np.zeros(shape)
    influence = np.full(shape, np.nan)
    for j, issue in enumerate(issues):
        at = [names.index(name) for name in issue.actors]
        position[j, at], salience[j, at], influence[j, at] = issue.position, issue.salience, issue.influence
    most, least = np.nanmax(influence, 0), np.nanmin(influence, 0)
    agenda = Agenda(
        issues=tuple(issue.name for issue in issues),
        members=tuple(names),
        reversion=reversion,
        position=position,
        salience=salience,
        influence=most,
        opt_out=np.array([issue.opt_out for issue in issues]),
    )
    return agenda, bool((most > least).any())


def _package(
    issues: Sequence[SheetIssue], *, demanded: bool, exact: bool
) -> tuple[Package | None, tuple[str, ...]]:
    """Pack the issues together, and return what there is to say about it."""
    from foedus.decisions.packages import solve_package

    whole = all(len(i.actors) >= LEAST_ACTORS and not math.isnan(i.reversion) for i in issues)
    if len(issues) < 2 or not whole:
        if demanded:
            raise InputError(
                f"a package needs 2 to {MOST_PACKED} issues, each with a reversion",
                where="--package",
                do="add a column called reversion, or leave the option out",
            )
        return None, ()
    asked, differs = sheet_agenda(issues)
    lines = ["An actor's influence differs between issues; a package takes its greatest."] if differs else []
    try:
        return solve_package(asked, exact=exact), tuple(lines)
    except InputError as error:
        if demanded:
            raise
        return None, (f"No package: {error}",)


@dataclass(frozen=True)
class WrittenAnswers(Result):
    """What was written to a file.

    Attributes
    ----------
    path : str
        The file.
    count : int
        How many issues.
    notes : tuple of str
        What was read as what, and what was left out.
    """

    path: str
    count: int
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return how many issues were written where."""
        return f"{self.count} issues are answered in {self.path}."


def write_answers(sheet: PositionSheet, path: Path, rule: str) -> WrittenAnswers:
    """Write every issue of a spreadsheet to a file, as it is answered.

    Parameters
    ----------
    sheet : PositionSheet
        The file.
    path : pathlib.Path
        A file of comma-separated values; what stood there before is replaced once all is written.
    rule : str
        The rule of issues that name none.

    Returns
    -------
    WrittenAnswers
        How many issues, and notes.

    Raises
    ------
    StorageError
        When it cannot be written.
    """
    tally, count = IssueTally(sheet, LEAST_ACTORS), 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal count
        for row in answers(tally.issues(), rule):
            count += 1
            yield row

    write_rows(path, FIELDS, rows())
    return WrittenAnswers(str(path), count, tally.notes())


def write_rows(path: Path, fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows to a file of comma-separated values, which stands there whole or not at all."""
    with new_file(path) as file:
        for line in csv_lines(fields, rows):
            file.write(line.encode())
