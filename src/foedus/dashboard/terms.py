"""Words that open their explanation where they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from zlib import crc32

from markupsafe import Markup, escape

from foedus.words import glossary

__all__ = ["termed"]


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all phrases, the longest first; a no-break space is as good as a space.

    What ends a clause stays with the word, so that it does not begin a line.
    """
    phrases = (re.escape(phrase).replace(r"\ ", "[ \u00a0]") for phrase in glossary().phrases())
    return re.compile(rf"(?<![\w-])({'|'.join(phrases)})(?![\w-])[.,;:]?")


def termed(root: str) -> Callable[[str], Markup]:
    """Return the filter that lets the first occurrence of each word in a sentence open its explanation.

    Parameters
    ----------
    root : str
        What stands before the server's addresses.

    Returns
    -------
    callable
        From text or markup to markup; a button names its popover, which stands behind it and works without
        a script.
    """
    words = glossary().phrases()

    def mark(text: str) -> Markup:
        plain = str(escape(text))
        seen: set[str] = set()

        def button(match: re.Match[str]) -> str:
            word = words[match[1].replace("\u00a0", " ")]
            if word.key in seen or plain.rfind("<", 0, match.start()) > plain.rfind(">", 0, match.start()):
                return match[0]
            seen.add(word.key)
            name = f"term-{word.key}-{crc32(f'{plain}{match.start()}'.encode()):08x}"
            return (
                f'<button type="button" class="term" popovertarget="{name}">{match[0]}</button>'
                f'<span class="term-text" id="{name}" popover><strong>{escape(word.title)}</strong> '
                f'{escape(word.text)} <a href="{escape(root)}/words#{word.key}">All words</a></span>'
            )

        return Markup(_pattern().sub(button, plain))

    return mark
