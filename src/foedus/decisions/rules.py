"""The rules of decision and the kinds of questions, by the names that files and commands give them."""

from __future__ import annotations

from typing import get_args

from foedus.decisions.parts import QuestionKind
from foedus.errors import UnknownNameError

__all__ = ["RULE_WORDS", "kind_of", "rule_of"]

RULE_WORDS: dict[str, str] = {
    "consensus": "consensus",
    "unanimity": "unanimity",
    "unanimous": "unanimity",
    "unan": "unanimity",
    "qualified_majority": "qualified_majority",
    "qualified majority": "qualified_majority",
    "qmv": "qualified_majority",
    "majority": "majority",
    "simple majority": "majority",
}
"""How a column may call the rules."""


def rule_of(text: str, where: str) -> str | None:
    """Return a rule by a name that is given to it.

    Parameters
    ----------
    text : str
        The name; what stands in brackets after it is passed over.
    where : str
        Where it stood.

    Returns
    -------
    str or None
        The rule; None where the name is empty.

    Raises
    ------
    UnknownNameError
        When there is no such rule.
    """
    plain = text.partition("(")[0].strip().lower()
    if not plain:
        return None
    if plain not in RULE_WORDS:
        rules = sorted(set(RULE_WORDS.values()))
        raise UnknownNameError("rule", text, RULE_WORDS, where=where, do=f"use {', '.join(rules)}")
    return RULE_WORDS[plain]


def kind_of(text: str, where: str) -> str | None:
    """Return a kind of question.

    Parameters
    ----------
    text : str
        Its name.
    where : str
        Where it stood.

    Returns
    -------
    str or None
        The kind; None where the name is empty.

    Raises
    ------
    UnknownNameError
        When there is no such kind.
    """
    plain, kinds = text.strip().lower(), get_args(QuestionKind)
    if plain and plain not in kinds:
        raise UnknownNameError("kind of question", text, kinds, where=where, do=f"use {', '.join(kinds)}")
    return plain or None
