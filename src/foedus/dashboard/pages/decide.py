"""Can it pass: open questions first, who objects, what the broker can offer, and what if somebody agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.query import command_of
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.decisions.brief import KIND_WORDS

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.decisions.result import Decision
    from foedus.decisions.schema import DecisionFile

__all__ = ["DECIDE_PAGE", "DECIDE_ROUTE", "DecideQuestion", "asked_of", "decided"]

FIRST = "invite-ukraine"
"""The decision that the page opens with."""

Names = list[Annotated[str, Field(max_length=100)]]


class DecideQuestion(Question):
    """A shipped decision, or a question in words."""

    file: Annotated[str | None, Field(max_length=100, description="A decision that comes with foedus.")] = (
        None
    )
    issue: Annotated[str | None, Field(max_length=300, description="Ask without a file: the question.")] = (
        None
    )
    member: Annotated[
        list[Annotated[str, Field(max_length=300)]] | None,
        Field(max_length=60, description="With issue: NAMES=POSITION,SALIENCE[,INFLUENCE], one a group."),
    ] = None
    reversion: Annotated[float, Field(ge=0, le=100, description="What holds without a decision.")] = 0.0
    proposal: Annotated[float, Field(ge=0, le=100, description="What is tabled.")] = 100.0
    rule: Annotated[
        Literal["consensus", "unanimity", "majority"], Field(description="How members decide.")
    ] = "consensus"
    allow: Annotated[
        str | None,
        Field(
            max_length=200,
            description="The instruments allowed, separated by commas, or none; of a file's own, fewer.",
        ),
    ] = None
    suppose: Annotated[
        Names | None, Field(max_length=200, description="Members that are supposed to agree.")
    ] = None
    against: Annotated[
        Names | None, Field(max_length=40, description="With issue: allies that are against it.")
    ] = None
    unsure: Annotated[
        Names | None, Field(max_length=40, description="With issue: allies that are unsure.")
    ] = None
    kind: Annotated[
        Literal["text", "person", "invitation", "operation", "money"] | None,
        Field(description="What the question is about: instruments follow from it unless they are given."),
    ] = None
    by: Annotated[date | None, Field(description="The day by which the chance is asked for; else ever.")] = (
        None
    )
    draws: Annotated[int, Field(ge=100, le=20_000, description="How many draws.")] = 10_000
    seed: Annotated[int, Field(ge=0, le=2**63 - 1, description="Seed of the random draws.")] = 1


class PassQuestion(DecideQuestion):
    """The same as the page asks it: what the broker offers is picked piece by piece."""

    offer: Annotated[Names | None, Field(max_length=8, description="What the broker offers.")] = None


def asked_of(question: DecideQuestion) -> DecisionFile:
    """Return the decision that a question asks about, with its instruments and its day.

    Parameters
    ----------
    question : DecideQuestion
        A file's name, or a question in words or picks.

    Returns
    -------
    DecisionFile
        The decision.

    Raises
    ------
    UnknownNameError
        When no decision of that name comes with foedus.
    InputError
        When one question is not asked.
    """
    from foedus.decisions.find import shipped_decisions
    from foedus.decisions.parse import asked_decision, narrowed, one_question
    from foedus.decisions.picked import picked_decision
    from foedus.errors import UnknownNameError

    known = shipped_decisions()
    if question.file is not None and question.file not in known:
        raise UnknownNameError("decision", question.file, known, do=f"use one of {', '.join(known)}")

    def build() -> DecisionFile:
        if question.member:
            return asked_decision(
                question.issue or "",
                question.member,
                reversion=question.reversion,
                proposal=question.proposal,
                rule=question.rule,
                allow=question.allow,
                kind=question.kind,
            )
        return picked_decision(
            question.issue or "",
            against=question.against or (),
            unsure=question.unsure or (),
            kind=question.kind,
            rule=question.rule,
        )

    content = one_question(question.file, issue=question.issue, build=build)
    if question.issue is None or not question.member:
        content = narrowed(content, question.allow)
    return content if question.by is None else content.model_copy(update={"by": question.by})


def decided(state: AppState, question: DecideQuestion) -> Decision:
    """Answer a question, or give the answer that is kept.

    Parameters
    ----------
    state : AppState
        Keeps answers.
    question : DecideQuestion
        What is asked.

    Returns
    -------
    Decision
        The answer.
    """
    from foedus.decisions.decide import decide

    content = asked_of(question)
    given = {"draws": question.draws, "seed": question.seed, "suppose": question.suppose or ()}
    return state.drawn(("decide", question.model_dump_json()), lambda: decide(content, **given))  # type: ignore[arg-type]


def page_question(question: PassQuestion) -> DecideQuestion:
    """Return the question in the words of the command: where nothing is asked yet, the first decision."""
    values = question.model_dump(exclude={"offer"})
    if question.offer is not None and question.allow is None:
        values["allow"] = ",".join(question.offer)
    if question.issue is not None:
        return DecideQuestion(**{**values, "file": None})
    return DecideQuestion(**{**values, "file": question.file or FIRST})


def _view(state: AppState, question: PassQuestion) -> View:
    """Show the answer."""
    from foedus.dashboard.pages.decide_view import decide_view

    return decide_view(state, question)


def _decisions(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the shipped decisions, open questions first."""
    from foedus.decisions.shipped import list_decisions

    return [(row.name, row.title) for row in list_decisions().rows]


def _values(question: PassQuestion) -> Mapping[str, Any]:
    """Return what each control shows."""
    return question.model_dump(mode="json") | {"file": question.file or FIRST}


def _python(question: PassQuestion) -> str:
    """Write the question as Python."""
    asked = page_question(question)
    if asked.file is not None:
        imports = "from foedus.decisions.find import find_decision\n"
        content = f"find_decision({asked.file!r})"
    elif asked.member:
        imports = "from foedus.decisions.parse import asked_decision\n"
        fields = {n: getattr(asked, n) for n in ("reversion", "proposal", "rule", "allow", "kind")}
        options = "".join(f", {n}={v!r}" for n, v in fields.items() if v is not None)
        content = f"asked_decision({asked.issue!r}, {asked.member!r}{options})"
    else:
        imports = "from foedus.decisions.picked import picked_decision\n"
        picks = {n: getattr(asked, n) for n in ("against", "unsure", "kind", "rule")}
        options = "".join(f", {n}={v!r}" for n, v in picks.items() if v)
        content = f"picked_decision({asked.issue!r}{options})"
    if asked.allow is not None and not asked.member:
        imports += "from foedus.decisions.parse import narrowed\n"
        content = f"narrowed({content}, {asked.allow!r})"
    rest = f"draws={asked.draws}, seed={asked.seed}"
    if asked.suppose:
        rest += f", suppose={asked.suppose!r}"
    if asked.by is not None:
        imports = f"from datetime import date\n\n{imports}"
        content = f'{content}.model_copy(update={{"by": {asked.by!r}}})'.replace("datetime.date", "date")
    return f"from foedus.decisions.decide import decide\n{imports}\ndecide({content}, {rest})\n"


OWN, NUMBERS = "Ask your own question", "In numbers"


def _controls() -> tuple[Control, ...]:
    """Return the controls; those of the first group have templates of their own."""
    kinds = [("", "not said"), *KIND_WORDS.items()]
    return (
        Control("file", "Decision", "select", options=_decisions, reloads=True),
        Control("offer", "The broker may offer", "checks"),
        Control("suppose", "Suppose these agree", "checks"),
        Control("issue", "The question", "text", group=OWN),
        Control("kind", "What it is about", "select", group=OWN, options=lambda _: kinds),
        Control("against", "Against it", "checks", group=OWN),
        Control("unsure", "Unsure", "checks", group=OWN),
        Control(
            "rule",
            "Rule",
            "select",
            group=OWN,
            options=lambda _: [(name, name) for name in ("consensus", "unanimity", "majority")],
        ),
        Control("by", "By when", "date", group=OWN, help="The day by which you ask; without it, ever."),
        Control(
            "member",
            "Members in numbers",
            "textarea",
            group=NUMBERS,
            high=3,
            help="In the place of picks, one group a line: names, position 0 to 100, salience 0 to 1, "
            "influence. For example HUN+SVK=10,high,5 or USA=80-100,0.9,100.",
        ),
        Control("reversion", "Without a decision", low=0, high=100, step=1, group=NUMBERS),
        Control("proposal", "What is tabled", low=0, high=100, step=1, group=NUMBERS),
        Control(
            "allow",
            "Instruments allowed",
            "text",
            group=NUMBERS,
            help="Separated by commas: side_payment, opt_out, dilute, sequence, change_of_venue, "
            "prerogative, defer.",
        ),
    )


DECIDE_PAGE = Page(
    slug="decide",
    title="Can it pass",
    group="decides",
    question_title="Can it pass?",
    lead="What all members can accept, who objects, and what the broker can offer.",
    question=PassQuestion,
    controls=_controls(),
    answer=_view,
    values=_values,
    command=lambda q: command_of("decide", page_question(q), first="file"),
    python=_python,
    parts={
        "answer": "decide/answer.html",
        "controls": "decide/controls.html",
        "aside": "decide/aside.html",
        "rail": "decide/rail.html",
        "head": "decide/head.html",
        "source": "decide/source.html",
    },
)

DECIDE_ROUTE = Route(
    "decide",
    "What can pass, who objects, and what a broker can offer.",
    DecideQuestion,
    lambda state, question: decided(state, question).payload(),
)
