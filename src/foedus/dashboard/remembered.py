"""An outcome that remembers its headline: the unchanged scenario's is asked for at every move of a slider."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from foedus.measures.compare import Outcome, outcome
from foedus.scenario import Resolved

__all__ = ["Remembered", "remembered"]


@dataclass(frozen=True)
class Remembered(Outcome):
    """An outcome with its headlines by the scenario's checksum."""

    _heads: dict[str, dict[str, Any]] = field(default_factory=dict)

    def headline(self, resolved: Resolved) -> dict[str, Any]:
        """Give the headline, worked out once.

        Parameters
        ----------
        resolved : Resolved
            The scenario that the outcome is of.

        Returns
        -------
        dict
            What the run's headline is.
        """
        key = resolved.sha256
        if key not in self._heads:
            self._heads[key] = super().headline(resolved)
        return self._heads[key]


def remembered(resolved: Resolved, *, draws: int, seed: int) -> Remembered:
    """Run a scenario in memory.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws, seed : int
        How many draws, and their seed.

    Returns
    -------
    Remembered
        Measures and shares in every draw.
    """
    made = vars(outcome(resolved, draws=draws, seed=seed))
    return Remembered(**made)
