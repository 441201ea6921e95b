"""``foedus figure`` and ``foedus export``: figures with their edition and source, on screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Countries, Edition, Json

if TYPE_CHECKING:
    from foedus.evidence.query import FigureAnswer

__all__ = ["export", "figure"]

Year = Annotated[str | None, Parameter(help="A year, or a range such as 2014-2024.")]
AllEditions = Annotated[
    bool, Parameter(negative=(), help="Every edition side by side, never joined into one series.")
]


def figure(
    indicator: str,
    /,
    *,
    country: Countries = None,
    year: Year = None,
    as_of: AsOf = None,
    edition: Edition = None,
    all_editions: AllEditions = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print the figures of an indicator with edition, status and source.

    Parameters
    ----------
    indicator : str
        A name that `foedus indicators` lists.
    country : list of str, optional
        Only these countries.
    year : str, optional
        A year or a range of years.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side.
    chart : pathlib.Path, optional
        Also draw the figures.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.evidence.query import FigureAnswer, ask_figures

    check_chart(chart, chart_kind, FigureAnswer)
    answer = ask_figures(
        indicator, country=country, year=year, as_of=as_of, edition=edition, all_editions=all_editions
    )
    emit(answer.payload(), "" if json_output else _text(answer), json_output)
    draw(chart, chart_kind, answer)


def _text(answer: FigureAnswer) -> str:
    """Write figures for people, with notes and sources."""
    from foedus.cli.output import lay_out
    from foedus.tables import Column

    figures = answer.table("figures").select(
        "name",
        Column("year", "Year", "year", align="left"),
        Column("shown", "Value", align="right"),
        *("status", "known", "edition", "note"),
    )
    lines = [f"- {line}" for line in answer.notes]
    lines += [f"- {c.id}: {c.publisher}, {c.title}, {c.published}. {c.url}" for c in answer.cards]
    return (
        f"{answer.answer().lines()}\n\n{answer.quantity.label} ({answer.unit})\n{lay_out(figures)}\n\n"
        + "\n".join(lines)
    )


def export(
    *indicators: str,
    to: Annotated[Path, Parameter(help="The file; its ending .csv, .parquet or .xlsx says the format.")],
    country: Countries = None,
    year: Year = None,
    as_of: AsOf = None,
    edition: Edition = None,
    all_editions: AllEditions = False,
    json_output: Json = False,
) -> None:
    """Write indicators to a tidy file, one figure a row, with edition and source columns.

    Parameters
    ----------
    *indicators : str
        Names that `foedus indicators` lists; or tables of aid, such as aid_by_month.
    to : pathlib.Path
        The file.
    country : list of str, optional
        Only these countries.
    year : str, optional
        A year or a range of years.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, note
    from foedus.evidence.export import export_figures

    if indicators and all(name.startswith("aid_") for name in indicators):
        from foedus.aid.export import export_aid

        tables = export_aid(indicators, to, donor=country, year=year, as_of=as_of, edition=edition)
        emit(tables.payload(), tables.headline(), json_output)
        return
    written = export_figures(
        indicators,
        to,
        country=country,
        year=year,
        as_of=as_of,
        edition=edition,
        all_editions=all_editions,
    )
    if not json_output:
        for line in written.notes:
            note(line)
    emit(written.payload(), written.headline(), json_output)
