"""How ``foedus decide`` writes its answer for people."""

from __future__ import annotations

from dataclasses import replace

from foedus.cli.output import lay_out
from foedus.decisions.packages import Package
from foedus.decisions.result import Decision
from foedus.decisions.shipped import ShippedDecisions
from foedus.rounding import written
from foedus.tables import Table

__all__ = ["decision_text", "list_text", "package_text"]

MOST_LISTED = 12
MODEL_WORDS = {
    "outcome": "Outcome, the shape of recorded decisions",
    "procedure": "What the procedure makes of it",
}
"""What the command calls the models that are no null models."""


def list_text(shipped: ShippedDecisions) -> str:
    """Write the list of decisions that come with foedus."""
    return lay_out(shipped.tables()[0])


def package_text(package: Package) -> str:
    """Write a package."""
    return f"{lay_out(package.tables()[0])}\n{package.headline()}"


def decision_text(answer: Decision) -> str:
    """Write an answer.

    Parameters
    ----------
    answer : Decision
        The answer.

    Returns
    -------
    str
        Brief, tables and notes.
    """
    tables = {table.name: table for table in answer.tables()}
    brief = "\n".join(f"{n}. {line}" for n, line in enumerate(answer.brief, start=1))
    question = " ".join(answer.question.split())
    asked = question if answer.title in question else f"{answer.title}\n{question}"
    said = answer.answer().lines()
    # A question without a title of its own stands in the sentence, and need not stand above it.
    heading = "" if asked in said else f"{asked}\n\n"
    parts = [
        f"{heading}{said}\n\n{brief}",
        _distributions(tables["models"], answer),
    ]
    if answer.holdouts:
        parts += [
            _holdouts(tables["members"]),
            *([lay_out(tables["drafts"])] if "drafts" in tables else []),
            lay_out(tables["instruments"].select(labels={"words": "Instrument"})),
            f"{tables['skill'].title}\n{lay_out(tables['skill'])}",
        ]
    parts.append("Notes\n" + "\n".join(f"- {line}" for line in answer.notes))
    if answer.file.sources:
        parts.append("Sources of the file\n" + "\n".join(f"- {source}" for source in answer.file.sources))
    return "\n\n".join(parts)


def _distributions(models: Table, answer: Decision) -> str:
    """Write where the question falls, beside every null model."""
    rows = tuple({**row, "model": MODEL_WORDS.get(row["name"], row["model"])} for row in models.rows)
    lines = [lay_out(replace(models, rows=rows).select(kinds={"mean": "number_1"}))]
    if answer.acceptable:
        strict, cost = (
            "no draft" if ends is None else f"{written(ends[0])} to {written(ends[1])}"
            for ends in answer.acceptable
        )
        lines.append(f"All accept, with a strict veto: {strict}; with a cost of standing alone: {cost}.")
    if answer.challenge:
        medians = ", ".join(written(m, 1) for m in answer.challenge)
        lines.append(f"Challenge model (a peer), median at the start and after each round: {medians}.")
    return "\n".join(lines)


def _holdouts(members: Table) -> str:
    """Write who objects."""
    objecting = tuple(row for row in members.rows if row["probability_objects"] > 0)[:MOST_LISTED]
    if not objecting:
        return "No member loses by the draft as tabled."
    return lay_out(replace(members, rows=objecting))
