"""``foedus status``: who meets the spending guideline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Countries, Edition, Json

if TYPE_CHECKING:
    from foedus.spending.revision import Revision
    from foedus.spending.status import Status
    from foedus.tables import Table

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
    payload = result.payload()
    text = "" if json_output else _text(result)
    if not revision:
        emit(payload, text, json_output)
        draw(chart, chart_kind, result)
        return
    answer = _revision_of(result, as_of)
    emit(payload | {"revision": answer.payload()}, f"{text}\n\n{_revision_text(answer)}", json_output)
    draw(chart, chart_kind, answer if chart_kind is None else result)


def _revision_of(result: Status, as_of: date | None) -> Revision:
    """Ask what later editions may make of the count."""
    from foedus.evidence import Ledger
    from foedus.spending.revision import revision

    return revision(
        Ledger.load(), year=result.year, edition=result.card.id, as_of=as_of, guideline=result.guideline
    )


def _revision_text(revision: Revision) -> str:
    """Write what later editions may make of the count."""
    from foedus.units import per_cent

    chances = ", ".join(f"{row['name']} {per_cent(row['chance'], 0)}" for row in revision.table("open").rows)
    later = "; ".join(f"{name} printed {count}" for name, count in revision.later.items())
    return (
        f"Revision: {revision.headline()}\n"
        f"Still open (chance of being at the guideline in a later print): {chances or 'none'}.\n"
        + (f"Since then {later}, among the same allies.\n" if later else "")
        + "\n".join(f"- {n}" for n in revision.notes)
    )


def _text(result: Status) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out
    from foedus.spending.status_tables import level_columns
    from foedus.tables import Column

    allies = result.table("allies").select(
        *("name", "share"),
        *level_columns(result, money="USD"),
        *("equipment_share", "change_since_2014"),
        Column("remark", ""),
    )
    counts = result.table("editions").select(
        *("edition", "published", "basis"),
        Column("at_least", "Meeting", align="right"),
        *("reported", Column("why", "")),
    )
    alliance = f"\n\n{_titled(result.table('alliance'))}" if result.alliance else ""
    cut = f" published by {result.as_of}" if result.as_of else ""
    notes = "\n".join(f"- {line}" for line in (*result.notes, *result.card.caveats))
    return (
        f"{_counts(result)}\n\n{lay_out(allies)}{alliance}\n\n{counts.title}{cut}\n{lay_out(counts)}\n\n"
        f"Notes\n{notes}\nSource: {result.card.publisher}, {result.card.title}. {result.card.url}"
    )


def _titled(table: Table) -> str:
    """Return a table under its title."""
    from foedus.cli.output import lay_out

    return f"{table.title}\n{lay_out(table)}"


def _counts(result: Status) -> str:
    """Write the answer, who is on the smaller side of every level."""
    from foedus.axes import country_name
    from foedus.units import level_words

    head = f"{result.answer().lines()}\nEdition: {result.card.id}, published {result.card.published}."
    if not result.levels[0].allies:
        return head
    lines = [head]
    order = {row.country: j for j, row in enumerate(result.rows)}
    for level in result.levels:
        few, side = (level.at, "At") if level.meeting < len(level.below) else (level.below, "Below")
        names = ", ".join(country_name(code) for code in sorted(few, key=order.__getitem__)) or "none"
        goal = f" ({result.goals[level.level]})" if level.level in result.goals else ""
        lines.append(f"{side} {level_words(level.level)}{goal}: {names}.")
    return "\n".join(lines)
