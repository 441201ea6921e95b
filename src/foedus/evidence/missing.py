"""What was asked for and has no figure, by name: who, of which years, why, and what would bring it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name, is_aggregate
from foedus.catalogue import Quantity, catalogue
from foedus.errors import NoDataError
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.institutions import members_on

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger

__all__ = ["Gaps", "Missing", "missing_figures", "missing_lines", "nothing_held"]

COMMON = "sipri-milex"
"""The series that holds military expenditure of most countries, allies or not, by its own definition."""

IMPORTS = {COMMON: "sipri", "imf-weo": "imf"}
"""The word by which `foedus data import` reads the file of a series of most countries."""


@dataclass(frozen=True)
class Missing:
    """A country, or a year of all, that was asked for and has no figure.

    Attributes
    ----------
    country, name : str
        Alpha-3 code or an aggregate's, and name; empty where no country that was asked for has the years.
    years : tuple of int
        The years without a figure; empty where there is none of any year.
    why, do : str
        Why there is none, and what would bring one; empty where that is not known.
    indicator : str
        Of which indicator, where it is one beside another; empty for the one that was asked for.
    """

    country: str
    name: str
    years: tuple[int, ...]
    why: str
    do: str
    indicator: str = ""


@dataclass(frozen=True)
class Gaps:
    """A question whose gaps are to be named.

    Attributes
    ----------
    entry : Quantity
        The indicator.
    codes : tuple of str or None
        The countries and aggregates asked for; None for all.
    years : tuple of int
        The years asked for; none for all.
    edition : str
        The edition that answers, or the newest of several.
    """

    entry: Quantity
    codes: tuple[str, ...] | None
    years: tuple[int, ...]
    edition: str


def missing_figures(ledger: Ledger, asked: Gaps, cells: Collection[tuple[str, int]]) -> tuple[Missing, ...]:
    """Name what was asked for and has no figure.

    Parameters
    ----------
    ledger : Ledger
        The figures that may answer.
    asked : Gaps
        What was asked.
    cells : collection of (str, int)
        The country and year of every figure of the answer.

    Returns
    -------
    tuple of Missing
        First the years that no country has, then countries in the order asked for.
    """
    held_years = {year for _, year in cells}
    never = tuple(year for year in asked.years if year not in held_years)
    out = [Missing("", "", never, *_of_years(ledger, asked, never))] if never else []
    years = [year for year in asked.years if year in held_years]
    for code in asked.codes or ():
        held = {year for country, year in cells if country == code}
        lacking = tuple(year for year in years if year not in held)
        if not held or lacking:
            part = lacking if held else ()
            out.append(Missing(code, country_name(code), part, *_reason(ledger, asked, code, part)))
    return tuple(out)


def _of_years(ledger: Ledger, asked: Gaps, years: tuple[int, ...]) -> tuple[str, str]:
    """Return why an answer has nothing of some years, and which other edition has."""
    table = ledger.table(asked.edition).where(indicator=asked.entry.name)["year"]
    span = f"{asked.edition} holds {min(table)} to {max(table)}" if table else ""
    for card in ledger.carriers(asked.entry.name):
        other = ledger.table(card.id).where(indicator=asked.entry.name, year=years)["year"]
        if card.id != asked.edition and other:
            held = _spans(sorted(set(other)))
            return span, f"{card.id} holds {held}: ask for it with --edition"
    return span, ""


def _reason(ledger: Ledger, asked: Gaps, code: str, years: tuple[int, ...]) -> tuple[str, str]:
    """Return why an edition has no figure of a country, and what would bring one."""
    if is_aggregate(code):
        why = f"{asked.edition} prints none, nor all that it would be computed from"
        return ("an aggregate has no national currency" if asked.entry.unit == "lcu" else why), ""
    card = ledger.editions[asked.edition]
    of_nato = card.series.startswith("nato")
    if of_nato and code in WITHOUT_FORCES:
        return "it has no armed forces, so that NATO prints none", ""
    if of_nato and code not in members_on(card.published):
        return "NATO prints allies only", _import_of(ledger, asked.entry, code)
    if years:
        return f"{asked.edition} prints none", ""
    return f"{asked.edition} holds none", _import_of(ledger, asked.entry, code)


def _import_of(ledger: Ledger, entry: Quantity, code: str) -> str:
    """Return which import would bring a figure of a country, or which indicator has one now."""
    other = _common(entry)
    for name in (entry.name, *([other] if other else [])):
        for card in ledger.carriers(name):
            if len(ledger.table(card.id).where(indicator=name, country=code)):
                return f"{name} by {card.id} has it" if name != entry.name else f"{card.id} holds it"
    series = next((s for s in entry.observed_in if s in IMPORTS), None)
    if series:
        return f"`foedus data import {IMPORTS[series]} FILE` brings it where the publisher has it"
    return f"`foedus data import {IMPORTS[COMMON]} FILE` brings {other}" if other else ""


def _common(entry: Quantity) -> str | None:
    """Return the indicator of most countries that is nearest to one of NATO's."""
    if not entry.name.startswith("defence_expenditure"):
        return None
    part = entry.name.removeprefix("defence_expenditure")
    names = [name for name, each in catalogue().items() if COMMON in each.observed_in]
    for ending in (part, part[:-5] if part[-4:].isdecimal() else part, "_share_of_gdp"):
        if f"military_expenditure{ending}" in names:
            return f"military_expenditure{ending}"
    return None


def missing_lines(missing: Iterable[Missing]) -> list[str]:
    """Write what is missing, those of the same years and reason in one sentence.

    Parameters
    ----------
    missing : iterable of Missing
        What is missing.

    Returns
    -------
    list of str
        "No figure of Brazil and Japan: NATO prints allies only; …"
    """
    groups: dict[tuple[Any, ...], list[str]] = {}
    for each in missing:
        groups.setdefault((each.years, each.why, each.do, each.indicator), []).append(each.name)
    lines = []
    for (years, why, do, indicator), names in groups.items():
        who = _joined([name for name in names if name])
        what = f"of {who}" if who else ""
        when = f"for {_spans(years)}" if years else ""
        first = f"No {indicator}" if indicator else "No figure"
        head = " ".join(part for part in (first, what, when) if part)
        lines.append(": ".join(filter(None, (head, "; ".join(filter(None, (why, do)))))) + ".")
    return lines


def _joined(names: Sequence[str]) -> str:
    """Write names with commas and an "and" before the last."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _spans(years: Sequence[int]) -> str:
    """Write years, those that follow on each other as a span: "2011 to 2013 and 2030"."""
    parts: list[list[int]] = []
    for year in years:
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return _joined([str(p[0]) if len(p) == 1 else f"{p[0]} to {p[-1]}" for p in parts])


def nothing_held(
    indicator: str,
    codes: list[str] | None,
    span: tuple[int, int] | None,
    *,
    only: str | None,
    day: date | None,
    carriers: Sequence[str],
) -> NoDataError:
    """Return the error for a question that no edition answers.

    Parameters
    ----------
    indicator : str
        What was asked for.
    codes : list of str or None
        Of which countries.
    span : (int, int) or None
        First and last year.
    only : str or None
        The single edition that could answer.
    day : datetime.date or None
        The day as of which it was asked.
    carriers : sequence of str
        The editions that hold the indicator.

    Returns
    -------
    NoDataError
        Its sentence names the editions, or says how to get one.
    """
    asked = indicator
    if codes is not None:
        asked += f" of {', '.join(map(country_name, codes))}"
    if span is not None:
        asked += f" for {span[0]}" if span[0] == span[1] else f" for {span[0]}-{span[1]}"
    data: dict[str, Any] = {"indicator": indicator, "countries": codes, "years": span}
    if only is not None:
        return NoDataError(f"edition {only} holds no figure of {asked}", do="ask another edition", **data)
    if not carriers and day is not None:
        return NoDataError(
            f"no edition that holds {indicator} had been published by {day}",
            do="`foedus editions` lists the editions and their days",
            **data,
        )
    if not carriers:
        return NoDataError(
            f"no edition in the ledger holds {indicator}", do="import one with `foedus data import`", **data
        )
    by = f" published by {day}" if day else ""
    return NoDataError(
        f"there is no figure of {asked} in the editions{by} ({', '.join(carriers)})",
        do="ask for another country or year",
        **data,
    )
