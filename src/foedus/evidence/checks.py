"""Named checks on an edition's figures, made before they are taken in.

A check that fails with severity ``error`` means that the file was misread or is not what it says, and refuses
the import. One that fails with severity ``warning`` is the publisher's own oddity and is shown. Oddities that
are known already stand in ``known_exceptions.yaml`` with their reasons and fail nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from foedus.catalogue import catalogue
from foedus.evidence.cards import KNOWN, STATUSES, Card
from foedus.evidence.institutions import members_on
from foedus.evidence.rows import FigureRows
from foedus.files.yaml_text import plain_yaml
from foedus.rounding import written
from foedus.units import in_per_cent

__all__ = [
    "CATEGORIES",
    "LIMITS",
    "CheckResult",
    "Severity",
    "check_figures",
    "known_statuses",
    "no_ally_missing",
    "no_duplicates",
    "share_is_spending_over_gdp",
    "shares_add_up",
    "units",
]

Severity = Literal["error", "warning"]
"""Whether a failed check refuses the figures or is only shown."""

CATEGORIES: tuple[str, ...] = ("equipment_share", "personnel_share", "infrastructure_share", "other_share")
"""The four categories that make up defence expenditure."""

WITHOUT_FORCES: frozenset[str] = frozenset({"ISL"})
"""Allies without armed forces: they are sure to stand only in the table of GDP."""

LIMITS: dict[str, tuple[float, float]] = {
    "defence_expenditure_share_of_gdp": (0.0, 0.2),
    "defence_expenditure_real_change": (-0.9, 10.0),
    "equipment_share": (-0.05, 1.0),
    "personnel_share": (-0.05, 1.0),
    "infrastructure_share": (-0.05, 1.0),
    "other_share": (-0.05, 1.0),
    "military_personnel": (100.0, 5e6),
    "gdp_current_usd": (1e6, 1e15),
    "gdp_constant_usd_2015": (1e9, 1e15),
    "gdp_constant_usd_2021": (1e9, 1e15),
    "gdp_real_growth": (-0.95, 3.0),
    "population": (1e3, 3e9),
    "government_gross_debt_share_of_gdp": (0.0, 20.0),
    "government_balance_share_of_gdp": (-5.0, 5.0),
    "military_expenditure_share_of_gdp": (0.0, 2.0),
    "military_expenditure_share_of_government_spending": (0.0, 2.0),
}
"""The least and greatest plausible value of an indicator, in the catalogue's unit."""

_UNIT_LIMITS: dict[str, tuple[float, float]] = {
    "fraction": (-20.0, 20.0),
    "usd": (0.0, 1e15),
    "lcu": (0.0, 1e24),
    "int_usd": (1e6, 1e15),
    "person": (0.0, 1e10),
    "usd_per_person": (0.0, 1e6),
    "index": (0.0, 1e20),
}

_PAIRS: tuple[tuple[str, str, str], ...] = (
    ("constant", "defence_expenditure_constant_usd_2021", "gdp_constant_usd_2021"),
    ("constant", "defence_expenditure_constant_usd_2015", "gdp_constant_usd_2015"),
    ("current", "defence_expenditure_current_usd", "gdp_current_usd"),
)

_MISREAD_SHARE = 0.05
"""If more than this share of the comparisons fails, the file was misread; else the publisher erred."""


@dataclass(frozen=True)
class CheckResult:
    """How a check came out.

    Attributes
    ----------
    name : str
        The check's name.
    passed : bool
        Whether the figures stand.
    severity : {"error", "warning"}
        What a failure means.
    message : str
        One clause: what was compared and how it came out.
    rows : tuple of dict
        The figures concerned: those that fail, and the excused ones with their `reason`.
    """

    name: str
    passed: bool
    severity: Severity
    message: str
    rows: tuple[dict[str, Any], ...] = ()


def check_figures(
    figures: FigureRows,
    card: Card,
    *,
    members: Iterable[str] | None = None,
    blank: Collection[tuple[str, str]] = (),
) -> tuple[CheckResult, ...]:
    """Make every check that applies to an edition's figures.

    Parameters
    ----------
    figures : FigureRows
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.
    card : Card
        The edition's card; `members_on` asks for the check of allies.
    members : iterable of str, optional
        The allies to expect; by default those of the card's `members_on`.
    blank : collection of (str, str)
        Indicator and country of the rows that are there and hold no figure, as printed.

    Returns
    -------
    tuple of CheckResult
        In the order made.
    """
    results = [no_duplicates(figures), known_statuses(figures), units(figures)]
    indicators = set(figures["indicator"])
    if set(CATEGORIES) <= indicators:
        results.append(shares_add_up(figures))
    if "defence_expenditure_share_of_gdp" in indicators:
        results.append(share_is_spending_over_gdp(figures, edition=card.id))
    if members is None and card.members_on is not None:
        members = members_on(card.members_on)
    if members is not None:
        results.append(no_ally_missing(figures, members, blank=blank))
    return tuple(results)


def no_duplicates(figures: FigureRows) -> CheckResult:
    """Check that no indicator has two figures for one country and year."""

    keys = ("indicator", "country", "year")
    counts = Counter(figures.select(*keys))
    twice = [
        dict(zip((*keys, "count"), (*key, n), strict=True)) for key, n in sorted(counts.items()) if n > 1
    ]
    message = f"{_some(twice)} stands twice" if twice else "no figure stands twice"
    return CheckResult("no_duplicates", not twice, "error", message, tuple(twice))


def known_statuses(figures: FigureRows) -> CheckResult:
    """Check that every figure says what it is and how it is known, in the words of the schema."""

    odd = [row for row in figures.to_dicts() if row["status"] not in STATUSES or row["known"] not in KNOWN]
    message = f"{_some(odd)} has an unknown status" if odd else "every figure has a known status"
    return CheckResult("known_statuses", not odd, "error", message, tuple(odd))


def units(figures: FigureRows) -> CheckResult:
    """Check that every figure has a plausible magnitude for its unit (:data:`LIMITS`)."""

    entries = catalogue()
    odd: list[dict[str, Any]] = []
    for indicator in sorted(set(figures["indicator"])):
        low, high = math.nan, math.nan
        if indicator in entries:
            low, high = LIMITS.get(indicator) or _UNIT_LIMITS.get(entries[indicator].unit, (-1e20, 1e20))
        # A value that is not finite lies between no limits.
        odd += [
            row for row in figures.where(indicator=indicator).to_dicts() if not low <= row["value"] <= high
        ]
    if not odd:
        return CheckResult("units", True, "error", f"all {len(figures)} figures have a plausible magnitude")
    message = f"{_some(odd)} is {odd[0]['value']:g}, which is not a plausible magnitude for it"
    return CheckResult("units", False, "error", message, tuple(odd))


def shares_add_up(figures: FigureRows, *, tolerance: float = 2.5e-4) -> CheckResult:
    """Check that the four category shares of a country and year sum to one.

    Parameters
    ----------
    figures : FigureRows
        A table of figures; only countries and years with all four shares are compared.
    tolerance : float, default 2.5e-4
        The greatest difference from one; four shares printed with two decimals of a per cent reach 2e-4.

    Returns
    -------
    CheckResult
        With the sums that fail.
    """

    shares: dict[tuple[str, int], list[float]] = {}
    for country, year, value in figures.where(indicator=CATEGORIES).select("country", "year", "value"):
        shares.setdefault((country, year), []).append(value)
    sums = {key: math.fsum(values) for key, values in shares.items() if len(values) == len(CATEGORIES)}
    off: list[dict[str, Any]] = [
        {"country": country, "year": year, "total": total}
        for (country, year), total in sorted(sums.items())
        if abs(total - 1) > tolerance
    ]
    message = f"the four category shares sum to one in all {len(sums)} cases"
    if off:
        row = off[0]
        message = (
            f"the category shares of {row['country']} {row['year']} sum to "
            f"{written(row['total'], 4)} instead of 1"
            f"{_more(off)}"
        )
    return CheckResult("shares_add_up", not off, "error", message, tuple(off))


def share_is_spending_over_gdp(figures: FigureRows, *, edition: str = "") -> CheckResult:
    """Check that the printed share of GDP is spending over GDP, in constant prices where both are printed.

    Known exceptions are excused and listed with their reason. A few others are a warning; if more than one
    comparison in twenty fails, the tables were misread, which is an error.

    Parameters
    ----------
    figures : FigureRows
        A table of figures.
    edition : str, optional
        The edition's name, for exceptions that hold in some editions only.

    Returns
    -------
    CheckResult
        With the differences that fail and those excused.
    """

    name = "share_is_spending_over_gdp"
    indicators = set(figures["indicator"])
    pair = next((p for p in _PAIRS if {p[1], p[2]} <= indicators), None)
    if pair is None:
        return CheckResult(
            name, True, "warning", "spending or GDP is not in the file, so shares are not compared"
        )
    prices, spending, gdp = pair
    compared = _compared(figures, spending, gdp)
    if prices == "current":
        # The aggregates and the rounding differ between the two price bases.
        compared = [row for row in compared if row["country"] not in {"NATO", "NATO_EUR_CAN"}]
    allowed = 1e-4 if prices == "current" else 1e-5
    off = [row for row in compared if abs(row["printed"] - row["computed"]) > allowed + row.pop("rounding")]
    rows = [row | {"reason": _reason(name, edition, prices, row)} for row in off]
    failed = [row for row in rows if not row["reason"]]
    message = f"the share is spending over GDP in {len(compared) - len(off)} of {len(compared)} cases"
    if excused := len(rows) - len(failed):
        message += f", and {excused} known exceptions are excused"
    if failed:
        row = failed[0]
        message += (
            f"; {row['country']} {row['year']} is printed as {in_per_cent(row['printed'], 3)} % "
            "and computed as "
            f"{in_per_cent(row['computed'], 3)} %{_more(failed)}"
        )
    severity: Severity = "error" if len(failed) > _MISREAD_SHARE * max(len(compared), 1) else "warning"
    return CheckResult(name, not failed, severity, message, tuple(rows))


def no_ally_missing(
    figures: FigureRows, members: Iterable[str], *, blank: Collection[tuple[str, str]] = ()
) -> CheckResult:
    """Check that every indicator has a row of every ally, with figures or blank as printed.

    Parameters
    ----------
    figures : FigureRows
        A table of figures.
    members : iterable of str
        Alpha-3 codes of the allies. Those without armed forces are looked for in the table of GDP only.
    blank : collection of (str, str)
        Indicator and country of the rows that are there and hold no figure.

    Returns
    -------
    CheckResult
        With the indicator and country of each gap.
    """
    expected = set(members)
    rows = []
    for indicator in sorted(set(figures["indicator"])):
        countries = set(figures.where(indicator=indicator)["country"])
        countries |= {country for name, country in blank if name == indicator}
        needed = (
            expected if indicator.startswith(("gdp_current", "gdp_constant")) else expected - WITHOUT_FORCES
        )
        rows += [{"indicator": indicator, "country": country} for country in sorted(needed - countries)]
    message = f"all {len(expected)} allies are there"
    if rows:
        message = f"{rows[0]['country']} is missing from {rows[0]['indicator']}{_more(rows)}"
    return CheckResult("no_ally_missing", not rows, "error", message, tuple(rows))


@cache
def _exceptions() -> dict[str, list[dict[str, Any]]]:
    """Read the known exceptions, by check."""
    text = resources.files("foedus.evidence").joinpath("known_exceptions.yaml").read_text(encoding="utf-8")
    content: dict[str, list[dict[str, Any]]] = plain_yaml(text)
    return content


def _reason(check: str, edition: str, prices: str, row: dict[str, Any]) -> str:
    """Return the reason why a difference is excused, or nothing."""
    for known in _exceptions().get(check, []):
        first, last = known["years"]
        if (
            known["country"] == row["country"]
            and first <= row["year"] <= last
            and prices in known["prices"]
            and edition in known.get("editions", [edition])
        ):
            return str(known["reason"])
    return ""


def _compared(figures: FigureRows, spending: str, gdp: str) -> list[dict[str, Any]]:
    """Set printed and computed shares side by side, with the rounding that the printed digits leave."""

    printed, paid, income = (
        {(country, year): value for country, year, value in figures.where(indicator=name).select(*keys)}
        for keys in [("country", "year", "value")]
        for name in ("defence_expenditure_share_of_gdp", spending, gdp)
    )
    shared = sorted(printed.keys() & paid.keys() & income.keys())
    # A file printed to two decimals of a per cent and whole millions can only be that exact.
    rounded = all(abs(1e4 * printed[key] - round(1e4 * printed[key])) < 1e-6 for key in shared)
    return [
        {
            "country": key[0],
            "year": key[1],
            "printed": printed[key],
            "computed": paid[key] / income[key] if income[key] else math.inf,
            "rounding": 5e-5 + 5e5 / income[key] if rounded and income[key] else 0.0,
        }
        for key in shared
    ]


def _some(rows: list[dict[str, Any]]) -> str:
    """Name the first of some figures, and how many more there are."""
    return " ".join(str(rows[0][key]) for key in ("indicator", "country", "year")) + _more(rows)


def _more(rows: list[dict[str, Any]]) -> str:
    """Write how many rows follow the one named."""
    return f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
