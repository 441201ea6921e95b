"""``foedus hindcast``: what the model would have said in the past, and what came."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from foedus.analysis.question import AidHindcastQuestion, BudgetsHindcastQuestion
from foedus.cli.asking import question_command
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.aid.hindcast import AidHindcast
    from foedus.spending.hindcast.result import SpendingHindcast

__all__ = ["hindcast_aid", "hindcast_budgets"]


@question_command(BudgetsHindcastQuestion)
def hindcast_budgets(question: BudgetsHindcastQuestion, *, json_output: Json = False) -> None:
    """Score forecasts of spending from the past against what came, and against naive forecasts."""
    from foedus.cli.output import emit
    from foedus.spending.hindcast.result import spending_hindcast

    with _progress(" origins") as move:
        result = spending_hindcast(basis=question.basis or "", progress=move)
    emit(result.payload(), "" if json_output else _text(result), json_output)


@question_command(AidHindcastQuestion)
def hindcast_aid(question: AidHindcastQuestion, *, json_output: Json = False) -> None:
    """Score forecasts of aid to Ukraine from the past against what came, and against simple forecasts."""
    from foedus.aid.hindcast import aid_hindcast
    from foedus.cli.output import emit

    with _progress(" parts") as move:
        result = aid_hindcast(question.as_of, recompute=question.recompute, progress=move)
    emit(result.payload(), "" if json_output else _aid_text(result), json_output)


@contextmanager
def _progress(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many origins or parts are done, on a terminal."""
    from tqdm import tqdm

    hidden = None if sys.stderr.isatty() else True
    with tqdm(unit=unit, delay=0.5, disable=hidden, leave=False, file=sys.stderr) as bar:

        def move(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield move


def _text(result: SpendingHindcast) -> str:
    """Write the scores for people."""
    from foedus.cli.output import lay_out
    from foedus.spending.hindcast.result import UNITS

    spans = [lay_out(table, title=table.title) for table in result.span_tables()]
    editions = result.table("nato")
    far = [result.headline()] if result.sipri["five_years_to_2022_24"]["cases"] else []
    parts = [*spans, *far, lay_out(editions, title=editions.title)]
    return "\n\n".join([*parts, f"{UNITS}\nComputed on {result.computed_on['sipri']}."])


def _aid_text(result: AidHindcast) -> str:
    """Write the scores of forecasts of aid for people."""
    from foedus.cli.output import lay_out

    tables = [lay_out(table, title=table.title) for table in result.tables() if table.rows]
    computed = "Computed now." if result.computed else "As packaged."
    return "\n\n".join([result.headline(), *tables, f"{' '.join(result.notes)} {computed}"])
