"""Rates of exchange to the euro, as widely as they have been since 2022, from GDP in two currencies."""

from __future__ import annotations

from datetime import date

from foedus.errors import NoDataError
from foedus.reading.ledger_index import LedgerIndex

__all__ = ["euro_rates"]

FIRST_YEAR = 2022
GERMANY = "DEU"
"""A country of the euro, whose GDP in both currencies gives the rate of the dollar."""
WITHIN_A_YEAR = 0.06
"""How far a rate of one day may be from the year's."""
_COUNTRY = {
    "USD": "USA", "GBP": "GBR", "CAD": "CAN", "SEK": "SWE", "NOK": "NOR", "DKK": "DNK", "PLN": "POL",
    "CZK": "CZE",
}  # fmt: skip
_CROWNS = {"SWE": "SEK", "NOR": "NOK", "DNK": "DKK"}


def euro_rates(
    currency: str, country: str, ledger_index: LedgerIndex, day: date
) -> tuple[float, float] | None:
    """Return the lowest and the highest rate of a currency, in its units for a euro.

    Parameters
    ----------
    currency : str
        As an amount has it: an ISO code, or "kr" for crowns of the country.
    country : str
        Whose amount it is.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day whose knowledge is used.

    Returns
    -------
    tuple of float or None
        One and one for euros; None where no edition has both figures.
    """
    if currency == "EUR":
        return 1.0, 1.0
    code = _CROWNS.get(country, "") if currency == "kr" else currency
    if code not in _COUNTRY:
        return None
    rates = []
    known = ledger_index.ledger.as_of(day)
    for year in range(FIRST_YEAR, day.year + 1):
        try:
            dollars = known.figures("gdp_current_usd", year=year)
            own = known.figures("gdp_current_lcu", year=year)
            pair = (GERMANY, _COUNTRY[code])
            of_dollars, of_own = dollars.matrix(pair, [year])[:, 0], own.matrix(pair, [year])[:, 0]
        except NoDataError:
            continue
        # Dollars for a euro over dollars for a unit of the currency.
        rates.append(float((of_dollars[0] / of_own[0]) / (of_dollars[1] / of_own[1])))
    if not rates:
        return None
    return min(rates) * (1.0 - WITHIN_A_YEAR), max(rates) * (1.0 + WITHIN_A_YEAR)
