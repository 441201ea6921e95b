"""What can be asked of articles and sentences: one model each for the command, the web API and Python."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from foedus.questions import Day, Question, read_texts

__all__ = ["CheckQuestion", "ReadQuestion"]


def _articles(value: Any) -> Any:
    """Return articles as texts, a path as it is written."""
    one = isinstance(value, (str, bytes, PathLike))
    items = [value] if one else list(value) if isinstance(value, Iterable) else value
    if not isinstance(items, list):
        return read_texts(items)
    return read_texts([fspath(item) if isinstance(item, PathLike) else item for item in items])


class ReadQuestion(Question):
    """Who said what in articles, and whether it is so as of their day."""

    SUBJECT: ClassVar[str] = "article"

    article: Annotated[
        tuple[str, ...],
        BeforeValidator(_articles),
        WithJsonSchema({"type": "array", "items": {"type": "string"}}),
    ] = Field(
        default=(),
        description="Articles (txt, md, html, pdf, docx, odt, epub), folders of them, or - for standard "
        "input.",
    )
    date: Day = Field(default=None, description="The day the articles were written (YYYY-MM-DD).")
    compare: bool = Field(default=False, description="Lay the articles side by side as tellings.")


class CheckQuestion(Question):
    """One sentence, as of a day."""

    SUBJECT: ClassVar[str] = "sentence"

    sentence: str = Field(description="The sentence.")
    as_of: Day = Field(
        default=None, description="Answer only from what had been published by this day (YYYY-MM-DD)."
    )
