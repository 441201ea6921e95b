"""Answer who committed and allocated what to Ukraine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from foedus.aid.changes import COMPARED_KINDS, changes, held_span
from foedus.aid.donors import GROUPS, REGIONS, donor_name, region_label, region_of
from foedus.aid.matched import CARD_ID as RESULTS_CARD
from foedus.aid.matched import matched
from foedus.aid.notes import aid_notes
from foedus.aid.question import AidQuestion
from foedus.aid.record import DonorTotal, Month, amount_of
from foedus.aid.result import Aid, DonorRow, MonthAid, RegionAid, SpanComparison
from foedus.aid.shares import concentration, route_shares
from foedus.aid.spans import parse_span
from foedus.aid.statements import CARD_ID as STATEMENTS_CARD
from foedus.aid.statements import purl_statements
from foedus.aid.tracker import Tracker, tracker
from foedus.errors import InputError, NoDataError

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["ROWS", "aid"]

ROWS = (
    "europe",
    "european_states",
    "eu_institutions",
    "united_states",
    "rest_of_world",
    "asia_pacific",
    "other_donors",
    "all_donors",
)
"""The order of regions and of their sums."""


def aid(question: AidQuestion | None = None, *, ledger: Ledger | None = None) -> Aid:
    """Answer who committed and allocated what to Ukraine, as of a release of the tracker.

    Parameters
    ----------
    question : AidQuestion, optional
        What is asked; without it, aid of all kinds by region from the newest release.
    ledger : Ledger, optional
        The figures of GDP and prices; without it, the packaged editions and the user's.

    Returns
    -------
    Aid
        Amounts in euros.

    Raises
    ------
    NoDataError
        When no release had been published by the day, or the question needs donors by month and no files
        were imported.
    InputError
        When the question cannot be put.
    """
    question = question or AidQuestion()
    _check(question)
    nominal = tracker(question.as_of, edition=question.edition)
    _check_held(question, nominal)
    ledger = _ledger(ledger, question)
    held, prices, editions = _in_prices(nominal, question.real, ledger)
    year, edition, gdp = _gdp(held, ledger)
    donors = _donors(held, question, gdp)
    comparison = _comparison(held, question)
    cards = (held.release.id, STATEMENTS_CARD, *(() if held.imported else (RESULTS_CARD,)))
    return Aid(
        question,
        held.release,
        held.imported,
        prices,
        ((year, edition),) if edition else (),
        tuple(_region(held, name, question) for name in ROWS),
        donors,
        _months(held, question),
        route_shares(held.routes) if not question.donor else (),
        comparison,
        None if question.donor else concentration(held.donors, question.kind),
        () if question.donor or question.real else matched(nominal),
        held.weapons if not question.donor else (),
        purl_statements(question.as_of) if not question.donor else (),
        tuple(dict.fromkeys((*cards, *editions, *((edition,) if edition else ())))),
        aid_notes(held, question, donors, comparison, (year, edition)),
    )


def _check(question: AidQuestion) -> None:
    """Raise an error for a question that the tracker's files cannot answer."""
    if question.by == "route" and question.donor:
        raise InputError(
            "the tracker tells routes of all donors together, not by donor",
            where="--by route",
            do="leave --donor out",
        )
    if question.by == "route" and question.kind not in ("all", "military"):
        raise InputError(
            f"routes are of military aid, and {question.kind} aid was asked for",
            where="--by route",
            do="leave --kind out",
        )


def _check_held(question: AidQuestion, held: Tracker) -> None:
    """Raise an error for donors, months or spans that the release does not hold."""
    missing = [d for d in question.donor if held.donor(d) is None]
    if missing:
        raise NoDataError(
            f"{', '.join(donor_name(d) for d in missing)} has no entry in release {held.release.number}",
            where="--donor",
            do="the donors are those of `foedus aid --by donor`",
        )
    for text in question.compare or ():
        held_span(held, parse_span(text))
    if question.donor and (question.by == "month" or question.compare):
        held.require_months()


def _ledger(ledger: Ledger | None, question: AidQuestion) -> Ledger:
    """Return the figures as of the day of the question."""
    if ledger is None:
        from foedus.evidence import Ledger

        ledger = Ledger.load()
    return ledger.as_of(question.as_of) if question.as_of else ledger


def _in_prices(held: Tracker, real: bool, ledger: Ledger) -> tuple[Tracker, str, tuple[str, ...]]:
    """Return amounts in the prices asked for, how they are named, and the edition of the deflator."""
    if not real:
        return held, "euros of the day", ()
    from foedus.aid.real_terms import euro_deflator, in_euros_of_2021

    deflator = euro_deflator(ledger, held.years)
    return in_euros_of_2021(held, deflator), deflator.label, (deflator.edition,)


def _gdp(held: Tracker, ledger: Ledger) -> tuple[int, str, Mapping[str, float]]:
    """Return the last whole year's GDP in euros by donor, with the year and the edition."""
    from foedus.aid.real_terms import gdp_in_euros

    year = (held.whole_years or held.years)[-1]
    try:
        edition, gdp = gdp_in_euros(ledger, year, (row.donor for row in held.donors))
    except NoDataError:
        return year, "", {}
    return year, edition, gdp


def _region(held: Tracker, name: str, question: AidQuestion) -> RegionAid:
    """Return the row of a region or of a sum of regions."""
    regions = GROUPS.get(name, (name,))
    allocated = held.allocated(question.kind, regions=regions)
    committed = held.committed(regions=regions) if question.kind == "all" else None
    return RegionAid(
        name,
        region_label(name),
        name in GROUPS,
        allocated,
        committed,
        None if committed is None else committed - allocated,
        held.allocated("military", regions=regions),
        held.allocated("financial", regions=regions),
        held.allocated("humanitarian", regions=regions),
        {year: held.allocated(question.kind, regions=regions, year=year) for year in held.years},
    )


def _donors(held: Tracker, question: AidQuestion, gdp: Mapping[str, float]) -> tuple[DonorRow, ...]:
    """Return the rows of donors, the one that allocated most first."""
    total = sum(amount_of(row, question.kind) for row in held.donors)
    through_eu = {row.donor: row.eu_share_of_gdp for row in held.eu_shares}
    rows = [row for row in held.donors if not question.donor or row.donor in question.donor]
    rows.sort(key=lambda row: (-amount_of(row, question.kind), row.donor))
    return tuple(_donor(row, question, total, gdp.get(row.donor), through_eu.get(row.donor)) for row in rows)


def _donor(
    row: DonorTotal, question: AidQuestion, total: float, gdp: float | None, through_eu: float | None
) -> DonorRow:
    """Return the row of a donor."""
    allocated = amount_of(row, question.kind)
    every = question.kind == "all"
    return DonorRow(
        row.donor,
        donor_name(row.donor),
        region_of(row.donor),
        allocated,
        row.committed if every else None,
        row.committed - allocated if every else None,
        row.military,
        row.financial,
        row.humanitarian,
        allocated / total if total else 0.0,
        allocated / row.gdp_2021 if row.gdp_2021 else None,
        allocated / gdp if gdp else None,
        through_eu,
    )


def _months(held: Tracker, question: AidQuestion) -> tuple[MonthAid, ...]:
    """Return months of all donors, or of those that were named; empty where they are not there."""
    if question.donor and not held.imported:
        return ()
    rows = [r for r in held.donor_months if not question.donor or r.donor in question.donor]
    by_region: dict[Month, dict[str, float]] = {row.month: {} for row in held.months}
    kinds: dict[Month, list[float]] = {row.month: [0.0, 0.0, 0.0] for row in held.months}
    if not question.donor:
        kinds = {row.month: [row.military, row.financial, row.humanitarian] for row in held.months}
    for month in by_region if held.imported else ():
        by_region[month] = dict.fromkeys(REGIONS, 0.0)
    for row in rows:
        by_region[row.month][region_of(row.donor)] += amount_of(row, question.kind)
        if question.donor:
            amounts = (row.military, row.financial, row.humanitarian)
            kinds[row.month] = [a + b for a, b in zip(kinds[row.month], amounts, strict=True)]
    chosen = {"all": (0, 1, 2), "military": (0,), "financial": (1,), "humanitarian": (2,), "other": (1, 2)}
    which = chosen[question.kind]
    return tuple(
        MonthAid(month, sum(amounts[i] for i in which), amounts[0], amounts[1], amounts[2], by_region[month])
        for month, amounts in kinds.items()
    )


def _comparison(held: Tracker, question: AidQuestion) -> SpanComparison | None:
    """Return how aid of two spans compares, where that was asked for."""
    if question.compare is None:
        return None
    after, before = (held_span(held, parse_span(text)) for text in question.compare)
    kinds = COMPARED_KINDS if question.kind == "all" else (question.kind,)
    rows = changes(held, after, before, donors=question.donor, kinds=kinds, as_of=question.as_of)
    per = "year" if after.whole_years and before.whole_years else "month"
    return SpanComparison(after.text, before.text, per, rows)
