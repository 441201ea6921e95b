"""``foedus ensemble``: scenarios over very many draws, here or on a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json
from foedus.cli.run import Changes, progress_bar, run_text

if TYPE_CHECKING:
    from foedus.runs.ensemble_result import Ensemble

__all__ = ["ensemble_command"]

Scenarios = Annotated[
    list[str],
    Parameter(help="Shipped scenarios' names or paths of .yaml files; all have the same draws."),
]
Draws = Annotated[int, Parameter(help="How many draws, 1 to 10,000,000.")]
Seed = Annotated[
    int, Parameter(help="Seed of the random draws; the same seed gives the numbers of `foedus run`.")
]
Keep = Annotated[
    Literal["quantiles", "measures", "all"],
    Parameter(help="What is kept: the headline; the measures of every draw besides; or a whole run."),
]
Workers = Annotated[
    int | None,
    Parameter(
        help="Threads, without it one per core; of a cluster the most workers that take part. "
        "The numbers do not depend on it."
    ),
]
Scheduler = Annotated[
    str | None,
    Parameter(help="The address of a Dask scheduler, as tcp://10.0.0.5:8786; without it, threads here."),
]
Out = Annotated[
    Path | None,
    Parameter(help="The folder in which each scenario has one; without it the user's cache folder."),
]


def ensemble_command(
    scenarios: Scenarios,
    /,
    *,
    draws: Draws = 100_000,
    seed: Seed = 1,
    keep: Keep = "quantiles",
    workers: Workers = None,
    scheduler: Scheduler = None,
    as_of: AsOf = None,
    changes: Changes = None,
    out: Out = None,
    json_output: Json = False,
) -> None:
    """Run scenarios over very many draws, on threads here or on a cluster, and print their headlines.

    Parameters
    ----------
    scenarios : list of str
        Shipped scenarios' names or paths of scenario files.
    draws : int, default 100,000
        How many draws.
    seed : int, default 1
        Seed of the random draws.
    keep : {"quantiles", "measures", "all"}
        What is kept.
    workers : int, optional
        Threads, or the most workers of a cluster.
    scheduler : str, optional
        The address of a Dask scheduler.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    changes : list of str, optional
        Keys of the scenarios with other values.
    out : pathlib.Path, optional
        The folder of the scenarios' folders.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, note
    from foedus.runs.ensemble import ensemble
    from foedus.scenario.changes import read_changes

    with progress_bar(draws * len(scenarios)) as progress:
        result = ensemble(
            scenarios,
            draws=draws,
            seed=seed,
            keep=keep,
            as_of=as_of,
            changes=read_changes(changes or ()),
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=progress,
            remark=note,
        )
    emit(result.payload(), "" if json_output else _text(result), json_output)
    for member in result.members:
        note(f"{_WORDS[member.keep]} of {member.resolved.name} are kept in {member.folder}")


_WORDS = {"quantiles": "The quantiles", "measures": "Quantiles and measures", "all": "All draws"}


def _text(result: Ensemble) -> str:
    """Write every scenario's headline as `foedus run` does; several after a table of their answers."""
    from foedus.cli.output import lay_out

    content = result.table("scenarios")
    parts = [run_text(m.summary, m.resolved, m.closing) for m in result.members]
    return "\n\n\n".join(parts if len(parts) < 2 else [lay_out(content, title=content.title), *parts])
