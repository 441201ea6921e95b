"""Answer what is asked of articles and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import FoedusError, InputError
from foedus.extending import install
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.load import SUFFIXES, Extractor, article_files, read_file
from foedus.reading.question import CheckQuestion, ReadQuestion
from foedus.reading.read import check_sentence, read_document, read_text
from foedus.reading.result import Reading, Readings, SentenceCheck

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.reading.versions import VersionComparison

__all__ = ["check_of", "compared", "readings_of"]


def check_of(question: CheckQuestion, ledger: Ledger | LedgerIndex | None = None) -> SentenceCheck:
    """Check one sentence.

    Parameters
    ----------
    question : CheckQuestion
        The sentence and the day.
    ledger : Ledger or LedgerIndex, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    SentenceCheck
        Its claims, and the verdict on the whole.
    """
    return check_sentence(question.sentence, _index(ledger), as_of=question.as_of)


def readings_of(question: ReadQuestion, ledger: Ledger | LedgerIndex | None = None) -> Readings:
    """Read articles: their paths, folders of them, or the texts themselves.

    Parameters
    ----------
    question : ReadQuestion
        What is read. Words with spaces that name no file, and do not end as one, are a text.
    ledger : Ledger or LedgerIndex, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Readings
        What was read out of each, which could not be read, and the articles side by side where that is asked.

    Raises
    ------
    InputError
        When there is nothing to read or to compare.
    FoedusError
        When none of the articles can be read; of several the first one's error.
    """
    if not question.article:
        raise InputError("there is no article", where="article", do="give a text, a file or a folder")
    index = _index(ledger)
    readings: list[Reading] = []
    failures: list[FoedusError] = []
    for outcome in _outcomes(question, index):
        if isinstance(outcome, FoedusError):
            failures.append(outcome)
        else:
            readings.append(outcome)
    if not readings:
        raise failures[0]
    if question.compare and len(readings) < 2:
        raise InputError("there is nothing to compare", where="--compare", do="give at least two articles")
    return Readings(
        tuple(readings),
        compared(readings) if question.compare else None,
        tuple(str(failure) for failure in failures),
    )


def compared(readings: list[Reading]) -> VersionComparison:
    """Compare readings, laid side by side.

    Parameters
    ----------
    readings : list of Reading
        At least two.

    Returns
    -------
    VersionComparison
        The articles as versions of one text or event.

    Raises
    ------
    InputError
        When a library is missing.
    """
    from foedus.reading.compare import compare

    try:
        return compare(readings)
    except ModuleNotFoundError as error:
        raise InputError(
            f"comparing articles needs the library {error.name}",
            where="--compare",
            do=install("reading"),
        ) from error


def _index(ledger: Ledger | LedgerIndex | None) -> LedgerIndex:
    """Return what claims are checked against."""
    if ledger is None:
        return LedgerIndex.load()
    return ledger if isinstance(ledger, LedgerIndex) else LedgerIndex(ledger)


def _outcomes(question: ReadQuestion, index: LedgerIndex) -> Iterator[Reading | FoedusError]:
    """Yield what was read out of each article, or why it could not be."""
    texts = [item for item in question.article if _is_text(item)]
    with Extractor() as extractor:
        for item in question.article:
            if item in texts:
                name = "text" if len(texts) == 1 else f"text {texts.index(item) + 1}"
                yield read_text(item, index, day=question.date, name=name)
                continue
            for path in article_files([item]):
                yield _read(path, index, question.date, extractor)


def _read(path: Path, index: LedgerIndex, day: date | None, extractor: Extractor) -> Reading | FoedusError:
    """Read one file; an error stands for one that cannot be read."""
    try:
        return read_document(read_file(path, extractor), index, day=day)
    except FoedusError as error:
        return error


def _is_text(item: str) -> bool:
    """Whether an article is the text itself: words, of which none names a file or ends as one."""
    if "\0" in item:
        raise InputError("no text or path holds a zero byte", where="article", do="leave it out")
    words = item.split()
    if len(words) < 2:
        return False
    if "\n" in item or any(len(part.encode(errors="replace")) > 255 for part in item.split("/")):
        return True
    return not Path(item).exists() and Path(words[-1]).suffix.lower() not in SUFFIXES
