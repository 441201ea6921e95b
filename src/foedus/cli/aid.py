"""``foedus aid``: who committed and allocated what to Ukraine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Edition, Json

if TYPE_CHECKING:
    from foedus.aid.question import AidQuestion
    from foedus.aid.result import Aid

__all__ = ["aid_command"]

SHOWN = {
    "region": ("regions", "years", "matched", "weapons"),
    "donor": ("donors",),
    "route": ("routes", "purl"),
    "month": ("months",),
}
"""The tables that are printed, by what the answer is laid out by."""


Donors = Annotated[
    list[str] | None,
    Parameter(
        consume_multiple=True,
        negative=(),
        help="Donors by name or code, EUI for the EU institutions; several may follow.",
    ),
]
Kinds = Annotated[
    Literal["all", "military", "financial", "humanitarian", "other"],
    Parameter(help="What is given; other is financial and humanitarian aid."),
]
Layout = Annotated[
    Literal["region", "donor", "route", "month"] | None,
    Parameter(help="What the answer is laid out by; without it by region, or by donor where some are named."),
]
Real = Annotated[
    bool, Parameter(negative=(), help="In euros of 2021, by the deflator of the euro area from the IMF.")
]
Spans = Annotated[
    tuple[str, str] | None,
    Parameter(help="Two spans, the later first: 2025 2022-2024, or 2025-07/2025-08 2025-01/2025-06."),
]
Ahead = Annotated[
    int | None, Parameter(help="Forecast sums over the next months instead: 1, 3 or 6 at the most.")
]


def aid_command(
    *,
    donor: Donors = None,
    kind: Kinds = "all",
    by: Layout = None,
    as_of: AsOf = None,
    edition: Edition = None,
    real: Real = False,
    compare_years: Spans = None,
    forecast: Ahead = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print what was committed and allocated to Ukraine, by whom, as of which release of the tracker.

    Parameters
    ----------
    donor : list of str, optional
        Donors.
    kind : {"all", "military", "financial", "humanitarian", "other"}
        What is given.
    by : {"region", "donor", "route", "month"}, optional
        What the answer is laid out by.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The release that shall answer, by its edition.
    real : bool, default False
        In euros of 2021.
    compare_years : (str, str), optional
        Two spans to compare, the later first.
    forecast : {1, 3, 6}, optional
        Forecast sums over so many of the next months.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    if forecast is not None:
        from foedus.cli.aid_forecast import print_forecast

        refused = {"--real": real, "--compare-years": compare_years, "--by": by}
        print_forecast(
            forecast,
            donor or (),
            kind,
            as_of=as_of,
            edition=edition,
            refused=refused,
            chart=chart,
            chart_kind=chart_kind,
            json_output=json_output,
        )
        return
    from foedus.aid.question import AidQuestion

    question = AidQuestion(
        donor=tuple(donor or ()),
        kind=kind,
        by=by,
        as_of=as_of,
        edition=edition,
        real=real,
        compare=compare_years,
    )
    _answer(question, chart, chart_kind, json_output)


def _answer(question: AidQuestion, chart: Path | None, chart_kind: str | None, json_output: bool) -> None:
    """Print who committed and allocated what, and draw it where that was asked for."""
    from foedus.aid.aid import aid
    from foedus.aid.result import Aid
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Aid)
    result = aid(question)
    emit({} if not json_output else result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _text(result: Aid) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out
    from foedus.units import per_cent

    by = result.question.laid_out_by
    shown = ("comparison",) if result.comparison and not result.question.by else ("comparison", *SHOWN[by])
    parts = [result.answer().lines()]
    parts += [f"{table.title}\n{lay_out(table)}" for table in result.tables() if table.name in shown]
    few = result.concentration
    if few is not None and "years" in shown:
        from foedus.rounding import written

        parts.append(
            f"The largest three of {few.donors} donors ({', '.join(few.largest)}) allocated "
            f"{per_cent(few.share_of_largest, 1)}; Herfindahl index {written(few.herfindahl, 3)}."
        )
    notes = "\n".join(f"- {line}" for line in result.notes)
    return "\n\n".join(
        [*parts, f"Notes\n{notes}\nSource: {result.release.cited}; {', '.join(result.cards)}."]
    )
