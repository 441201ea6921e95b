"""What was known on a day of accessions and partners, and the steps that lie between two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.accession.applicants import CARD_ID as APPLICANTS_CARD
from foedus.accession.applicants import partnerships
from foedus.accession.record import CARD_ID as ACCESSION_CARD
from foedus.accession.record import milestones, rounds
from foedus.accession.rows import Round
from foedus.analysis.scorecard_money import weakest
from foedus.analysis.scorecard_rows import DayReading, Days
from foedus.axes import country_name
from foedus.evidence.institutions import CARD_ID as INSTITUTIONS_CARD
from foedus.evidence.institutions import institution_table
from foedus.spending.answers import listed

__all__ = ["StateStep", "all_steps", "nearer_readings", "steps_between"]

EUROPEAN_UNION = "EU"
"""The partner that is no state."""

ORDER = ("applied", "was invited", "protocol signed", "became an ally")
"""The steps of an accession, in the order in which they follow."""


@dataclass(frozen=True)
class StateStep:
    """A step that brought a state nearer, on its day.

    Attributes
    ----------
    day : datetime.date
        The day.
    country, name : str
        Alpha-3 code, and name.
    step : str
        What happened, in words.
    known, edition : str
        How the row is known, and the record that has it.
    """

    day: date
    country: str
    name: str
    step: str
    known: str
    edition: str


def all_steps() -> tuple[StateStep, ...]:
    """Return every step of an accession on record, by day: application, invitation, protocol, membership."""
    every = rounds()
    applied = {
        row["country"]: row for row in institution_table("applications").rows if row["organisation"] == "NATO"
    }
    steps = [
        _step(date.fromisoformat(row["date"]), code, "applied", row["known"], INSTITUTIONS_CARD)
        for code, row in applied.items()
    ]
    for each in every:
        for code in each.acceding:
            days = zip(ORDER, (each.application, each.invitation, each.signed, each.entry), strict=True)
            steps += [
                _step(day, code, words, each.known, ACCESSION_CARD)
                for words, day in days
                if day is not None and not (words == "applied" and code in applied)
            ]
    return tuple(sorted(steps, key=lambda step: (step.day, ORDER.index(step.step), step.name)))


def _step(day: date, code: str, words: str, known: str, edition: str) -> StateStep:
    """Return a step of a country."""
    return StateStep(day, code, country_name(code), words, known, edition)


def steps_between(days: Days, *, sitting: bool) -> tuple[StateStep, ...]:
    """Return what brought states nearer between two days, by day.

    Parameters
    ----------
    days : (datetime.date, datetime.date)
        The first day and the last; the last belongs to who follows, unless the holder is in office.
    sitting : bool
        Whether the holder is in office on the last day.

    Returns
    -------
    tuple of StateStep
        Steps of accessions, what the allies and an applicant declared, and partnerships that began.
    """
    first, last = days
    begun = [
        _step(p.since, p.partner, f"joined {p.programme}", p.known, APPLICANTS_CARD)
        for p in partnerships()
        if p.partner != EUROPEAN_UNION
    ]
    every = (*all_steps(), *_declared(), *begun)
    inside = (s for s in every if first <= s.day < last or (sitting and s.day == last))
    return tuple(sorted(inside, key=lambda step: (step.day, step.name)))


def _declared() -> Iterator[StateStep]:
    """Return what is recorded on the road of applicants besides applications and partnerships."""
    applicants = {row["country"] for row in institution_table("applications").rows}
    for code in sorted(applicants):
        for each in milestones(code):
            if each.kind not in {"application", "partnership"}:
                yield _step(each.date, code, each.event, each.known, ACCESSION_CARD)


def nearer_readings(days: Days) -> dict[str, tuple[DayReading, DayReading]]:
    """Return open accessions and partner states on two days.

    Parameters
    ----------
    days : (datetime.date, datetime.date)
        The two days.

    Returns
    -------
    dict of str to (DayReading, DayReading)
        By measure; every row of the records is dated by its own event.
    """
    first, last = days
    return {
        "open_accessions": (_open(first), _open(last)),
        "partner_states": (_partners(first), _partners(last)),
    }


def _open(day: date) -> DayReading:
    """Return the accessions that had begun by a day and had not ended, each with its last step."""
    taken: dict[str, list[StateStep]] = {}
    for step in all_steps():
        if step.day <= day:
            taken.setdefault(step.country, []).append(step)
    running = {code: steps for code, steps in taken.items() if steps[-1].step != ORDER[-1]}
    groups: dict[str, list[str]] = {}
    for steps in running.values():
        groups.setdefault(_last_step(steps[-1], day), []).append(steps[-1].name)
    words = "; ".join(f"{listed(names)} {step}" for step, names in groups.items())
    known = weakest(step.known for steps in running.values() for step in steps)
    return DayReading(
        len(running),
        f"{len(running)} open: {words}" if words else "none open",
        "",
        ACCESSION_CARD,
        None,
        known,
        "applied, invited or signed, and not yet an ally",
    )


def _last_step(step: StateStep, day: date) -> str:
    """Write the last step of an accession, with how many had ratified where the protocol is signed."""
    words = f"{step.step} {step.day}"
    if step.step != "protocol signed":
        return words
    each = next(r for r in rounds() if step.country in r.acceding and r.signed == step.day)
    return f"{words}{_ratified(each, day)}"


def _ratified(each: Round, day: date) -> str:
    """Write how many had ratified, by the last count that somebody made, or by the steps on record."""
    counts = [count for count in each.counts if count.date <= day]
    if counts:
        last = max(counts, key=lambda count: count.date)
        return f", {last.ratified} of {last.of} ratified by {last.date}"
    allies = {step.ally for step in each.steps if step.latest <= day}
    return f", {len(allies)} of {len(each.ratifiers)} ratifications on record"


def _partners(day: date) -> DayReading:
    """Return how many states were partners; none for a day since which partners became allies.

    The record lists who is a partner in 2026, or was and is no ally: of an earlier day it is not whole.
    """
    since = [step for step in all_steps() if step.step == ORDER[-1] and step.day > day]
    if since:
        last = since[-1]
        return DayReading(
            why=f"the record leaves out partners that have become allies, {last.name} last, on {last.day}"
        )
    states = {
        p.partner: p
        for p in partnerships()
        if p.since <= day and (p.until is None or p.until > day) and p.partner != EUROPEAN_UNION
    }
    known = weakest(p.known for p in states.values())
    return DayReading(
        len(states),
        "",
        "",
        APPLICANTS_CARD,
        None,
        known,
        "states in a programme of partnership",
    )
