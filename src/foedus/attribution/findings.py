"""Published results on the same questions, with the sign of the estimates here, or why it differs."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.attribution.estimates import DesignEstimate, DesignEstimates
from foedus.attribution.periods import PERIODS, Period
from foedus.rounding import written

__all__ = ["PublishedFinding", "published_findings"]

WALES, PRESSURE = PERIODS[0], PERIODS[1]


@dataclass(frozen=True)
class PublishedFinding:
    """A published result beside the estimate nearest to it.

    Attributes
    ----------
    citation, doi : str
        Whose it is.
    claim : str
        What it finds, in a sentence.
    published_sign : int
        1 where it finds a rise, 0 where it finds none.
    design : str
        The design here that comes nearest.
    period : Period
        The budget years.
    estimate : float
        What that design gives, points a year.
    agrees : bool
        Whether the sign is the same: a rise above nought, or none.
    sentence : str
        The comparison in words.
    """

    citation: str
    doi: str
    claim: str
    published_sign: int
    design: str
    period: Period
    estimate: float
    agrees: bool
    sentence: str


def published_findings(estimates: DesignEstimates) -> tuple[PublishedFinding, ...]:
    """Return the published results beside the estimates, where those are held."""
    shaming = _estimate(estimates, "never-allied", PRESSURE)
    nordic = _estimate(estimates, "nordic", WALES)
    wales = _estimate(estimates, "never-allied", WALES)
    if shaming is None or nordic is None or wales is None:
        return ()
    return (
        _finding(
            "J. Becker, S. Kreps, P. Poast, R. Terman, Journal of Conflict Resolution 68, 2024",
            "10.1177/00220027231167840",
            "Shaming by American presidents does not make allies spend more.",
            0,
            shaming,
            "The sign is the same: allies sped up by less than never-allied Europeans.",
            "The sign is another: allies sped up by more than never-allied Europeans.",
        ),
        _finding(
            "J. Becker, International Studies Perspectives 25, 2024",
            "10.1093/isp/ekad027",
            "The pledge of Wales raised spending, on equipment above all; Denmark and Norway against Finland "
            "and Sweden.",
            1,
            nordic,
            "The sign is the same, of all spending; two countries against two give no bracket, and their "
            "equipment is not in these figures.",
            "The sign is another, of all spending; two countries against two give no bracket, and their "
            "equipment is not in these figures.",
        ),
        _finding(
            "J. Becker, International Studies Perspectives 25, 2024",
            "10.1093/isp/ekad027",
            "The pledge of Wales raised spending.",
            1,
            wales,
            f"The sign is the same, but labels permuted give as much in {written(wales.permutation_p, 2)} of "
            "cases, and the seizure of Crimea came in the same year.",
            "The sign is another.",
        ),
    )


def _estimate(estimates: DesignEstimates, design: str, period: Period) -> DesignEstimate | None:
    """Return the usual estimate of a design in a period."""
    return next(
        (e for e in estimates.estimates if (e.design, e.variant, e.first) == (design, "", period.first)), None
    )


def _finding(
    citation: str, doi: str, claim: str, sign: int, estimate: DesignEstimate, *sentences: str
) -> PublishedFinding:
    """Return a published result beside an estimate; the second sentence stands where signs differ."""
    agrees = (estimate.estimate > 0.0) == (sign > 0)
    return PublishedFinding(
        citation=citation,
        doi=doi,
        claim=claim,
        published_sign=sign,
        design=estimate.design,
        period=estimate.period,
        estimate=estimate.estimate,
        agrees=agrees,
        sentence=f"{written(estimate.estimate, 1, signed=True)} points a year here. "
        + (sentences[0] if agrees else sentences[1]),
    )
