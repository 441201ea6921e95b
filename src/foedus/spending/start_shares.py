"""The shares of GDP and the spending that a run starts from: each ally's newest printed year.

A run starts in the newest year that an edition prints for most allies. What is printed for that year is a
figure and not a forecast: shares, spending and their totals are the edition's own. An ally that the edition
leaves blank is carried from the last year that was printed for it, with a note.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.parameters.provenance import Provenance, grouped, set_by_scenario
from foedus.results import Note
from foedus.spending.measures import HALF_A_DIGIT, SHARE
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["PRINTED_SHARE", "NewestShare", "StartShares", "spending_in", "start_shares"]

SERIES = "nato-defence-expenditure"

PRINTED_SHARE = "printed_share_of_gdp"
"""The input that holds shares printed for years after the start."""

LUXEMBOURG_SINCE = 2023
"""From this year on NATO's share for Luxembourg is far above its spending over GDP."""

MOST = 2 / 3
"""The part of the allies with forces that an edition that is not held whole must print to start a run."""

PRICES = (2021, 2015)
"""The years whose prices and exchange rates editions print spending in, the newer first."""


@dataclass(frozen=True)
class StartShares:
    """The shares of GDP that a scenario starts from, and the spending printed beside them.

    Attributes
    ----------
    edition : str
        The edition that prints the start year.
    editions : frozenset of str
        That edition, and those that print the shares of allies that it leaves blank.
    year : int
        The start year.
    values : tuple of float
        Fractions by country, with all digits where the edition prints spending and GDP; NaN where there is
        none.
    years : tuple of int
        For each country, the year that its share was printed for: the start year, or an earlier one.
    is_estimate : tuple of bool
        For each country, whether its share is printed as an estimate, or carried from an earlier year.
    spending : tuple of float
        Spending of that year by country, US dollars of `price_year`; NaN where the edition prints none.
    later : tuple of tuple of float
        For the years after the start for which some shares are printed, those shares by country; NaN for the
        others. They are held of too few countries to start from them.
    price_year : int or None
        The year whose prices and exchange rates spending is in; None where none is printed.
    notes : tuple of Note
        What a reader must know of them.
    provenance : tuple of Provenance
        Where each share is from, and each share of a later year.
    """

    edition: str
    editions: frozenset[str]
    year: int
    values: tuple[float, ...]
    years: tuple[int, ...]
    is_estimate: tuple[bool, ...]
    spending: tuple[float, ...]
    later: tuple[tuple[float, ...], ...]
    price_year: int | None
    notes: tuple[Note, ...]
    provenance: tuple[Provenance, ...] = ()

    def with_applicants(
        self, countries: tuple[str, ...], allies: tuple[str, ...], believed: Mapping[str, float]
    ) -> StartShares:
        """Return the shares of allies and applicants; what is believed of an applicant is no estimate.

        Parameters
        ----------
        countries : tuple of str
            Allies and applicants.
        allies : tuple of str
            The allies, in the order of the shares.
        believed : mapping of str to float
            The shares of applicants, fractions.

        Returns
        -------
        StartShares
            One entry for each country.
        """
        index = {code: i for i, code in enumerate(allies)}
        at = [index.get(c) for c in countries]
        return replace(
            self,
            values=tuple(
                believed[c] if i is None else self.values[i] for c, i in zip(countries, at, strict=True)
            ),
            years=tuple(self.year if i is None else self.years[i] for i in at),
            is_estimate=tuple(i is not None and self.is_estimate[i] for i in at),
            spending=tuple(math.nan if i is None else self.spending[i] for i in at),
            later=tuple(tuple(math.nan if i is None else row[i] for i in at) for row in self.later),
            provenance=(*self.provenance, *_of_applicants(c for c in countries if c not in index)),
        )


@dataclass(frozen=True)
class NewestShare:
    """What an edition prints of an ally: the share of one year.

    Attributes
    ----------
    edition : str
        The edition.
    year : int
        The year.
    share : float
        A fraction of GDP.
    is_estimate : bool
        Whether it is printed as an estimate.
    known : str
        How the figure is known.
    """

    edition: str
    year: int
    share: float
    is_estimate: bool
    known: str


def start_shares(known: Ledger, countries: tuple[str, ...], day: date) -> StartShares:
    """Return each ally's share of GDP of the newest year that an edition prints for most allies.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.
    countries : tuple of str
        The allies of the day.
    day : datetime.date
        The day, for messages.

    Returns
    -------
    StartShares
        Shares and spending, their edition and year, and notes.

    Raises
    ------
    NoDataError
        When no such table had been published, or it holds no share of any of the countries.
    """
    return known.keep(("start shares", countries, day), lambda: _shares(known, countries, day))


def _shares(known: Ledger, countries: tuple[str, ...], day: date) -> StartShares:
    """Look the shares up; see :func:`start_shares`."""
    cards = [c for c in known.carriers(SHARE) if c.series == SERIES and _prints_shares(known, c)]
    years = {c.id: _last_year(known, c, countries) for c in _candidates(cards)}
    starting = [c for c in cards if years.get(c.id)]
    if not starting:
        raise NoDataError(
            f"no whole table of shares of GDP had been published by {day}",
            where="the start of the scenario",
            do="ask as of a later day; `foedus editions` lists the editions",
        )
    card = max(starting, key=lambda c: (years[c.id], SHARE in c.complete, c.published, c.id))
    year = years[card.id]
    own = _newest_prints(known, card, year)
    if not {c for c in countries if c in own and own[c].year == year}:
        raise NoDataError(
            f"edition {card.id} has no share of GDP of any ally for {year}", do="import it again"
        )
    printed = [_newest(c, own, known, cards, year) for c in countries]
    price_year = next((p for p in PRICES if spending_in(p) in card.complete), None)
    later = _later_prints(known, _candidates(cards), countries, year)
    spending = _beside(known, countries, printed, card, spending_in(price_year))
    gdp = _beside(known, countries, printed, card, f"gdp_constant_usd_{price_year}")
    return StartShares(
        edition=card.id,
        editions=frozenset({card.id, *(p.edition for p in (*printed, *later.values()) if p)}),
        year=year,
        values=tuple(
            _all_digits(p.share, paid, base) if p else math.nan
            for p, paid, base in zip(printed, spending, gdp, strict=True)
        ),
        years=tuple(p.year if p else year for p in printed),
        is_estimate=tuple(p is not None and (p.is_estimate or p.year < year) for p in printed),
        spending=spending,
        later=_later(later, countries, year),
        price_year=price_year,
        notes=(*_notes(countries, printed, card, year), *_later_notes(later, year)),
        provenance=(
            *_provenance(SHARE, {c: p for c, p in zip(countries, printed, strict=True) if p}.items()),
            *_provenance(PRINTED_SHARE, ((c, p) for (c, _), p in later.items())),
        ),
    )


def _provenance(name: str, prints: Iterable[tuple[str, NewestShare]]) -> tuple[Provenance, ...]:
    """Return where shares are from."""
    cells = ((c, p.year, p.edition, "estimate" if p.is_estimate else "actual", p.known) for c, p in prints)
    return grouped(name, cells, of=SHARE)


def _of_applicants(codes: Iterable[str]) -> tuple[Provenance, ...]:
    """Return that the scenario says what share applicants start from; nothing where there is none."""
    named = tuple(codes)
    return set_by_scenario(SHARE, how="what is believed of an applicant", countries=named) if named else ()


def _prints_shares(known: Ledger, card: Card) -> bool:
    """Whether an edition prints any share."""
    return SHARE in card.complete or SHARE in known.table(card.id)["indicator"]


def _candidates(cards: list[Card]) -> list[Card]:
    """Return the newest whole table, if there is one, and the editions after it that are not held whole."""
    whole = max((c.published for c in cards if SHARE in c.complete), default=date.min)
    return [c for c in cards if c.published >= whole]


def _last_year(known: Ledger, card: Card, countries: tuple[str, ...]) -> int:
    """Return the last year for which an edition prints most allies with forces; 0 where it has none."""
    if SHARE in card.complete:
        return card.complete[SHARE][1]
    with_forces = [c for c in countries if c not in WITHOUT_FORCES]
    prints = _newest_prints(known, card, None)
    year = max((p.year for p in prints.values()), default=0)
    held = [c for c in with_forces if c in prints and prints[c].year == year]
    return year if len(held) >= MOST * len(with_forces) else 0


def _newest_prints(known: Ledger, card: Card, until: int | None) -> dict[str, NewestShare]:
    """Return the newest share that an edition prints of each country, up to a year."""
    frame = known.figures(SHARE, edition=card.id).frame.sort("year")
    rows = frame.select("country", "year", "value", "status", "known")
    return {
        country: NewestShare(card.id, year, value, status == "estimate", how)
        for country, year, value, status, how in rows
        if until is None or year <= until
    }


def _newest(
    country: str, own: Mapping[str, NewestShare], known: Ledger, cards: Iterable[Card], year: int
) -> NewestShare | None:
    """Return an ally's newest share up to a year: the starting edition's, or where blank any other's."""
    newest = own.get(country)
    if (newest is not None and newest.year == year) or country in WITHOUT_FORCES:
        return newest
    others = (_newest_prints(known, card, year).get(country) for card in cards)
    return max((newest, *others), key=lambda p: p.year if p else 0)


def _beside(
    known: Ledger,
    countries: tuple[str, ...],
    printed: list[NewestShare | None],
    card: Card,
    indicator: str,
) -> tuple[float, ...]:
    """Return what the starting edition prints of an indicator for the year of each ally's share."""
    if indicator not in card.complete:
        return (math.nan,) * len(countries)
    figures = known.figures(indicator, edition=card.id)
    values = {(c, y): v for c, y, v in figures.frame.select("country", "year", "value")}
    return tuple(
        math.nan if p is None or p.edition != card.id else values.get((code, p.year), math.nan)
        for code, p in zip(countries, printed, strict=True)
    )


def _all_digits(share: float, spending: float, gdp: float) -> float:
    """Return spending over GDP where it is printed as the share is, so that all three are the edition's own.

    A share that the division does not give, as where a publisher forces a cell, stays as it is printed.
    """
    divided = spending / gdp
    return divided if abs(divided - share) <= HALF_A_DIGIT else share


def spending_in(price_year: int | None) -> str:
    """Return the indicator of spending in the prices and exchange rates of a year."""
    return f"defence_expenditure_constant_usd_{price_year}"


def _notes(
    countries: tuple[str, ...], printed: list[NewestShare | None], card: Card, year: int
) -> tuple[Note, ...]:
    """Return what a reader must know of the shares of the start year."""
    by_country = dict(zip(countries, printed, strict=True))
    shares = {code: p for code, p in by_country.items() if p is not None}
    notes = []
    if absent := [code for code, p in by_country.items() if p is None]:
        text = (
            f"{', '.join(absent)}: no share of GDP in {card.id} for {year} (Iceland has no forces); "
            "carried without a share, in no count and no total."
        )
        notes.append(Note("left_out", text))
    if carried := {code: p for code, p in shares.items() if p.year < year}:
        named = ", ".join(f"{code} {per_cent(p.share)} of {p.year}" for code, p in carried.items())
        text = (
            f"{card.id} leaves {year} blank for {len(carried)} of the allies; each stands at the newest "
            f"share printed for it: {named}."
        )
        notes.append(Note("carried_from_last_year", text))
    if weak := [code for code, p in shares.items() if p.known != "retrieved"]:
        named = "all shares" if len(weak) == len(shares) else ", ".join(weak)
        notes.append(Note("not_retrieved", f"{named}: not read in the publisher's own file; see the card."))
    if "LUX" in shares and shares["LUX"].year >= LUXEMBOURG_SINCE:
        text = (
            "LUX: from 2023 NATO appears to print the share over national income, which is smaller than GDP; "
            "over GDP it would be about a third lower."
        )
        notes.append(Note("luxembourg_base", text))
    return tuple(notes)


def _later_prints(
    known: Ledger, candidates: Iterable[Card], countries: tuple[str, ...], year: int
) -> dict[tuple[str, int], NewestShare]:
    """Return the shares of later years that editions print of too few allies to start there, the newest."""
    prints: dict[tuple[str, int], NewestShare] = {}
    for card in sorted(candidates, key=lambda c: (c.published, c.id)):
        if SHARE in card.complete:
            continue
        frame = known.figures(SHARE, edition=card.id).frame
        rows = frame.where(lambda row: row["year"] > year).select(
            "country", "year", "value", "status", "known"
        )
        for country, when, value, status, how in rows:
            if country in countries:
                prints[country, when] = NewestShare(card.id, when, value, status == "estimate", how)
    return prints


def _later(
    prints: Mapping[tuple[str, int], NewestShare], countries: tuple[str, ...], year: int
) -> tuple[tuple[float, ...], ...]:
    """Return shares of later years by year and country; NaN where none is printed."""
    last = max((when for _, when in prints), default=year)
    return tuple(
        tuple(prints[c, when].share if (c, when) in prints else math.nan for c in countries)
        for when in range(year + 1, last + 1)
    )


def _later_notes(prints: Mapping[tuple[str, int], NewestShare], year: int) -> tuple[Note, ...]:
    """Return which shares of later years are printed, so that they are figures and no forecast."""
    by_edition: dict[tuple[str, int], list[str]] = {}
    for (country, when), print_ in sorted(prints.items()):
        by_edition.setdefault((print_.edition, when), []).append(country)
    named = "; ".join(f"{when} by {e} for {', '.join(codes)}" for (e, when), codes in by_edition.items())
    text = f"shares after {year} are printed of too few allies to start there, and stand as figures: {named}."
    return (Note("later_shares", text),) if named else ()
