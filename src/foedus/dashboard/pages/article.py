"""Check an article: who said what, and whether it is so as of its day; or one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.errors import InputError
from foedus.questions import Day
from foedus.reading.question import CheckQuestion
from foedus.reading.result import Readings

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.reading.ledger_index import LedgerIndex
    from foedus.reading.result import SentenceCheck

__all__ = [
    "ARTICLE_PAGE",
    "CHECK_ROUTE",
    "MOST_FILES",
    "Article",
    "ArticleQuestion",
    "article_view",
    "read_all",
]

MOST_FILES = 6
"""The most articles of one request."""


@dataclass(frozen=True)
class Article:
    """An article as it was sent.

    Attributes
    ----------
    name : str
        The file's name, or "pasted text".
    data : bytes
        Its content.
    """

    name: str
    data: bytes


class SentenceQuestion(CheckQuestion):
    """One sentence, as of a day, of a length that a server takes."""

    sentence: str = Field(min_length=1, max_length=1000, description="The sentence.")


class ArticleQuestion(Question):
    """The page's question: a sentence, or nothing yet."""

    sentence: str | None = Field(default=None, max_length=1000, description="The sentence.")
    as_of: Day = Field(default=None, description="The day; without it today.")


def _ledger_index(state: AppState) -> LedgerIndex:
    """Return what claims are checked against."""
    from foedus.reading.ledger_index import LedgerIndex

    return state.drawn("ledger_index", lambda: LedgerIndex(state.ledger))


def read_all(
    state: AppState, articles: Sequence[Article], *, day: date | None = None, compare: bool = False
) -> Readings:
    """Read articles, and lay them side by side where that is asked for.

    Parameters
    ----------
    state : AppState
        Has the ledger.
    articles : sequence of Article
        What was sent.
    day : datetime.date, optional
        The day they were written.
    compare : bool, default False
        Lay them side by side.

    Returns
    -------
    Readings
        What was read out of each, and the articles side by side.

    Raises
    ------
    InputError
        When there is nothing to read, too much, or nothing to compare, or a file is not an article.
    """
    from foedus.reading.asked import compared
    from foedus.reading.load import Extractor, document_from_bytes
    from foedus.reading.read import read_document

    if not articles:
        raise InputError("there is no article", do="paste a text or choose a file")
    if len(articles) > MOST_FILES:
        raise InputError(f"{len(articles)} articles were sent", do=f"send {MOST_FILES} at most")
    if compare and len(articles) < 2:
        raise InputError("there is nothing to compare", do="give at least two articles")
    ledger_index = _ledger_index(state)
    with Extractor() as extractor:
        readings = [
            read_document(document_from_bytes(a.data, a.name, extractor), ledger_index, day=day)
            for a in articles
        ]
    return Readings(tuple(readings), compared(readings) if compare else None)


def article_view(readings: Readings) -> View:
    """Show readings.

    Parameters
    ----------
    readings : Readings
        What was read out of each article.

    Returns
    -------
    View
        The marked texts are in ``parts``.
    """
    from foedus.dashboard.reading_view import reading_parts

    return View(
        headline=readings.headline(),
        answer=readings.answer(),
        sentences=readings.sentences(),
        tables=readings.tables(),
        parts=reading_parts(readings),
    )


def _check(state: AppState, question: CheckQuestion) -> SentenceCheck:
    """Check one sentence."""
    from foedus.reading.asked import check_of

    return check_of(question, _ledger_index(state))


def _view(state: AppState, question: ArticleQuestion) -> View:
    """Show the verdict on a sentence, or what to do."""
    from foedus.dashboard.reading_view import reading_parts

    if question.sentence is None:
        return View(
            headline="Paste an article, or check one sentence.",
            sentences=("Nothing that you paste leaves this machine, and nothing of it is kept.",),
        )
    check = _check(state, CheckQuestion(sentence=question.sentence, as_of=question.as_of))
    return View(
        headline=check.headline(),
        answer=check.answer(),
        sentences=check.sentences(),
        tables=check.tables(),
        parts=reading_parts(Readings((check,))),
        notes=check.notes,
    )


def _command(question: ArticleQuestion) -> str:
    """Write the question as a command."""
    if question.sentence is None:
        return "foedus read article.txt"
    return command_of("check", question, first="sentence")


def _python(question: ArticleQuestion) -> str:
    """Write the question as Python."""
    if question.sentence is None:
        return "import foedus\n\nfoedus.read('article.txt')\n"
    return python_of("foedus.check", question, first="sentence")


ARTICLE_PAGE = Page(
    slug="article",
    title="Check an article",
    group="true",
    question_title="Is it so, on its day?",
    lead="Who said what, and whether it is so as of the day of the article.",
    question=ArticleQuestion,
    controls=(
        Control("sentence", "One sentence", "textarea", high=3),
        Control("as_of", "As of", "date"),
    ),
    answer=_view,
    command=_command,
    python=_python,
    template="article.html",
    parts={
        "controls": "article/controls.html",
        "chart": "article/reading.html",
        "rail": "article/strip.html",
        "aside": "article/aside.html",
    },
    tabs={"chart": "Article", "map": ""},
)

CHECK_ROUTE = Route(
    "check",
    "Check one sentence against the ledger as of a day.",
    served(SentenceQuestion),
    lambda state, question: _check(state, question).payload(),
)
