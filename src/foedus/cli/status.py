"""``foedus status``: who meets the spending guideline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.spending.question import StatusQuestion

if TYPE_CHECKING:
    from foedus.spending.revision import Revision
    from foedus.spending.status import Status
    from foedus.tables import Table

__all__ = ["status_command"]


@question_command(StatusQuestion)
def status_command(
    question: StatusQuestion,
    *,
    revision: Annotated[
        bool, Parameter(negative=(), help="Also say what later editions may make of the count.")
    ] = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print one row per ally, the headline count, and the count under every other edition."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.spending.status import Status, status_of

    check_chart(chart, chart_kind, Status)
    result = status_of(question)
    payload = result.payload()
    text = "" if json_output else _text(result)
    if not revision:
        emit(payload, text, json_output)
        draw(chart, chart_kind, result)
        return
    answer = _revision_of(result, question.as_of)
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
    from foedus.spending.status_tables import equipment_columns, level_columns
    from foedus.tables import Column

    allies = result.table("allies").select(
        *("name", "share"),
        *level_columns(result, money="USD"),
        *equipment_columns(result),
        "change_since_2014",
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
