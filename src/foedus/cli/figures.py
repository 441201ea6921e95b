"""``foedus figure`` and ``foedus export``: figures with their edition and source, on screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Countries, Edition, Json

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
    from foedus.axes import country_name
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit, table
    from foedus.evidence.query import FigureAnswer, ask_figures
    from foedus.units import format_value

    check_chart(chart, chart_kind, FigureAnswer)
    answer = ask_figures(
        indicator, country=country, year=year, as_of=as_of, edition=edition, all_editions=all_editions
    )
    entry = answer.quantity
    rows = answer.frame.to_dicts()
    text = table(
        ("Country", "Year", "Value", "Status", "Known", "Edition", "Note"),
        [
            (
                country_name(r["country"]),
                str(r["year"]),
                format_value(r["value"], entry.unit),
                r["status"],
                r["known"],
                r["edition"],
                r["note"],
            )
            for r in rows
        ],
        right=(2,),
    )
    basis = f", {entry.price_basis} prices" if entry.price_basis != "none" else ""
    lines = [f"- {line}" for line in answer.notes]
    lines += [f"- {c.id}: {c.publisher}, {c.title}, {c.published}. {c.url}" for c in answer.cards]
    emit(
        answer.payload(),
        f"{entry.label} ({entry.unit}{basis})\n{text}\n\n" + "\n".join(lines),
        json_output,
    )
    draw(chart, chart_kind, answer)


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
        Names that `foedus indicators` lists.
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
    import polars as pl

    from foedus.cli.output import emit, note
    from foedus.errors import InputError
    from foedus.evidence.export import check_target, tidy, write_frame
    from foedus.evidence.query import ask_figures

    if not indicators:
        raise InputError("no indicator was named", where="foedus export", do="`foedus indicators` lists them")
    check_target(to)
    parts, notes = [], []
    for name in dict.fromkeys(indicators):
        found = ask_figures(
            name, country=country, year=year, as_of=as_of, edition=edition, all_editions=all_editions
        )
        parts.append(tidy(found.frame, name, {card.id: card for card in found.cards}))
        notes += [f"{name}: {line}" for line in found.notes]
    whole = pl.concat(parts)
    write_frame(whole, to)
    if not json_output:
        for line in notes:
            note(line)
    names = sorted(set(whole["edition"]))
    emit(
        {"file": to, "figures": whole.height, "editions": names, "notes": notes},
        f"{whole.height:,} figures from {', '.join(names)} written to {to}.",
        json_output,
    )
