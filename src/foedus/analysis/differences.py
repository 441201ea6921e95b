"""What one scenario sets differently from another: levers, uncertainties, parameters and figures apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.analysis.align import NEVER
from foedus.scenario import Resolved

__all__ = ["Change", "changes_between"]

LEVERS = (
    "pledge_target",
    "pledge_targets",
    "pledge_from",
    "pledge_deadline",
    "announced",
    "questions",
    "accession_signed",
)
UNCERTAINTIES = ("growth_shift", "shock_scale", "threat_until")
"""Fields of a resolved scenario that members decide, and those that are believed."""

ABOUT = ("name", "title", "question", "parameters", "notes", "horizon", "gdp_real_growth_path")
"""Fields that say nothing of their own about how two scenarios differ."""


@dataclass(frozen=True)
class Change:
    """One thing that the second scenario sets differently.

    Attributes
    ----------
    kind : {"lever", "uncertainty", "parameter", "figures"}
        Whether members decide it, it is believed, it is a parameter of the model, or a figure of the ledger.
    name : str
        The field or parameter.
    first, second : str
        The two values, in words.
    """

    kind: str
    name: str
    first: str
    second: str


def changes_between(first: Resolved, second: Resolved) -> list[Change]:
    """Find what the second of two scenarios sets differently.

    Parameters
    ----------
    first, second : Resolved
        The scenarios, of the same countries.

    Returns
    -------
    list of Change
        Fields first, then parameters.
    """
    found = []
    for name, value in vars(first).items():
        other = getattr(second, name)
        if name in ABOUT or _same(value, other):
            continue
        if name == "pledge_targets" and first.pledge_target != second.pledge_target:
            continue
        kind = "lever" if name in LEVERS else "uncertainty" if name in UNCERTAINTIES else "figures"
        found.append(Change(kind, name, *_words(first, value, other)))
    for name in sorted(first.parameters):
        value, other = first.parameters[name].value, second.parameters[name].value
        if not _same(value, other):
            kind = "uncertainty" if name.startswith("budgets.compliance") else "parameter"
            found.append(Change(kind, name, *_words(first, value, other)))
    return found


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal, where NaN equals NaN."""
    return bool(one == other) or repr(one) == repr(other)


def _words(resolved: Resolved, one: Any, other: Any) -> tuple[str, str]:
    """Write two values: whole, or by the countries in which they differ."""
    if (
        isinstance(one, tuple)
        and isinstance(other, tuple)
        and len(one) == len(other) == len(resolved.countries)
    ):
        apart = [i for i in range(len(one)) if not _same(one[i], other[i])]
        if len(set(one)) == len(set(other)) == 1:
            return _number(one[0]), _number(other[0])
        first, second = (
            ", ".join(f"{resolved.countries[i]} {_number(v[i])}" for i in apart[:6]) for v in (one, other)
        )
        more = f" and {len(apart) - 6} more" if len(apart) > 6 else ""
        return first + more, second + more
    if isinstance(one, tuple) and isinstance(other, tuple):
        return str(len(one) or "none"), f"{len(other) or 'none'}{' others' if len(one) == len(other) else ''}"
    return _number(one), _number(other)


def _number(value: Any) -> str:
    """Write a value."""
    if value == NEVER:
        return "not signed"
    return f"{value:g}" if isinstance(value, float) else str(value)
