"""A question about an accession with its blanks filled in: who, from which signature, seen how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foedus.accession.applicants import article_10_bar, opponents, refusals
from foedus.accession.forecast import Seen
from foedus.accession.intervals import completion_interval
from foedus.accession.observed import read_observed
from foedus.accession.posterior import standing
from foedus.accession.record import milestones, objections, rounds
from foedus.accession.rows import Step
from foedus.axes import country_code, country_name, is_aggregate
from foedus.errors import InputError
from foedus.evidence.institutions import members_on

__all__ = ["Case", "case_of"]

FIRST_DAY = date(1949, 4, 4)
LAST_DAY = date(2100, 12, 31)


@dataclass(frozen=True)
class Case:
    """A question with its blanks filled in.

    Attributes
    ----------
    applicant : str
        Alpha-3 code.
    day, signed : datetime.date
        The day of the question, and the signature from which days count.
    signed_is : str
        How the signature came about.
    ratifiers, holders, objecting : tuple of str
        The allies, those among them taken for holders, and those whose objection stands on record.
    opposing : tuple of str
        Allies in dispute with the applicant, or that do not recognise it.
    refuses : tuple of mapping of str to float
        The chance that each ally, if it holds, never ratifies: as judged or as the question has it, and at
        the two ends of the range.
    seen : Seen
        The ratifications seen so far.
    invitation_is_open : bool
        Whether nothing in the question says that there is an invitation.
    """

    applicant: str
    day: date
    signed: date
    signed_is: str
    ratifiers: tuple[str, ...]
    holders: tuple[str, ...]
    objecting: tuple[str, ...]
    opposing: tuple[str, ...]
    refuses: tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]
    seen: Seen
    invitation_is_open: bool


def case_of(
    applicant: str,
    invited: date | None,
    signed: date | None,
    holders: Sequence[str],
    observed: Path | None,
    as_of: date | None,
) -> Case:
    """Fill in the blanks of a question, refusing what cannot be."""
    today = as_of or date.today()
    _check_known(today)
    code = _applicant(applicant, today)
    when, how = _signature(code, invited, signed, today, observed is not None)
    ratifiers = tuple(a for a in members_on(max(when, today)) if a != code)
    named = _holders(holders, ratifiers)
    opposing = opponents(code, min(when, today))
    steps = read_observed(observed, ratifiers, when, as_of) if observed is not None else ()
    day = as_of or (max(s.latest for s in steps) if steps else today)
    return Case(
        applicant=code,
        day=day,
        signed=when,
        signed_is=how,
        ratifiers=ratifiers,
        holders=tuple(named),
        objecting=tuple(o.ally for o in objections(code, by=min(when, day)) if o.stands(min(when, day))),
        opposing=opposing,
        refuses=_with_named(refusals(ratifiers, opposing), named),
        seen=_seen(steps, ratifiers, when, day),
        invitation_is_open=not (invited or signed or observed),
    )


def _check_known(day: date) -> None:
    """Raise an error where the estimate rests on rounds that had not ended by a day."""
    learned = rounds()[-1].entry
    if day < learned:
        raise InputError(
            f"the estimate rests on rounds to {learned}, which nobody knew on {day}",
            where="--as-of",
            do="ask as of a later day, or see `foedus accession --hindcast`",
        )


def _applicant(name: str, day: date) -> str:
    """Return the applicant's code, refusing allies and aggregates."""
    code = country_code(name, where="--applicant")
    if is_aggregate(code):
        raise InputError(f"{country_name(code)} is an aggregate", where="--applicant", do="name a country")
    bar = article_10_bar(code, day)
    if code in members_on(day):
        raise InputError(
            f"{country_name(code)} is a member already",
            where="--applicant",
            do="`foedus accession --record` shows how it acceded",
        )
    if bar is not None:
        raise InputError(bar, where="--applicant", do="name another state")
    return code


def _holders(names: Sequence[str], ratifiers: tuple[str, ...]) -> dict[str, float | None]:
    """Return those taken for holders, who must be among the ratifiers, with the chance given that each
    refuses."""
    named: dict[str, float | None] = {}
    for part in (p.strip() for name in names for p in name.split(",") if p.strip()):
        name, colon, chance = part.partition(":")
        code = country_code(name.strip(), where="--holders")
        if code not in ratifiers:
            raise InputError(
                f"{country_name(code)} does not ratify this accession", where="--holders", do="name an ally"
            )
        named[code] = _fraction(chance, part) if colon else None
    return named


def _fraction(text: str, part: str) -> float:
    """Return the chance of a refusal that was written behind a holder."""
    try:
        chance = float(text)
    except ValueError:
        chance = -1.0
    if not 0.0 <= chance <= 1.0:
        raise InputError(
            f"{part!r} names a chance of refusing that is no fraction",
            where="--holders",
            do="write it from 0 to 1, as in TUR:0.5",
        )
    return chance


def _with_named(
    judged: tuple[dict[str, float], dict[str, float], dict[str, float]], named: Mapping[str, float | None]
) -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]:
    """Return the chances of a refusal with those that the question gives in their place."""
    given = {code: chance for code, chance in named.items() if chance is not None}
    value, low, high = ({**chances, **given} for chances in judged)
    return value, low, high


def _signature(
    code: str, invited: date | None, signed: date | None, today: date, running: bool
) -> tuple[date, str]:
    """Return the day of the signature and how it came about, refusing impossible days."""
    applied = [m.date for m in milestones(code) if m.kind == "application"]
    first = max([FIRST_DAY, *applied])
    for name, day in (("--invited", invited), ("--signed", signed)):
        if day is not None and not first <= day <= LAST_DAY:
            what = (
                f"{country_name(code)} applied on {first}" if applied else f"the treaty was signed on {first}"
            )
            raise InputError(
                f"{day} is an impossible date: {what}" if day < first else f"{day} is beyond {LAST_DAY}",
                where=name,
                do=f"give a day from {first} to {LAST_DAY}",
            )
    if invited and signed and signed < invited:
        raise InputError(
            f"the signature on {signed} lies before the invitation on {invited}",
            where="--signed",
            do="mend one of the days",
        )
    if signed:
        return signed, "given"
    if invited:
        lag = float(np.median([(r.signed - r.invitation).days for r in rounds()]))
        return invited + timedelta(days=round(lag)), "invited plus the median of ten rounds"
    if running:
        raise InputError(
            "a round that is running has a signature", where="--observed", do="say when with --signed"
        )
    return today, "supposed on the day of the question"


def _seen(steps: tuple[Step, ...], ratifiers: tuple[str, ...], signed: date, day: date) -> Seen:
    """Turn the steps seen into what the forecast is conditional on."""
    since = (day - signed).days
    if since <= 0:
        return Seen()
    by_ally: dict[str, dict[str, Step]] = {}
    for step in steps:
        by_ally.setdefault(step.ally, {})[step.step] = step
    if not steps:
        return Seen()
    spans = {
        a: completion_interval(signed, steps_of_ally, standing()) for a, steps_of_ally in by_ally.items()
    }
    return Seen(
        day=since,
        done=tuple(ratifiers.index(a) for a in spans),
        start=tuple(s[0] for s in spans.values()),
        end=tuple(s[1] for s in spans.values()),
    )
