"""Who sends how many pieces, and from which day on: a requirement shared by a rule, or amounts as given.

Persons become pieces (vehicles, trailers, containers) by a ratio of which the range is printed. A tier is
released on its last day; a permit is asked for on the day of the alert and runs while forces get ready, so
that what crosses a border leaves on the later of the two days. Hosts' own forces need none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.axes import country_code, country_name
from foedus.errors import InputError, NoDataError
from foedus.forces.apportionment import Sharing, apportion
from foedus.forces.force_model import tiers as force_model_tiers
from foedus.forces.requirement import Need, Requirement, find_requirement
from foedus.reinforcement.flow import LONGEST
from foedus.reinforcement.parameters import FOLDER
from foedus.reinforcement.question import ReinforcementQuestion, number
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.result import Apportionment

__all__ = ["Amounts", "ReadyStep", "Sender", "amounts", "leaving_day", "parse_amount", "phase_of"]

PERSON_WORDS = ("person", "persons", "troop", "troops", "soldier", "soldiers", "brigade", "brigades")
AMOUNT = re.compile(r"([^=]{2,60})=([0-9][0-9.,_]{0,15})[ ]?([a-z]{0,12})(?:@([0-9]{1,4}))?")
"""An amount: ``USA=2800``, ``USA=2800@10``; a word after the number says in what it is counted."""


@dataclass(frozen=True)
class ReadyStep:
    """One tier: so many persons and pieces of one ally, ready on a day.

    Attributes
    ----------
    day : float
        The day on which they are ready.
    persons : float or None
        None where pieces were given.
    pieces : float
        At the middle ratio.
    """

    day: float
    persons: float | None
    pieces: float


@dataclass(frozen=True)
class Sender:
    """One ally and what it sends.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    steps : tuple of ReadyStep
        By day.
    """

    country: str
    name: str
    steps: tuple[ReadyStep, ...]

    @property
    def pieces(self) -> float:
        """All that it sends."""
        return sum(step.pieces for step in self.steps)

    @property
    def persons(self) -> float | None:
        """All persons; None where pieces were given."""
        given = [step.persons for step in self.steps if step.persons is not None]
        return sum(given) if given else None


@dataclass(frozen=True)
class Amounts:
    """Who sends what.

    Attributes
    ----------
    senders : tuple of Sender
        The largest first.
    requirement : Requirement or None
        What was shared out; None where pieces were given.
    apportionment : Apportionment or None
        How.
    notes : tuple of str
        What the reader must know.
    """

    senders: tuple[Sender, ...]
    requirement: Requirement | None
    apportionment: Apportionment | None
    notes: tuple[str, ...]

    @property
    def pieces(self) -> float:
        """All pieces."""
        return sum(sender.pieces for sender in self.senders)

    @property
    def ready(self) -> dict[float, float]:
        """What is ready in all by each day on which something becomes ready, in pieces."""
        days = sorted({step.day for sender in self.senders for step in sender.steps})
        return {
            day: sum(step.pieces for sender in self.senders for step in sender.steps if step.day <= day)
            for day in days
        }


def amounts(question: ReinforcementQuestion, ledger: Ledger) -> Amounts:
    """Return who sends how many pieces, and when they are ready.

    Parameters
    ----------
    question : ReinforcementQuestion
        Which requirement, by what rule, how ready.
    ledger : Ledger
        The figures as of the question's day.

    Returns
    -------
    Amounts
        By ally and tier.

    Raises
    ------
    InputError
        When a requirement counts neither persons nor brigades, no tier is ready in time or one is past the
        longest horizon, or an amount is given in persons.
    """
    if question.amounts:
        return _given(question, ledger)
    need = find_requirement(question.requirement)
    lead, persons = _persons(need)
    shared = apportion(
        need.model_copy(update={"needs": {lead: Need(required=need.needs[lead].required)}}),
        Sharing(rule=question.rule, exclude=question.exclude, divisible=True),
        as_of=question.as_of,
        ledger=ledger,
    )
    parts, note = _tiers(need, lead, question)
    ratio = number("land_share") * number("pieces_per_person")
    whole = need.needs[lead].required
    senders = [
        Sender(
            row.country,
            row.name,
            tuple(
                ReadyStep(day + question.readiness_days, moved, moved * ratio)
                for day, part in parts.items()
                for moved in [row.parts[lead] / whole * persons * part]
            ),
        )
        for row in shared.rows
    ]
    return Amounts(_ordered(senders), need, shared, note)


def _ordered(senders: list[Sender]) -> tuple[Sender, ...]:
    """Return those that send something, the largest first."""
    return tuple(sorted((s for s in senders if s.pieces > 0.0), key=lambda s: (-s.pieces, s.country)))


def _persons(need: Requirement) -> tuple[str, float]:
    """Return the class that is shared, and how many persons all of it are."""
    required = need.required()
    if required.get("persons"):
        return "persons", required["persons"]
    if required.get("manoeuvre_brigades"):
        return "manoeuvre_brigades", required["manoeuvre_brigades"] * number("persons_per_brigade")
    raise InputError(
        f"{need.title} counts neither persons nor brigades, so that its pieces cannot be told",
        where="--requirement",
        do="name one that does, or give pieces with --amount ALLY=PIECES",
    )


def _tiers(
    need: Requirement, lead: str, question: ReinforcementQuestion
) -> tuple[dict[int, float], tuple[str, ...]]:
    """Return by day which part of the whole is ready, of the tiers that are asked for."""
    within: Mapping[int, float] = need.needs[lead].within_days
    notes: tuple[str, ...] = ()
    if not within:
        within = {tier.days_to: float(tier.persons) for tier in force_model_tiers(question.as_of)}
        notes = (
            f"{need.title} says no days of readiness; the proportions of the Force Model's tiers stand in.",
        )
    if not within:
        raise NoDataError(
            f"{need.title} says no days of readiness, and the Force Model was not public by {question.as_of}",
            where="--as-of",
            do="ask as of a later day",
        )
    total = sum(within.values())
    parts = {day: part / total for day, part in sorted(within.items()) if day <= question.within}
    if not parts:
        raise InputError(
            f"nothing of {need.title} is ready within {question.within} days",
            where="--within",
            do=f"give {min(within)} or more",
        )
    last = max(parts) + question.readiness_days
    if last >= LONGEST:
        raise InputError(
            f"{need.title} has forces that are ready on day {last:g}, past the horizon of {LONGEST} days",
            where="--within",
            do=f"give days below {LONGEST}",
        )
    later = sum(part for day, part in within.items() if day > question.within) / total
    if later > 0.0:
        notes = (
            *notes,
            f"Only the tiers that are ready within {question.within} days move; later ones are left out.",
        )
    return parts, notes


def _given(question: ReinforcementQuestion, ledger: Ledger) -> Amounts:
    """Return amounts that were given in pieces."""
    steps: dict[str, list[ReadyStep]] = {}
    for text in question.amounts:
        country, pieces, day = parse_amount(text)
        _check_strength(country, pieces, ledger)
        steps.setdefault(country, []).append(ReadyStep(day + question.readiness_days, None, pieces))
    senders = [Sender(code, country_name(code), tuple(s)) for code, s in steps.items()]
    ordered = _ordered(senders)
    if not ordered:
        raise InputError("nothing is to be moved", where="--amount", do="give pieces above nought")
    return Amounts(ordered, None, None, ("Pieces as given; no requirement was shared out.",))


def parse_amount(text: str) -> tuple[str, float, int]:
    """Read an amount as ``ALLY=PIECES`` or ``ALLY=PIECES@DAY``.

    Parameters
    ----------
    text : str
        For example "USA=2800@10".

    Returns
    -------
    (str, float, int)
        Alpha-3 code, pieces, and the day on which they are ready.

    Raises
    ------
    InputError
        When it is none, or counted in persons or brigades.
    """
    match = AMOUNT.fullmatch(text.strip())
    if not match:
        raise InputError(
            f"{text!r} is no amount", where="--amount", do="write ALLY=PIECES or ALLY=PIECES@DAY: USA=2800@10"
        )
    country = country_code(match[1].strip(), where="--amount")
    try:
        value = float(match[2].replace(",", "").replace("_", ""))
    except ValueError as error:
        raise InputError(f"{match[2]!r} is no number", where="--amount", do="write USA=2800") from error
    unit, day = match[3], int(match[4] or 0)
    if unit in PERSON_WORDS:
        persons = value * (number("persons_per_brigade") if unit.startswith("brigade") else 1.0)
        raise InputError(
            f"{text!r} is counted in {unit}, and amounts are in pieces (vehicles, trailers, containers)",
            where="--amount",
            do=f"write {country}={_pieces_of(persons)}, at {number('pieces_per_person'):g} a person",
        )
    if unit not in ("", "pieces", "piece"):
        raise InputError(f"{unit!r} is no unit of an amount", where="--amount", do="write pieces, or nothing")
    if day >= LONGEST:
        raise InputError(
            f"{text!r} is ready past the horizon of {LONGEST} days",
            where="--amount",
            do=f"give a day below {LONGEST}",
        )
    return country, value, day


def _pieces_of(persons: float) -> int:
    """Return about how many pieces persons bring."""
    return math.ceil(persons * number("pieces_per_person"))


def _check_strength(country: str, pieces: float, ledger: Ledger) -> None:
    """Raise an error where an amount is more than all forces of an ally would bring: persons may be meant."""
    try:
        figures = ledger.figures("military_personnel", country=[country])
    except NoDataError:
        return
    strength = max((float(v) for v in figures.frame["value"] if v is not None), default=math.inf)
    high = FOLDER.function("moves")["pieces_per_person"].range[1]
    if pieces > strength * high:
        name = country_name(country)
        raise InputError(
            f"{written(pieces, grouped=True)} pieces are more than all forces of {name} would bring; "
            "persons may be meant",
            where="--amount",
            do=f"write {country}={_pieces_of(pieces)} for {written(pieces, grouped=True)} persons",
        )


def phase_of(permit_days: float, senders: tuple[Sender, ...], hosts: tuple[str, ...]) -> float:
    """Return by what part of a day the grid of days is shifted, so that permits fall on it.

    Parameters
    ----------
    permit_days : float
        From the alert on.
    senders : tuple of Sender
        Who sends what.
    hosts : tuple of str
        Who needs no permit.

    Returns
    -------
    float
        From nought to below one; nought where no permit holds anything up.
    """
    binds = any(step.day < permit_days for s in senders if s.country not in hosts for step in s.steps)
    return permit_days % 1.0 if binds else 0.0


def leaving_day(day: float, permit_days: float, phase: float) -> int:
    """Return the day of the grid from which on something leaves.

    Parameters
    ----------
    day, permit_days : float
        When it is ready, and when it may cross a border, in days after the alert.
    phase : float
        By what part of a day the grid is shifted.

    Returns
    -------
    int
        The later of the two, on the next day of the grid.
    """
    return max(0, math.ceil(max(day, permit_days) - phase - 1e-9))
