"""The pages of words: all words, how foedus works, what it cannot tell, and a class hour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from foedus.dashboard.query import command_of
from foedus.dashboard.views import Page, Question, Route, View
from foedus.words import Chapters, chapters, glossary
from foedus.words.lesson import lesson

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["HOW_PAGE", "LIMITS_PAGE", "TEACH_PAGE", "WORDS_PAGE", "WORDS_ROUTE", "WordsQuestion"]

TABS = {"chart": "", "map": "", "sure": "", "sources": ""}
"""A page of words has neither chart nor sources of its own."""


class WordsQuestion(Question):
    """All words; there is nothing to choose."""


def _words(_: AppState, question: WordsQuestion) -> View:  # noqa: ARG001
    """Show all words."""
    result = glossary()
    return View(
        headline=result.headline(),
        answer=result.answer(),
        tables=result.tables(),
        parts={"words": tuple(result.words.values())},
    )


def _chapters(name: str) -> Callable[[AppState, WordsQuestion], View]:
    """Return the function that shows chapters."""

    def view(_: AppState, question: WordsQuestion) -> View:  # noqa: ARG001
        result: Chapters = chapters(name)
        return View(
            headline=result.headline(),
            answer=result.answer(),
            tables=result.tables(),
            parts={"chapters": result.chapters},
        )

    return view


def _page(slug: str, title: str, lead: str, heading: str, shows: str) -> Page:
    """Return a page of words."""
    return Page(
        slug=slug,
        title=title,
        lead=lead,
        question_title=heading,
        question=WordsQuestion,
        controls=(),
        answer=_words if slug == "words" else _chapters(slug),
        command=lambda q: command_of("words" if slug == "words" else f"words --{slug}", q),
        python=lambda _: (
            "from foedus.words import glossary\n\nglossary().words\n"
            if slug == "words"
            else f"from foedus.words import chapters\n\nchapters({slug!r}).chapters\n"
        ),
        tabs={**TABS, "table": shows},
        parts={"table": "terms.html" if slug == "words" else "chapters.html"},
    )


HOW_PAGE = _page("how", "How it works", "How foedus comes to its answers.", "How does foedus work?", "How")
LIMITS_PAGE = _page(
    "limits", "What it cannot tell", "What foedus does not know.", "What can foedus not tell?", "Limits"
)
WORDS_PAGE = _page(
    "words", "All words", "What the words on these pages mean.", "What do the words mean?", "Words"
)


def _lesson(_: AppState, question: WordsQuestion) -> View:  # noqa: ARG001
    """Show the class hour."""
    result = lesson()
    return View(
        headline=result.headline(),
        answer=result.answer(),
        tables=result.tables(),
        parts={"lesson": result},
    )


TEACH_PAGE = Page(
    slug="teach",
    title="Teach with it",
    lead="A class hour of 45 or 90 minutes in five steps.",
    question_title="How can it be taught?",
    question=WordsQuestion,
    controls=(),
    answer=_lesson,
    command=lambda q: command_of("words --teach", q),
    python=lambda _: "from foedus.words.lesson import lesson\n\nlesson().steps\n",
    tabs={**TABS, "table": "The hour"},
    parts={"table": "lesson.html"},
)

WORDS_ROUTE = Route(
    "words",
    "The words of foedus, each in at most 45 words.",
    WordsQuestion,
    lambda _, question: glossary().payload(),  # noqa: ARG005
)
