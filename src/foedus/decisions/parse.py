"""Put a question without a file: turn the words of a command into a decision file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from foedus.decisions.bands import SALIENCE_WORDS
from foedus.decisions.find import find_decision, shipped_decisions
from foedus.decisions.schema import DecisionFile, decision_from
from foedus.errors import InputError

__all__ = ["asked_decision", "narrowed", "one_question"]

_BAND = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?")


def one_question(name: str | None, *, issue: str | None, build: Callable[[], DecisionFile]) -> DecisionFile:
    """Return the one question asked: that of a file, or that of the command's words.

    Parameters
    ----------
    name : str or None
        A decision file's name or path.
    issue : str or None
        A question in words.
    build : callable
        Makes the decision of such a question.

    Returns
    -------
    DecisionFile
        The question.

    Raises
    ------
    InputError
        When both or neither are given.
    """
    if (name is None) == (issue is None):
        raise InputError(
            "one question is needed",
            where="file",
            do=f"give a file, or --issue with --member; {', '.join(shipped_decisions())} come with foedus",
        )
    return find_decision(name) if name is not None else build()


def asked_decision(
    issue: str,
    members: Sequence[str],
    *,
    reversion: float = 0.0,
    proposal: float = 100.0,
    rule: str = "consensus",
    allow: str | None = None,
    kind: str | None = None,
    by: date | None = None,
    quota: float | None = None,
) -> DecisionFile:
    """Make a decision of a question and its members in words.

    Parameters
    ----------
    issue : str
        The question.
    members : sequence of str
        Groups as ``NAMES=POSITION,SALIENCE[,INFLUENCE]``: names joined by ``+``, numbers or bands as
        ``20-40``, salience also as low, medium or high.
    reversion, proposal : float
        Points of the scale.
    rule : str, default "consensus"
        How members decide.
    allow : str, optional
        Instruments allowed, separated by commas; without it, those of the kind.
    kind : str, optional
        What the question is about: text, person, invitation, operation or money.
    by : datetime.date, optional
        The day by which the chance is asked for, from today.
    quota : float, optional
        Under a qualified majority, the share of votes needed.

    Returns
    -------
    DecisionFile
        As if read from a file.

    Raises
    ------
    InputError
        When a group cannot be read, or there are none.
    ScenarioError
        When the whole breaks a rule of decision files.
    """
    if not members:
        raise InputError(
            "a question needs members", where="--member", do="add for example --member HUN=0,high"
        )
    content: dict[str, Any] = {
        "title": issue[:200],
        "question": issue,
        "scale": {"zero": "nothing", "hundred": "all that is asked"},
        "reversion": reversion,
        "proposal": proposal,
        "rule": rule,
        "members": [_group(text) for text in members],
        "by": by,
        "quota": quota,
    }
    if kind is not None:
        content["kind"] = kind
    if allow is not None or kind is None:
        content["instruments"] = [i.strip() for i in (allow or "").split(",") if i.strip()]
    return decision_from(content, "--issue")


def narrowed(file: DecisionFile, allow: str | None) -> DecisionFile:
    """Return a question with only some of the instruments open to it.

    Parameters
    ----------
    file : DecisionFile
        The question.
    allow : str or None
        Instruments, separated by commas, or "none"; None leaves the question as it is.

    Returns
    -------
    DecisionFile
        What the broker may use is what is named.

    Raises
    ------
    InputError
        When an instrument is not open to the question.
    """
    if allow is None:
        return file
    names = [part.strip() for part in allow.split(",") if part.strip() and part.strip() != "none"]
    closed = [name for name in names if name not in file.allowed]
    if closed:
        raise InputError(
            f"{', '.join(closed)} is not open to this question",
            where="--allow",
            do=f"name some of {', '.join(file.allowed) or 'nothing'}, or none",
        )
    # What counts as adopted stays what it was, also where a weaker text is no longer offered.
    offered = tuple(name for name in file.allowed if name in names)
    changes = {"instruments": offered, "adopted_from": file.least, "venue": file.venue}
    return file.model_copy(update=changes)


def _group(text: str) -> dict[str, Any]:
    """Read one group of members."""
    names, equals, rest = text.partition("=")
    values = [v.strip() for v in rest.split(",")]
    if not equals or not names.strip() or len(values) not in (2, 3):
        raise InputError(
            f"{text!r} is not NAMES=POSITION,SALIENCE[,INFLUENCE]",
            where="--member",
            do="write for example HUN+SVK=10,high,5",
        )
    group: dict[str, Any] = {
        "who": [n.strip() for n in names.split("+")],
        "position": _value(values[0], text),
        "salience": values[1] if values[1] in SALIENCE_WORDS else _value(values[1], text),
    }
    if len(values) == 3:
        group["influence"] = _value(values[2], text)
    return group


def _value(word: str, text: str) -> Any:
    """Read a number or a band."""
    match = _BAND.fullmatch(word)
    if match is None:
        raise InputError(
            f"{word!r} in {text!r} is not a number",
            where="--member",
            do="write a number such as 10 or 0.8, or a band such as 20-40",
        )
    return float(match[1]) if match[2] is None else [float(match[1]), float(match[2])]
