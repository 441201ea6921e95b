"""Fair shares: each ally's part of a whole by GDP, by population, by spending, or by all three.

A rule is the reader's choice and nobody's decision. What the Alliance calls a fair share it does not publish.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from foedus.axes import country_name
from foedus.errors import InputError, NoDataError, UnknownNameError

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.evidence.figures import Figures
    from foedus.forces.requirement import Who

__all__ = ["RULES", "RULE_WORDS", "FairShares", "Rule", "fair_shares", "participants", "share_year"]

Rule = Literal["gdp", "population", "spending", "mix"]
"""By what a whole is shared; the mix is the mean of the three."""

RULES: tuple[Rule, ...] = get_args(Rule)
RULE_WORDS: dict[str, str] = {
    "gdp": "GDP",
    "population": "population",
    "spending": "defence spending",
    "mix": "the mean of GDP, population and spending",
}
"""How a rule is called in a sentence."""

SPENDING = (
    "defence_expenditure_current_usd",
    "defence_expenditure_constant_usd_2021",
    "defence_expenditure_constant_usd_2015",
)
"""NATO's spending in dollars, in the order in which an edition is asked for it."""

BEYOND_EUROPE = frozenset({"USA", "CAN"})


@dataclass(frozen=True)
class FairShares:
    """Each ally's part of one.

    Attributes
    ----------
    rule : {"gdp", "population", "spending", "mix"}
        By what.
    countries : tuple of str
        Alpha-3 codes in alphabetical order, whatever order they were given in.
    shares : ndarray, (country,)
        Adding up to one.
    year : int
        The year of the figures.
    editions : tuple of str
        The editions that answered.
    notes : tuple of str
        Who has no figure and so no part, and what else a reader must know.
    """

    rule: Rule
    countries: tuple[str, ...]
    shares: Array
    year: int
    editions: tuple[str, ...]
    notes: tuple[str, ...] = ()


def participants(
    ledger: Ledger, who: Who, *, exclude: Collection[str] = (), on: date | None = None
) -> tuple[str, ...]:
    """Return the allies among whom a whole is shared, in alphabetical order of their codes.

    Parameters
    ----------
    ledger : Ledger
        Who is an ally on its day.
    who : {"allies", "europe", "europe-canada"}
        All, the European ones, or those and Canada.
    exclude : collection of str
        Alpha-3 codes of allies that take no part.
    on : datetime.date, optional
        Another day of membership.

    Returns
    -------
    tuple of str
        Alpha-3 codes.

    Raises
    ------
    InputError
        When nobody is left, or an excluded country would take no part anyway.
    """
    left_out = {"allies": set(), "europe": BEYOND_EUROPE, "europe-canada": {"USA"}}[who]
    members = [code for code in ledger.members(on) if code not in left_out]
    strange = sorted(set(exclude) - set(members))
    if strange:
        raise InputError(
            f"{', '.join(country_name(code) for code in strange)} takes no part anyway",
            where="--exclude",
            do=f"leave it out, or choose another --who than {who}",
        )
    chosen = tuple(sorted(set(members) - set(exclude)))
    if not chosen:
        raise InputError("every ally is excluded", where="--exclude", do="leave at least one to share with")
    return chosen


def share_year(ledger: Ledger) -> int:
    """Return the year of the figures: the last that was over when the newest Outlook came out."""
    carriers = ledger.carriers("gdp_current_usd")
    if not carriers:
        raise NoDataError(f"no GDP had been published by {ledger.day}", do="ask as of a later day")
    return carriers[0].published.year - 1


def fair_shares(
    ledger: Ledger, rule: Rule, countries: Collection[str], *, year: int | None = None
) -> FairShares:
    """Return each ally's part of one by a rule.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    rule : {"gdp", "population", "spending", "mix"}
        By what.
    countries : collection of str
        Alpha-3 codes; their order changes nothing.
    year : int, optional
        The year of the figures; without it :func:`share_year`.

    Returns
    -------
    FairShares
        Adding up to one over the allies with a figure.

    Raises
    ------
    UnknownNameError
        When there is no such rule.
    NoDataError
        When the ledger holds no figure of the year.
    """
    if rule not in RULES:
        raise UnknownNameError("rule", rule, RULES, where="--rule", do=f"use one of {', '.join(RULES)}")
    codes, when = tuple(sorted(set(countries))), year or share_year(ledger)
    parts: tuple[Rule, ...] = ("gdp", "population", "spending") if rule == "mix" else (rule,)
    columns, editions, notes = [], [], []
    for part in parts:
        values, edition = _figures(ledger, part, codes, when)
        absent = [country_name(c) for c, v in zip(codes, values, strict=True) if not v > 0.0]
        if absent:
            notes.append(f"{', '.join(absent)}: no {RULE_WORDS[part]} in {edition}, so no part by it.")
        values = np.nan_to_num(values)
        columns.append(values / values.sum())
        editions.append(edition)
    shares: Array = np.mean(columns, axis=0)
    return FairShares(rule, codes, shares, when, tuple(dict.fromkeys(editions)), tuple(notes))


def _figures(ledger: Ledger, rule: Rule, codes: tuple[str, ...], year: int) -> tuple[Array, str]:
    """Return one quantity by ally, NaN where there is none, and the edition it is from."""
    if rule == "spending":
        answers = [_known(ledger, name, codes, year) for name in SPENDING]
        figures = next((f for f in answers if f is not None and len(f.frame) >= len(codes) - 1), None)
        if figures is None:
            raise NoDataError(
                f"no edition has the spending of {year} of all of them in dollars",
                where="--rule",
                do="share by gdp or population, or ask for another year",
            )
    else:
        name = "gdp_current_usd" if rule == "gdp" else "population"
        figures = ledger.figures(name, country=codes, year=year)
    return figures.matrix(codes, [year])[:, 0], figures.edition


def _known(ledger: Ledger, indicator: str, codes: tuple[str, ...], year: int) -> Figures | None:
    """Return the figures of an indicator, or None where no edition has any."""
    try:
        return ledger.figures(indicator, country=codes, year=year)
    except NoDataError:
        return None
