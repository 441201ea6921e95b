"""Typed frames: each module finds the claims of one subject and checks them against the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.reading.claims import Checker, Finder, StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames import (
    aid_amounts,
    amounts,
    arms,
    articles,
    causes,
    events,
    factors,
    founders,
    founding,
    growth,
    guarantees,
    guideline,
    joining,
    members,
    milestones,
    named_allies,
    offices,
    parts,
    pledged,
    posture,
    rankings,
    shares,
    signing,
    spending,
    succession,
    summits,
    tenure,
    terms,
)
from foedus.reading.tagging import Tagged

__all__ = ["CHECKS", "FINDERS", "KINDS", "find_claims"]

_MODULES = (
    offices,
    terms,
    succession,
    tenure,
    members,
    founding,
    joining,
    signing,
    spending,
    shares,
    guideline,
    amounts,
    growth,
    parts,
    aid_amounts,
    arms,
    events,
    posture,
    summits,
    articles,
    causes,
    guarantees,
    named_allies,
    founders,
    rankings,
    factors,
    milestones,
    pledged,
)

FINDERS: tuple[Finder, ...] = tuple(finder for module in _MODULES for finder in module.FINDERS)
"""Functions that find claims in a sentence."""

CHECKS: dict[str, Checker] = {kind: check for module in _MODULES for kind, check in module.CHECKS.items()}
"""The check of each kind of claim."""

KINDS: tuple[str, ...] = tuple(CHECKS)
"""Every kind of claim."""


def find_claims(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find the claims of a sentence.

    Parameters
    ----------
    sentence : Tagged
        The sentence with tokens.
    context : Context
        The document it stands in.

    Yields
    ------
    StatedClaim
        Claims, not yet checked.
    """
    for finder in FINDERS:
        yield from finder(sentence, context)
