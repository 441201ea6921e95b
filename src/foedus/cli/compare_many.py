"""What ``foedus compare`` prints of more than two scenarios, and of where a threshold is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.analysis.compare_many import ManyComparison
    from foedus.analysis.discovery_result import Discovery

__all__ = ["discovery_text", "many_text"]


def many_text(result: ManyComparison) -> str:
    """Write a comparison of many for people."""
    from foedus.cli.output import lay_out

    titles = "\n".join(f"{s.name}: {s.title}" for s in result.scenarios)
    interval = (
        f"Median, and in brackets the middle 80 % of {result.draws:,} draws; money in bn USD at "
        f"{result.price_year} prices."
    )
    asked = (
        () if result.regret else ("By what each choice is regretted: --regret MEASURE --best most|least.",)
    )
    return "\n\n".join(
        [
            result.headline(),
            titles,
            *(lay_out(table, title=table.title) for table in result.tables()),
            "\n".join([interval, result.skill, *asked, *(f"Note: {n}" for n in result.notes)]),
        ]
    )


def discovery_text(result: Discovery) -> str:
    """Write a discovery for people: the answer, the boxes and every tenth part of the way."""
    from foedus.cli.output import lay_out

    parts = [result.headline()]
    if result.boxes:
        boxes = result.table("boxes")
        parts.append(lay_out(boxes, title=boxes.title))
    if result.path:
        way = result.path_in_short()
        parts.append(lay_out(way, title=way.title))
    notes = [f"Of {result.draws:,} draws of each of {len(result.scenarios)} scenarios."]
    return "\n\n".join([*parts, "\n".join([*notes, *(f"Note: {n}" for n in result.notes)])])
