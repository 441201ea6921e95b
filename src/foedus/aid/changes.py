"""Aid in one span of time against another: means, so that spans of different length compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foedus.aid.donors import GROUPS, donor_name, region_label, region_of
from foedus.aid.record import Kind, amount_of
from foedus.aid.spans import Span
from foedus.aid.statements import PublishedChange, published_changes
from foedus.aid.tracker import BRING, Tracker
from foedus.errors import NoDataError

__all__ = ["COMPARED_KINDS", "COMPARED_REGIONS", "SpanChange", "changes", "held_span", "missing_regions"]

COMPARED_REGIONS = ("europe", "united_states", "all_donors")
"""Which regions are compared where no donor is named."""

COMPARED_KINDS: tuple[Kind, ...] = ("military", "other", "all")
"""Which kinds are compared where none is named."""


@dataclass(frozen=True)
class SpanChange:
    """Aid of a region or donor in one span against another.

    Attributes
    ----------
    of, label : str
        The region or donor, and its name.
    kind : str
        What is given.
    after, before : float
        Mean of the later and of the earlier span in euros, a year or a month.
    change : float or None
        After over before less one; None where nothing was given before.
    published : PublishedChange or None
        The same change as the institute published it, where it did.
    """

    of: str
    label: str
    kind: Kind
    after: float
    before: float
    change: float | None
    published: PublishedChange | None = None


def held_span(tracker: Tracker, span: Span) -> Span:
    """Return the part of a span that a release holds.

    Parameters
    ----------
    tracker : Tracker
        The release.
    span : Span
        As it was asked for.

    Returns
    -------
    Span
        Cut at the last month of the data where its last year is held in part.

    Raises
    ------
    NoDataError
        When the release does not hold its first or last year or month.
    """
    first, last = tracker.months[0].month, tracker.release.last
    beyond = span.last > last if span.by_month else span.last.year > last.year
    if span.first < first or span.first > last or beyond:
        raise NoDataError(
            f"release {tracker.release.number} holds {first} to {last}, and {span.text} was asked for",
            where="--compare-years",
            do=f"name years or months from {first} to {last}",
        )
    return span.to(last)


def changes(
    tracker: Tracker,
    after: Span,
    before: Span,
    *,
    donors: Sequence[str] = (),
    kinds: Sequence[Kind] = COMPARED_KINDS,
    as_of: date | None = None,
) -> tuple[SpanChange, ...]:
    """Return how aid of two spans compares.

    Parameters
    ----------
    tracker : Tracker
        The release.
    after, before : Span
        The later and the earlier span, as :func:`held_span` cuts them.
    donors : sequence of str, optional
        Donors' codes, compared one by one and in place of regions.
    kinds : sequence of str, optional
        What is given.
    as_of : datetime.date, optional
        Show only published changes that were public by this day.

    Returns
    -------
    tuple of SpanChange
        Means are a year where both spans hold whole years, else a month. By region and month donors
        by month are needed: without an import there is a row of all donors alone.

    Raises
    ------
    NoDataError
        When donors are named and no files were imported.
    """
    if donors:
        tracker.require_months()
    per = 12 if after.whole_years and before.whole_years else 1
    names: Sequence[str] = donors or [r for r in COMPARED_REGIONS if _held(tracker, r, after, before)]
    out = []
    for name in names:
        for kind in kinds:
            now, then = (per * _sum(tracker, name, kind, s) / s.months for s in (after, before))
            label = donor_name(name) if donors else region_label(name)
            change = now / then - 1 if then else None
            said = _published(name, kind, after, before, as_of)
            out.append(SpanChange(name, label, kind, now, then, change, said))
    return tuple(out)


def missing_regions(tracker: Tracker, after: Span, before: Span) -> str:
    """Return which regions cannot be compared and what to do about it; empty where all can."""
    missing = [region_label(r) for r in COMPARED_REGIONS if not _held(tracker, r, after, before)]
    return f"{' and '.join(missing)} by month: {BRING}." if missing else ""


def _held(tracker: Tracker, region: str, after: Span, before: Span) -> bool:
    """Whether a region's aid in both spans is there: by month only for all donors, or from an import."""
    return tracker.imported or region == "all_donors" or not (after.by_month or before.by_month)


def _sum(tracker: Tracker, name: str, kind: Kind, span: Span) -> float:
    """Return what a region or donor allocated in a span, in euros."""
    if name == "all_donors":
        return sum(value for month, value in tracker.series(kind).items() if month in span)
    regions = GROUPS.get(name, (name,))
    if not span.by_month and any(row.region in regions for row in tracker.region_years):
        return sum(tracker.allocated(kind, regions=regions, year=year) for year in span.years)
    return sum(
        amount_of(row, kind)
        for row in tracker.donor_months
        if row.month in span and (row.donor == name or region_of(row.donor) in regions)
    )


def _published(
    name: str, kind: Kind, after: Span, before: Span, as_of: date | None
) -> PublishedChange | None:
    """Return the change as the institute published it, where it did."""
    wanted = (name, kind, after.text, before.text)
    return next(
        (row for row in published_changes(as_of) if (row.region, row.kind, row.after, row.before) == wanted),
        None,
    )
