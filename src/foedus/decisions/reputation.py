"""How often states have held out: an order, from counts of objections and of vetoes, and no rate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "alliance_objections", "eu_vetoes", "holding_out", "order_of_holding_out"]

CARD_ID = "holding-out-2026-11"
"""The card of the tables read here."""

PRIOR_DECISIONS = 5.0
"""How many decisions at the common rate each ally's record is filled up with."""


def alliance_objections() -> dict[str, tuple[int, int]]:
    """Return, by ally, how many of the packaged decisions it objected to, and in how many it took part."""
    rows = record_rows("holding_out", "alliance_objections")
    return {row["ally"]: (int(row["objected"]), int(row["took_part"])) for row in rows}


def eu_vetoes() -> dict[str, int]:
    """Return the vetoes of member states of the European Union that are allies, by ally."""
    return {row["ally"]: int(row["vetoes"]) for row in record_rows("holding_out", "eu_vetoes")}


def order_of_holding_out(
    objections: Mapping[str, tuple[int, int]], vetoes: Mapping[str, int]
) -> dict[str, float]:
    """Return where each ally stands in the order of holding out.

    Parameters
    ----------
    objections : mapping of str to (int, int)
        By ally, objections and decisions in which it took part.
    vetoes : mapping of str to int
        By ally, vetoes; counted as an order only, since no decision without a veto is in that record.

    Returns
    -------
    dict of str to float
        From 0, no other ally held out less, to 1; the mean of both orders for allies in both.
    """
    every, parts = (sum(n[k] for n in objections.values()) for k in (0, 1))
    rate = every / parts if parts else 0.0
    shrunk = {a: (k + PRIOR_DECISIONS * rate) / (n + PRIOR_DECISIONS) for a, (k, n) in objections.items()}
    first, second = _order(shrunk), _order(vetoes)
    both = {a: [order[a] for order in (first, second) if a in order] for a in {*first, *second}}
    return {a: sum(values) / len(values) for a, values in sorted(both.items())}


def _order(counts: Mapping[str, float]) -> dict[str, float]:
    """Return the share of the others that lie below, with half of those that are equal."""
    others = max(len(counts) - 1, 1)
    return {
        name: (sum(v < value for v in counts.values()) + 0.5 * (sum(v == value for v in counts.values()) - 1))
        / others
        for name, value in counts.items()
    }


@cache
def holding_out() -> Mapping[str, float]:
    """Return the order over the packaged records, by ally."""
    return order_of_holding_out(alliance_objections(), eu_vetoes())
