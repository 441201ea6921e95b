"""What a scenario takes about money besides shares and GDP: announced plans, and the parts of spending."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.evidence.provenance import of_figures
from foedus.parameters.provenance import Provenance, by_convention, grouped
from foedus.results import Note
from foedus.spending.plans import CARD_ID, Plan, plans_by

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["PARTS", "Parts", "Plans", "announced", "start_parts"]

PARTS = ("equipment_share", "infrastructure_share", "other_share")
"""Three of the four parts of defence expenditure; personnel is what they leave."""

PLANNED = ("announced_share_of_gdp", "announced_year", "announced_goal_share_of_gdp")
"""The inputs that hold what is announced."""

SERIES = "nato-defence-expenditure"


@dataclass(frozen=True)
class Plans:
    """Announced shares, year by year.

    Attributes
    ----------
    rows : tuple of (tuple of float, tuple of float)
        For each year after the start, the next announced share by country and its year; NaN where there is
        none.
    goals : tuple of float
        The highest share that each country has announced for a year to come; NaN where there is none.
    notes : tuple of Note
        Which plans are used.
    provenance : tuple of Provenance
        Where each is from.
    """

    rows: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
    goals: tuple[float, ...]
    notes: tuple[Note, ...]
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True)
class Parts:
    """The parts of spending at the start.

    Attributes
    ----------
    values : dict of str to tuple of float
        By part, fractions of spending by country; NaN where not known.
    editions : tuple of str
        The edition they come from, or nothing.
    notes : tuple of Note
        Where they come from when it is not the start's year.
    provenance : tuple of Provenance
        Where each country's are from.
    """

    values: dict[str, Any]
    editions: tuple[str, ...]
    notes: tuple[Note, ...]
    provenance: tuple[Provenance, ...] = ()


def announced(
    countries: tuple[str, ...],
    shares: tuple[float, ...],
    start_year: int,
    horizon: int,
    day: date,
    *,
    follow: bool,
) -> Plans:
    """Return, for each year, the next share that each government had announced by a day.

    Parameters
    ----------
    countries : tuple of str
        Alpha-3 codes.
    shares : tuple of float
        The shares of the start year; who has none follows no plan.
    start_year, horizon : int
        The year of the start and the last year.
    day : datetime.date
        The day as of which plans are known.
    follow : bool
        Whether plans are followed at all.

    Returns
    -------
    Plans
        Announced shares and their years.
    """
    held = {c for c, s in zip(countries, shares, strict=True) if not math.isnan(s)}
    plans = [p for p in plans_by(day) if p.year > start_year and p.country in held] if follow else []
    rows = []
    for year in range(start_year + 1, horizon + 1):
        ahead = [_next(plans, c, year) for c in countries]
        rows.append(
            (
                tuple(p.share if p else math.nan for p in ahead),
                tuple(float(p.year) if p else math.nan for p in ahead),
            )
        )
    goals = tuple(max((p.share for p in plans if p.country == c), default=math.nan) for c in countries)
    if not plans:
        how = "no government has announced a share" if follow else "the scenario follows no announcement"
        return Plans(tuple(rows), goals, (), by_convention(*PLANNED, how=how))
    named = ", ".join(f"{p.country} {100 * p.share:g} % in {p.year}" for p in plans)
    without = sorted(held - {p.country for p in plans})
    text = (
        f"announced shares are followed to the degree that announcements have been realised: {named}; "
        f"after the last one an ally follows the pledge. None found for a year after {start_year}: "
        f"{', '.join(without) or 'of nobody'}."
    )
    return Plans(tuple(rows), goals, (Note("announced_plans", text),), _of_plans(plans))


def _of_plans(plans: list[Plan]) -> tuple[Provenance, ...]:
    """Return where announced shares are from."""
    cells = [(p.country, p.year, CARD_ID, "record", p.known) for p in plans]
    return tuple(row for name in PLANNED for row in grouped(name, cells, of="announced share of GDP"))


def _next(plans: list[Plan], country: str, year: int) -> Plan | None:
    """Return a country's first plan for a year or later."""
    return min(
        (p for p in plans if p.country == country and p.year >= year), key=lambda p: p.year, default=None
    )


def start_parts(known: Ledger, countries: tuple[str, ...], start_year: int) -> Parts:
    """Return the parts of spending of the start year, from the newest edition that holds the whole tables.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.
    countries : tuple of str
        Alpha-3 codes.
    start_year : int
        The year of the start; a country that is blank for it has the last year before it.

    Returns
    -------
    Parts
        Shares of spending.
    """
    cards = [c for c in known.editions.values() if c.series == SERIES and set(PARTS) <= set(c.complete)]
    if not cards:
        note = Note("parts_left_out", "no edition holds the parts of spending; they are not modelled.")
        none = by_convention(*PARTS, how="no edition holds them, and they are not modelled")
        return Parts({name: (math.nan,) * len(countries) for name in PARTS}, (), (note,), none)
    card = max(cards, key=lambda c: (c.published, c.id))
    first, last = card.complete[PARTS[0]]
    years = range(first, min(start_year, last) + 1)
    tables = [known.figures(n, edition=card.id).matrix(countries, years) for n in PARTS]
    newest = [_last_whole(i, tables) for i in range(len(countries))]
    values = {
        name: tuple(math.nan if k is None else float(table[i, k]) for i, k in enumerate(newest))
        for name, table in zip(PARTS, tables, strict=True)
    }
    behind = [(c, k) for c, k in zip(countries, newest, strict=True) if k not in (None, len(years) - 1)]
    older = [f"{c} {years[k]}" for c, k in behind if k is not None]
    shown = f"equipment, infrastructure and other spending of {years[-1]} from {card.id}"
    text = f"{shown}; personnel is the rest."
    if older:
        text += f" Blank for that year, and taken of the last that is whole: {', '.join(older)}."
    cells = [(c, years[k]) for c, k in zip(countries, newest, strict=True) if k is not None]
    printed = [row for name in PARTS for row in of_figures(name, known, card.id, cells, indicator=name)]
    return Parts(values, (card.id,), (Note("parts", text),), tuple(printed))


def _last_whole(country: int, tables: list[Array]) -> int | None:
    """Return the last column in which a country has every part; None where it has none."""
    whole = np.isfinite(np.stack([table[country] for table in tables])).all(axis=0)
    columns = np.flatnonzero(whole)
    return int(columns[-1]) if columns.size else None
