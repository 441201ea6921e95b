"""Answer what is asked of a decision: of a file, of a spreadsheet, or in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.decisions.parse import asked_decision, narrowed, one_question
from foedus.decisions.question import DecideQuestion, SheetQuestion
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.decisions.result import Decision
    from foedus.decisions.schema import DecisionFile
    from foedus.decisions.sheet import PositionSheet
    from foedus.decisions.sheet_answer import SheetAnswer

__all__ = ["answer_of", "answer_one", "decision_of", "is_spreadsheet", "refuse_on_many", "sheet_of"]

ENDINGS = (".csv", ".tsv")
WORKBOOKS = (".xlsx", ".xls", ".ods")
"""Endings of files that hold several sheets and are not read."""

OF_A_FILE = ("reversion", "proposal", "rule", "quota", "kind")
"""What a decision file says itself."""


def is_spreadsheet(name: str | None) -> bool:
    """Whether a file's name is that of a spreadsheet."""
    return name is not None and name.lower().endswith(ENDINGS + WORKBOOKS)


def answer_of(question: SheetQuestion) -> Decision | SheetAnswer:
    """Answer a question.

    Parameters
    ----------
    question : SheetQuestion
        A file's or a spreadsheet's name, or a question in words.

    Returns
    -------
    Decision or SheetAnswer
        The whole answer to one question, and the concepts by issue where a spreadsheet holds several or
        one without a reversion.

    Raises
    ------
    InputError
        When not one question is asked, or it does not say what it must.
    """
    from foedus.decisions.sheet_answer import answer_sheet

    if not is_spreadsheet(question.file):
        return answer_one(question, decision_of(question))
    sheet, content = sheet_of(question)
    if content is not None:
        return answer_one(question, content)
    refuse_on_many(question)
    return answer_sheet(sheet, question.rule or "consensus")


def answer_one(question: DecideQuestion, content: DecisionFile) -> Decision:
    """Answer a decision with the draws and the suppositions of a question."""
    from foedus.decisions.decide import decide

    return decide(content, draws=question.draws, seed=question.seed, suppose=question.suppose)


def decision_of(question: DecideQuestion, *, without_members: bool = False) -> DecisionFile:
    """Return the decision that a question asks about, with its instruments and its day.

    Parameters
    ----------
    question : DecideQuestion
        A decision file's name, or a question in words or picks.
    without_members : bool, default False
        Whether a question in words may name nobody: all allies are for it then, until somebody is picked.

    Returns
    -------
    DecisionFile
        The decision.

    Raises
    ------
    UnknownNameError
        When there is no decision file of that name.
    InputError
        When not one question is asked, or what is asked does not go together.
    """
    _refuse_of_sheets(question)
    if question.file is not None and question.issue is None:
        for name in OF_A_FILE:
            if getattr(question, name) is not None:
                raise InputError(
                    "the option goes with --issue or a spreadsheet",
                    where=f"--{name}",
                    do="write it in the file",
                )
        for name in ("member", "against", "unsure"):
            if getattr(question, name):
                raise InputError(
                    "the option goes with --issue", where=f"--{name}", do="leave it out, or give no file"
                )
    picks = bool(question.against or question.unsure) or (without_members and not question.member)
    if question.file is None and question.issue is None and (question.member or picks):
        raise InputError("members decide on a question", where="--issue", do="give the question in words")
    build = (lambda: _picked(question)) if picks else (lambda: _in_words(question))
    content = one_question(question.file, issue=question.issue, build=build)
    if question.issue is None or picks:
        content = narrowed(content, _joined(question))
    return _by(question, content)


def sheet_of(question: SheetQuestion, *, whole: bool = False) -> tuple[PositionSheet, DecisionFile | None]:
    """Read a spreadsheet, and return its question where it is one with a reversion.

    Parameters
    ----------
    question : SheetQuestion
        With the path of a spreadsheet.
    whole : bool, default False
        Whether it is taken as a table of issues also where it holds one.

    Returns
    -------
    PositionSheet
        The file.
    DecisionFile or None
        Its question; None where it holds several, or one without a reversion.

    Raises
    ------
    InputError
        When it cannot be read, or what is asked goes with one question alone.
    """
    from foedus.decisions.sheet import open_sheet
    from foedus.decisions.sheet_question import sheet_question
    from foedus.decisions.sheet_scale import read_scale

    name = question.file or ""
    _refuse_words(question)
    path = Path(name).expanduser()
    if name.lower().endswith(WORKBOOKS):
        raise InputError("a workbook is not read", where=name, do="save its sheet as .csv")
    if not path.is_file():
        raise InputError(f"there is no spreadsheet {name!r}", do="check the path")
    scale = None if question.scale is None else read_scale(question.scale)
    sheet = open_sheet(path, name, scale=scale, group=question.group)
    given = {n: getattr(question, n) for n in OF_A_FILE if n != "rule"}
    asked: dict[str, Any] = {n: v for n, v in given.items() if v is not None}
    if question.instruments is not None:
        asked["instruments"] = list(question.instruments)
    one = sheet.count == 1 and not whole
    content = sheet_question(sheet, rule=question.rule or "consensus", **asked) if one else None
    if content is None and asked:
        raise InputError(
            "the option goes with a question: one issue that has a reversion other than the draft",
            where="--allow" if "instruments" in asked else f"--{next(iter(asked))}",
            do="leave it out, or give such a file",
        )
    return sheet, None if content is None else _by(question, content)


def refuse_on_many(question: DecideQuestion) -> None:
    """Refuse what is supposed where a spreadsheet holds no one question."""
    if question.suppose:
        raise InputError(
            "agreement is supposed on one question", where="--suppose", do="give a file of one issue"
        )


def _refuse_words(question: DecideQuestion) -> None:
    """Refuse a question in words beside a spreadsheet."""
    if question.issue is not None or question.member or question.against or question.unsure:
        raise InputError(
            "one question is needed",
            where="file",
            do="give a spreadsheet, or --issue with --member",
        )


def _refuse_of_sheets(question: DecideQuestion) -> None:
    """Refuse, where there is no spreadsheet, what goes with one alone."""
    for name in ("group", "scale"):
        if getattr(question, name, None):
            raise InputError(
                "the option goes with a spreadsheet",
                where=f"--{name}",
                do="give the path of a .csv or .tsv file",
            )


def _joined(question: DecideQuestion) -> str | None:
    """Return the instruments allowed as one text, or None where all are."""
    return None if question.instruments is None else ",".join(question.instruments)


def _by(question: DecideQuestion, content: DecisionFile) -> DecisionFile:
    """Return a decision with the day that the question asks for, where it does."""
    return content if question.by is None else content.model_copy(update={"by": question.by})


def _in_words(question: DecideQuestion) -> DecisionFile:
    """Return the question of members in words."""
    return asked_decision(
        question.issue or "",
        question.member,
        reversion=0.0 if question.reversion is None else question.reversion,
        proposal=100.0 if question.proposal is None else question.proposal,
        rule=question.rule or "consensus",
        allow=_joined(question),
        quota=question.quota,
        kind=question.kind,
    )


def _picked(question: DecideQuestion) -> DecisionFile:
    """Return the question of allies that were picked, all between nothing and all that is asked."""
    from foedus.decisions.picked import picked_decision

    elsewhere = question.reversion not in (None, 0.0) or question.proposal not in (None, 100.0)
    if question.member or elsewhere:
        raise InputError(
            "allies are picked or given as members",
            where="--against",
            do="leave --member, --reversion and --proposal out",
        )
    return picked_decision(
        question.issue or "",
        against=question.against,
        unsure=question.unsure,
        kind=question.kind,
        rule=question.rule or "consensus",
        quota=question.quota,
    )
