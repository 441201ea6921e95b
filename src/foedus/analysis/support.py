"""How long support can be sustained under a scenario: its levers on aid and on makers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from foedus.aid.question import SustainQuestion
from foedus.aid.sustain import DRAWS, MONTHS, Sustain, sustain
from foedus.aid.sustain_classes import SupportLevers
from foedus.errors import InputError
from foedus.scenario.find import Found, find

__all__ = ["support_levers", "sustain_of", "sustain_scenario"]


def support_levers(scenario: Found) -> SupportLevers:
    """Return what a scenario decides about support.

    Parameters
    ----------
    scenario : Found
        A scenario, merged with its parent.

    Returns
    -------
    SupportLevers
        Donors' factors, a common fund, and makers' factor.
    """
    levers = scenario.content.levers
    donors: tuple[tuple[str, float, int], ...] = ()
    fund = None
    if levers.aid is not None:
        donors = tuple((name, said.factor, said.from_year) for name, said in levers.aid.donors.items())
        fund = levers.aid.common_fund
    return SupportLevers(
        donors=donors,
        fund_eur=fund.amount_eur if fund else 0.0,
        fund_from=fund.from_year if fund else 0,
        fund_until=fund.until if fund else 0,
        production_factor=levers.industry.production.factor,
        production_from=levers.industry.production.from_year,
    )


def sustain_scenario(
    name: str,
    *,
    rates: Mapping[str, float] | None = None,
    months: int = MONTHS,
    draws: int = DRAWS,
    seed: int = 1,
    as_of: date | None = None,
) -> Sustain:
    """Compute how long support can be sustained under a scenario.

    Parameters
    ----------
    name : str
        A shipped scenario, or the path of a file.
    rates, months, draws, seed, as_of
        As for :func:`foedus.aid.sustain.sustain`.

    Returns
    -------
    Sustain
        Months, what could be held, what binds, accounts and years to replace.

    Raises
    ------
    ScenarioError
        When the file is not a scenario.
    InputError, NoDataError, UnknownNameError
        As for :func:`foedus.aid.sustain.sustain`.
    """
    scenario = find(name)
    return sustain(
        support_levers(scenario),
        scenario=scenario.name,
        title=scenario.content.title,
        rates=rates,
        months=months,
        draws=draws,
        seed=seed,
        as_of=as_of,
    )


def sustain_of(question: SustainQuestion) -> Sustain:
    """Answer for how many months support can be given.

    Parameters
    ----------
    question : SustainQuestion
        A scenario and the rates, in the place of the usual ones.

    Returns
    -------
    Sustain
        Months, what could be held, what binds, accounts and years to replace.

    Raises
    ------
    InputError
        When a rate cannot be read.
    """
    return sustain_scenario(
        question.scenario,
        rates=_rates(question.rate),
        months=question.months,
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
    )


def _rates(texts: Sequence[str]) -> dict[str, float]:
    """Read rates as CLASS=NUMBER."""
    rates = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            rates[name.strip()] = float(number.replace(",", ""))
        except ValueError as error:
            raise InputError(
                f"{text!r} is no rate", where="--rate", do="write it as shells_155mm=100000"
            ) from error
    return rates
