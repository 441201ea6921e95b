"""What is known to be odd about single figures: which ally, indicator, years and editions, and why.

The publishers' own oddities are kept as printed; a caveat says what a reader would otherwise get wrong. The
table stands in ``evidence/records/caveats`` under the card ``figure-caveats-2026-11``. An empty cell means
any. What holds of an edition as a whole stands on its card.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.evidence.cards import Known
from foedus.evidence.records import record_rows
from foedus.evidence.rows import FigureRows

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger

__all__ = ["CARD_ID", "FigureCaveat", "caveats_of", "figure_caveats", "share_in_current_prices"]

CARD_ID = "figure-caveats-2026-11"
"""The source card of the table."""

_SHARE = "defence_expenditure_share_of_gdp"


@dataclass(frozen=True)
class FigureCaveat:
    """One oddity.

    Attributes
    ----------
    countries, indicators, editions : frozenset of str
        Whose, of what, and in which editions; empty for any.
    first_year, last_year : int or None
        The years concerned; None where it has no beginning or end.
    text : str
        One sentence for the reader.
    known : {"retrieved", "press", "unverified"}
        Whether it is read in the figures, or a reading of them that the publisher does not confirm.
    """

    countries: frozenset[str]
    indicators: frozenset[str]
    editions: frozenset[str]
    first_year: int | None
    last_year: int | None
    text: str
    known: Known

    def covers(self, indicator: str, country: str, year: int, edition: str) -> bool:
        """Whether a figure is one of those concerned."""
        return (
            (not self.editions or edition in self.editions)
            and (not self.indicators or indicator in self.indicators)
            and (not self.countries or country in self.countries)
            and (self.first_year is None or self.first_year <= year)
            and (self.last_year is None or year <= self.last_year)
        )


def figure_caveats(indicator: str, country: str, year: int, edition: str) -> tuple[FigureCaveat, ...]:
    """Return what is odd about one figure.

    Parameters
    ----------
    indicator : str
        A name in the catalogue.
    country : str
        Alpha-3 code or aggregate.
    year : int
        The year.
    edition : str
        The edition that prints it.

    Returns
    -------
    tuple of FigureCaveat
        In the order of the record.
    """
    return tuple(caveat for caveat in _caveats() if caveat.covers(indicator, country, year, edition))


def caveats_of(frame: FigureRows) -> tuple[str, ...]:
    """Return what is odd about any of some figures, each sentence once.

    Parameters
    ----------
    frame : FigureRows
        With the columns edition, indicator, country and year, of one edition or of several.

    Returns
    -------
    tuple of str
        In the order of the record.
    """
    keys = frame.select("indicator", "country", "year", "edition").rows
    if not keys:
        return ()
    near = _near(frozenset(frame["indicator"]), frozenset(frame["edition"]))
    concerned = (caveat.text for caveat in near if any(caveat.covers(*key) for key in keys))
    return tuple(dict.fromkeys(concerned))


def share_in_current_prices(ledger: Ledger, edition: str, country: str, year: int) -> float | None:
    """Return spending over GDP in current prices where it is not the printed share of GDP.

    A text may quote either; a check accepts both and says which.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    edition : str
        An edition that prints spending and GDP in current dollars.
    country : str
        Alpha-3 code or aggregate.
    year : int
        The year.

    Returns
    -------
    float or None
        A fraction; None where the edition lacks either, or where the two agree within the rounding.
    """

    names = (_SHARE, "defence_expenditure_current_usd", "gdp_current_usd")
    table = ledger.table(edition)
    rows = (table.where(indicator=name, country=country, year=year) for name in names)
    columns = (row for part in rows for row in part.select("indicator", "value", "printed_to"))
    cells = {name: (value, unit) for name, value, unit in columns}
    if len(cells) < len(names):
        return None
    (printed, unit), (spending, _), (gdp, gdp_unit) = (cells[name] for name in names)
    rounding = 0.5 * (unit or 1e-6) + (gdp_unit or 0.0) / gdp
    ratio = float(spending / gdp)
    return ratio if abs(ratio - printed) > rounding else None


@cache
def _caveats() -> tuple[FigureCaveat, ...]:
    """Read the record."""
    return tuple(
        FigureCaveat(
            countries=frozenset(row["countries"].split()),
            indicators=frozenset(row["indicators"].replace("*", "").split()),
            editions=frozenset(row["editions"].split()),
            first_year=int(row["first_year"]) if row["first_year"] else None,
            last_year=int(row["last_year"]) if row["last_year"] else None,
            text=row["caveat"],
            known=cast("Known", row["known"]),
        )
        for row in record_rows("caveats", "figure_caveats")
    )


def _near(indicators: Collection[str], editions: Collection[str]) -> list[FigureCaveat]:
    """Return the caveats that concern any of some indicators and editions."""
    return [
        caveat
        for caveat in _caveats()
        if (not caveat.indicators or caveat.indicators & set(indicators))
        and (not caveat.editions or caveat.editions & set(editions))
    ]
