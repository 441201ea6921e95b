"""Forecasts held against what came, case by case, and their scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.hindcast.scores import covers, crps

__all__ = ["Cases", "Held", "add_brier_scores", "add_scores"]


@dataclass
class Cases:
    """Every forecast of one target, case by case.

    Attributes
    ----------
    columns : dict of str to list of float
        origin, ahead, outcome, what changed since the origin and what was there, the model's score, median
        error, coverage and width, and those of the naive forecasts.
    """

    columns: dict[str, list[float]] = field(default_factory=dict)

    def add(self, **values: Iterable[float]) -> None:
        """Add cases, one for each entry of the values."""
        for name, entries in values.items():
            self.columns.setdefault(name, []).extend(float(v) for v in entries)

    def where(self, ahead: int, first: int, last: int) -> dict[str, Array]:
        """Return the cases of one horizon and a span of origins.

        Parameters
        ----------
        ahead : int
            Years ahead.
        first, last : int
            First and last origin.

        Returns
        -------
        dict of str to ndarray, (case,)
            The columns; empty when there is no case at all.
        """
        arrays = {name: np.array(values) for name, values in self.columns.items()}
        if not arrays:
            return {}
        keep = (arrays["ahead"] == ahead) & (arrays["origin"] >= first) & (arrays["origin"] <= last)
        return {name: values[keep] for name, values in arrays.items()}


@dataclass(frozen=True)
class Held:
    """The forecasts of one target from one origin so many years ahead, and what came.

    Attributes
    ----------
    origin, ahead : int
        The year forecast from, and the years ahead.
    outcome : ndarray, (case,)
        What came.
    model : ndarray, (draw, case)
        The model's draws.
    naive : dict of str to ndarray, (draw, case)
        The draws of no change, by where its errors come from.
    last, line : ndarray, (case,)
        The point forecasts of no change and of the straight line to the pledge.
    """

    origin: int
    ahead: int
    outcome: Array
    model: Array
    naive: dict[str, Array]
    last: Array
    line: Array


def add_scores(cases: Cases, held: Held) -> None:
    """Add the scores of one horizon of one origin to a target's cases."""
    n, model, outcome = len(held.outcome), held.model, held.outcome
    inside50, _ = covers(model, outcome, 0.5)
    inside80, width80 = covers(model, outcome, 0.8)
    naive80, naive_width = covers(held.naive["since-1990"], outcome, 0.8)
    cases.add(
        origin=[held.origin] * n,
        ahead=[held.ahead] * n,
        outcome=outcome,
        change=outcome - held.last,
        last=held.last,
        error=np.abs(np.median(model, axis=0) - outcome),
        error_no_change=np.abs(held.last - outcome),
        error_line=np.abs(held.line - outcome),
        score=crps(model, outcome),
        inside50=inside50,
        inside80=inside80,
        width80=width80,
        naive80=naive80,
        naive_width=naive_width,
        **{f"score {b}": crps(d, outcome) for b, d in held.naive.items()},
    )


def add_brier_scores(cases: Cases, at: Held) -> None:
    """Add the Brier scores of one horizon of one origin: the square of probability less outcome."""
    n, came = len(at.outcome), at.outcome
    probability = at.model.mean(axis=0)
    nothing = np.full(n, np.nan)
    cases.add(
        origin=[at.origin] * n,
        ahead=[at.ahead] * n,
        outcome=came,
        change=came - at.last,
        last=at.last,
        error=np.abs((probability >= 0.5) - came),
        error_no_change=np.abs(at.last - came),
        error_line=np.abs(at.line - came),
        score=(probability - came) ** 2,
        inside50=nothing,
        inside80=nothing,
        width80=nothing,
        naive80=nothing,
        naive_width=nothing,
        **{f"score {b}": (d.mean(axis=0) - came) ** 2 for b, d in at.naive.items()},
    )
