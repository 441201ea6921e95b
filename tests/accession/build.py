"""A small valid section of accession for tests: everybody is an ally."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.accession.section import Inputs, Resolved, Start

NAN = float("nan")


def small_section(countries: tuple[str, ...], **other: Any) -> Resolved:
    """Return a section in which nobody accedes."""
    values: dict[str, Any] = {
        "countries": countries,
        "accession_signed": ("",) * len(countries),
        "carried": (),
        "accession_holders": (),
        "military_personnel": (),
        "border_with_russia_and_belarus_km": (),
        "days_to_entry": ((NAN,) * 5,) * len(countries),
    }
    return Resolved(**{**values, **other})


def small_inputs(countries: int) -> Inputs:
    """Return one year's inputs in which nobody accedes."""
    return Inputs(*(np.full(countries, NAN) for _ in range(6)))


def small_start(countries: int) -> Start:
    """Return a start in which everybody is an ally."""
    return Start(np.ones(countries))
