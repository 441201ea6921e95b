"""Who meets a spending guideline, in which year, by which edition of the figures.

A share counts as meeting the guideline when it does so as printed, that is rounded to 0.01 per cent of GDP.
Beside the count of the edition that answers stand the counts of every other edition and, where an edition
prints both spending and GDP, the counts that its own division gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import country_codes, country_name, is_aggregate
from foedus.errors import InputError, NoDataError
from foedus.evidence import Figures, Ledger
from foedus.evidence.cards import Card
from foedus.results import Result
from foedus.spending.counts import (
    BASES,
    SHARE,
    Basis,
    EditionCount,
    computed_shares,
    edition_counts,
    meets,
    values_by_key,
)
from foedus.tables import Column, Table
from foedus.units import per_cent

if TYPE_CHECKING:
    import polars as pl

    from foedus.plotting.chart import Chart

__all__ = ["Status", "StatusRow", "status"]


@dataclass(frozen=True)
class StatusRow:
    """One ally against the guideline.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share : float or None
        Defence expenditure over GDP, a fraction; None where the edition has no figure.
    meets : bool or None
        Whether the share, as printed, is at or above the guideline.
    gap : float or None
        Share less guideline, a fraction (times 100: percentage points).
    gap_usd : float or None
        The gap in money (negative: what is missing to the guideline), in the constant US dollars of
        `gap_price_basis`; the base is the GDP that spending and share imply.
    gap_price_basis : str
        The price basis of `gap_usd`.
    equipment_share : float or None
        Equipment over defence expenditure, a fraction.
    change_since_2014 : float or None
        Share less the share of 2014 in the same edition, a fraction.
    status, known, note : str
        Of the share: what the publisher calls it, how it is known, and any remark.
    """

    country: str
    name: str
    share: float | None
    meets: bool | None
    gap: float | None
    gap_usd: float | None
    gap_price_basis: str
    equipment_share: float | None
    change_since_2014: float | None
    status: str
    known: str
    note: str


@dataclass(frozen=True)
class Status(Result):
    """The answer to "who meets the guideline?".

    Attributes
    ----------
    year : int
        The year asked about.
    guideline : float
        The level, a fraction of GDP.
    basis : str
        How the shares come about, one of :data:`BASES`.
    card : Card
        The source card of the edition that answers.
    as_of : datetime.date or None
        The day as of which the question was asked.
    members_on : datetime.date
        The day whose allies are listed.
    rows : tuple of StatusRow
        One per ally, the highest share first.
    counts : tuple of EditionCount
        The count by every edition and basis.
    notes : tuple of str
        What the reader must know.
    """

    year: int
    guideline: float
    basis: str
    card: Card
    as_of: date | None
    members_on: date
    rows: tuple[StatusRow, ...]
    counts: tuple[EditionCount, ...]
    notes: tuple[str, ...]

    @property
    def meeting(self) -> int:
        """How many of the allies listed meet the guideline."""
        return sum(row.meets is True for row in self.rows)

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a table.

        Returns
        -------
        polars.DataFrame
            One row per ally; the columns are those of :class:`StatusRow`, with year and edition before them.
        """
        import polars as pl

        about = {"year": self.year, "edition": self.card.id}
        return pl.DataFrame([about | vars(row) for row in self.rows], infer_schema_length=None)

    @property
    def below(self) -> list[str]:
        """The allies listed that have a figure and do not meet the guideline."""
        return [row.country for row in self.rows if row.meets is False]

    @property
    def without_figure(self) -> list[str]:
        """The allies listed for which the edition has no figure."""
        return [row.country for row in self.rows if row.meets is None]

    @property
    def gap_price_basis(self) -> str:
        """The prices of the gaps in money; "USD" where the edition has none."""
        return next((row.gap_price_basis for row in self.rows if row.gap_price_basis), "USD")

    def headline(self) -> str:
        """Return the count in one sentence."""
        level = per_cent(self.guideline, 1)
        return f"{self.meeting} of {len(self.rows)} allies spent {level} of GDP or more in {self.year}."

    def tables(self) -> tuple[Table, ...]:
        """Return the allies, the highest share first, and the count by every edition."""
        return _allies(self), _editions(self)

    def payload(self) -> dict[str, Any]:
        """Return the count, one row per ally, the count by every edition, notes and source."""
        return {
            "year": self.year,
            "guideline": self.guideline,
            "basis": self.basis,
            "edition": self.card.id,
            "published": self.card.published,
            "as_of": self.as_of,
            "members_on": self.members_on,
            "allies": len(self.rows),
            "meeting": self.meeting,
            "below": self.below,
            "without_figure": self.without_figure,
            "counts": self.counts,
            "rows": self.rows,
            "notes": self.notes,
            "source": {
                "publisher": self.card.publisher,
                "title": self.card.title,
                "url": self.card.url,
                "basis": self.card.basis,
                "caveats": self.card.caveats,
            },
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.spending.charts import status as charts

        return {"bars": charts.status_chart, "map": charts.map_chart, "editions": charts.counts_chart}


def _allies(result: Status) -> Table:
    """Return one row per ally; ``remark`` is its note but for the publisher's footnotes."""
    where = f"{result.card.id}, published {result.card.published}"
    rows = tuple(
        {
            **asdict(row),
            "remark": "" if row.note.startswith("footnote") else row.note,
            "source": f"{where}; {row.status}, {row.known}",
        }
        for row in result.rows
    )
    columns = (
        Column("name", "Ally"),
        Column("share", "Share of GDP", "per_cent"),
        Column("meets", "Meets", "yes_no"),
        Column("gap", "Gap, points", "points"),
        Column("gap_usd", f"Gap, bn {result.gap_price_basis}", "signed_billions"),
        Column("equipment_share", "Equipment", "per_cent_1"),
        Column("change_since_2014", "Since 2014, points", "points"),
        Column("status", "Status"),
    )
    return Table("allies", f"Allies in {result.year}, highest first", columns, rows)


def _editions(result: Status) -> Table:
    """Return one row per count; ``at_least`` says of a count of quoted points that it is a lower bound."""
    rows = tuple(
        {**asdict(c), "at_least": f"{c.meeting}{'' if c.whole else ' or more'}"} for c in result.counts
    )
    columns = (
        Column("edition", "Edition", "name"),
        Column("published", "Published", "name"),
        Column("basis", "Basis"),
        Column("meeting", "Meeting", "count"),
        Column("reported", "Of", "count"),
        Column("why", "Why it differs"),
    )
    return Table("editions", f"The count for {result.year} by every edition", columns, rows)


def status(
    ledger: Ledger | None = None,
    *,
    year: int | None = None,
    edition: str | None = None,
    as_of: date | None = None,
    guideline: float = 0.02,
    countries: Iterable[str] | None = None,
    basis: Basis = "published",
) -> Status:
    """Return who meets a spending guideline.

    Parameters
    ----------
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    year : int, optional
        The year; without it the last one the answering edition holds whole.
    edition : str, optional
        The edition that shall answer.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    guideline : float, default 0.02
        The level, a fraction of GDP.
    countries : iterable of str, optional
        List only these allies.
    basis : {"published", "computed", "computed-current"}
        Take the shares as printed, or divide the edition's spending by its GDP.

    Returns
    -------
    Status
        Rows, counts by every edition, and notes.

    Raises
    ------
    InputError
        When the guideline is not a fraction of GDP, a country is not an ally, or the basis is unknown.
    NoDataError
        When no edition that may answer holds a share for the year.
    """
    if not 0.0 < guideline < 1.0:
        raise InputError(f"the guideline {guideline:g} is not a fraction of GDP", do="write 2 % as 0.02")
    if basis not in BASES:
        raise InputError(f"{basis!r} is not a basis", do=f"use one of {', '.join(BASES)}")
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(as_of) if as_of else ledger
    asked = ledger.edition(edition) if edition else ledger
    when = year if year is not None else _last_whole_year(asked)
    figures = asked.figures(SHARE, year=when)
    members_day = as_of or figures.card.members_on or figures.card.published
    members = ledger.members(members_day)
    chosen = _chosen(countries, members, members_day)
    rows = _rows(asked.edition(figures.edition), figures, when, guideline, chosen, basis)
    return Status(
        year=when,
        guideline=guideline,
        basis=basis,
        card=figures.card,
        as_of=as_of,
        members_on=members_day,
        rows=rows,
        counts=tuple(edition_counts(ledger, when, guideline)),
        notes=(*figures.notes, *_remarks(rows)),
    )


def _last_whole_year(ledger: Ledger) -> int:
    """Return the last year that the newest edition with a whole table of shares holds."""
    spans = [card.complete[SHARE][1] for card in ledger.carriers(SHARE) if SHARE in card.complete]
    if spans:
        return spans[0]
    return int(ledger.figures(SHARE).frame["year"].max())  # type: ignore[arg-type]


def _chosen(countries: Iterable[str] | None, members: list[str], day: date) -> list[str]:
    """Return the allies to list, refusing countries that were not members."""
    if countries is None:
        return members
    codes = country_codes(countries, where="--country")
    for code in codes:
        if code not in members:
            what = "an aggregate" if is_aggregate(code) else f"not an ally on {day}"
            raise InputError(
                f"{country_name(code)} is {what}", where="--country", do="`foedus figure` shows any country"
            )
    return codes


def _rows(
    ledger: Ledger, figures: Figures, year: int, guideline: float, countries: list[str], basis: Basis
) -> tuple[StatusRow, ...]:
    """Build one row per ally from one edition, the highest share first."""
    table = ledger.table(figures.edition)
    printed = values_by_key(table, SHARE)
    shares = printed if basis == "published" else computed_shares(table, basis)
    if not any(key[1] == year for key in shares):
        raise NoDataError(
            f"edition {figures.edition} lacks the spending or the GDP of {year} that the basis {basis} needs",
            do="ask for the basis published, or an edition that holds both",
        )
    constant = [n for n in ("2021", "2015") if values_by_key(table, f"defence_expenditure_constant_usd_{n}")]
    price_year = constant[0] if constant else ""
    spending = values_by_key(table, f"defence_expenditure_constant_usd_{price_year}") if price_year else {}
    equipment = values_by_key(table, "equipment_share")
    meta = {row["country"]: row for row in figures.frame.iter_rows(named=True)}
    rows = []
    for code in countries:
        share, base = shares.get((code, year)), shares.get((code, 2014))
        about = meta.get(code, {})
        paid = spending.get((code, year))
        gap = None if share is None else share - guideline
        rows.append(
            StatusRow(
                country=code,
                name=country_name(code),
                share=share,
                meets=None if share is None else meets(share, guideline),
                gap=gap,
                gap_usd=paid * gap / share if paid is not None and share and gap is not None else None,
                gap_price_basis=f"constant {price_year} USD" if price_year else "",
                equipment_share=equipment.get((code, year)),
                change_since_2014=None if share is None or base is None else share - base,
                status=about.get("status", ""),
                known=about.get("known", ""),
                note=about.get("note", "") or ("no armed forces, not counted" if code == "ISL" else ""),
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.share is None, -(r.share or 0.0), r.country)))


def _remarks(rows: tuple[StatusRow, ...]) -> list[str]:
    """Name the allies without a figure, which are neither above nor below."""
    absent = [row.name for row in rows if row.meets is None]
    if not absent:
        return []
    return [f"No figure for {', '.join(absent)}: counted neither as meeting nor as missing the guideline."]
