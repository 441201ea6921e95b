"""Can it pass: what all can accept, who objects, and what the broker can offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.decisions.brief import KIND_WORDS

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.decisions.result import Decision

__all__ = ["DECIDE_PAGE", "DECIDE_ROUTE", "DecideQuestion"]

FIRST = "nsatu-2024"
"""The decision that the page opens with."""


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
        list[Annotated[str, Field(max_length=100)]] | None,
        Field(max_length=200, description="Members that are supposed to agree."),
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


def _ask(state: AppState, question: DecideQuestion) -> Decision:
    """Answer the question."""
    from foedus.decisions.decide import decide
    from foedus.decisions.find import shipped_decisions
    from foedus.decisions.parse import asked_decision, narrowed, one_question
    from foedus.errors import UnknownNameError

    known = shipped_decisions()
    if question.file is not None and question.file not in known:
        raise UnknownNameError("decision", question.file, known, do=f"use one of {', '.join(known)}")
    content = one_question(
        question.file,
        issue=question.issue,
        build=lambda: asked_decision(
            question.issue or "",
            question.member or [],
            reversion=question.reversion,
            proposal=question.proposal,
            rule=question.rule,
            allow=question.allow,
            kind=question.kind,
        ),
    )
    if question.issue is None:
        content = narrowed(content, question.allow)
    if question.by is not None:
        content = content.model_copy(update={"by": question.by})
    key = ("decide", question.model_dump_json())
    return state.drawn(
        key,
        lambda: decide(content, draws=question.draws, seed=question.seed, suppose=question.suppose or ()),
    )


def _asked(question: DecideQuestion) -> DecideQuestion:
    """Return the page's question: where nothing is asked yet, the first decision."""
    if question.issue is not None:
        return question.model_copy(update={"file": None})
    return question.model_copy(update={"file": question.file or FIRST})


def _view(state: AppState, question: DecideQuestion) -> View:
    """Show the answer."""
    answer = _ask(state, _asked(question))
    return View(
        headline=answer.headline(),
        answer=answer.answer(),
        sentences=answer.sentences(),
        charts=charts_of(answer),
        tables=answer.tables(),
        notes=(*answer.notes, *(f"Source of the file: {source}" for source in answer.file.sources)),
    )


def _decisions(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the shipped decisions."""
    from foedus.decisions.find import find_decision, shipped_decisions

    return [(name, find_decision(name).title) for name in shipped_decisions()]


def _values(question: DecideQuestion) -> Mapping[str, Any]:
    """Return what each control shows."""
    return question.model_dump(mode="json") | {"file": question.file or FIRST}


def _python(question: DecideQuestion) -> str:
    """Write the question as Python."""
    asked = _asked(question)
    if asked.file is not None:
        imports = "from foedus.decisions.find import find_decision\n"
        content = f"find_decision({asked.file!r})"
    else:
        imports = "from foedus.decisions.parse import asked_decision\n"
        fields = {n: getattr(asked, n) for n in ("reversion", "proposal", "rule", "allow", "kind")}
        options = "".join(f", {n}={v!r}" for n, v in fields.items() if v is not None)
        content = f"asked_decision({asked.issue!r}, {asked.member or []!r}{options})"
    rest = f"draws={asked.draws}, seed={asked.seed}"
    if asked.by is not None:
        imports = f"from datetime import date\n\n{imports}"
        content = f'{content}.model_copy(update={{"by": {asked.by!r}}})'.replace("datetime.date", "date")
    return f"from foedus.decisions.decide import decide\n{imports}\ndecide({content}, {rest})\n"


OWN = "Ask your own question"

DECIDE_PAGE = Page(
    slug="decide",
    title="Can it pass",
    group="decides",
    question_title="Can it pass?",
    lead="What all members can accept, who objects, and what the broker can offer.",
    question=DecideQuestion,
    controls=(
        Control("file", "Decision", "select", options=_decisions),
        Control("issue", "The question", "text", group=OWN, help="It takes the place of the decision above."),
        Control(
            "member",
            "Members",
            "textarea",
            group=OWN,
            help="One group a line: names, position 0 to 100, salience 0 to 1, influence. For example "
            "HUN+SVK=10,high,5 or USA=80-100,0.9,100.",
        ),
        Control("reversion", "Without a decision", low=0, high=100, step=1, group=OWN),
        Control("proposal", "What is tabled", low=0, high=100, step=1, group=OWN),
        Control(
            "rule",
            "Rule",
            "select",
            group=OWN,
            options=lambda _: [(name, name) for name in ("consensus", "unanimity", "majority")],
        ),
        Control(
            "kind",
            "What it is about",
            "select",
            group=OWN,
            options=lambda _: [("", "not said"), *((name, words) for name, words in KIND_WORDS.items())],
        ),
        Control("by", "By when", "date", group=OWN, help="The day by which you ask; without it, ever."),
        Control(
            "allow",
            "Instruments allowed",
            "text",
            group=OWN,
            help="Without them, those of its kind. Separated by commas: side_payment, opt_out, dilute, "
            "sequence, change_of_venue, prerogative, defer.",
        ),
    ),
    answer=_view,
    values=_values,
    command=lambda q: command_of("decide", _asked(q), first="file"),
    python=_python,
)

DECIDE_ROUTE = Route(
    "decide",
    "What can pass, who objects, and what a broker can offer.",
    DecideQuestion,
    lambda state, question: _ask(state, question).payload(),
)
