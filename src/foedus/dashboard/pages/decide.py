"""Can it pass: open questions first, who objects, what the broker can offer, and what if somebody agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import Field

from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Control, Page, Route, View
from foedus.decisions.brief import KIND_WORDS
from foedus.decisions.question import DecideQuestion
from foedus.questions import Names

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.decisions.result import Decision

__all__ = ["DECIDE_PAGE", "DECIDE_ROUTE", "MOST_DRAWS", "PassQuestion", "decided", "page_question"]

FIRST = "invite-ukraine"
"""The decision that the page opens with."""

MOST_DRAWS = 20_000
"""So many draws at most does a server take."""


class PassQuestion(DecideQuestion):
    """The same as the page asks it: what the broker offers is picked piece by piece."""

    offer: Names = Field(default=(), max_length=8, description="What the broker offers.")


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

    Raises
    ------
    UnknownNameError
        When no decision of that name comes with foedus.
    InputError
        When one question is not asked.
    """
    from foedus.decisions.asked import answer_one, decision_of
    from foedus.decisions.find import shipped_decisions
    from foedus.errors import UnknownNameError

    known = shipped_decisions()
    if question.file is not None and question.file not in known:
        raise UnknownNameError("decision", question.file, known, do=f"use one of {', '.join(known)}")
    content = decision_of(question, without_members=True)
    return state.drawn(("decide", question.model_dump_json()), lambda: answer_one(question, content))


OF_WORDS = ("issue", "member", "reversion", "proposal", "rule", "kind", "against", "unsure", "quota")
"""What the form asks of a question of one's own, and a decision that comes with foedus says itself."""


def page_question(question: PassQuestion) -> DecideQuestion:
    """Return the question in the words of the command: where nothing is asked yet, the first decision."""
    values = question.model_dump(exclude={"offer"}, exclude_defaults=True)
    if question.offer and not question.allow:
        values["allow"] = question.offer
    if question.issue is None:
        values = {name: value for name, value in values.items() if name not in OF_WORDS}
        return DecideQuestion(**values | {"file": question.file or FIRST})
    values.pop("file", None)
    if not question.member:
        # The sliders of a question in numbers stand beside that of picked allies, and say nothing of it.
        values = {n: v for n, v in values.items() if n not in {"reversion", "proposal"}}
    return DecideQuestion(**values)


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
    shown = question.model_dump(mode="json")
    ends = {"reversion": 0.0, "proposal": 100.0, "rule": "consensus"}
    ends = {name: value for name, value in ends.items() if shown[name] is None}
    return shown | ends | {"file": question.file or FIRST, "allow": ", ".join(question.allow)}


def _python(question: PassQuestion) -> str:
    """Write the question as Python."""
    return python_of("foedus.decide", page_question(question), first="file")


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
    question=served(PassQuestion, most_draws=MOST_DRAWS),
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
    served(DecideQuestion, most_draws=MOST_DRAWS),
    lambda state, question: decided(state, question).payload(),
)
