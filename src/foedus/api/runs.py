"""Questions that run scenarios: one of them, or several side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.analysis.compare import Comparison
    from foedus.analysis.compare_many import ManyComparison
    from foedus.analysis.discovery_result import Discovery
    from foedus.analysis.question import Best
    from foedus.evidence import Ledger
    from foedus.runs import Run
    from foedus.runs.ensemble_result import Ensemble
    from foedus.runs.question import Keep

__all__ = ["Changes", "compare", "ensemble", "run"]

Changes = Mapping[str, Any] | str | Sequence[str]
"""Keys of a scenario with other values: a mapping, or texts as levers.pledge.target=0.04."""


@public
def run(
    scenario: str | PathLike[str] = "baseline",
    *,
    draws: int = 10_000,
    seed: int = 1,
    as_of: date | str | None = None,
    changes: Changes | None = None,
    out: str | PathLike[str] | None = None,
    workers: int | None = None,
    ledger: Ledger | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Run a scenario and keep the result in a folder.

    Parameters
    ----------
    scenario : str or path, default "baseline"
        A shipped scenario's name or the path of a .yaml file.
    draws : int, default 10,000
        How many draws, 1 to 10,000,000.
    seed : int, default 1
        Seed of the random draws; the same seed gives the same numbers.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    changes : mapping of str to object, optional
        Keys of the scenario with other values, such as ``{"levers.pledge.target": 0.04}``.
    out : str or path, optional
        The run's folder, new, empty, or of the same run; without it one in the user's cache folder.
    workers : int, optional
        Threads; without it one for each core. The numbers do not depend on it.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    progress : callable, optional
        Called after every block with the draws done and the draws asked for.

    Returns
    -------
    Run
        The result. When the same run is there already, it is not run again.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When a figure that is needed had not been published by the day.
    StorageError
        When the folder cannot be written, or the disk has too little room.
    """
    from foedus.runs.execute import run_of
    from foedus.runs.question import RunQuestion

    question = ask(RunQuestion, scenario=scenario, draws=draws, seed=seed, as_of=as_of, changes=changes)
    place = None if out is None else str(out)
    return run_of(question, out=place, workers=workers, ledger=ledger, progress=progress)


@public
def compare(
    first: str | PathLike[str] = "baseline",
    second: str | PathLike[str] | None = None,
    *more: str | PathLike[str],
    changes: Changes | None = None,
    structures: bool | None = None,
    regret: str | None = None,
    best: Best | None = None,
    discover: str | None = None,
    draws: int = 10_000,
    seed: int = 1,
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Comparison | ManyComparison | Discovery:
    """Compare scenarios with the same random terms.

    Parameters
    ----------
    first : str or path, default "baseline"
        A shipped scenario's name or the path of a .yaml file, or alone the name of a pair.
    second : str or path, optional
        The other scenario; without it, the first one with the changes.
    *more : str or path
        Further scenarios: each is compared with the first.
    changes : mapping of str to object, optional
        Keys of the second scenario with other values, such as ``{"levers.pledge.deadline": 2040}``.
    structures : bool, optional
        Also run every other form of the components; without it, where the pledge differs.
    regret : str, optional
        A measure: by how much each choice falls short of the best.
    best : {"most", "least"}, optional
        Which values of that measure are better.
    discover : str, optional
        Where a threshold is met, such as ``"allies_at_pledge_count < 5"``, and nothing else.
    draws : int, default 10,000
        How many draws, 1 to 1,000,000.
    seed : int, default 1
        Seed of the random draws.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Comparison, ManyComparison or Discovery
        Of two scenarios, the differences draw by draw; of more, or with a regret, each against the first;
        with a threshold, the region of the draws in which it is met.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    from foedus.analysis.comparisons import compare_of
    from foedus.analysis.question import CompareQuestion

    question = ask(
        CompareQuestion,
        first=first,
        second=second,
        more=more,
        changes=changes,
        structures=structures,
        regret=regret,
        best=best,
        discover=discover,
        draws=draws,
        seed=seed,
        as_of=as_of,
    )
    return compare_of(question, ledger)


@public
def ensemble(
    scenario: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    draws: int = 100_000,
    seed: int = 1,
    keep: Keep = "quantiles",
    as_of: date | str | None = None,
    changes: Changes | None = None,
    out: str | PathLike[str] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    ledger: Ledger | None = None,
    progress: Callable[[int, int], None] | None = None,
    remark: Callable[[str], None] | None = None,
) -> Ensemble:
    """Run scenarios over very many draws, on threads here or on a cluster.

    Parameters
    ----------
    scenario : str, path or sequence of these
        Shipped scenarios' names or paths of .yaml files; a pair's name stands for both.
    draws : int, default 100,000
        How many draws, 1 to 10,000,000.
    seed : int, default 1
        Seed of the random draws; the same seed gives the numbers of :func:`run`.
    keep : {"quantiles", "measures", "all"}
        What is kept: the headline; the measures of every draw besides; or a whole run.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    changes : mapping of str to object, optional
        Keys of the scenarios with other values.
    out : str or path, optional
        The folder in which each scenario has one; without it the user's cache folder.
    workers : int, optional
        Threads, without it one for each core; of a cluster the most workers that take part.
    scheduler : str, optional
        The address of a Dask scheduler; without it, threads here.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    progress : callable, optional
        Called with the draws done and the draws asked for, of all scenarios together.
    remark : callable, optional
        Called with a sentence: blocks that are there already, a worker that is left out.

    Returns
    -------
    Ensemble
        The scenarios. What is there already is not computed again.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    ClusterError
        When the cluster does not answer, or no worker may compute.
    StorageError
        When the folder cannot be written, or the disk has too little room.
    """
    from foedus.runs.ensemble import ensemble_of
    from foedus.runs.question import EnsembleQuestion

    question = ask(
        EnsembleQuestion,
        scenario=scenario,
        draws=draws,
        seed=seed,
        keep=keep,
        as_of=as_of,
        changes=changes,
    )
    return ensemble_of(
        question,
        ledger=ledger,
        out=None if out is None else str(out),
        workers=workers,
        scheduler=scheduler,
        progress=progress,
        remark=remark,
    )
