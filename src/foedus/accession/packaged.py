"""The hindcast of accession as it is packaged, with a checksum of the record and the numbers it rests on.

Forecasting every round anew takes a minute; ``benchmarks/accession_fit.py`` does so and writes the tables,
and a test forecasts a part of the rounds again. Where record or numbers are no longer those of the tables,
the tables are not used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from foedus.accession.backtest import HeldOut, LeaveOneOut
from foedus.accession.parameters import FOLDER
from foedus.accession.posterior import standing
from foedus.accession.record import objections, rounds

__all__ = ["HELD_OUT", "LEAVE_ONE_OUT", "SUMMARY", "PackagedHindcast", "basis_sha256", "packaged_hindcast"]

HELD_OUT, LEAVE_ONE_OUT, SUMMARY = (
    "ratification_held_out",
    "ratification_leave_one_out",
    "ratification_hindcast",
)
"""The tables, by the names of their files."""

WORDS = {"round": str, "day": int, "actual_days": int}
"""How the columns are read that are no number with a fraction."""

PackagedHindcast = tuple[tuple[HeldOut, ...], tuple[LeaveOneOut, ...], float]
"""Held-out rounds, each round from the others, and the chance of a late last ratification in 2022."""


def basis_sha256() -> str:
    """Return the checksum of what the hindcast rests on: the rounds, the objections and the numbers.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    every = rounds()
    against = [objections(round_.name, by=round_.signed) for round_ in every]
    return hashlib.sha256(repr((every, against, standing())).encode()).hexdigest()


def packaged_hindcast() -> PackagedHindcast | None:
    """Return the packaged tables; None where they rest on another record or other numbers.

    Returns
    -------
    tuple or None
        What ``held_out``, ``leave_one_out`` and ``late_last_ratification`` of the backtest give.
    """
    summary = {row["name"]: row["value"] for row in FOLDER.rows(SUMMARY)}
    if summary["basis_sha256"] != basis_sha256():
        return None
    held = tuple(HeldOut(**_values(HeldOut, row)) for row in FOLDER.rows(HELD_OUT))
    left = tuple(LeaveOneOut(**_values(LeaveOneOut, row)) for row in FOLDER.rows(LEAVE_ONE_OUT))
    return held, left, float(summary["late_last_ratification"])


def _values(kind: type, row: Mapping[str, str]) -> dict[str, Any]:
    """Read the cells of a row; an empty one is None."""
    return {f.name: WORDS.get(f.name, float)(row[f.name]) if row[f.name] else None for f in fields(kind)}
