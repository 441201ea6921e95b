"""Explain one number: what it is the sum of, which chances spread it, and where all of it is from.

The tree goes down the declarations of the chain (:mod:`foedus.analysis.reached`). Unpruned it is nearly
everything, so it is ordered by total index (:mod:`foedus.analysis.sensitivity`) and cut at
:data:`foedus.analysis.explanation.CUT` of the spread; what is behind the cut is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.analysis.explainer import Explainer, StoredNumbers
from foedus.analysis.explanation import Explanation
from foedus.errors import InputError
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.analysis.question import ExplainQuestion
    from foedus.evidence import Ledger
    from foedus.runs import Run

__all__ = ["explain", "explain_of", "explain_run"]

OWN_OF_A_RUN = {"scenario", "seed", "as_of", "changes"}
"""The fields of a question that a run has of its own."""


def explain(
    measure: str,
    scenario: str = "baseline",
    *,
    country: str | None = None,
    year: int | None = None,
    draws: int = 1000,
    seed: int = 1,
    as_of: date | None = None,
    changes: Mapping[str, Any] | None = None,
    ledger: Ledger | None = None,
) -> Explanation:
    """Explain one number of a scenario down to source cards and parameters.

    Parameters
    ----------
    measure : str
        A measure of the headline, or with a country a quantity by country.
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    country : str, optional
        An ally by name or code.
    year : int, optional
        A year from the first; without it, the last.
    draws : int, default 1000
        Draws of each run of the analysis, 2 to 100,000; with 0 nothing is drawn, and all is listed uncut.
    seed : int, default 1
        Seed of the run that is explained.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.

    Returns
    -------
    Explanation
        The number, its parts, chances, numbers and figures.

    Raises
    ------
    UnknownNameError
        When a run of the scenario has no such measure, or there is no such country or scenario.
    InputError
        When the country or the year is not in the scenario, or draws are out of range.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    from foedus.evidence import Ledger
    from foedus.scenario import resolve

    known = ledger or Ledger.load()
    resolved = resolve(scenario, as_of=as_of, changes=changes, ledger=known)
    return Explainer(resolved, known, draws=draws, seed=seed).explain(measure, country=country, year=year)


def explain_of(
    question: ExplainQuestion, ledger: Ledger | None = None, *, run: Path | str | None = None
) -> Explanation:
    """Explain the number of a question, in a scenario or in a run that was kept.

    Parameters
    ----------
    question : ExplainQuestion
        The number.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.
    run : pathlib.Path or str, optional
        The folder of a run that was kept, in the place of a scenario.

    Returns
    -------
    Explanation
        The number, its parts, chances, numbers and figures.

    Raises
    ------
    InputError
        When a run is named and also what a run has of its own; or as :func:`explain` does.
    """
    asked: dict[str, Any] = {"country": question.country, "year": question.year, "draws": question.draws}
    if run is None:
        given: dict[str, Any] = {"seed": question.seed, "as_of": question.as_of}
        given |= {"changes": question.changed_keys(), "ledger": ledger}
        return explain(question.measure, question.scenario, **asked, **given)
    if question.model_dump(include=OWN_OF_A_RUN, exclude_defaults=True):
        what, do = "a run has its own scenario, day and seed", "leave them out, or leave out --run"
        raise InputError(what, where="--run", do=do)
    return explain_run(question.measure, run, **asked, ledger=ledger)


def explain_run(
    measure: str,
    run: Path | str,
    *,
    country: str | None = None,
    year: int | None = None,
    draws: int = 1000,
    ledger: Ledger | None = None,
) -> Explanation:
    """Explain one number of a run that was kept.

    Parameters
    ----------
    measure : str
        A measure of the headline, or with a country a quantity by country.
    run : pathlib.Path or str
        The run's folder.
    country, year, draws, ledger
        As for :func:`explain`; of the run's own draws the first so many are looked at.

    Returns
    -------
    Explanation
        With the run's own number.

    Raises
    ------
    IntegrityError
        When the folder holds no whole run.
    InputError
        As for :func:`explain`.
    """
    from foedus.evidence import Ledger
    from foedus.runs import Run
    from foedus.runs.identity import code_sha256

    stored = Run.load(run)
    notes = []
    if stored.manifest["code_sha256"] != code_sha256():
        text = "another version made the run: the number is the run's own, the chances are of this version."
        notes.append(Note("other_version", text))
    told = Explainer(
        stored.resolved,
        ledger or Ledger.load(),
        draws=min(draws, stored.draw_count),
        seed=stored.manifest["seed"],
        notes=tuple(notes),
        stored=StoredNumbers(_spans(stored), stored.draw_count),
    )
    return told.explain(measure, country=country, year=year)


def _spans(stored: Run) -> dict[tuple[str, int], tuple[float, float, float]]:
    """Return low end, median and high end of every measure and year of a run."""
    return {
        (name, year): (entry.low[i], entry.median[i], entry.high[i])
        for name, entry in stored.summary.measures.items()
        for i, year in enumerate(stored.years)
    }
