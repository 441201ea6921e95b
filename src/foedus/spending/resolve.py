"""Resolve the section of spending: its levers and beliefs with the figures known on a day.

Every step that fills, chooses or leaves something out has a name and leaves a note.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from foedus.errors import NoDataError, ScenarioError, UnknownNameError
from foedus.evidence.institutions import pledges_by
from foedus.files.lines import SourceText
from foedus.results import Note
from foedus.spending.gdp import Economy, economy_as_of
from foedus.spending.lever import PledgeLever
from foedus.spending.measures import SHARE
from foedus.spending.section import Levers, Resolved, Uncertainties
from foedus.spending.start import announced, start_parts

if TYPE_CHECKING:
    from foedus.evidence import Figures, Ledger

__all__ = ["SpendingFigures", "StartShares", "missing_key", "resolve_spending", "start_shares"]

SERIES = "nato-defence-expenditure"
LUXEMBOURG_SINCE = 2023
"""From this year on NATO's share for Luxembourg is far above its spending over GDP."""


@dataclass(frozen=True)
class StartShares:
    """The shares of GDP that a scenario starts from.

    Attributes
    ----------
    edition : str
        The edition that holds them.
    year : int
        Their year.
    values : tuple of float
        Fractions by country; NaN for a country that has none.
    is_estimate : tuple of bool
        For each country, whether the edition prints its share as an estimate.
    notes : tuple of Note
        What a reader must know of them.
    """

    edition: str
    year: int
    values: tuple[float, ...]
    is_estimate: tuple[bool, ...]
    notes: tuple[Note, ...]

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
            One share for each country.
        """
        shares = dict(zip(allies, self.values, strict=True))
        estimates = dict(zip(allies, self.is_estimate, strict=True))
        return replace(
            self,
            values=tuple(shares[c] if c in shares else believed[c] for c in countries),
            is_estimate=tuple(estimates.get(c, False) for c in countries),
        )


@dataclass(frozen=True)
class SpendingFigures:
    """The section of spending with where its figures come from.

    Attributes
    ----------
    section : Resolved
        The section.
    editions : frozenset of str
        The editions used.
    notes : tuple of Note
        Flags of every fill, choice and omission.
    """

    section: Resolved
    editions: frozenset[str]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class ScenarioDay:
    """What a scenario is resolved with.

    Attributes
    ----------
    known : Ledger
        The editions published by the day.
    day : datetime.date
        The day whose knowledge is used.
    shares : StartShares
        Shares of GDP of the start year, for allies and applicants.
    horizon : int
        The last year.
    source : SourceText
        Where the scenario's values were written.
    has_parent : bool
        Whether the scenario extends another, for messages.
    """

    known: Ledger
    day: date
    shares: StartShares
    horizon: int
    source: SourceText
    has_parent: bool


def resolve_spending(
    levers: Levers, beliefs: Uncertainties, countries: tuple[str, ...], asked: ScenarioDay
) -> SpendingFigures:
    """Return the section of spending with its figures as of a day.

    Parameters
    ----------
    levers, beliefs : Levers, Uncertainties
        What the scenario says.
    countries : tuple of str
        Allies and applicants.
    asked : ScenarioDay
        Ledger, day, starting shares, horizon, and where the scenario was written.

    Returns
    -------
    SpendingFigures
        The section, its editions and notes.

    Raises
    ------
    ScenarioError
        When the pledge has no target or no deadline.
    UnknownNameError
        When an exception names a country that is not in the scenario.
    NoDataError
        When a figure that is needed had not been published.
    """
    known, shares, day = asked.known, asked.shares, asked.day
    needed = {c for c, v in zip(countries, shares.values, strict=True) if not math.isnan(v)}
    economy = economy_as_of(known, countries, needed, shares.year, asked.horizon)
    plans = announced(
        countries, shares.values, shares.year, asked.horizon, day, follow=levers.announced_plans
    )
    parts = start_parts(known, countries, shares.year)
    target, deadline = _checked(levers.pledge, countries, asked.source, asked.has_parent)
    section = Resolved(
        countries=countries,
        start_year=shares.year,
        participates=tuple(not math.isnan(s) for s in shares.values),
        price_year=economy.price_year,
        gdp_constant_usd=economy.gdp_constant_usd,
        defence_expenditure_share_of_gdp=shares.values,
        gdp_real_growth_path=economy.growth,
        growth_projected_from=economy.projected_from,
        growth_shift=beliefs.growth_shift,
        pledge_target=target,
        pledge_targets=tuple(levers.pledge.exceptions.get(c, target) for c in countries),
        pledge_from=shares.year + 1 if levers.pledge.from_year is None else levers.pledge.from_year,
        pledge_deadline=deadline,
        announced=plans.rows,
        threat_until=beliefs.threat_until,
        start_is_estimate=shares.is_estimate,
        **parts.values,
    )
    last = (*_start_note(shares, economy, day), *_pledge_note(target, day))
    return SpendingFigures(
        section,
        frozenset({shares.edition, economy.edition, *parts.editions}),
        (*shares.notes, *economy.notes, *parts.notes, *plans.notes, *last),
    )


def _checked(
    pledge: PledgeLever, countries: tuple[str, ...], source: SourceText, has_parent: bool
) -> tuple[float, int]:
    """Return target and deadline of a pledge that says both and names countries of the scenario."""
    path = ("levers", "pledge")
    if pledge.target is None:
        raise missing_key("target", source, has_parent, path)
    if pledge.deadline is None:
        raise missing_key("deadline", source, has_parent, path)
    for code in pledge.exceptions:
        if code not in countries:
            raise UnknownNameError("ally on that day", code, countries, where=source.at(*path, "exceptions"))
    return pledge.target, pledge.deadline


def missing_key(key: str, source: SourceText, has_parent: bool, part: tuple[str, ...] = ()) -> ScenarioError:
    """Return the error for a key that neither the scenario nor its parent gives.

    Parameters
    ----------
    key : str
        The key.
    source : SourceText
        Where the scenario's values were written.
    has_parent : bool
        Whether the scenario extends another.
    part : tuple of str
        The path of the part that lacks it.

    Returns
    -------
    ScenarioError
        Where and what.
    """
    parent = " and its parent has none" if has_parent else ""
    name = ".".join((*part, key))
    return ScenarioError(f"the key {name!r} is missing{parent}", where=source.near(*part), do="add it")


def start_shares(known: Ledger, countries: tuple[str, ...], day: date) -> StartShares:
    """Return the shares of GDP of the last year of the newest edition that holds the whole table.

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
        Shares, their edition and year, and notes.

    Raises
    ------
    NoDataError
        When no such table had been published, or it holds no share of any of the countries.
    """
    cards = [c for c in known.editions.values() if c.series == SERIES and SHARE in c.complete]
    if not cards:
        raise NoDataError(
            f"no whole table of shares of GDP had been published by {day}",
            where="the start of the scenario",
            do="ask as of a later day; `foedus editions` lists the editions",
        )
    card = max(cards, key=lambda c: (c.published, c.id))
    year = card.complete[SHARE][1]
    figures = known.figures(SHARE, year=year, edition=card.id)
    values = tuple(float(v) for v in figures.matrix(countries, [year])[:, 0])
    absent = [c for c, v in zip(countries, values, strict=True) if math.isnan(v)]
    if len(absent) == len(countries):
        raise NoDataError(
            f"edition {card.id} has no share of GDP of any ally for {year}", do="import it again"
        )
    marked = set(figures.frame.filter(figures.frame["status"] == "estimate")["country"])
    notes = _share_notes(figures, countries, year, absent, is_marked=bool(marked & set(countries)))
    return StartShares(card.id, year, values, tuple(c in marked for c in countries), notes)


def _share_notes(
    figures: Figures, countries: tuple[str, ...], year: int, absent: list[str], *, is_marked: bool
) -> tuple[Note, ...]:
    """Return what a reader must know of the shares of the start year."""
    edition = figures.edition
    notes = []
    if absent:
        notes.append(
            Note(
                "left_out",
                f"{', '.join(absent)}: no share of GDP in {edition} for {year} (Iceland has no forces); "
                "carried without a share, in no count and no total.",
            )
        )
    weak = figures.frame.filter(figures.frame["known"] != "retrieved")["country"].to_list()
    weak = [c for c in countries if c in weak]
    if weak:
        notes.append(Note("not_retrieved", f"{', '.join(weak)}: the share was not read in the table itself."))
    if "LUX" in countries and year >= LUXEMBOURG_SINCE:
        notes.append(
            Note(
                "luxembourg_base",
                "LUX: from 2023 NATO appears to print the share over national income, which is smaller than "
                "GDP; share times GDP overstates its spending.",
            )
        )
    if is_marked:
        notes.append(
            Note(
                "start_is_estimate",
                f"{edition} prints the shares of {year} as estimates; each starts with the error that later "
                "editions have found in such estimates.",
            )
        )
    return tuple(notes)


def _start_note(shares: StartShares, economy: Economy, day: date) -> tuple[Note, ...]:
    """Write from which editions and which year the scenario starts."""
    gap = ""
    if day.year > shares.year:
        gap = (
            f"; {shares.year + 1} and later are simulated, and points quoted for them by others are not used"
        )
    text = f"shares of GDP of {shares.year} from {shares.edition}, GDP from {economy.edition}{gap}."
    return (Note("start", text),)


def _pledge_note(target: float, day: date) -> tuple[Note, ...]:
    """Write that the scenario's pledge had not been made by the day, where it had not."""
    levels = {p.level for p in pledges_by(day) if p.quantity == SHARE and not p.country}
    if any(math.isclose(target, level) for level in levels):
        return ()
    text = f"no pledge of {100 * target:g} % of GDP had been made by {day}: the scenario supposes one."
    return (Note("pledge_supposed", text),)
