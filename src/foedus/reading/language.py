"""Whether a text is in English, the only language that is read."""

from __future__ import annotations

import re
from itertools import islice

__all__ = ["NOT_ENGLISH", "is_english"]

NOT_ENGLISH = "the text is not in English, the only language that is read: its claims are not looked for"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_COMMON = frozenset(
    ("the of and to in is that for on was with as it by at be this are from has have said will").split()
)
LOOKED_AT = 400
"""Words of a text that are looked at."""
FEWEST = 8
"""Words below which a text is taken for English: a headline of names is in any language."""
MANY_COMMON = 0.2
"""The part of its words, among the commonest, from which a text is English without a further look."""
FEW_KNOWN = 0.5
"""The part of its words that English dictionaries know, below which it is not."""


def is_english(text: str) -> bool:
    """Whether a text is in English, by its first words.

    Parameters
    ----------
    text : str
        The plain text.

    Returns
    -------
    bool
        Also true where the text is too short to tell.
    """
    # Names are of no language.
    every_word = (match[0] for match in _WORD.finditer(text))
    words = list(islice((word for word in every_word if word.islower()), LOOKED_AT))
    if len(words) < FEWEST or sum(w in _COMMON for w in words) >= MANY_COMMON * len(words):
        return True
    try:
        import simplemma
    except ImportError:
        return True
    return simplemma.in_target_language(" ".join(words), lang="en") >= FEW_KNOWN
