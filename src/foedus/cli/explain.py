"""``foedus explain``: what one number rests on, down to source cards and parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import AsOf, Json
from foedus.cli.run import Changes

if TYPE_CHECKING:
    from foedus.analysis.explanation import Explanation

__all__ = ["explain_command"]


def explain_command(
    measure: Annotated[str, Parameter(help="A measure of the headline, or of an ally with --country.")],
    scenario: Annotated[
        str, Parameter(help="A shipped scenario's name or the path of a .yaml file.")
    ] = "baseline",
    *,
    country: Annotated[str | None, Parameter(help="An ally by name or code.")] = None,
    year: Annotated[int | None, Parameter(help="A year of the scenario; without it, the last.")] = None,
    run: Annotated[
        Path | None, Parameter(help="Explain a run that was kept: its folder, in place of a scenario.")
    ] = None,
    draws: Annotated[
        int, Parameter(help="Draws of each run of the analysis; with 0 all is listed and nothing drawn.")
    ] = 1000,
    seed: Annotated[int, Parameter(help="Seed of the random draws.")] = 1,
    as_of: AsOf = None,
    changes: Changes = None,
    chart: ChartFile = None,
    json_output: Json = False,
) -> None:
    """Print what one number rests on: its parts, the chances that spread it, and where all of it is from.

    Parameters
    ----------
    measure : str
        A measure of the headline, or with a country a quantity by country.
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    country : str, optional
        An ally by name or code.
    year : int, optional
        A year of the scenario.
    run : pathlib.Path, optional
        The folder of a run that was kept.
    draws : int, default 1000
        Draws of each run of the analysis.
    seed : int, default 1
        Seed of the random draws.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    changes : list of str, optional
        Keys of the scenario with other values.
    chart : pathlib.Path, optional
        Also draw the tree.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.analysis.explain import explain, explain_run
    from foedus.analysis.explanation import Explanation
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.errors import InputError
    from foedus.scenario.changes import read_changes

    check_chart(chart, None, Explanation)
    asked: dict[str, Any] = {"country": country, "year": year, "draws": draws}
    if run is None:
        given: dict[str, Any] = {"seed": seed, "as_of": as_of, "changes": read_changes(changes or ())}
        result = explain(measure, scenario, **asked, **given)
    elif (scenario, seed, as_of, changes) == ("baseline", 1, None, None):
        result = explain_run(measure, run, **asked)
    else:
        what, do = "a run has its own scenario, day and seed", "leave them out, or leave out --run"
        raise InputError(what, where="--run", do=do)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, None, result)


def _text(result: Explanation) -> str:
    """Write the explanation for people."""
    from foedus.analysis.explanation_words import tree, tree_lines

    notes = [f"Note ({note.step}): {note.text}" for note in result.notes]
    about = f"{result.title}, as of {result.as_of}; {result.draws:,} draws, seed {result.seed}."
    return "\n".join([result.answer().lines(), "", *tree_lines(tree(result)), "", about, *notes])
