"""A small valid section of decisions for tests: nothing is put to allies."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.decisions.section import Inputs, Resolved


def small_section(countries: tuple[str, ...], **other: Any) -> Resolved:
    """Return a section without questions."""
    return Resolved(**{"countries": countries, "questions": (), **other})


def small_inputs(countries: int, **other: Any) -> Inputs:
    """Return one year's inputs in which nothing is put to allies."""
    values: dict[str, Any] = {
        "question_kind": 0.0,
        "question_goal_share_of_gdp": 0.0,
        "question_position": np.zeros(countries),
        "question_salience": np.zeros(countries),
        "question_release_few_share": 0.0,
        "question_release_many_share": 0.0,
    }
    return Inputs(**{**values, **other})
