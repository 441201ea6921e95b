"""How ``foedus decide`` writes its answer for people."""

from __future__ import annotations

from typing import Any

from foedus.cli.output import table
from foedus.decisions.brief import INSTRUMENT_WORDS, shown_name
from foedus.decisions.packages import Package
from foedus.decisions.result import LEVELS, Decision, Spread
from foedus.decisions.schema import DecisionFile
from foedus.units import per_cent

__all__ = ["decision_text", "listing", "package_text"]

MOST_LISTED = 12


def listing() -> tuple[list[dict[str, Any]], str]:
    """Give the shipped decision files, for programs and for people."""
    from foedus.decisions.find import shipped_decisions
    from foedus.decisions.schema import read_decision

    rows: list[dict[str, Any]] = []
    for name, path in shipped_decisions().items():
        content = read_decision(path, f"decisions/{name}.yaml")
        adopted = None if content.record is None else content.record.adopted
        rows.append({"name": name, "title": content.title, "rule": content.rule, "adopted": adopted})
    words = {None: "–", True: "adopted", False: "not adopted"}
    text = table(
        ("Name", "Question", "Rule", "What happened"),
        [(r["name"], r["title"], r["rule"], words[r["adopted"]]) for r in rows],
    )
    return rows, text


def decision_text(answer: Decision, file: DecisionFile) -> str:
    """Write an answer.

    Parameters
    ----------
    answer : Decision
        The answer.
    file : DecisionFile
        The question.

    Returns
    -------
    str
        Brief, tables and notes.
    """
    head = f"{answer.title}\n{' '.join(answer.question.split())}\n"
    brief = "\n".join(f"{n}. {line}" for n, line in enumerate(answer.brief, start=1))
    parts = [f"{head}\n{brief}", _distributions(answer)]
    if answer.probability_adopted is not None:
        parts += [_holdouts(answer), _frontier(answer), _instruments(answer)]
    parts.append("Notes\n" + "\n".join(f"- {line}" for line in answer.notes))
    if file.sources:
        parts.append("Sources of the file\n" + "\n".join(f"- {source}" for source in file.sources))
    return "\n\n".join(parts)


def _distributions(answer: Decision) -> str:
    """Write where the question falls, beside every null model."""
    rows: list[Spread] = [*([answer.outcome] if answer.outcome else []), answer.predicted, *answer.nulls]
    labels = {
        "outcome": "Outcome, objections and reversion included",
        "predicted": "Recorded decisions' shape",
    }
    text = table(
        ("Where it falls, 0 to 100", "Mean", *(f"{100 * level:.0f} %" for level in LEVELS)),
        [(labels.get(r.name, r.name), f"{r.mean:.1f}", *(f"{q:.0f}" for q in r.quantiles)) for r in rows],
        right=tuple(range(1, 2 + len(LEVELS))),
    )
    lines = [text]
    if answer.acceptable:
        strict, cost = (f"{low:.0f} to {high:.0f}" for low, high in answer.acceptable)
        lines.append(f"All accept, with a strict veto: {strict}; with a cost of standing alone: {cost}.")
    if answer.challenge:
        medians = ", ".join(f"{m:.1f}" for m in answer.challenge)
        lines.append(f"Challenge model (a peer), median at the start and after each round: {medians}.")
    return "\n".join(lines)


def _holdouts(answer: Decision) -> str:
    """Write who objects."""
    rows = [h for h in answer.holdouts if h.probability_objects > 0][:MOST_LISTED]
    if not rows:
        return "No member loses by the draft as tabled."
    return table(
        (
            "Member",
            "Position",
            "Salience",
            "Objects",
            "Holds out",
            "Accepts up to",
            "Concession",
            "Blocking value",
        ),
        [
            (
                shown_name(h.name),
                f"{h.position:.0f}",
                f"{h.salience:.2f}",
                per_cent(h.probability_objects, 0),
                per_cent(h.probability_holds, 0),
                f"{h.acceptable_draft:.0f}",
                f"{h.concession:.0f}",
                per_cent(h.blocking_value, 0),
            )
            for h in rows
        ],
        right=tuple(range(1, 8)),
    )


def _frontier(answer: Decision) -> str:
    """Write ambition against chance."""
    return table(
        ("Draft", "Ambition kept", "Chance of adoption", ""),
        [
            (
                f"{p.draft:.0f}",
                per_cent(p.ambition, 0),
                per_cent(p.probability_adopted, 0),
                "best product" if p == answer.best else "",
            )
            for p in answer.frontier
        ],
        right=(0, 1, 2),
    )


def _instruments(answer: Decision) -> str:
    """Write what each instrument does."""
    return table(
        (
            "Instrument",
            "Allowed",
            "Wins a holdout",
            "Chance with it alone",
            "Chance without it",
            "Adopted with it",
        ),
        [
            (
                INSTRUMENT_WORDS[i.instrument],
                "yes" if i.allowed else "no",
                per_cent(i.odds, 0),
                per_cent(i.probability_adopted_alone, 0),
                per_cent(i.probability_adopted_without, 0),
                per_cent(i.used_last, 0),
            )
            for i in answer.instruments
        ],
        right=(2, 3, 4, 5),
    )


def package_text(packed: Package) -> str:
    """Write a package."""
    rows = [
        (name, f"{r:.0f}", f"{alone:.0f}", f"{d:.0f}", ", ".join(shown_name(m) for m in out) or "–")
        for name, r, alone, d, out in zip(
            packed.issues, packed.reversions, packed.alone, packed.drafts, packed.opt_outs, strict=True
        )
    ]
    text = table(("Issue", "Reversion", "By itself", "In the package", "Left out"), rows, right=(1, 2, 3))
    return f"{text}\nThe least gain of a member is {packed.least_gain:.2f} ({packed.aim})."
