"""Verdicts as drafts of ClaimReview, the form in which fact-checkers publish theirs (schema.org, JSON-LD).

One item for each claim with a verdict; nothing for a claim that is not checkable. A draft is no review: a
person reads it, adds the address of the review, and signs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from foedus.reading.claims import NOT_CHECKABLE, Claim, Evidence
from foedus.reading.result import Reading

__all__ = ["claim_reviews"]

Rating = Literal["supported", "supported_in_part", "contradicted"]

RATINGS: dict[Rating, tuple[int, str]] = {
    "supported": (3, "Supported by the ledger"),
    "supported_in_part": (2, "Supported in part: words beside it were not read"),
    "contradicted": (1, "Contradicted by the ledger"),
}
"""Value and words of each verdict."""
SCALE = (
    "Scale: 1 contradicted, 2 supported in part, 3 supported, by the tables of the foedus ledger as of the "
    "day of the text. What cannot be checked has no rating."
)


def claim_reviews(readings: Iterable[Reading], *, version: str) -> dict[str, Any]:
    """Return the drafts of documents.

    Parameters
    ----------
    readings : iterable of Reading
        The documents, read.
    version : str
        The version of the tool, which is the drafts' author.

    Returns
    -------
    dict
        JSON-LD, with an empty ``@graph`` where no claim has a verdict.
    """
    items = [
        _item(reading, claim, version)
        for reading in readings
        for claim in reading.claims
        if claim.verdict != NOT_CHECKABLE
    ]
    return {"@context": "https://schema.org", "@graph": items}


def _item(reading: Reading, claim: Claim, version: str) -> dict[str, Any]:
    """Return the draft on one claim."""
    rating = _rating(reading, claim)
    value, words = RATINGS[rating]
    explanation = f"{claim.why[:1].upper()}{claim.why[1:]}. {claim.note}".strip()
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "inLanguage": "en",
        "claimReviewed": " ".join(claim.text.split()),
        "author": {"@type": "SoftwareApplication", "name": "foedus", "softwareVersion": version},
        "itemReviewed": _claim(reading, claim),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": 1,
            "bestRating": 3,
            "alternateName": words,
            "ratingExplanation": f"{explanation} {SCALE}",
        },
        "citation": [_citation(e) for e in claim.evidence if not e.later],
    }


def _rating(reading: Reading, claim: Claim) -> Rating:
    """Return the verdict on a claim; one that is supported beside words that stand unread is so in part."""
    if claim.verdict == "contradicted":
        return "contradicted"
    start, end = claim.span
    around = (s for s in reading.unread if s.span[0] <= start and end <= s.span[1])
    return "supported" if all(s.read == "whole" for s in around) else "supported_in_part"


def _claim(reading: Reading, claim: Claim) -> dict[str, Any]:
    """Return what is reviewed: who said it, when, and where it stands."""
    document = reading.document
    about: dict[str, Any] = {"@type": "CreativeWork", "name": document.title or document.name}
    about["identifier"] = document.name
    dating = reading.dating
    if dating.exact:
        about["datePublished"] = str(dating.first)
    else:
        about["temporalCoverage"] = f"{dating.first}/{dating.last}"
    appearance = {
        "@type": "Quotation",
        "text": claim.text,
        "isPartOf": about,
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "characters",
            "minValue": claim.span[0],
            "maxValue": claim.span[1],
        },
    }
    speaker = {"@type": "Person", "name": claim.speaker} if claim.speaker else None
    author = speaker or {
        "@type": "Organization",
        "name": f"the author of “{document.title or document.name}”",
    }
    item = {"@type": "Claim", "author": author, "appearance": appearance}
    return item | {key: about[key] for key in ("datePublished", "temporalCoverage") if key in about}


def _citation(evidence: Evidence) -> dict[str, Any]:
    """Return one row of evidence with its edition or table, and its date."""
    citation = {
        "@type": "Dataset",
        "name": evidence.edition,
        "description": evidence.text,
        "identifier": evidence.card,
        "creditText": evidence.known,
    }
    if evidence.published is not None:
        citation["datePublished"] = str(evidence.published)
    return citation
