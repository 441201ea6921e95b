"""A question of one's own by picking allies: who is against, who is unsure; all others are for it.

**Claim.** None: the places are the asker's, in three rough bands. An ally that is against stands between
nothing and a fifth of the way and cares much; one that is unsure stands around the middle; all others are for
it. What allies weigh is judged by size, as in the decision files that come with foedus.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from foedus.axes import country_codes, country_name
from foedus.decisions.find import find_decision
from foedus.decisions.schema import DecisionFile, decision_from
from foedus.errors import InputError, UnknownNameError
from foedus.evidence.institutions import members_on

__all__ = ["STANCES", "picked_decision"]

STANCES: dict[str, tuple[list[float], str]] = {
    "against": ([0.0, 20.0], "high"),
    "unsure": ([30.0, 70.0], "medium"),
    "for": ([80.0, 100.0], "medium"),
}
"""Where an ally stands, 0 to 100, and how much it cares, by what was picked."""

INFLUENCE_OF = "ukraine-washington-2024"
"""The decision file whose influence of the allies is used."""


def picked_decision(
    issue: str,
    *,
    against: Iterable[str] = (),
    unsure: Iterable[str] = (),
    kind: str | None = None,
    rule: str = "consensus",
    on: date | None = None,
    quota: float | None = None,
) -> DecisionFile:
    """Make a decision of a question and of the allies that are against it or unsure.

    Parameters
    ----------
    issue : str
        The question.
    against, unsure : iterable of str
        Allies by name or code; each may hold several, separated by commas.
    kind : str, optional
        What the question is about; without it the broker has no instrument.
    rule : str, default "consensus"
        How members decide.
    on : datetime.date, optional
        The day whose allies decide; without it, today.
    quota : float, optional
        Under a qualified majority, the share of votes needed.

    Returns
    -------
    DecisionFile
        As if read from a file, every position assumed.

    Raises
    ------
    UnknownNameError
        When somebody is no ally on the day.
    InputError
        When an ally is picked twice.
    """
    allies = members_on(on or date.today())
    picked = {"against": _codes("against", against, allies), "unsure": _codes("unsure", unsure, allies)}
    both = [country_name(code) for code in picked["against"] if code in picked["unsure"]]
    if both:
        raise InputError(
            f"{', '.join(both)} is picked twice", where="--unsure", do="pick an ally as against or as unsure"
        )
    taken = {code for codes in picked.values() for code in codes}
    groups = {**picked, "for": [code for code in allies if code not in taken]}
    weighs = find_decision(INFLUENCE_OF).influence
    content: dict[str, Any] = {
        "title": issue[:200],
        "question": issue,
        "scale": {"zero": "nothing", "hundred": "all that is asked"},
        "reversion": 0.0,
        "proposal": 100.0,
        "hypothetical": True,
        "rule": rule,
        "quota": quota,
        "members": [_group(name, codes) for name, codes in groups.items() if codes],
        "influence": {a: [weighs[a].low, weighs[a].high] for a in allies if a in weighs},
        "notes": "Who is against and who is unsure was picked; all others are taken to be for it.",
    }
    if kind is None:
        content["instruments"] = []
    else:
        content["kind"] = kind
    return decision_from(content, "--issue")


def _codes(stance: str, names: Iterable[str], allies: list[str]) -> list[str]:
    """Return the codes of the allies picked for a stance, refusing who is none."""
    given = tuple(names)
    codes = country_codes(given, where=f"--{stance}") if given else []
    for code in codes:
        if code not in allies:
            known = [country_name(ally) for ally in allies]
            raise UnknownNameError("ally", country_name(code), known, where=f"--{stance}")
    return codes


def _group(stance: str, codes: list[str]) -> dict[str, Any]:
    """Return the members of one stance."""
    position, salience = STANCES[stance]
    words = {"against": "Picked as against it.", "unsure": "Picked as unsure.", "for": "Taken to be for it."}
    return {
        "who": codes,
        "position": position,
        "salience": salience,
        "known": "assumed",
        "basis": words[stance],
    }
