"""One result of every kind that has charts, from the packaged editions: for the gallery and the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.accession.predict import accession
from foedus.accession.result import Accession
from foedus.aid.aid import aid
from foedus.aid.forecast import AidForecast, aid_forecast
from foedus.aid.question import AidQuestion
from foedus.aid.result import Aid
from foedus.aid.sustain import Sustain
from foedus.analysis.buys import time_to_close
from foedus.analysis.compare import Comparison, compare
from foedus.analysis.compare_many import ManyComparison, compare_many
from foedus.analysis.country import CountryFacts, country
from foedus.analysis.deter import deter, deter_game
from foedus.analysis.discovery import discover
from foedus.analysis.discovery_result import Discovery
from foedus.analysis.drivers import ShockIndices
from foedus.analysis.explain import explain
from foedus.analysis.explanation import Explanation
from foedus.analysis.number_result import NumberIndices
from foedus.analysis.number_sensitivity import sensitivity_of_numbers
from foedus.analysis.pledge import PledgeReading, pledge
from foedus.analysis.scorecard import Scorecard, scorecard_of
from foedus.analysis.scorecard_question import ScorecardQuestion
from foedus.analysis.sensitivity import sensitivity
from foedus.analysis.support import sustain_scenario
from foedus.attribution.attribute import attribution
from foedus.attribution.question import AttributionQuestion
from foedus.attribution.result import Causes
from foedus.decisions.decide import decide
from foedus.decisions.find import find_decision
from foedus.decisions.result import Decision
from foedus.evidence import Ledger
from foedus.evidence.asking import figures_of
from foedus.evidence.query import FigureAnswer
from foedus.evidence.question import FigureQuestion
from foedus.forces.apportionment import apportion
from foedus.forces.gap import gap
from foedus.forces.gap_result import Gap
from foedus.forces.holdings import Holdings
from foedus.forces.result import Apportionment
from foedus.forces.time_result import TimeToClose
from foedus.guarantee.deter import Deterrence
from foedus.guarantee.game_result import GuaranteeGame
from foedus.guarantee.question import DeterGameQuestion, DeterQuestion
from foedus.guarantee.reliability import Reliability, reliability
from foedus.guarantee.spiral import Spiral, spiral
from foedus.questions import ask
from foedus.reinforcement.by_day import by_day
from foedus.reinforcement.by_day_result import ByDay
from foedus.reinforcement.question import reinforcement_question
from foedus.reinforcement.reinforce import reinforce
from foedus.reinforcement.result import Reinforcement
from foedus.results import Result
from foedus.runs import Run, run
from foedus.spending.burden import Burden, burden
from foedus.spending.revision import Revision, revision
from foedus.spending.status import Status, status

__all__ = ["EXAMPLES", "examples"]

EXAMPLES: dict[type[Result], tuple[str, str]] = {
    Status: ("foedus status", "Where allies stand"),
    FigureAnswer: (
        "foedus figure defence_expenditure_share_of_gdp --year 2024 --all-editions",
        "A figure across editions",
    ),
    Run: ("foedus run baseline", "A run"),
    PledgeReading: ("foedus pledge", "What a pledge asks"),
    Burden: ("foedus burden", "Who bears how much"),
    Revision: (
        "foedus status --edition nato-2024-06 --revision",
        "What later editions may make of a count",
    ),
    Apportionment: ("foedus apportion replace-us-land-2025", "Who would provide what is asked for"),
    Gap: ("foedus gap press-minimum-2024", "What is missing"),
    TimeToClose: (
        "foedus gap replace-us-land-2025 --scenario baseline",
        "What a scenario buys, by when, and what holds it up",
    ),
    Reinforcement: ("foedus reinforce --amount DEU=2800 FRA=1400", "How fast help arrives"),
    ByDay: ("foedus reinforce --on-day 30", "What has arrived by a day"),
    Deterrence: ("foedus deter", "What stands in for a point of belief in the guarantee"),
    GuaranteeGame: ("foedus deter --game", "Who would pay if the guarantee covered only those who pay"),
    CountryFacts: ("foedus country ITA", "One ally"),
    Scorecard: ("foedus scorecard", "A Secretary General's scorecard"),
    ShockIndices: ("foedus sensitivity", "What drives a number: chances"),
    NumberIndices: ("foedus sensitivity --numbers", "What drives a number: numbers of the model"),
    Explanation: ("foedus explain allies_at_pledge_count", "What a number rests on"),
    Comparison: ("foedus compare baseline hague-five-years-late", "Two scenarios"),
    ManyComparison: (
        "foedus compare baseline hague-five-years-late a-higher-goal "
        "--regret europe_canada_expenditure_constant_usd --best most",
        "Many scenarios",
    ),
    Discovery: (
        'foedus compare baseline hague-five-years-late --discover "allies_at_pledge_count < 10"',
        "Where a threshold is met",
    ),
    Decision: ("foedus decide ukraine-vilnius-2023", "A decision"),
    Accession: ("foedus accession --applicant UKR", "An accession"),
    Aid: ("foedus aid", "Aid to Ukraine"),
    AidForecast: ("foedus aid --forecast 6", "Aid in the months ahead"),
    Sustain: ("foedus sustain aid-common-fund", "How long support lasts"),
    Causes: ("foedus attribution --edition nato-2024-06", "Why spending rose"),
    Reliability: ("foedus reliability", "How often alliances kept their word"),
    Spiral: ("foedus spiral", "Two readings of an arms race"),
}
"""For each class of result the command that gives it, and a heading."""


def examples(day: date, folder: Path, *, draws: int = 1000) -> dict[str, Result]:
    """Compute one result of every class that has charts.

    Parameters
    ----------
    day : datetime.date
        The day of the questions.
    folder : pathlib.Path
        Where the run is kept.
    draws : int, default 1000
        Draws of what is drawn at random.

    Returns
    -------
    dict of str to Result
        By the name of its class.
    """
    ledger = Ledger.packaged()
    share = "defence_expenditure_share_of_gdp"
    results: tuple[Result, ...] = (
        status(ledger, year=2024, as_of=day),
        figures_of(ask(FigureQuestion, indicator=share, year=2024, all_editions=True, as_of=day), ledger),
        run("baseline", draws=draws, as_of=day, out=folder, ledger=ledger),
        pledge(as_of=day, draws=draws, ledger=ledger),
        burden(ledger, year=2024),
        revision(ledger, year=2024, edition="nato-2024-06"),
        apportion("replace-us-land-2025", as_of=day, ledger=ledger),
        gap("press-minimum-2024", as_of=day, ledger=ledger, holdings=Holdings()),
        time_to_close("replace-us-land-2025", as_of=day, draws=draws, ledger=ledger),
        reinforce(
            reinforcement_question(amounts=("DEU=2800", "FRA=1400"), as_of=day, draws=100), ledger=ledger
        ),
        by_day(reinforcement_question(as_of=day, draws=100), ledger=ledger),
        deter(DeterQuestion(as_of=day), ledger=ledger),
        deter_game(DeterGameQuestion(as_of=day), ledger=ledger),
        country("ITA", as_of=day, draws=draws, ledger=ledger),
        scorecard_of(ScorecardQuestion(as_of=day), ledger),
        *_analyses(day, draws, ledger),
        decide(find_decision("ukraine-vilnius-2023"), draws=draws),
        accession("UKR", as_of=day),
        aid(AidQuestion(as_of=day), ledger=ledger),
        aid_forecast(as_of=day),
        sustain_scenario("aid-common-fund", draws=draws, as_of=day),
        attribution(ledger, AttributionQuestion(edition="nato-2024-06")),
        reliability(),
        spiral(),
    )
    return {type(result).__name__: result for result in results}


def _analyses(day: date, draws: int, ledger: Ledger) -> tuple[Result, ...]:
    """Compute one result of every question that needs whole runs."""
    return (
        sensitivity(measures=["allies_at_pledge_count"], draws=min(draws, 200), as_of=day, ledger=ledger),
        sensitivity_of_numbers(
            measures=["allies_at_pledge_count"], year=2028, paths=2, points=2, as_of=day, ledger=ledger
        ),
        explain("allies_at_pledge_count", draws=min(draws, 200), as_of=day, ledger=ledger),
        compare("baseline", "hague-five-years-late", draws=draws, as_of=day, ledger=ledger),
        compare_many(
            ("baseline", "hague-five-years-late", "a-higher-goal"),
            regret="europe_canada_expenditure_constant_usd",
            best="most",
            draws=draws,
            as_of=day,
            ledger=ledger,
        ),
        discover(
            ("baseline", "hague-five-years-late"),
            "allies_at_pledge_count < 10",
            draws=draws,
            as_of=day,
            ledger=ledger,
        ),
    )
