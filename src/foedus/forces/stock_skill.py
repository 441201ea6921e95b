"""What is known of the skill of paths of stocks: how they did from 2014 to 2022, against stock constant.

The table stands in ``evidence/records/stock_skill`` under the card ``stock-skill-2026-11``. It holds errors
only: the two tables of holdings that they were computed from may not be passed on.
``benchmarks/stocks_hindcast.py`` computes it anew from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from foedus.evidence.records import record_rows
from foedus.forces.classes import equipment_class

__all__ = ["CARD_ID", "StockSkill", "skill_words", "stock_skill", "verdict_in", "verdict_of"]

CARD_ID = "stock-skill-2026-11"
"""The source card of the table."""

ASIDE, ALL = "aside", "all"
"""The allies that were looked at once, and all that both sources count."""

BETTER, UNSURE, WORSE, UNTESTED = "better", "not surely better", "no measured skill", "not tested"


@dataclass(frozen=True)
class StockSkill:
    """How paths of a class did.

    Attributes
    ----------
    equipment : str
        The class.
    half : {"chosen on", "aside", "all"}
        The allies that the variant was chosen on, those looked at once, or both.
    allies : int
        How many.
    error_model, error_constant : float
        Mean absolute error of the path and of stock constant, items an ally.
    skill, skill_low, skill_high : float
        One less the first over the second, and the ends of its interval of 90 % over allies.
    """

    equipment: str
    half: str
    allies: int
    error_model: float
    error_constant: float
    skill: float
    skill_low: float
    skill_high: float

    @property
    def verdict(self) -> str:
        """Whether the path was better than stock constant, not surely, or not."""
        if self.skill <= 0.0:
            return WORSE
        return BETTER if self.skill_low > 0.0 else UNSURE


@cache
def stock_skill() -> tuple[StockSkill, ...]:
    """Return every row, in the order of the table."""
    numbers = ("error_model", "error_constant", "skill", "skill_low", "skill_high")
    return tuple(
        StockSkill(row["class"], row["half"], int(row["allies"]), *(float(row[name]) for name in numbers))
        for row in record_rows("stock_skill", "stock_skill")
    )


def verdict_of(equipment: str) -> str:
    """Return the verdict on paths of a class: the worse of that on the half kept aside and that on all
    allies."""
    return verdict_in(stock_skill(), equipment)


def verdict_in(rows: Sequence[StockSkill], equipment: str) -> str:
    """Return the verdict on paths of a class by some rows; see :func:`verdict_of`."""
    held = {row.verdict for row in rows if row.equipment == equipment and row.half in (ASIDE, ALL)}
    return next((word for word in (WORSE, UNSURE, BETTER) if word in held), UNTESTED)


def skill_words(rows: Sequence[StockSkill], classes: Sequence[str]) -> str:
    """Return what is known of the skill of some classes' paths, in a sentence or two.

    Parameters
    ----------
    rows : sequence of StockSkill
        What the hindcast found.
    classes : sequence of str
        The classes that are shown.

    Returns
    -------
    str
        Which were better than stock constant, which have no measured skill, and which nobody has tested.
    """
    by_verdict: dict[str, list[str]] = {}
    for name in classes:
        by_verdict.setdefault(verdict_in(rows, name), []).append(equipment_class(name).label)
    said: list[str] = []
    for verdict, words in _SAID.items():
        labels = by_verdict.pop(verdict, [])
        if labels:
            others = f"{len(labels)} other classes" if said and len(labels) > 2 else _listed(labels)
            said.append(words.format(others))
    return " ".join(said)


_SAID = {
    BETTER: "Nearer than stock constant from 2014 to 2022: {}.",
    UNSURE: "Not surely nearer than stock constant from 2014 to 2022: {}.",
    WORSE: "No measured skill: {}; in 2014–22 stock constant was no worse.",
    UNTESTED: "Never tested against counts: {}.",
}
"""The sentences, the best verdict first."""


def _listed(labels: Sequence[str]) -> str:
    """Join headings of classes as they stand in a sentence."""
    return ", ".join(label[:1].lower() + label[1:] for label in labels)
