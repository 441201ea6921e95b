"""Reinforcement in a scenario: who sends what of the plan, and the routes of the flow, solved once."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import InputError, NoDataError
from foedus.questions import known_day
from foedus.reinforcement.amounts import Amounts, amounts, leaving_day
from foedus.reinforcement.facts import CARD_ID as FACTS_CARD
from foedus.reinforcement.fixed_routes import FixedRoutes, ReleaseRow
from foedus.reinforcement.flow import settled
from foedus.reinforcement.network import CARD_ID as NETWORK_CARD
from foedus.reinforcement.network import Network, network
from foedus.reinforcement.parameters import FOLDER
from foedus.reinforcement.problem import FlowProblem, Supply
from foedus.reinforcement.provenance import reinforcement_provenance
from foedus.reinforcement.question import ReinforcementQuestion, number
from foedus.reinforcement.route_rows import arc_rows, leg_rows
from foedus.reinforcement.section import Resolved
from foedus.reinforcement.setup import flow_problem
from foedus.reinforcement.simulate import Routes, routes
from foedus.results import Note
from foedus.units import per_cent

if TYPE_CHECKING:
    from datetime import date

    from foedus.evidence import Ledger
    from foedus.forces.section import Resolved as ForcesSection
    from foedus.reinforcement.lever import ReinforcementLever

__all__ = ["ReinforcementFigures", "resolve_reinforcement"]

TIERS = (10, 30)
"""The days of the tiers that move: what is ready later leaves on day 180."""

FIRST_DAYS, PIECES_A_DAY = 40, 3500.0
"""The horizon to begin with is so many days and one more for each so many pieces: a guess that saves time,
since the horizon is lengthened where not all has arrived by then."""


@dataclass(frozen=True)
class ReinforcementFigures:
    """The section of reinforcement, the cards that it rests on, and its notes."""

    section: Resolved
    editions: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()


def resolve_reinforcement(
    lever: ReinforcementLever, forces: ForcesSection, known: Ledger, *, as_of: date, horizon: int
) -> ReinforcementFigures:
    """Return the section of reinforcement with its routes.

    Parameters
    ----------
    lever : ReinforcementLever
        Permits and trains.
    forces : Resolved
        The section of forces: the requirement, what it asks for, what is ready at the start.
    known : Ledger
        The editions published by the day.
    as_of : datetime.date
        The day whose knowledge is used.
    horizon : int
        The last year.

    Returns
    -------
    ReinforcementFigures
        The neutral section where no requirement is named, or it counts neither persons nor brigades.

    Raises
    ------
    NoSolutionError
        When the solver proves no optimum.
    """
    neutral = Resolved.neutral(forces.countries)
    if not forces.is_named:
        return ReinforcementFigures(neutral)
    if not any(forces.plan_persons):
        note = "The requirement counts neither persons nor brigades: who has arrived is not worked out."
        return ReinforcementFigures(neutral, notes=(Note("reinforcement", note),))
    try:
        sent = amounts(ReinforcementQuestion(requirement=forces.requirement, as_of=known_day(as_of)), known)
    except (InputError, NoDataError) as error:
        note = f"Who has arrived is not worked out: {error.what}."
        return ReinforcementFigures(neutral, notes=(Note("reinforcement", note),))
    ways = _fixed(lever, sent)
    land, each = number("land_share"), FOLDER.function("moves")["pieces_per_person"]
    pieces = (each.range[0], number("pieces_per_person"), each.range[1])
    ready = tuple(min(pair) for pair in zip(forces.plan_persons, forces.start_persons_ready, strict=True))
    section = Resolved(
        countries=forces.countries,
        worked_out=_years(forces.start_year, horizon),
        asked=forces.plan_persons,
        permit_days=lever.permit_days,
        trains=lever.trains,
        land_part=land,
        pieces_per_person=pieces,
        **vars(ways),
        start_ready=ready,
        start_arrived=_at_start(ways, ready, land * pieces[1], land),
        provenance=reinforcement_provenance(forces),
    )
    return ReinforcementFigures(section, frozenset({NETWORK_CARD, FACTS_CARD}), _notes(lever, sent))


def _years(start: int, horizon: int) -> tuple[int, ...]:
    """Return the first year, the middle one and the last."""
    return tuple(sorted({start + 1, (start + 1 + horizon) // 2, horizon}))


@dataclass(frozen=True)
class _Asked:
    """What the flow is asked; two that send the same with the same trains are one."""

    releases: tuple[Supply, ...]
    trains: float
    problem: FlowProblem = field(compare=False)


@lru_cache(maxsize=8)
def _routes(asked: _Asked) -> Routes:
    """Return the routes of the earliest flow: two scenarios of one requirement have the same."""
    return routes(settled(asked.problem, FIRST_DAYS + math.ceil(asked.problem.total / PIECES_A_DAY))[1])


def _fixed(lever: ReinforcementLever, sent: Amounts) -> FixedRoutes:
    """Return the routes, and who sends what part of each tier from which day on."""
    corridors = network()
    question = ReinforcementQuestion(trains=lever.trains)
    problem, _ = flow_problem(corridors, sent, question)
    ways = _routes(_Asked(problem.releases, lever.trains, problem))
    arcs, places = arc_rows(corridors, ways, lever.trains)
    return FixedRoutes(
        arcs=arcs,
        legs=leg_rows(ways, places),
        through=tuple(ways.through[0].tolist()),
        sinks=problem.sinks,
        total=problem.total,
        releases=_releases(corridors, sent, lever.permit_days),
    )


def _releases(corridors: Network, sent: Amounts, permit_days: float) -> tuple[ReleaseRow, ...]:
    """Return who sends what part of each tier, and from which day on."""
    rows = []
    for sender in sent.senders:
        permit = 0.0 if sender.country in corridors.hosts else permit_days
        hub, part = corridors.hub(sender.country), sender.pieces / sent.pieces
        rows += [(hub, leaving_day(day, permit, 0.0), tier, part) for tier, day in enumerate(TIERS)]
    return tuple(rows)


def _at_start(
    ways: FixedRoutes, ready: tuple[float, ...], per_person: float, land: float
) -> tuple[float, ...]:
    """Return the persons of land forces that would arrive at the start by each day, without chance."""
    pieces: list[Array] = [np.array([per_person * ready[0]]), np.array([per_person * (ready[1] - ready[0])])]
    capacity = np.array([[middle] for _, _, _, middle, _ in ways.arcs])
    return tuple(float(arrived[0]) * land / per_person for arrived in ways.arrived(pieces, capacity))


def _notes(lever: ReinforcementLever, sent: Amounts) -> tuple[Note, ...]:
    """Write what a reader must know."""
    land = number("land_share")
    said = (
        f"{per_cent(land, 0)} of a plan's persons are taken to be land forces, which come with vehicles over "
        "the network; nearly all throughputs are assumed, and nothing is said of combat.",
        f"A border permit takes {lever.permit_days:g} days from the alert, while forces get ready; what is "
        "ready only after 30 days leaves on day 180.",
        *sent.notes,
    )
    return tuple(Note("reinforcement", text) for text in said)
