"""``foedus sustain``: how long support can be given at a rate, and what binds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Json

if TYPE_CHECKING:
    from foedus.aid.sustain import Sustain

__all__ = ["sustain_command"]


def sustain_command(
    scenario: Annotated[str, Parameter(help="A shipped scenario, or the path of a file.")] = "baseline",
    *,
    rate: Annotated[
        list[str] | None,
        Parameter(
            consume_multiple=True, negative=(), help="Pieces a month as CLASS=NUMBER; several may follow."
        ),
    ] = None,
    months: Annotated[int, Parameter(help="How many months are looked at.")] = 60,
    draws: Annotated[int, Parameter(help="How many draws of stocks, makers and floors.")] = 10_000,
    seed: Annotated[int, Parameter(help="The seed of the draws.")] = 1,
    as_of: AsOf = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print for how many months support can be given at a rate, what binds, and years to replace.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario, or the path of a file.
    rate : list of str, optional
        Pieces a month by class, in the place of the usual ones.
    months : int, default 60
        How many months are looked at.
    draws, seed : int
        Of stocks, makers and floors.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which chart.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.aid.sustain import Sustain
    from foedus.analysis.support import sustain_scenario
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Sustain)
    result = sustain_scenario(
        scenario, rates=_rates(rate or ()), months=months, draws=draws, seed=seed, as_of=as_of
    )
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _rates(texts: Sequence[str]) -> dict[str, float]:
    """Read rates as CLASS=NUMBER."""
    from foedus.errors import InputError

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


def _text(result: Sustain) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    answer = result.answer()
    tables = [lay_out(table, title=table.title) for table in result.tables()]
    levers = [" ".join(result.levers)] if result.levers else []
    return "\n\n".join([answer.sentence(), *levers, *tables, "\n".join(answer.beside)])
