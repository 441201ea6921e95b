"""``foedus ensemble``: scenarios over very many draws, here or on a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.options import Json
from foedus.cli.run import progress_bar, run_text
from foedus.runs.question import EnsembleQuestion

if TYPE_CHECKING:
    from foedus.runs.ensemble_result import Ensemble

__all__ = ["ensemble_command"]

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


@question_command(EnsembleQuestion, names={"changes": "--set"}, one_each=("changes",))
def ensemble_command(
    question: EnsembleQuestion,
    *,
    workers: Workers = None,
    scheduler: Scheduler = None,
    out: Out = None,
    json_output: Json = False,
) -> None:
    """Run scenarios over very many draws, on threads here or on a cluster, and print their headlines."""
    from foedus.cli.output import emit, note
    from foedus.runs.ensemble import ensemble_of

    with progress_bar(question.draws * len(question.scenario)) as progress:
        result = ensemble_of(
            question, out=out, workers=workers, scheduler=scheduler, progress=progress, remark=note
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
