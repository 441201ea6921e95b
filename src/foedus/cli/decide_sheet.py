"""``foedus decide FILE.csv``: a spreadsheet of positions, answered, written to a file or scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.files.writing import check_writable

if TYPE_CHECKING:
    from foedus.decisions.sheet import PositionSheet
    from foedus.results import Result

__all__ = ["SheetOptions", "answer_spreadsheet", "check_target"]


@dataclass(frozen=True)
class SheetOptions:
    """What is done with a spreadsheet.

    Attributes
    ----------
    score : bool
        Whether the outcomes are scored.
    to : pathlib.Path or None
        Where the rows are written.
    package, exact : bool
        Whether a package is asked for, and proved.
    """

    score: bool
    to: Path | None
    package: bool
    exact: bool

    def refuse_elsewhere(self) -> None:
        """Refuse, where there is no spreadsheet, what goes with one alone."""
        for option, value in {"--score": self.score, "--to": self.to}.items():
            if value:
                raise InputError(
                    "the option goes with a spreadsheet",
                    where=option,
                    do="give the path of a .csv or .tsv file",
                )


def check_target(to: Path | None, source: Path) -> None:
    """Refuse a file that cannot be written, before anything is computed."""
    if to is None:
        return
    if to.suffix.lower() != ".csv":
        raise InputError(
            f"{to.name!r} does not end in .csv", where="--to", do="write for example results.csv"
        )
    check_writable(to)
    if to.exists() and to.samefile(source):
        raise InputError("the file asked for is the one that is read", where="--to", do="choose another name")


def answer_spreadsheet(sheet: PositionSheet, rule: str, options: SheetOptions) -> tuple[dict[str, Any], str]:
    """Answer, write or score a spreadsheet.

    Parameters
    ----------
    sheet : PositionSheet
        The file.
    rule : str
        The rule of issues that name none.
    options : SheetOptions
        What is asked.

    Returns
    -------
    tuple of dict and str
        The answer for programs, and for people.
    """
    from foedus.decisions.sheet_answer import answer_sheet, write_answers
    from foedus.decisions.sheet_score import score_sheet, write_scores

    if options.score:
        score = score_sheet(sheet, rule)
        if options.to is not None:
            write_scores(score, options.to)
        return score.payload(), _text(score, score.notes)
    if options.to is not None:
        written = write_answers(sheet, options.to, rule)
        return written.payload(), _text(written, written.notes)
    answer = answer_sheet(sheet, rule, package=options.package, exact=options.exact)
    about = "\n".join(line for line in (answer.title, answer.question) if line)
    packed = [] if answer.package is None else [answer.package.headline()]
    return answer.payload(), f"{about}\n\n{_text(answer, answer.notes, packed)}"


def _text(answer: Result, notes: Sequence[str], more: Sequence[str] = ()) -> str:
    """Write an answer: its headline, its tables and its notes."""
    from foedus.cli.output import lay_out

    tables = [lay_out(table, title=table.title) for table in answer.tables() if table.rows]
    return "\n\n".join([answer.headline(), *tables, *more, "Notes\n" + "\n".join(f"- {n}" for n in notes)])
