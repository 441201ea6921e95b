"""``foedus hindcast``: what the model would have said in the past, and what came."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.spending.hindcast.result import SpendingHindcast

__all__ = ["hindcast_budgets"]


def hindcast_budgets(
    *,
    basis: Annotated[
        str,
        Parameter(
            help="sipri: long histories from an imported file; nato: the packaged editions; "
            "shipped: the table that came with foedus, without computing anything."
        ),
    ] = "",
    json_output: Json = False,
) -> None:
    """Score forecasts of spending from the past against what came, and against naive forecasts.

    Parameters
    ----------
    basis : {"sipri", "nato", "shipped"}, optional
        What to compute on; without it "sipri" where an edition of SIPRI's was imported, else "nato" beside
        the shipped table of the long histories.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.spending.hindcast.result import spending_hindcast

    with _progress() as move:
        result = spending_hindcast(basis=basis, progress=move)
    emit(result.payload(), "" if json_output else _text(result), json_output)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how many origins are done, on a terminal."""
    from tqdm import tqdm

    hidden = None if sys.stderr.isatty() else True
    with tqdm(unit=" origins", delay=0.5, disable=hidden, leave=False, file=sys.stderr) as bar:

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
