"""``foedus words``: what the words mean, how foedus works, what it cannot tell, and a class hour."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import Json

__all__ = ["words_command"]


def words_command(
    *,
    how: Annotated[bool, Parameter(negative="", help="How foedus works instead.")] = False,
    limits: Annotated[bool, Parameter(negative="", help="What foedus cannot tell instead.")] = False,
    teach: Annotated[bool, Parameter(negative="", help="A class hour of 45 or 90 minutes instead.")] = False,
    json_output: Json = False,
) -> None:
    """What the words mean, each in at most 45 words.

    Parameters
    ----------
    how : bool, default False
        Print how foedus works instead.
    limits : bool, default False
        Print what it cannot tell instead.
    teach : bool, default False
        Print a class hour instead.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.words import chapters, glossary
    from foedus.words.lesson import lesson

    if teach:
        hour = lesson()
        emit(hour.payload(), f"{hour.title}\n\n{hour.markdown()}", json_output)
        return
    if how or limits:
        parts = chapters("how" if how else "limits")
        text = "\n\n".join(f"{part.title}. {part.text}" for part in parts.chapters)
        emit(parts.payload(), text, json_output)
        return
    words = glossary()
    text = "\n".join(f"{word.title}: {word.text}" for word in words.words.values())
    emit(words.payload(), text, json_output)
