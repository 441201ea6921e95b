"""``foedus aid --forecast``: what donors may allocate in the months ahead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.question import AidQuestion

__all__ = ["print_forecast"]


def print_forecast(
    question: AidQuestion,
    ahead: int,
    *,
    chart: Path | None,
    chart_kind: str | None,
    json_output: bool,
) -> None:
    """Print the forecast that a question of aid asks for.

    Parameters
    ----------
    question : AidQuestion
        Donor, kind, day and edition; a forecast is laid out by nothing else.
    ahead : int
        Over how many months at the most.
    chart : pathlib.Path or None
        Also draw it.
    chart_kind : str or None
        Which chart.
    json_output : bool
        Print one JSON object.

    Raises
    ------
    InputError
        When the question asks for what a forecast does not have.
    """
    from foedus.aid.forecast import AidForecast, aid_forecast
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, AidForecast)
    result = aid_forecast(
        _one(question), kind=question.kind, ahead=ahead, as_of=question.as_of, edition=question.edition
    )
    emit(result.payload() if json_output else {}, "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _one(question: AidQuestion) -> str | None:
    """Return the one donor or region of a question, refusing what a forecast does not have."""
    others: Sequence[tuple[str, object]] = (
        ("--real", question.real),
        ("--compare-years", question.compare),
        ("--by", question.by),
    )
    for option, value in others:
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
    return question.donor[0] if question.donor else None


def _text(result: AidForecast) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    answer = result.answer()
    tables = [lay_out(table, title=table.title) for table in result.tables()]
    return "\n\n".join([answer.sentence(), *tables, "\n".join(answer.beside), f"Source: {result.source}."])
