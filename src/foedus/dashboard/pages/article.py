"""Check an article: who said what, and whether it is so as of its day; or one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.errors import InputError
from foedus.reading.payload import check_payload
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.reading.compare import Comparison
    from foedus.reading.ledger_index import LedgerIndex
    from foedus.reading.read import Reading

__all__ = [
    "ARTICLE_PAGE",
    "CHECK_ROUTE",
    "MOST_FILES",
    "Article",
    "CheckQuestion",
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


class CheckQuestion(Question):
    """One sentence, as of a day."""

    sentence: Annotated[str, Field(min_length=1, max_length=1000, description="The sentence.")]
    as_of: Annotated[date | None, Field(description="The day; without it today.")] = None


class ArticleQuestion(Question):
    """The page's question: a sentence, or nothing yet."""

    sentence: Annotated[str | None, Field(max_length=1000)] = None
    as_of: date | None = None


def _ledger_index(state: AppState) -> LedgerIndex:
    """Give what claims are checked against."""
    from foedus.reading.ledger_index import LedgerIndex

    return state.drawn("ledger_index", lambda: LedgerIndex(state.ledger))


def read_all(
    state: AppState, articles: Sequence[Article], *, day: date | None = None, compare: bool = False
) -> tuple[list[Reading], Comparison | None]:
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
    list of Reading, Comparison or None
        What was found.

    Raises
    ------
    InputError
        When there is nothing to read, too much, or nothing to compare, or a file is not an article.
    """
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
    return readings, _compared(readings) if compare else None


def _compared(readings: list[Reading]) -> Comparison:
    """Lay readings side by side, or say which library that needs."""
    from foedus.reading.compare import compare

    try:
        return compare(readings)
    except ModuleNotFoundError as error:
        do = "install it with: pip install 'foedus[reading]'"
        raise InputError(f"comparing articles needs the library {error.name}", do=do) from error


def article_view(readings: list[Reading], comparison: Comparison | None) -> View:
    """Show readings.

    Parameters
    ----------
    readings : list of Reading
        What was found in each article.
    comparison : Comparison or None
        The articles side by side.

    Returns
    -------
    View
        The marked texts are in ``parts["reading"]``.
    """
    from foedus.report.reading_page import body

    claims = [claim for reading in readings for claim in reading.claims]
    counts = {word: sum(c.verdict == word for c in claims) for word in VERDICTS}
    many = "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
    told = ", ".join(f"{count} {VERDICTS[word]}" for word, count in counts.items())
    quotations = sum(len(reading.quotations) for reading in readings)
    said = "1 quotation" if quotations == 1 else f"{quotations} quotations"
    return View(
        headline=f"{many} found: {told}." if claims else NOTHING,
        sentences=(
            f"{said} in {len(readings)} {'article' if len(readings) == 1 else 'articles'}. "
            "A verdict says what the ledger's tables say as of the day of the text, and no more.",
        ),
        tables=_tables(readings),
        parts={"reading": body(readings, comparison)},
    )


NOTHING = "No claim of a kind that the ledger could check was found."
VERDICTS = {"supported": "supported", "contradicted": "contradicted", "not_checkable": "not checkable"}


def _tables(readings: Sequence[Reading]) -> tuple[Table, ...]:
    """Give claims and quotations as files; on the page they stand with the text."""
    claims = tuple(
        {
            "article": reading.document.name,
            "claim": claim.text,
            "kind": claim.kind,
            "voice": claim.voice,
            "speaker": claim.speaker,
            "verdict": VERDICTS[claim.verdict],
            "why": claim.why,
            "note": claim.note,
            "evidence": "; ".join(f"{e.text} ({e.edition}, {e.known})" for e in claim.evidence),
        }
        for reading in readings
        for claim in reading.claims
    )
    quotations = tuple(
        {
            "article": reading.document.name,
            "words": q.text,
            "speaker": "" if q.speaker is None else (q.speaker.name or q.speaker.mention),
            "tier": q.tier,
        }
        for reading in readings
        for q in reading.quotations
    )
    return (
        Table("claims", "Claims", _columns(*CLAIM_KEYS), claims),
        Table("quotations", "Quotations", _columns("article", "words", "speaker", "tier"), quotations),
    )


CLAIM_KEYS = ("article", "claim", "kind", "voice", "speaker", "verdict", "why", "note", "evidence")


def _columns(*keys: str) -> tuple[Column, ...]:
    """Give one column for each key."""
    return tuple(Column(key, key.capitalize()) for key in keys)


def _check(state: AppState, sentence: str, as_of: date | None) -> Reading:
    """Read one sentence."""
    from foedus.reading.read import check_sentence

    return check_sentence(sentence, _ledger_index(state), as_of=as_of)


def _view(state: AppState, question: ArticleQuestion) -> View:
    """Show the verdict on a sentence, or what to do."""
    if question.sentence is None:
        return View(
            headline="Paste an article, or check one sentence.",
            sentences=("Nothing that you paste leaves this machine, and nothing of it is kept.",),
            tables=_tables(()),
        )
    reading = _check(state, question.sentence, question.as_of)
    found = check_payload(question.sentence, reading)
    view = article_view([reading], None)
    return View(
        headline=f"{VERDICTS[found['verdict']].capitalize()}, as of {found['as_of']}.",
        sentences=(f"{found['why'][:1].upper()}{found['why'][1:]}.", view.sentences[0]),
        tables=view.tables,
        parts=view.parts,
        notes=tuple(reading.notes),
    )


def _payload(state: AppState, question: CheckQuestion) -> dict[str, Any]:
    """Give the verdict for programs."""
    return check_payload(question.sentence, _check(state, question.sentence, question.as_of))


def _command(question: ArticleQuestion) -> str:
    """Write the question as a command."""
    if question.sentence is None:
        return "foedus read article.txt"
    return command_of("check", question, first="sentence")


def _python(question: ArticleQuestion) -> str:
    """Write the question as Python."""
    if question.sentence is None:
        return (
            "from foedus.reading.read import read_text\n"
            "from foedus.reading.ledger_index import LedgerIndex\n\n"
            "read_text(open('article.txt').read(), LedgerIndex.load())\n"
        )
    text = python_of("foedus.reading.read.check_sentence", question, first="sentence")
    line = "from foedus.reading.read import check_sentence\n"
    text = text.replace(line, f"{line}from foedus.reading.ledger_index import LedgerIndex\n")
    literal = repr(question.sentence)
    return text.replace(f"check_sentence({literal}", f"check_sentence({literal}, LedgerIndex.load()", 1)


ARTICLE_PAGE = Page(
    slug="article",
    title="Check an article",
    lead="Who said what, and whether it is so as of the day of the article.",
    question=ArticleQuestion,
    controls=(
        Control("sentence", "Or check one sentence", "textarea", high=3),
        Control("as_of", "As of", "date"),
    ),
    answer=_view,
    command=_command,
    python=_python,
    template="article.html",
)

CHECK_ROUTE = Route("check", "Check one sentence against the ledger as of a day.", CheckQuestion, _payload)
