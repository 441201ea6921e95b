"""Resolve a scenario: find it, merge it with its parent, and take its figures from the ledger as of a day.

Every step that fills, chooses or leaves something out has a name and leaves a note.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.accession.record import CARD_ID as ACCESSION_CARD
from foedus.accession.resolve import accession_fields, accession_notes, applicants_of, with_applicants
from foedus.decisions.section import put_questions
from foedus.errors import NoDataError, ScenarioError, UnknownNameError
from foedus.evidence.institutions import pledges_by
from foedus.files.lines import place
from foedus.parameters import Setting
from foedus.results import Note
from foedus.scenario.changes import changed
from foedus.scenario.find import Found, find
from foedus.scenario.resolved import Resolved
from foedus.spending.gdp import Economy, economy_as_of
from foedus.spending.start import announced, start_parts

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["resolve"]

SHARE = "defence_expenditure_share_of_gdp"
SERIES = "nato-defence-expenditure"
LUXEMBOURG_SINCE = 2023
"""From this year on NATO's share for Luxembourg is far above its spending over GDP."""


@dataclass(frozen=True)
class _Shares:
    """The shares of GDP that a scenario starts from."""

    edition: str
    year: int
    values: tuple[float, ...]
    is_estimate: tuple[bool, ...]
    notes: tuple[Note, ...]


def resolve(
    scenario: str = "baseline",
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    changes: Mapping[str, Any] | None = None,
    horizon: int | None = None,
) -> Resolved:
    """Give a scenario with everything the model needs to run it.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    as_of : datetime.date, optional
        The day whose knowledge is used; without it, today.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario, such as {"levers.pledge.target": 0.04}.
    horizon : int, optional
        Another last year than the scenario's.

    Returns
    -------
    Resolved
        Figures, settings and notes.

    Raises
    ------
    UnknownNameError
        When there is no such scenario, or an exception names a country that is no ally on the day.
    ScenarioError
        When the scenario does not say all it must.
    NoDataError
        When the editions published by the day do not hold a figure that is needed.
    """
    from foedus.evidence import Ledger

    found = changed(find(scenario), changes or {})
    day = as_of or date.today()
    known = (ledger or Ledger.load()).as_of(day)
    allies = tuple(known.members(on=day))
    applicants = applicants_of(found, allies, day)
    countries = tuple(sorted((*allies, *applicants)))
    shares = _with_applicants(_start_shares(known, allies, day), found, countries, allies)
    horizon = _horizon(found, shares.year, horizon)
    needed = {c for c, v in zip(countries, shares.values, strict=True) if not math.isnan(v)}
    economy = economy_as_of(known, countries, needed, shares.year, horizon)
    uncertainties = found.content.uncertainties
    follow = found.content.levers.announced_plans
    plans = announced(countries, shares.values, shares.year, horizon, day, follow=follow)
    parts = start_parts(known, countries, shares.year)
    more = _more(found, known, countries, applicants, (shares.year, horizon))
    last = (
        *_start_note(shares, economy, day),
        *_pledge_note(more["pledge_target"], day),
        *accession_notes(applicants),
    )
    used = {shares.edition, economy.edition, *parts.editions, *([ACCESSION_CARD] if applicants else [])}
    return Resolved(
        name=found.name,
        title=found.content.title,
        question=found.content.question,
        as_of=day,
        countries=countries,
        participates=tuple(not math.isnan(s) for s in shares.values),
        start_year=shares.year,
        horizon=horizon,
        gdp_constant_usd=economy.gdp_constant_usd,
        defence_expenditure_share_of_gdp=shares.values,
        gdp_real_growth_path=economy.growth,
        growth_projected_from=economy.projected_from,
        price_year=economy.price_year,
        growth_shift=uncertainties.growth_shift,
        shock_scale=uncertainties.shock_scale,
        parameters=_settings(found, countries),
        editions={n: known.editions[n].sha256 or "" for n in sorted(used) if n in known.editions},
        announced=plans.rows,
        threat_until=uncertainties.threat_until,
        start_is_estimate=shares.is_estimate,
        notes=(*shares.notes, *economy.notes, *parts.notes, *plans.notes, *last),
        **{**parts.values, **more},
    )


def _more(
    found: Found,
    known: Ledger,
    countries: tuple[str, ...],
    applicants: tuple[str, ...],
    span: tuple[int, int],
) -> dict[str, Any]:
    """Give the fields of the pledge, of the questions put to allies and of accession."""
    asked = found.content.levers.questions
    return {
        **_pledge(found, countries, span[0]),
        **accession_fields(found, known, countries, applicants, span[0]),
        "questions": put_questions(asked, countries, *span, place(found.shown)),
    }


def _with_applicants(
    shares: _Shares, found: Found, countries: tuple[str, ...], allies: tuple[str, ...]
) -> _Shares:
    """Add the applicants to the shares of allies; what is believed of them is no estimate of NATO's."""
    estimates = dict(zip(allies, shares.is_estimate, strict=True))
    return replace(
        shares,
        values=with_applicants(found, countries, allies, shares.values),
        is_estimate=tuple(estimates.get(c, False) for c in countries),
    )


def _start_shares(known: Ledger, countries: tuple[str, ...], day: date) -> _Shares:
    """Take the shares of GDP of the last year of the newest edition that holds the whole table."""
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
    notes = []
    absent = [c for c, v in zip(countries, values, strict=True) if math.isnan(v)]
    if len(absent) == len(countries):
        raise NoDataError(
            f"edition {card.id} has no share of GDP of any ally for {year}", do="import it again"
        )
    if absent:
        notes.append(
            Note(
                "left_out",
                f"{', '.join(absent)}: no share of GDP in {card.id} for {year} (Iceland has no forces); "
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
    marked = set(figures.frame.filter(figures.frame["status"] == "estimate")["country"])
    if marked & set(countries):
        notes.append(
            Note(
                "start_is_estimate",
                f"{card.id} prints the shares of {year} as estimates; each starts with the error that later "
                "editions have found in such estimates.",
            )
        )
    return _Shares(card.id, year, values, tuple(c in marked for c in countries), tuple(notes))


def _start_note(shares: _Shares, economy: Economy, day: date) -> tuple[Note, ...]:
    """Say from which editions and which year the scenario starts."""
    gap = ""
    if day.year > shares.year:
        gap = (
            f"; {shares.year + 1} and later are simulated, and points quoted for them by others are not used"
        )
    text = f"shares of GDP of {shares.year} from {shares.edition}, GDP from {economy.edition}{gap}."
    return (Note("start", text),)


def _pledge_note(target: float, day: date) -> tuple[Note, ...]:
    """Say that the scenario's pledge had not been made by the day, where it had not."""
    made = {p.level for p in pledges_by(day) if p.quantity == SHARE and not p.country}
    if any(math.isclose(target, level) for level in made):
        return ()
    text = f"no pledge of {100 * target:g} % of GDP had been made by {day}: the scenario supposes one."
    return (Note("pledge_supposed", text),)


def _horizon(found: Found, start_year: int, given: int | None) -> int:
    """Give the last year, which must lie after the first."""
    horizon = given if given is not None else found.content.horizon
    if horizon is None:
        raise _missing(found, "horizon")
    if horizon <= start_year:
        raise ScenarioError(
            f"the horizon {horizon} is not after {start_year}, the last year of the figures",
            where=place(found.shown, found.lines.get(("horizon",))),
            do=f"choose a year from {start_year + 1} on",
        )
    return horizon


def _pledge(found: Found, countries: tuple[str, ...], start_year: int) -> dict[str, Any]:
    """Give the pledge's fields."""
    pledge = found.content.levers.pledge
    path = ("levers", "pledge")
    if pledge.target is None:
        raise _missing(found, "target", path)
    if pledge.deadline is None:
        raise _missing(found, "deadline", path)
    for code in pledge.exceptions:
        if code not in countries:
            line = found.lines.get((*path, "exceptions"))
            raise UnknownNameError("ally on that day", code, countries, where=place(found.shown, line))
    return {
        "pledge_target": pledge.target,
        "pledge_targets": tuple(pledge.exceptions.get(c, pledge.target) for c in countries),
        "pledge_from": pledge.from_year if pledge.from_year is not None else start_year + 1,
        "pledge_deadline": pledge.deadline,
    }


def _missing(found: Found, key: str, part: tuple[str, ...] = ()) -> ScenarioError:
    """Make the error for a key that neither the scenario nor its parent gives."""
    parent = " and its parent has none" if found.content.extends else ""
    line = next((found.lines[part[:n]] for n in range(len(part), 0, -1) if part[:n] in found.lines), None)
    name = ".".join((*part, key))
    return ScenarioError(f"the key {name!r} is missing{parent}", where=place(found.shown, line), do="add it")


def _settings(found: Found, countries: tuple[str, ...]) -> dict[str, Setting]:
    """Give every parameter its value: the scenario's, or that of the parameter files."""
    from foedus.scenario.chain import all_parameters

    given = dict(found.content.parameters)
    believed = found.content.uncertainties.compliance
    if believed is not None:
        given |= {"budgets.compliance": believed, "budgets.compliance_spread": 0.0}
    settings = {}
    for name, parameter in all_parameters().items():
        varies = isinstance(parameter.value, dict)
        if name in given:
            same = (given[name],) * len(countries) if varies else given[name]
            settings[name] = Setting(same, parameter.unit, "assumed", f"set by the scenario {found.name}")
            continue
        value: Any = tuple(parameter.by_country(countries))
        settings[name] = Setting(
            value if varies else value[0], parameter.unit, parameter.grade, parameter.source
        )
    return settings
