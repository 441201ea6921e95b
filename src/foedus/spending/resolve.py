"""Resolve the section of spending: its levers and beliefs with the figures known on a day.

Every step that fills, chooses or leaves something out has a name and leaves a note.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.errors import ScenarioError, UnknownNameError
from foedus.evidence.institutions import pledges_by
from foedus.files.lines import SourceText
from foedus.results import Note
from foedus.spending.gdp import Economy, economy_as_of
from foedus.spending.lever import BudgetForm, Levers, PledgeLever, Uncertainties
from foedus.spending.measures import SHARE
from foedus.spending.provenance import spending_provenance
from foedus.spending.rules import earlier_pledges
from foedus.spending.section import Resolved
from foedus.spending.start import announced, start_parts
from foedus.spending.start_shares import StartShares
from foedus.spending.start_tide import start_tide

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["SpendingFigures", "missing_key", "resolve_spending"]


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
    form : {"pull", "convergence"}
        What moves shares of GDP.
    allies : tuple of str
        The allies of the day.
    """

    known: Ledger
    day: date
    shares: StartShares
    horizon: int
    source: SourceText
    has_parent: bool
    form: BudgetForm = "pull"
    allies: tuple[str, ...] = ()


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
    economy = economy_as_of(known, countries, needed, shares, asked.horizon)
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
        growth_shift=beliefs.growth_shift_of_all(),
        growth_shift_by_country=_shifts(beliefs, countries, asked.source),
        outlook_is_of_october=economy.outlook_is_of_october,
        pledge_target=target,
        pledge_targets=tuple(levers.pledge.exceptions.get(c, target) for c in countries),
        pledge_from=shares.year + 1 if levers.pledge.from_year is None else levers.pledge.from_year,
        pledge_deadline=deadline,
        announced=plans.rows,
        threat_until=beliefs.threat_until,
        start_is_estimate=shares.is_estimate,
        forecast_of=beliefs.forecast_of,
        printed=shares.later[: asked.horizon - shares.year],
        earlier_pledges=earlier_pledges(day, below=target),
        announced_goals=plans.goals,
        **_form(countries, asked),
        **parts.values,
    )
    notes = (*_meaning_notes(section), *_pledge_notes(section, levers.pledge, day), *_age_note(asked))
    last = (_start_note(shares, economy), *notes)
    return SpendingFigures(
        replace(section, provenance=spending_provenance(section, asked, economy, plans, parts)),
        frozenset({*shares.editions, *economy.editions, *parts.editions}),
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


def _shifts(beliefs: Uncertainties, countries: tuple[str, ...], source: SourceText) -> tuple[float, ...]:
    """Return what is added to the growth of each country beside what is added to all; none where none is."""
    shifts = beliefs.growth_shifts()
    for code in shifts:
        if code not in countries:
            where = source.at("uncertainties", "growth_shift")
            name = "ally on that day"
            raise UnknownNameError(name, code, countries, where=where, do="shift the growth of allies")
    return tuple(shifts.get(c, 0.0) for c in countries) if shifts else ()


def _form(countries: tuple[str, ...], asked: ScenarioDay) -> dict[str, Any]:
    """Return the form of budgets, the tide of the start in it, and what each share counts for in the mean."""
    shares = asked.shares
    tide = start_tide(asked.known, shares.edition, shares.year, asked.form)
    counted = [c in asked.allies and not math.isnan(s) for c, s in zip(countries, shares.values, strict=True)]
    weights = tuple(1.0 / sum(counted) if counts else 0.0 for counts in counted)
    own = weights if asked.form == "convergence" else ()
    return {"defence_share_tide": tide, "budget_form": asked.form, "convergence_weights": own}


def _start_note(shares: StartShares, economy: Economy) -> Note:
    """Write from which editions and which year the scenario starts."""
    spending = "and spending " if shares.price_year else ""
    text = (
        f"shares of GDP {spending}of {shares.year} as {shares.edition} prints them, growth from "
        f"{economy.editions[0]}; {shares.year + 1} and later are simulated."
    )
    return Note("start", text)


def _meaning_notes(section: Resolved) -> tuple[Note, ...]:
    """Write what the years ahead mean, how the start's error enters them, and that shares converge."""
    estimates, year = sum(section.start_is_estimate), section.start_year
    if not section.is_revised:
        text = f"{year + 1} and later mean what NATO will print first; later editions have mostly lowered it."
    elif estimates:
        text = (
            f"{year + 1} and later mean what will stand, not what will be printed first: {year} is an "
            f"estimate for {estimates} allies, such as later editions have mostly lowered, and each draw "
            "starts from a revision of it; `forecast_of: first_print` leaves that out."
        )
    else:
        text = f"{year + 1} and later mean what will stand; no share of {year} is printed as an estimate."
    meaning = Note("forecast_of", text)
    if section.budget_form == "pull":
        return (meaning,)
    form = (
        "shares of GDP converge to the allies' mean, whatever is pledged (structures.budgets: convergence); "
        "skill is that of the shipped form, the pull of a pledge."
    )
    return meaning, Note("structure", form)


def _exception_notes(section: Resolved, pledge: PledgeLever) -> tuple[Note, ...]:
    """Write for which allies a target of their own changes nothing, since an announcement is followed."""
    if not (section.announced and pledge.exceptions):
        return ()
    at = min(section.pledge_deadline - section.start_year, len(section.announced)) - 1
    shares, years = section.announced[max(at, 0)]
    notes = []
    for code, target in sorted(pledge.exceptions.items()):
        share, year = (column[section.countries.index(code)] for column in (shares, years))
        if not math.isnan(share) and not math.isclose(share, target):
            text = (
                f"the target of {100 * target:g} % for {code} changes nothing: it has announced "
                f"{100 * share:g} % for {year:g} and follows that. With `levers.announced_plans: false` "
                "nobody's announcement is followed."
            )
            notes.append(Note("exception_announced", text))
    return tuple(notes)


RECENT = 2
"""So many years at most lie between the newest shares and the day, where nothing is said of it."""


def _age_note(asked: ScenarioDay) -> tuple[Note, ...]:
    """Write that the newest shares are years older than the day, where they are."""
    cards = (asked.known.editions[name] for name in asked.shares.editions)
    newest = max(cards, key=lambda card: (card.published, card.id))
    day, published = asked.day, newest.published
    if (day.year - RECENT, day.month, day.day) <= (published.year, published.month, published.day):
        return ()
    years = day.year - published.year - ((day.month, day.day) < (published.month, published.day))
    text = (
        f"the newest shares of GDP held are of {newest.id}, published {published}, {years} years before "
        f"{day}: what was printed since then is not held, and not in the answer."
    )
    return (Note("old_figures", text),)


def _pledge_notes(section: Resolved, pledge: PledgeLever, day: date) -> tuple[Note, ...]:
    """Write what the pledge supposes, and for whom it changes nothing."""
    return (*_pledge_note(section.pledge_target, day), *_exception_notes(section, pledge))


def _pledge_note(target: float, day: date) -> tuple[Note, ...]:
    """Write that the scenario's pledge had not been made by the day, where it had not."""
    levels = {p.level for p in pledges_by(day) if p.quantity == SHARE and not p.country}
    if any(math.isclose(target, level) for level in levels):
        return ()
    text = f"no pledge of {100 * target:g} % of GDP had been made by {day}: the scenario supposes one."
    return (Note("pledge_supposed", text),)
