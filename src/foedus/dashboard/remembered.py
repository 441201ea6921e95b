"""An outcome that remembers its headline: the unchanged scenario's is asked for at every move of a slider."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from foedus.analysis.compare import Outcome, outcome
from foedus.scenario import Resolved

__all__ = ["Remembered", "remembered"]


@dataclass(frozen=True)
class Remembered(Outcome):
    """An outcome with the scenario that it is of, and its headline once it was asked for."""

    of: Resolved
    _heads: list[dict[str, Any]] = field(default_factory=list)

    def summary(self, resolved: Resolved) -> dict[str, Any]:
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
        if resolved is not self.of:
            return super().summary(resolved)
        if not self._heads:
            self._heads.append(super().summary(resolved))
        return self._heads[0]


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
    made = outcome(resolved, draws=draws, seed=seed)
    return Remembered(**vars(made), of=resolved)
