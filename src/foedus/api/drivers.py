"""Questions about a number: what drives it, what it rests on, and what such were worth in the past."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Literal

from foedus.api.runs import Changes
from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.aid.hindcast import AidHindcast
    from foedus.analysis.discovery_result import Discovery
    from foedus.analysis.drivers import ShockIndices
    from foedus.analysis.explanation import Explanation
    from foedus.analysis.number_result import NumberIndices
    from foedus.analysis.question import By
    from foedus.evidence import Ledger
    from foedus.spending.hindcast.result import SpendingHindcast

__all__ = ["explain", "hindcast", "sensitivity"]


@public
def sensitivity(
    scenario: str | PathLike[str] = "baseline",
    *,
    measure: str | Sequence[str] = (),
    country: str | Sequence[str] = (),
    year: int | None = None,
    draws: int | None = None,
    seed: int = 1,
    numbers: bool = False,
    by: By = "grade",
    paths: int = 20,
    points: int = 128,
    ranges: Mapping[str, tuple[float, float]] | str | Sequence[str] | None = None,
    discover: str | None = None,
    changes: Changes | None = None,
    as_of: date | str | None = None,
    workers: int | None = None,
    ledger: Ledger | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ShockIndices | NumberIndices | Discovery:
    """Return what drives the numbers of a scenario: which chance, or which number of the model.

    Parameters
    ----------
    scenario : str or path, default "baseline"
        A shipped scenario's name or the path of a .yaml file.
    measure : str or sequence of str
        Measures by catalogue name; without them, all of the headline. With a country, quantities of an ally.
    country : str or sequence of str
        Allies by name or ISO alpha-3 code.
    year : int, optional
        A year of the scenario; without it, the last.
    draws : int, optional
        Draws of each run; without it 8,000, or 500 where numbers are moved.
    seed : int, default 1
        Seed of the first run; the second has the next one.
    numbers : bool, default False
        Move the model's numbers instead of its chances.
    by : {"grade", "component"}
        With numbers: what they are grouped by.
    paths : int, default 20
        With numbers: paths of the screening.
    points : int, default 128
        With numbers: points behind groups, a power of two.
    ranges : mapping of str to (float, float), optional
        With numbers: narrower ranges, such as ``{"budgets.compliance": (0.4, 0.6)}``.
    discover : str, optional
        Where a threshold is met, such as ``"allies_at_pledge_count < 5"``, and nothing else.
    changes : mapping of str to object, optional
        Keys of the scenario with other values.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    workers : int, optional
        Threads; without it one for each core. The answer does not depend on it.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    progress : callable, optional
        Called with what is done and what there is to do.

    Returns
    -------
    ShockIndices, NumberIndices or Discovery
        By chance; with `numbers`, by number of the model; with a threshold, the region in which it is met.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    from foedus.analysis.driving import drivers_of
    from foedus.analysis.question import SensitivityQuestion

    question = ask(
        SensitivityQuestion,
        scenario=scenario,
        measure=measure,
        country=country,
        year=year,
        draws=draws,
        seed=seed,
        numbers=numbers,
        by=by,
        paths=paths,
        points=points,
        ranges=ranges,
        discover=discover,
        changes=changes,
        as_of=as_of,
    )
    return drivers_of(question, ledger, workers=workers, progress=progress)


@public
def explain(
    measure: str = "allies_at_pledge_count",
    scenario: str | PathLike[str] = "baseline",
    *,
    country: str | None = None,
    year: int | None = None,
    draws: int = 1000,
    seed: int = 1,
    as_of: date | str | None = None,
    changes: Changes | None = None,
    run: str | PathLike[str] | None = None,
    ledger: Ledger | None = None,
) -> Explanation:
    """Explain one number down to source cards and parameters.

    Parameters
    ----------
    measure : str
        A measure of the headline, or of an ally where a country is named.
    scenario : str or path, default "baseline"
        A shipped scenario's name or the path of a .yaml file.
    country : str, optional
        An ally by name or ISO alpha-3 code.
    year : int, optional
        A year of the scenario; without it, the last.
    draws : int, default 1000
        Draws of each run of the analysis; with 0 all is listed and nothing drawn.
    seed : int, default 1
        Seed of the random draws.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    changes : mapping of str to object, optional
        Keys of the scenario with other values.
    run : str or path, optional
        Explain a run that was kept: its folder, in the place of a scenario.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Explanation
        The number, its parts, chances, numbers and figures.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    from foedus.analysis.explain import explain_of
    from foedus.analysis.question import ExplainQuestion

    question = ask(
        ExplainQuestion,
        measure=measure,
        scenario=scenario,
        country=country,
        year=year,
        draws=draws,
        seed=seed,
        as_of=as_of,
        changes=changes,
    )
    return explain_of(question, ledger, run=None if run is None else str(run))


@public
def hindcast(
    forecast: Literal["budgets", "aid"] = "budgets",
    *,
    basis: Literal["sipri", "nato", "shipped"] | None = None,
    as_of: date | str | None = None,
    recompute: bool = False,
    ledger: Ledger | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SpendingHindcast | AidHindcast:
    """Score forecasts from the past against what came, and against naive forecasts.

    Parameters
    ----------
    forecast : {"budgets", "aid"}
        Which forecasts are scored: of spending, or of aid to Ukraine.
    basis : {"sipri", "nato", "shipped"}, optional
        Of budgets: long histories from an imported file, the packaged editions, or the table that came with
        foedus; without it, all that can be computed.
    as_of : datetime.date or str, optional
        Of aid: use the release published by this day.
    recompute : bool, default False
        Of aid: compute anew also where only the sums of all donors are held.
    ledger : Ledger, optional
        Of budgets: the figures; without it, the packaged editions and the user's own.
    progress : callable, optional
        Called with what is done and what there is to do.

    Returns
    -------
    SpendingHindcast or AidHindcast
        The scores.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When no release is held as of the day.
    """
    from foedus.analysis.past import hindcast_of
    from foedus.analysis.question import HindcastQuestion

    question = ask(HindcastQuestion, forecast=forecast, basis=basis, as_of=as_of, recompute=recompute)
    return hindcast_of(question, ledger, progress=progress)
