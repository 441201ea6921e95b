"""``foedus status``: who meets the spending guideline."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Countries, Edition, Json

__all__ = ["status_command"]


def status_command(
    *,
    year: Annotated[
        int | None, Parameter(help="The year; without it the last one the edition holds whole.")
    ] = None,
    as_of: AsOf = None,
    edition: Edition = None,
    guideline: Annotated[float, Parameter(help="The level, as a fraction of GDP.")] = 0.02,
    basis: Annotated[
        str, Parameter(help="published (as printed), computed (spending over GDP) or computed-current.")
    ] = "published",
    country: Countries = None,
    revision: Annotated[
        bool, Parameter(negative=(), help="Also say what later editions may make of the count.")
    ] = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print one row per ally, the headline count, and the count under every other edition.

    Parameters
    ----------
    year : int, optional
        The year.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    guideline : float, default 0.02
        The level, a fraction of GDP.
    basis : {"published", "computed", "computed-current"}
        How the shares come about.
    country : list of str, optional
        List only these allies.
    revision : bool, default False
        Also say what later editions may make of the count.
    chart : pathlib.Path, optional
        Also draw the shares of GDP.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    from dataclasses import asdict

    from foedus.answers.status import status_payload
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.spending.status import Status, status

    check_chart(chart, chart_kind, Status)
    result: Status = status(
        year=year,
        edition=edition,
        as_of=as_of,
        guideline=guideline,
        countries=country,
        basis=basis,  # type: ignore[arg-type]  # `status` refuses any other text with a sentence
    )
    payload, text = status_payload(result), "" if json_output else _text(result)
    if revision:
        found, words = _revision(result, as_of)
        payload |= {"revision": asdict(found)}
        text += f"\n\n{words}"
    emit(payload, text, json_output)
    draw(chart, chart_kind, found if revision and chart_kind is None else result)


def _revision(result: Any, as_of: date | None) -> tuple[Any, str]:
    """Give what later editions may make of the count, and the same for people."""
    from foedus.axes import country_name
    from foedus.evidence import Ledger
    from foedus.spending.revision import revision
    from foedus.units import per_cent

    found = revision(
        Ledger.load(), year=result.year, edition=result.card.id, as_of=as_of, guideline=result.guideline
    )
    odds = ", ".join(
        f"{country_name(c)} {per_cent(p, 0)}"
        for c, p in sorted(found.chance_by_country.items(), key=lambda item: -item[1])
        if 0.05 < p < 0.95
    )
    later = "; ".join(f"{name} printed {count}" for name, count in found.later.items())
    words = (
        f"Revision: {found.printed} as printed by {found.edition}; in a later print {found.low} to "
        f"{found.high} with 80 % chance, middle {found.median}. The count stays with "
        f"{per_cent(found.chance_unchanged, 0)} and falls with {per_cent(found.chance_lower, 0)} chance.\n"
        f"Still open (chance of being at the guideline in a later print): {odds or 'none'}.\n"
        + (f"Since then {later}, among the same allies.\n" if later else "")
        + "\n".join(f"- {n}" for n in found.notes)
    )
    return found, words


def _text(result: Any) -> str:
    """Give the answer for people."""
    from foedus.axes import country_name
    from foedus.cli.output import table
    from foedus.units import billions, per_cent, points

    basis = next((row.gap_price_basis for row in result.rows if row.gap_price_basis), "USD")
    rows = [
        (
            row.name,
            per_cent(row.share),
            {True: "yes", False: "no", None: "–"}[row.meets],
            points(row.gap),
            billions(row.gap_usd, signed=True),
            per_cent(row.equipment_share, 1),
            points(row.change_since_2014),
            row.note if not row.note.startswith("footnote") else "",
        )
        for row in result.rows
    ]
    headers = (
        "Ally",
        "Share of GDP",
        "Meets",
        "Gap, points",
        f"Gap, bn ({basis})",
        "Equipment",
        "Since 2014, points",
        "",
    )
    counted = len(result.rows) - len(result.without_figure)
    head = (
        f"{result.meeting} of {len(result.rows)} allies at or above {per_cent(result.guideline)} of GDP "
        f"in {result.year} ({counted} with a figure), by {result.card.id}, published {result.card.published}."
    )
    below = ", ".join(country_name(code) for code in result.below) or "none"
    counts = table(
        ("Edition", "Published", "Basis", "Meeting", "Of", ""),
        [
            (c.edition, c.published, c.basis, str(c.meeting), str(c.reported or "–"), c.why)
            for c in result.counts
        ],
        right=(3, 4),
    )
    cut = f" published by {result.as_of}" if result.as_of else ""
    notes = "\n".join(f"- {line}" for line in (*result.notes, *result.card.caveats))
    return (
        f"{head}\nBelow: {below}.\n\n{table(headers, rows, right=(1, 3, 4, 5, 6))}\n\n"
        f"The count for {result.year} by every edition{cut}\n"
        f"{counts}\n\nNotes\n{notes}\nSource: {result.card.publisher}, {result.card.title}. {result.card.url}"
    )
