"""What is drawn of throughput and of pieces a person, the same for every answer to a question."""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import stream
from foedus.errors import InputError
from foedus.reinforcement.network import Network, triangular
from foedus.reinforcement.parameters import FOLDER
from foedus.reinforcement.question import ReinforcementQuestion, number

__all__ = ["Lost", "capacity_draws", "lost_links", "piece_draws"]

Lost = tuple[tuple[str, str, str], ...]
"""Links that are lost together."""


def capacity_draws(network: Network, question: ReinforcementQuestion) -> Array:
    """Return pieces a day by arc and draw: all arcs of a class are wrong alike.

    Parameters
    ----------
    network : Network
        The corridors.
    question : ReinforcementQuestion
        Draws, seed and trains.

    Returns
    -------
    ndarray, (arc, draw)
        Pieces a day.
    """
    classes = sorted({arc.of_class for arc in network.arcs})
    uniform = {name: _uniform(question, name) for name in classes}
    return network.drawn_capacity(uniform, trains=question.trains)


def piece_draws(question: ReinforcementQuestion, *, counted_in_persons: bool) -> Array:
    """Return by what the middle number of pieces is multiplied.

    Parameters
    ----------
    question : ReinforcementQuestion
        Draws and seed.
    counted_in_persons : bool
        Whether persons became pieces; where pieces were given nothing is drawn.

    Returns
    -------
    ndarray, (draw,)
        One in the middle.
    """
    if not counted_in_persons:
        return np.ones(question.draws)
    return _ratio(question, "pieces_per_person") * _ratio(question, "land_share")


def lost_links(network: Network, question: ReinforcementQuestion) -> tuple[Lost, ...]:
    """Draw the links that are lost in each case.

    Parameters
    ----------
    network : Network
        The corridors.
    question : ReinforcementQuestion
        How many are lost, how often they are drawn, and the seed.

    Returns
    -------
    tuple of Lost
        The lost links by case, in the order of the network.

    Raises
    ------
    InputError
        When more are to be lost than there are.
    """
    links = network.links
    if question.lose > len(links):
        raise InputError(
            f"{question.lose} links cannot be lost", where="--lose", do=f"there are {len(links)}; give fewer"
        )
    random = stream(question.seed, "reinforcement_lost_links", 0)
    cases = (random.choice(len(links), question.lose, replace=False) for _ in range(question.cases))
    return tuple(tuple(links[i] for i in sorted(case)) for case in cases)


def _uniform(question: ReinforcementQuestion, name: str) -> Array:
    """Draw numbers between 0 and 1 for what is named, (draw,)."""
    return stream(question.seed, f"reinforcement_{name}", 0).random(question.draws)


def _ratio(question: ReinforcementQuestion, name: str) -> Array:
    """Draw one of the numbers by which persons become pieces, over its middle value, (draw,)."""
    low, high = FOLDER.function("moves")[name].range
    return triangular(_uniform(question, name), low, number(name), high) / number(name)
