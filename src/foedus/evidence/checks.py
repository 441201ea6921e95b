"""Named checks on an edition's figures, made before they are taken in.

A check that fails with severity ``error`` means that the file was misread or is not what it says, and refuses
the import. One that fails with severity ``warning`` is the publisher's own oddity and is shown. Oddities that
are known already stand in ``known_exceptions.yaml`` with their reasons and fail nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from foedus.catalogue import catalogue
from foedus.evidence.cards import KNOWN, STATUSES, Card
from foedus.evidence.institutions import members_on
from foedus.files.plain import plain_yaml
from foedus.rounding import written
from foedus.units import in_per_cent

if TYPE_CHECKING:
    import polars as pl

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
    figures: pl.DataFrame,
    card: Card,
    *,
    members: Iterable[str] | None = None,
    blank: Collection[tuple[str, str]] = (),
) -> tuple[CheckResult, ...]:
    """Make every check that applies to an edition's figures.

    Parameters
    ----------
    figures : polars.DataFrame
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
    if set(CATEGORIES) <= set(figures["indicator"].unique()):
        results.append(shares_add_up(figures))
    if "defence_expenditure_share_of_gdp" in figures["indicator"]:
        results.append(share_is_spending_over_gdp(figures, edition=card.id))
    if members is None and card.members_on is not None:
        members = members_on(card.members_on)
    if members is not None:
        results.append(no_ally_missing(figures, members, blank=blank))
    return tuple(results)


def no_duplicates(figures: pl.DataFrame) -> CheckResult:
    """Check that no indicator has two figures for one country and year."""
    import polars as pl

    keys = ["indicator", "country", "year"]
    twice = figures.group_by(keys).agg(count=pl.len()).filter(pl.col("count") > 1).sort(keys)
    message = "no figure stands twice" if twice.is_empty() else f"{_some(twice, keys)} stands twice"
    return CheckResult("no_duplicates", twice.is_empty(), "error", message, tuple(twice.to_dicts()))


def known_statuses(figures: pl.DataFrame) -> CheckResult:
    """Check that every figure says what it is and how it is known, in the words of the schema."""
    import polars as pl

    odd = figures.filter(~pl.col("status").is_in(STATUSES) | ~pl.col("known").is_in(KNOWN))
    message = "every figure has a known status" if odd.is_empty() else f"{_some(odd)} has an unknown status"
    return CheckResult("known_statuses", odd.is_empty(), "error", message, tuple(odd.to_dicts()))


def units(figures: pl.DataFrame) -> CheckResult:
    """Check that every figure has a plausible magnitude for its unit (:data:`LIMITS`)."""
    import polars as pl

    entries = catalogue()
    bad = []
    for indicator in figures["indicator"].unique().sort():
        if indicator not in entries:
            low, high = float("nan"), float("nan")
        else:
            low, high = LIMITS.get(indicator) or _UNIT_LIMITS.get(entries[indicator].unit, (-1e20, 1e20))
        rows = figures.filter(pl.col("indicator") == indicator)
        bad.append(rows.filter(~pl.col("value").is_between(low, high) | ~pl.col("value").is_finite()))
    odd = pl.concat(bad) if bad else figures.clear()
    if odd.is_empty():
        return CheckResult("units", True, "error", f"all {len(figures)} figures have a plausible magnitude")
    row = odd.row(0, named=True)
    message = f"{_some(odd)} is {row['value']:g}, which is not a plausible magnitude for it"
    return CheckResult("units", False, "error", message, tuple(odd.to_dicts()))


def shares_add_up(figures: pl.DataFrame, *, tolerance: float = 2.5e-4) -> CheckResult:
    """Check that the four category shares of a country and year sum to one.

    Parameters
    ----------
    figures : polars.DataFrame
        A table of figures; only countries and years with all four shares are compared.
    tolerance : float, default 2.5e-4
        The greatest difference from one; four shares printed with two decimals of a per cent reach 2e-4.

    Returns
    -------
    CheckResult
        With the sums that fail.
    """
    import polars as pl

    sums = (
        figures.filter(pl.col("indicator").is_in(CATEGORIES))
        .group_by("country", "year")
        .agg(total=pl.col("value").sum(), count=pl.len())
        .filter(pl.col("count") == len(CATEGORIES))
        .sort("country", "year")
    )
    off = sums.filter((pl.col("total") - 1).abs() > tolerance).drop("count")
    message = f"the four category shares sum to one in all {len(sums)} cases"
    if not off.is_empty():
        row = off.row(0, named=True)
        message = (
            f"the category shares of {row['country']} {row['year']} sum to "
            f"{written(row['total'], 4)} instead of 1"
            f"{_more(off)}"
        )
    return CheckResult("shares_add_up", off.is_empty(), "error", message, tuple(off.to_dicts()))


def share_is_spending_over_gdp(figures: pl.DataFrame, *, edition: str = "") -> CheckResult:
    """Check that the printed share of GDP is spending over GDP, in constant prices where both are printed.

    Known exceptions are excused and listed with their reason. A few others are a warning; if more than one
    comparison in twenty fails, the tables were misread, which is an error.

    Parameters
    ----------
    figures : polars.DataFrame
        A table of figures.
    edition : str, optional
        The edition's name, for exceptions that hold in some editions only.

    Returns
    -------
    CheckResult
        With the differences that fail and those excused.
    """
    import polars as pl

    name = "share_is_spending_over_gdp"
    indicators = set(figures["indicator"].unique())
    pair = next((p for p in _PAIRS if {p[1], p[2]} <= indicators), None)
    if pair is None:
        return CheckResult(
            name, True, "warning", "spending or GDP is not in the file, so shares are not compared"
        )
    prices, spending, gdp = pair
    compared = _compared(figures, spending, gdp)
    if prices == "current":
        # The aggregates and the rounding differ between the two price bases.
        compared = compared.filter(~pl.col("country").is_in(["NATO", "NATO_EUR_CAN"]))
    off = compared.filter(
        (pl.col("printed") - pl.col("computed")).abs()
        > (1e-4 if prices == "current" else 1e-5) + pl.col("rounding")
    ).drop("rounding")
    rows = [row | {"reason": _reason(name, edition, prices, row)} for row in off.to_dicts()]
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
    figures: pl.DataFrame, members: Iterable[str], *, blank: Collection[tuple[str, str]] = ()
) -> CheckResult:
    """Check that every indicator has a row of every ally, with figures or blank as printed.

    Parameters
    ----------
    figures : polars.DataFrame
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
    for indicator in sorted(figures["indicator"].unique()):
        countries = set(figures.filter(figures["indicator"] == indicator)["country"])
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


def _compared(figures: pl.DataFrame, spending: str, gdp: str) -> pl.DataFrame:
    """Set printed and computed shares side by side, with the rounding that the printed digits leave."""
    import polars as pl

    keys = ["country", "year"]
    share = "defence_expenditure_share_of_gdp"
    parts = [
        figures.filter(pl.col("indicator") == name).select(*keys, pl.col("value").alias(alias))
        for name, alias in ((share, "printed"), (spending, "spending"), (gdp, "gdp"))
    ]
    table = parts[0].join(parts[1], on=keys).join(parts[2], on=keys).sort(keys)
    hundredths = table["printed"] * 1e4
    # A file printed to two decimals of a per cent and whole millions can only be that exact.
    rounded = bool(((hundredths - hundredths.round()).abs() < 1e-6).all())
    rounding = 5e-5 + 5e5 / pl.col("gdp") if rounded else pl.lit(0.0)
    return table.select(*keys, "printed", computed=pl.col("spending") / pl.col("gdp"), rounding=rounding)


def _some(rows: pl.DataFrame, keys: Iterable[str] = ("indicator", "country", "year")) -> str:
    """Name the first of some figures, and how many more there are."""
    return " ".join(str(rows[key][0]) for key in keys) + _more(rows)


def _more(rows: pl.DataFrame | list[dict[str, Any]]) -> str:
    """Write how many rows follow the one named."""
    return f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
