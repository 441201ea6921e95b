"""What the reader of a threshold must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.axes import country_name

if TYPE_CHECKING:
    from foedus.guarantee.deter import ScenarioOfGuarantee

__all__ = ["CONVENTION", "GAME_NOTES", "deter_notes"]

CONVENTION = (
    "Combinations lie on an even grid over the ranges, every corner among them; lowest and highest are over "
    "all of them, cut nowhere, and the middle has every range at its middle. How many say a thing is no odds."
)
"""How points are drawn, said once."""

ALONE = (
    "One attacker decides once, and leaving things as they are is worth nothing to it: no faits accomplis in "
    "steps, no nuclear step, no signal. So levels mean little, and beliefs are not observed."
)

ONCE = "Being in time stands in what help is worth and not in belief, which is in the decision alone."

EVENLY = "Help is taken to arrive evenly over the days in time: a day less brings one part in so many more."


def deter_notes(scenario: ScenarioOfGuarantee, of_forces: tuple[str, ...]) -> tuple[str, ...]:
    """Return the notes of an answer on thresholds.

    Parameters
    ----------
    scenario : ScenarioOfGuarantee
        The scenario, with its requirement.
    of_forces : tuple of str
        The allies for which forces and reinforcement say the ranges of strength.

    Returns
    -------
    tuple of str
        Sentences.
    """
    if of_forces:
        names = ", ".join(country_name(country) for country in of_forces)
        first = (
            f"Strengths for {names} are those of the requirement {scenario.requirement}; the rest is assumed."
        )
    elif scenario.requirement:
        first = f"The requirement {scenario.requirement} says nothing of them: every range is assumed."
    else:
        first = (
            "The scenario names no requirement, so that nothing is known by ally: every range is assumed, "
            "and all allies on the flank have the same."
        )
    notes = (first, CONVENTION, ONCE, EVENLY, ALONE)
    if not scenario.guarantee:
        return notes
    covered = f"The scenario's guarantee is {scenario.guarantee}: thresholds say what belief would be needed."
    return (covered, *notes)


GAME_NOTES = (
    "An ally pays if V (D + s) exceeds its gap, so above D* = gap / V - s. V, what whole belief in the "
    "guarantee is worth to it, halves with so many kilometres from Russia; s is what its own strength is "
    "worth. All is assumed.",
    "The order's one form and its ranges were written down before it was scored, and it was scored once; how "
    "well nearness to Russia did was known by then, and the order contains it.",
    "Who reached 2 % is of nato-2024-06; US troops are the mean of 2014 without its doubled quarter and with "
    "doubled hosts mended, Canada's of the yearly counts.",
    "Belief is q0 for those who do not pay and q0 + D, one at most, for those who do; thresholds q* have "
    "every range at its middle. What an ally off the flank fears is not in it.",
)
"""The notes of the game."""
