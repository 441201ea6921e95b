"""Answer what is asked of aid: what was given, or what may be given in the months ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.aid.question import AheadQuestion, AidForecastQuestion, AidQuestion
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid
    from foedus.evidence import Ledger

__all__ = ["aid_of", "forecast_of"]


def aid_of(question: AheadQuestion, ledger: Ledger | None = None) -> Aid | AidForecast:
    """Answer a question about aid.

    Parameters
    ----------
    question : AheadQuestion
        What is asked.
    ledger : Ledger, optional
        The figures of GDP and prices; without it, the packaged editions and the user's.

    Returns
    -------
    Aid or AidForecast
        What was given, or the months ahead where those are asked for.

    Raises
    ------
    InputError
        When a forecast is asked for with what it does not have.
    NoDataError
        When no release had been published by the day.
    """
    if question.forecast is None:
        from foedus.aid.aid import aid

        return aid(AidQuestion(**question.model_dump(exclude={"forecast"})), ledger=ledger)
    refused = {"--real": question.real, "--compare-years": question.compare, "--by": question.by}
    for option, value in refused.items():
        if value:
            raise InputError(
                "a forecast is of one donor or of all, month by month and in euros of the day",
                where=option,
                do="leave it out, or ask without --forecast",
            )
    if len(question.donor) > 1:
        raise InputError(
            "a forecast is of one donor or of all", where="--donor", do="name one, or a region such as europe"
        )
    from foedus.aid.forecast import aid_forecast

    return aid_forecast(
        question.donor[0] if question.donor else None,
        kind=question.kind,
        ahead=question.forecast,
        as_of=question.as_of,
        edition=question.edition,
    )


def forecast_of(question: AidForecastQuestion) -> AidForecast:
    """Forecast the months ahead of one donor, a region or all donors."""
    from foedus.aid.forecast import aid_forecast

    return aid_forecast(**question.model_dump())
