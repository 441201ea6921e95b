"""Check who spends most or least, or more than others, in the measures that may be meant."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from foedus.reading.claims import Evidence, Finding, not_checkable
from foedus.reading.editions import check_years
from foedus.reading.frames.naming import Outcome, by_edition
from foedus.reading.ledger_index import LedgerIndex
from foedus.rounding import written

__all__ = ["check_rank"]

MONEY = "defence_expenditure_current_usd"
CLOSE = 0.01
"""Relative difference below which an order is not contradicted: printed digits and exchange rates explain it."""
EQUAL = 0.0005
"""Relative difference below which it is not supported either."""


def check_rank(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check a ranking by the editions published by the day of the text.

    Parameters
    ----------
    claim : dict
        Slots countries, measure, place or than, group, years.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        The newest edition decides.
    """
    named_ones = [*claim["countries"], *(claim["than"] if isinstance(claim.get("than"), list) else [])]
    if any(c not in ledger_index.entries for c in named_ones):
        return not_checkable("scope")

    def check(year: int) -> Finding:
        return by_edition(ledger_index, day, year, lambda card, y: _judge(claim, ledger_index, card, y))

    return check_years(claim["years"], ledger_index, day, check, about=claim["countries"][0])


def _judge(
    claim: dict[str, Any], ledger_index: LedgerIndex, card: str, year: int
) -> tuple[Outcome, Evidence] | None:
    """Judge by one edition, in the measures that may be meant."""
    about = ledger_index.ledger.editions[card]
    shares = ledger_index.shares(about, year)
    money = ledger_index.whole_table(about, MONEY, year)
    measure = claim.get("measure")
    tables = {"share": shares if measure != "money" else {}, "money": money if measure != "share" else {}}
    if claim.get("than") == "all":
        tables.pop("share")
    outcomes = {name: _compare(claim, values) for name, values in tables.items() if values}
    if not outcomes:
        return None
    order = "; ".join(_row(claim, name, values) for name, values in tables.items() if values)
    evidence = Evidence(f"{year}: {order}", None, card, card)
    results = set(outcomes.values())
    if outcomes.get("money") == "agrees" or results == {"agrees"}:
        return "agrees", evidence
    if results == {"differs"} and (measure or len(outcomes) == 2 or claim.get("than") == "all"):
        return "differs", evidence
    if results == {"rounding"}:
        return "rounding", evidence
    return "definition", evidence


def _row(claim: dict[str, Any], name: str, values: dict[str, float]) -> str:
    """Write the head of a ranking, and those named."""
    ordered = sorted(values, key=lambda c: -values[c])
    shown = list(dict.fromkeys([*ordered[:3], *claim["countries"]]))
    scale, unit = (100, " % of GDP") if name == "share" else (1e-9, " bn USD")
    rows = (
        f"{ordered.index(c) + 1}. {c} {written(scale * values[c], 2, grouped=True)}{unit}"
        for c in shown
        if c in values
    )
    return ", ".join(rows)


def _compare(claim: dict[str, Any], values: dict[str, float]) -> Outcome:
    """Compare one ranking with what is said."""
    countries: list[str] = claim["countries"]
    than = claim.get("than")
    if any(c not in values for c in countries):
        return "open"
    if than is None:
        right, gaps = _placed(claim, values)
        if not gaps:
            return "open"
    else:
        others = than if isinstance(than, list) else []
        if any(c not in values for c in others):
            return "open"
        rest = sum(v for c, v in values.items() if c not in countries)
        bounds = [values[c] for c in others] or [rest]
        gaps = [
            (values[c] - b) / values[c] * (-1 if claim.get("less") else 1) for c in countries for b in bounds
        ]
        right = all(g > 0 for g in gaps)
    nearest = min(abs(g) for g in gaps)
    if nearest < EQUAL:
        return "rounding"
    if right != bool(claim.get("negated")):
        return "agrees"
    return "rounding" if nearest < CLOSE else "differs"


def _placed(claim: dict[str, Any], values: dict[str, float]) -> tuple[bool, list[float]]:
    """Return whether the allies hold the places said, and how far the edges of these places are from the next."""
    european = claim.get("group") == "EUROPE"
    pool = {c: v for c, v in values.items() if not european or c not in ("USA", "CAN")}
    countries: list[str] = claim["countries"]
    if any(c not in pool for c in countries):
        return False, []
    place = claim["place"]
    ordered = sorted(pool, key=lambda c: -pool[c] if place > 0 else pool[c])
    n, exact = abs(place), bool(claim.get("exact"))
    chosen = ordered[n - 1 : n] if exact else ordered[:n]
    edge = [pool[c] for c in ordered[max(0, n - 1 - exact) : n + 1]]
    return set(chosen) == set(countries), [abs(a - b) / max(a, b) for a, b in pairwise(edge)]
