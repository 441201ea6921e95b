"""What each question says of one ally: one sentence a question, with the address at which it is answered.

A later subject adds one function to :data:`CARDS`. A function returns None where its question has nothing to
say of the ally.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.accession.predict import accession
from foedus.accession.result import Accession
from foedus.aid.country_facts import aid_sentence
from foedus.analysis.country_case import CountryCase, ShareForecast
from foedus.analysis.country_words import spoken_name
from foedus.analysis.pledge_row import PledgeRow
from foedus.decisions.decide import decide
from foedus.decisions.find import find_decision
from foedus.decisions.result import Decision
from foedus.errors import FoedusError
from foedus.rounding import written
from foedus.units import billions, per_cent, points

__all__ = ["CARDS", "QuestionCard", "cards_of"]

SEEN = 0.005
"""Below this a chance is nought in print."""

INVITATION, APPLICANT = "invite-ukraine", "UKR"
"""The open question and the applicant of which a country's page speaks."""


@dataclass(frozen=True)
class QuestionCard:
    """One question's sentence about an ally.

    Attributes
    ----------
    question, title, sentence : str
        The question's name, what it asks, and what it says of the ally.
    query : mapping of str to str
        What else its address carries.
    dated : bool
        Whether it can be asked as of a day.
    """

    question: str
    title: str
    sentence: str
    query: tuple[tuple[str, str], ...] = ()
    dated: bool = True


Given = tuple[CountryCase, PledgeRow | None, ShareForecast | None]
"""What every function is given: the case, what the pledge asks, and the forecast."""


def cards_of(
    case: CountryCase, asked: PledgeRow | None, forecast: ShareForecast | None
) -> tuple[QuestionCard, ...]:
    """Return what each question says of an ally.

    Parameters
    ----------
    case : CountryCase
        The ally and the figures.
    asked : PledgeRow or None
        What the pledge asks of it.
    forecast : ShareForecast or None
        Where the baseline leaves it.

    Returns
    -------
    tuple of QuestionCard
        In the order of :data:`CARDS`.
    """
    cards = (give((case, asked, forecast)) for give in CARDS)
    return tuple(card for card in cards if card is not None)


def _status_card(given: Given) -> QuestionCard | None:
    """Write where the ally stands against the guideline."""
    case = given[0]
    row = next(row for row in case.standing.rows if row.country == case.country)
    name = spoken_name(case.country, opening=True)
    if row.share is None or row.gap is None:
        sentence = f"{name} has no figure for {case.standing.year}."
    else:
        way = "above" if row.gap >= 0 else "below"
        sentence = (
            f"{name} spent {per_cent(row.share)} of GDP in {case.standing.year}, "
            f"{written(abs(row.gap), 2, scale=2)} points {way} {per_cent(case.standing.guideline, 0)}."
        )
        if row.change_since_2014 is not None:
            sentence += f" Since 2014: {points(row.change_since_2014)} points."
    return QuestionCard("status", "Who meets what", sentence)


def _pledge_card(given: Given) -> QuestionCard | None:
    """Write what the pledge costs."""
    _, asked, forecast = given
    if asked is None or forecast is None:
        return None
    goal = f"{per_cent(asked.target, 1)} of GDP by {forecast.deadline}"
    if asked.cost_at_deadline <= 0:
        return QuestionCard("pledge", "The pledge", f"{goal} costs nothing more than today's share.")
    sentence = (
        f"{goal} costs {billions(asked.cost_at_deadline)} bn dollars more in that year than today's share; "
        f"spending must grow {per_cent(asked.required_growth, 1)} a year."
    )
    return QuestionCard("pledge", "The pledge", sentence)


def _what_if_card(given: Given) -> QuestionCard | None:
    """Write how likely the pledge is reached, with no change beside it."""
    case, _, forecast = given
    if forecast is None:
        return None
    last = forecast.years[-1]
    still = f"if nothing changes: {per_cent(forecast.unchanged, 1)}"
    if not forecast.shows_model:
        sentence = f"By {last}, {still} of GDP; so far ahead the model has not been better."
        return QuestionCard("what-if", "What if", sentence)
    sentence = (
        f"By {last} {spoken_name(case.country)} spends {per_cent(forecast.median[-1], 1)} "
        f"({written(forecast.low[-1], 1, scale=2)} to {per_cent(forecast.high[-1], 1)}) of GDP; {still}."
    )
    return QuestionCard("what-if", "What if", sentence)


def _decide_card(given: Given) -> QuestionCard | None:
    """Write how likely the ally is to object to inviting Ukraine."""
    case = given[0]
    answer: Decision = case.keep(
        ("country decision", INVITATION), lambda: decide(find_decision(INVITATION), draws=4000)
    )
    row = next((row for row in answer.holdouts if row.name == case.country), None)
    if row is None:
        return None
    low, high = row.objects_low or 0.0, row.objects_high or 0.0
    lead = f"Put to all as it is, {spoken_name(case.country)}"
    if high < SEEN:
        sentence = f"{lead} accepts an invitation to Ukraine under every reading of its position."
    else:
        sentence = (
            f"{lead} objects to inviting Ukraine with {per_cent(row.probability_objects, 0)} "
            f"({written(low, scale=2)} to {per_cent(high, 0)}, by how positions are read)."
        )
    return QuestionCard("decide", "Can it pass", sentence, (("file", INVITATION),), dated=False)


def _accession_card(given: Given) -> QuestionCard | None:
    """Write when the ally would ratify, given a signature."""
    case = given[0]

    def ask() -> Accession | None:
        try:
            return accession(APPLICANT, as_of=case.day)
        except FoedusError:
            return None

    answer: Accession | None = case.keep(("country accession", case.day), ask)
    row = None if answer is None else next((r for r in answer.allies if r.country == case.country), None)
    if row is None or row.days_p50 is None:
        return None
    sentence = (
        f"Signed today, Ukraine's accession is ratified by {spoken_name(case.country)} within "
        f"{written(row.days_p50, grouped=True)} days with even chance; it is the last ally with "
        f"{per_cent(row.is_last, 0)}."
    )
    return QuestionCard("accession", "Who joins", sentence)


def _aid_card(given: Given) -> QuestionCard | None:
    """Write what the ally allocated to Ukraine."""
    case = given[0]
    sentence = aid_sentence(case.country, spoken_name(case.country, opening=True), case.day)
    return (
        None if sentence is None else QuestionCard("aid", "Who helps", sentence, (("donor", case.country),))
    )


CARDS: tuple[Callable[[Given], QuestionCard | None], ...] = (
    _status_card,
    _pledge_card,
    _what_if_card,
    _decide_card,
    _accession_card,
    _aid_card,
)
"""What gives a sentence: one function a question, in the order of print."""
