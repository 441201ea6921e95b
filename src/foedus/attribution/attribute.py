"""Why did spending rise? Accounting and designs for a question, from shipped or recomputed estimates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from foedus.attribution.accounting import accounting
from foedus.attribution.estimates import DesignEstimate, DesignEstimates, packaged_estimates
from foedus.attribution.findings import published_findings
from foedus.attribution.periods import BEFORE, CONTROLS, PERIODS, Period, read_period
from foedus.attribution.question import AttributionQuestion
from foedus.attribution.registry import check_controls
from foedus.attribution.result import Causes, Recomputation
from foedus.attribution.verdict import verdicts
from foedus.axes import country_codes, country_name, is_aggregate
from foedus.errors import InputError, NoDataError
from foedus.evidence.institutions import members_on
from foedus.evidence.ledger import Ledger
from foedus.results import Note
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.attribution.panel import GrowthPanel

__all__ = ["SIPRI_PUBLISHED", "attribution", "newest_sipri"]


def attribution(ledger: Ledger | None = None, question: AttributionQuestion | None = None) -> Causes:
    """Return what the figures show of the rise of spending, and what designs make of it.

    Parameters
    ----------
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    question : AttributionQuestion, optional
        What is asked; without it, the decade of the pledge of Wales and the budgets of 2018–21.

    Returns
    -------
    Causes
        With the shipped estimates, or those computed from the user's import of SIPRI where there is one.

    Raises
    ------
    InputError
        When years or a period are upside down, a control is or was an ally, or there are fewer than four.
    NoDataError
        When no edition holds the years, or the question needs SIPRI's figures and they are not held.
    """
    question = question or AttributionQuestion()
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(question.as_of) if question.as_of else ledger
    period = read_period(question.period)
    controls = _controls(question.control, period)
    answering = ledger.edition(question.edition) if question.edition else ledger
    rise = accounting(answering, question.from_year, question.to_year)
    estimates, recomputation, notes = _estimates(ledger, question, period, controls)
    if estimates is not None:
        period = _held_period(estimates, period)
    return Causes(
        period=period,
        control=question.control,
        accounting=rise,
        estimates=estimates,
        verdicts=verdicts(estimates, _with(period)) if estimates else (),
        published=published_findings(estimates) if estimates else (),
        recomputation=recomputation,
        notes=(*_accounting_notes(rise.estimates_from, rise.without, rise.implied_gdp), *notes),
    )


def _with(period: Period) -> tuple[Period, ...]:
    """Return the usual periods, and the one asked about where it is another."""
    return PERIODS if any(p.first == period.first for p in PERIODS) else (*PERIODS, period)


def _held_period(estimates: DesignEstimates, period: Period) -> Period:
    """Return the period as far as there are estimates on it."""
    last = max((e.last for e in estimates.estimates if e.first == period.first), default=period.last)
    return Period(period.first, min(period.last, last))


def _controls(names: Sequence[str], period: Period) -> tuple[str, ...]:
    """Return controls by their codes; none where a set is asked for by its name.

    Raises
    ------
    InputError
        When a control is or was an ally by the end of the window, or there are too few.
    """
    parts = [part.strip() for name in names for part in name.split(",") if part.strip()]
    if len(parts) == 1 and parts[0] in CONTROLS:
        return ()
    if any(part in CONTROLS for part in parts):
        raise InputError(
            "the name of a set stands among countries",
            where="--control",
            do=f"give one of {', '.join(CONTROLS)}, or countries alone",
        )
    codes = tuple(dict.fromkeys(country_codes(parts, where="--control")))
    allies = set(members_on(date(period.last, 12, 31)))
    for code in codes:
        if is_aggregate(code):
            raise InputError(f"{country_name(code)} is an aggregate", where="--control", do="name countries")
        if code in allies:
            raise InputError(
                f"{country_name(code)} is or was an ally by the end of {period.last}: what moves allies "
                "would move it too",
                where="--control",
                do="name countries that were no allies",
            )
    check_controls(codes)
    return codes


Held = tuple[DesignEstimates | None, Recomputation | None, tuple[Note, ...]]


def _estimates(
    ledger: Ledger, question: AttributionQuestion, period: Period, controls: Sequence[str]
) -> Held:
    """Return the estimates that answer, whence, and what is to say of them."""
    usual = period in PERIODS and not controls
    if newest_sipri(ledger) is not None or question.recompute:
        return _recomputed(ledger, period, controls, usual)
    if not usual:
        what = "controls of your own" if controls else f"the window {period.words}"
        shipped = ", ".join(p.words.replace("–", "-") for p in PERIODS)
        raise NoDataError(
            f"{what} must be computed from SIPRI's figures, which are not held",
            where="--control" if controls else "--period",
            do=f"run `foedus data import sipri FILE`, or ask for {shipped} and {' or '.join(CONTROLS)}",
        )
    if question.as_of is not None and question.as_of < SIPRI_PUBLISHED:
        text = f"The estimates rest on figures of {SIPRI_PUBLISHED}; on {question.as_of} they were not known."
        return None, None, (Note("estimates_not_known", text),)
    text = (
        "SIPRI's figures are not in your data folder: the estimates are those that ship. `foedus data import "
        "sipri FILE` lets foedus compute them anew."
    )
    return packaged_estimates(), None, (Note("shipped_estimates", text),)


SIPRI_PUBLISHED = date(2026, 4, 27)
"""The day of the newest figures that the shipped estimates rest on."""


def _recomputed(ledger: Ledger, period: Period, controls: Sequence[str], usual: bool) -> Held:
    """Return the estimates computed from the user's import, held against those that ship.

    Raises
    ------
    NoDataError
        When SIPRI's figures are not held.
    """
    from foedus.attribution.panel import ledger_panel
    from foedus.attribution.recompute import recompute

    sipri = newest_sipri(ledger)
    if sipri is None:
        raise NoDataError(
            "SIPRI's figures are not held: its terms do not let them be packaged",
            where="--recompute",
            do="download its workbook and run `foedus data import sipri FILE`, or use the shipped estimates",
        )
    panel, outlook = ledger_panel(ledger, sipri)
    estimates = ledger.keep(("attribution", sipri, outlook), lambda: recompute(panel, sipri, outlook))
    recomputation = _compared(estimates)
    if not usual:
        estimates = _with_own(estimates, panel, period, controls)
    text = (
        f"Computed from {sipri} and {outlook}; of {recomputation.compared} estimates that ship the one that "
        f"differs most does so by {written(recomputation.largest, 2)} ({recomputation.design})."
    )
    return estimates, recomputation, (Note("recomputed_estimates", text),)


def _with_own(
    estimates: DesignEstimates, panel: GrowthPanel, period: Period, controls: Sequence[str]
) -> DesignEstimates:
    """Return the estimates with those of the window or the controls asked for."""
    from foedus.attribution.designs import Window
    from foedus.attribution.recompute import own_estimates

    before = next((BEFORE if i == 0 else PERIODS[i - 1] for i, p in enumerate(PERIODS) if p == period), None)
    window = Window(before or Period(period.first - 3, period.first - 1), period)
    if window.before.first <= panel.first or period.last > panel.last:
        raise NoDataError(
            f"SIPRI's figures are held from {panel.first} to {panel.last}, and {period.words} needs "
            f"{window.before.first} to {period.last}",
            where="--period",
            do="ask for years that are held",
        )
    return own_estimates(estimates, panel, window, controls)


def newest_sipri(ledger: Ledger) -> str | None:
    """Return the newest edition of SIPRI that the user has imported; None without one."""
    cards = [card for card in ledger.editions.values() if card.series == "sipri-milex"]
    return max(cards, key=lambda card: (card.published, card.id)).id if cards else None


def _compared(estimates: DesignEstimates) -> Recomputation:
    """Return how estimates differ from those that ship."""
    shipped = {_key(e): e for e in packaged_estimates().estimates}
    pairs = [(e, shipped[_key(e)]) for e in estimates.estimates if _key(e) in shipped]
    worst = max(pairs, key=lambda pair: abs(pair[0].estimate - pair[1].estimate), default=None)
    return Recomputation(
        sipri=estimates.sipri,
        outlook=estimates.outlook,
        compared=len(pairs),
        largest=abs(worst[0].estimate - worst[1].estimate) if worst else 0.0,
        design=f"{worst[0].design}, {worst[0].period.words}" if worst else "",
    )


def _key(estimate: DesignEstimate) -> tuple[str, Period, Period]:
    """Return what an estimate is known by: its design and its years."""
    return estimate.design, estimate.before, estimate.period


def _accounting_notes(
    estimates_from: int | None, without: Sequence[str], implied_gdp: bool
) -> tuple[Note, ...]:
    """Return what is to say of the accounting."""
    notes = []
    if estimates_from is not None:
        notes.append(Note("estimates", f"Spending from {estimates_from} on is an estimate in this edition."))
    if without:
        names = ", ".join(map(country_name, without))
        notes.append(Note("without", f"Left out of every sum for want of a figure of every year: {names}."))
    if implied_gdp:
        notes.append(
            Note("implied_gdp", "The edition prints no GDP: it is spending over the share as printed.")
        )
    return tuple(notes)
