"""``foedus aid --forecast``: what donors may allocate in the months ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.record import Kind

__all__ = ["print_forecast"]


def print_forecast(
    ahead: int,
    donors: Sequence[str],
    kind: Kind,
    *,
    as_of: date | None,
    edition: str | None,
    refused: Mapping[str, object],
    chart: Path | None,
    chart_kind: str | None,
    json_output: bool,
) -> None:
    """Print a forecast.

    Parameters
    ----------
    ahead : int
        Over how many months at the most.
    donors : sequence of str
        The donor or region; without any, all donors.
    kind : str
        What is given.
    as_of, edition
        Which release answers.
    refused : mapping of str to object
        Options that a forecast does not have, with what was given for them.
    chart : pathlib.Path or None
        Also draw it.
    chart_kind : str or None
        Which chart.
    json_output : bool
        Print one JSON object.

    Raises
    ------
    InputError
        When something is asked for that a forecast does not have.
    """
    from foedus.aid.forecast import AidForecast, aid_forecast
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    for option, value in refused.items():
        if value:
            raise InputError(
                "a forecast is of one donor or of all, month by month and in euros of the day",
                where=option,
                do="leave it out, or ask without --forecast",
            )
    if len(donors) > 1:
        raise InputError(
            "a forecast is of one donor or of all", where="--donor", do="name one, or a region such as europe"
        )
    check_chart(chart, chart_kind, AidForecast)
    donor = donors[0] if donors else None
    result = aid_forecast(donor, kind=kind, ahead=ahead, as_of=as_of, edition=edition)
    emit(result.payload() if json_output else {}, "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _text(result: AidForecast) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    answer = result.answer()
    tables = [lay_out(table, title=table.title) for table in result.tables()]
    return "\n\n".join([answer.sentence(), *tables, "\n".join(answer.beside), f"Source: {result.source}."])
