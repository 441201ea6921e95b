"""What a reader of an answer on reinforcement must know."""

from __future__ import annotations

from datetime import date

from foedus.evidence.packaged import packaged_cards
from foedus.reinforcement.amounts import Amounts
from foedus.reinforcement.network import CARD_ID
from foedus.reinforcement.parameters import FOLDER
from foedus.reinforcement.question import ReinforcementQuestion
from foedus.reinforcement.result import ASSUMED, day_words
from foedus.units import per_cent

__all__ = ["TWO_QUANTITIES", "reinforcement_notes"]

TWO_QUANTITIES = (
    "Two public figures are 45 days: the notice that one country asks for before a crossing (European Court "
    "of Auditors, 2025), which enters here as a permit; and what officials said moving an army from western "
    "ports to the eastern border takes (Financial Times, 2025), which does not."
)
"""The two quantities that are 45 days."""


def reinforcement_notes(sent: Amounts, question: ReinforcementQuestion) -> tuple[str, ...]:
    """Write what was assumed on the way."""
    notes = [ASSUMED]
    if sent.requirement is not None:
        each, land = (FOLDER.function("moves")[name] for name in ("pieces_per_person", "land_share"))
        notes.append(
            f"Persons become pieces at {each.value:g} a person ({each.range[0]:g} to {each.range[1]:g}, "
            f"{each.grade}) for the {per_cent(float(land.value), 0)} of them that are land forces "  # type: ignore[arg-type]
            f"({per_cent(land.range[0], 0)} to {per_cent(land.range[1], 0)}, {land.grade})."
        )
        notes.append("A tier is ready on its last day; the days are of readiness, not of arrival.")
    notes.append(
        f"A permit of {day_words(question.permit_days)} days runs from the alert, while forces get ready; "
        "hosts' own forces need none."
    )
    notes.append(TWO_QUANTITIES)
    if question.hosts == "equal":
        notes.append(
            "Each host is to get an equal part, as each is to scale one battlegroup up to a brigade: assumed."
        )
    notes.append(
        "The range is drawn over throughputs and pieces a person, with all arcs of a kind wrong alike, along "
        "the routes of the best flow; speeds are not drawn."
    )
    written_down = packaged_day()
    if question.as_of is not None and question.as_of < written_down:
        notes.append(f"The corridors were written down on {written_down} and stand in for earlier days.")
    return tuple(notes)


def packaged_day() -> date:
    """Return the day on which the network was written down."""
    return next(card.published for card in packaged_cards() if card.id == CARD_ID)
