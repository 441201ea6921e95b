"""The hindcast's scores as plain values: what the command prints and what ships as ``skill.yaml``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from foedus.spending.hindcast.budgets import AHEAD, TARGETS, Row, no_change_errors, score
from foedus.spending.hindcast.cases import Cases
from foedus.spending.hindcast.edition_skill import as_run, edition_skill
from foedus.spending.hindcast.editions import EditionCase
from foedus.spending.hindcast.panel import Panel

__all__ = ["CALM", "SPANS", "TENSE", "edition_table", "sipri_table"]

CALM, TENSE = (1995, 2013), (2014, 2023)
SPANS = ((2000, 2024), (2000, 2015), (2016, 2024))
FAR_ORIGINS = (2017, 2019)
"""Origins whose outcomes five years ahead are 2022 to 2024."""

DIGITS = 6


def _plain(value: Any) -> Any:
    """Round numbers, and turn what is not a number into None."""
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, DIGITS)
    return {k: _plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def _row(row: Row) -> dict[str, Any]:
    """Return a row with the interval of its skill beside it."""
    naive = min(row.score_no_change.values())
    plain = {"target": row.target, "ahead": row.ahead, "span": f"{row.first}-{row.last}", **asdict(row)}
    plain |= {"skill_low": -row.high / naive, "skill_high": -row.low / naive}
    return {k: _plain(v) for k, v in plain.items()}


def sipri_table(panel: Panel, cases: dict[str, Cases]) -> dict[str, Any]:
    """Sum up the hindcast on the long panel.

    Parameters
    ----------
    panel : Panel
        The figures.
    cases : dict of str to Cases
        What the hindcast gave.

    Returns
    -------
    dict
        ``edition``, ``targets``, ``no_change_mae`` by span and years ahead, ``rows`` by span, target and
        years ahead, and ``five_years_to_2022_24``: how often the interval of 80 % held those outcomes, its
        width, and the same of no change with errors since 1990. Shares and widths are fractions of GDP.
    """
    rows = []
    for first, last in SPANS:
        for row in score(cases, first, last):
            plain = _row(row)
            # The last origin falls as the horizon grows; the span keeps the name of what was asked for.
            rows.append({**plain, "span": f"{first}-{last}"})
    far = cases["share"].where(5, *FAR_ORIGINS)
    count = len(far["score"]) if far else 0
    names = {
        "cover80": "inside80",
        "width80": "width80",
        "cover80_no_change": "naive80",
        "width80_no_change": "naive_width",
    }
    return {
        "edition": panel.edition,
        "title": panel.title,
        "targets": dict(TARGETS),
        "no_change_mae": {
            f"{first}-{last}": {h: _plain(v) for h, v in no_change_errors(panel, first, last).items()}
            for first, last in (CALM, TENSE)
        },
        "rows": rows,
        "five_years_to_2022_24": {
            "cases": count,
            **{k: _plain(float(far[v].mean())) if count else None for k, v in names.items()},
        },
        "ahead": list(AHEAD),
    }


def edition_table(cases: Iterable[EditionCase]) -> dict[str, Any]:
    """Return the scores of the NATO editions as plain values.

    Parameters
    ----------
    cases : iterable of EditionCase
        What the hindcast gave.

    Returns
    -------
    dict
        ``rows``, by edition, form and years ahead; and ``skill``, pooled over editions as a run would have
        been made.
    """
    held = list(cases)
    return {
        "rows": [{k: _plain(v) for k, v in asdict(case.row()).items()} for case in held],
        "skill": [{k: _plain(v) for k, v in asdict(row).items()} for row in edition_skill(as_run(held))],
    }
