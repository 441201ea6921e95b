"""Who committed and allocated what to Ukraine, as every face prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from foedus.aid.record import Kind, Month
from foedus.results import Answer, Result

if TYPE_CHECKING:
    from foedus.aid.changes import SpanChange
    from foedus.aid.matched import Matched
    from foedus.aid.question import AidQuestion
    from foedus.aid.record import TrackerRelease, WeaponClass
    from foedus.aid.shares import Concentration, RouteShares
    from foedus.aid.statements import PurlStatement
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["Aid", "DonorRow", "MonthAid", "RegionAid", "SpanComparison"]


@dataclass(frozen=True)
class RegionAid:
    """Aid of a region, or of a sum of regions, since January 2022 in euros.

    Attributes
    ----------
    region, label : str
        One of :data:`foedus.aid.donors.REGIONS` or :data:`foedus.aid.donors.GROUPS`, and its name.
    is_sum : bool
        Whether it is a sum of regions that stand in rows of their own.
    allocated : float
        Of the kind that was asked for.
    committed, to_be_allocated : float or None
        Of all kinds; None where one kind was asked for, since commitments are not told apart by kind.
    military, financial, humanitarian : float
        Allocated, by kind.
    by_year : mapping of int to float
        Allocated of the kind that was asked for, by year.
    """

    region: str
    label: str
    is_sum: bool
    allocated: float
    committed: float | None
    to_be_allocated: float | None
    military: float
    financial: float
    humanitarian: float
    by_year: Mapping[int, float]


@dataclass(frozen=True)
class DonorRow:
    """Aid of a donor since January 2022 in euros; fields as those of :class:`RegionAid`.

    Attributes
    ----------
    donor, name, region : str
        Code, name, and the region it is of.
    allocated, committed, to_be_allocated, military, financial, humanitarian
        As in :class:`RegionAid`.
    share_of_all : float
        Its part of what all donors allocated of the kind.
    share_of_gdp_2021 : float or None
        Allocated over GDP of 2021 as the release has it; None for the EU institutions.
    share_of_gdp : float or None
        Allocated over the year's GDP by the World Economic Outlook; None where it holds none.
    eu_share_of_gdp_2021 : float or None
        A member's part of what the EU institutions gave, over its GDP of 2021; only from an import, and in
        no sum.
    """

    donor: str
    name: str
    region: str
    allocated: float
    committed: float | None
    to_be_allocated: float | None
    military: float
    financial: float
    humanitarian: float
    share_of_all: float
    share_of_gdp_2021: float | None
    share_of_gdp: float | None
    eu_share_of_gdp_2021: float | None


@dataclass(frozen=True)
class MonthAid:
    """What was allocated in a month, in euros.

    Attributes
    ----------
    month : Month
        Which.
    allocated : float
        Of the kind that was asked for.
    military, financial, humanitarian : float
        By kind.
    by_region : mapping of str to float
        Of the kind that was asked for, by region; empty without an import.
    """

    month: Month
    allocated: float
    military: float
    financial: float
    humanitarian: float
    by_region: Mapping[str, float]


@dataclass(frozen=True)
class SpanComparison:
    """Aid in one span of time against another.

    Attributes
    ----------
    after, before : str
        The spans, as they are given.
    per : {"year", "month"}
        Of what the means are.
    rows : tuple of SpanChange
        By region or donor, and kind.
    """

    after: str
    before: str
    per: str
    rows: tuple[SpanChange, ...]


@dataclass(frozen=True)
class Aid(Result):
    """Who committed and allocated what, as of a release.

    Attributes
    ----------
    question : AidQuestion
        What was asked.
    release : TrackerRelease
        Which release answers.
    imported : bool
        Whether it is one that the user imported.
    prices : str
        In which euros amounts are.
    gdp : tuple of (int, str)
        The year of GDP and its edition, where there is one.
    regions, donors, months, routes : tuple
        The figures: sums by region stand before the regions that they add up.
    comparison : SpanComparison or None
        Where two spans were to be compared.
    concentration : Concentration or None
        How far aid rests on few donors; None where some were named.
    matched : tuple of Matched
        When the commitments of each year's end had been allocated.
    weapons : tuple of WeaponClass
        Weapons of five classes, allocated.
    purl : tuple of PurlStatement
        What was said of PURL.
    cards, notes : tuple of str
        The source cards that it rests on, and what the reader must know.
    """

    question: AidQuestion
    release: TrackerRelease
    imported: bool
    prices: str
    gdp: tuple[tuple[int, str], ...]
    regions: tuple[RegionAid, ...]
    donors: tuple[DonorRow, ...]
    months: tuple[MonthAid, ...]
    routes: tuple[RouteShares, ...]
    comparison: SpanComparison | None
    concentration: Concentration | None
    matched: tuple[Matched, ...]
    weapons: tuple[WeaponClass, ...]
    purl: tuple[PurlStatement, ...]
    cards: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """What is given."""
        return self.question.kind

    def region(self, name: str) -> RegionAid:
        """Return the row of a region or of a sum of regions."""
        return next(row for row in self.regions if row.region == name)

    def donor(self, code: str) -> DonorRow:
        """Return the row of a donor."""
        return next(row for row in self.donors if row.donor == code)

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return what was allocated, in one number and the sentences around it."""
        from foedus.aid.answer import aid_answer

        return aid_answer(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the tables, the one that was asked for first."""
        from foedus.aid.tables import aid_tables

        return aid_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the fields for programs, months as text, and the answer in one number."""
        fields = super().payload()
        fields["question"] = self.question.model_dump(mode="json")
        fields["release"] = {
            **vars(self.release),
            "last": str(self.release.last),
            "cited": self.release.cited,
        }
        fields["months"] = [{**vars(row), "month": str(row.month)} for row in self.months]
        fields["routes"] = [
            {**vars(row), "total": row.total, "share_from_stock": row.share("stockpile")}
            | {"share_from_stock_of_specified": row.stock_of_specified}
            for row in self.routes
        ]
        fields["matched"] = [
            {
                **vars(row),
                "committed_to": str(row.committed_to),
                "matched_in": str(row.matched_in) if row.matched_in else None,
                "months": row.months,
            }
            for row in self.matched
        ]
        fields["comparison"] = asdict(self.comparison) if self.comparison else None
        return fields | {"headline": self.headline(), "answer": self.answer().payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.aid.charts import donors_chart, map_chart, months_chart, routes_chart

        return {"months": months_chart, "donors": donors_chart, "routes": routes_chart, "map": map_chart}
