"""Resolve a scenario: find it, merge it with its parent, and take its figures from the ledger as of a day.

Each room resolves its own section. Every step that fills, chooses or leaves something out has a name and
leaves a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.accession.record import CARD_ID as ACCESSION_CARD
from foedus.accession.resolve import accession_notes, applicants_of, resolve_accession
from foedus.accession.section import Applicant
from foedus.accession.section import Resolved as AccessionSection
from foedus.aid.resolve import resolve_aid
from foedus.decisions.section import Resolved as DecisionSection
from foedus.decisions.section import put_questions
from foedus.errors import ScenarioError
from foedus.files.lines import place
from foedus.forces.lever import believed_parameters as believed_of_forces
from foedus.forces.resolve import ForcesDay, ForcesFigures, resolve_forces
from foedus.guarantee.resolve import GuaranteeDay, resolve_guarantee
from foedus.parameters import Setting
from foedus.reinforcement.resolve import ReinforcementFigures, resolve_reinforcement
from foedus.scenario.chain import all_parameters
from foedus.scenario.changes import changed
from foedus.scenario.find import Found, find
from foedus.scenario.resolved import Resolved
from foedus.spending.numbers import other_numbers
from foedus.spending.resolve import ScenarioDay, missing_key, resolve_spending
from foedus.spending.revision_numbers import settings_as_of
from foedus.spending.section import Resolved as SpendingSection
from foedus.spending.section import believed_parameters
from foedus.spending.start_shares import StartShares, start_shares

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["resolve"]


def resolve(
    scenario: str = "baseline",
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    changes: Mapping[str, Any] | None = None,
    horizon: int | None = None,
    carried: Mapping[str, Applicant] | None = None,
) -> Resolved:
    """Return a scenario with everything the chain needs to run it.

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
    carried : mapping of str to Applicant, optional
        Countries that another scenario lets accede, by alpha-3 code, with what is believed of them: they are
        carried without ever entering, so that the two scenarios have the same countries.

    Returns
    -------
    Resolved
        Sections, settings and notes.

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

    definition = changed(find(scenario), changes or {})
    day, also = as_of or date.today(), carried or {}
    known = (ledger or Ledger.load()).as_of(day)
    content, source = definition.content, definition.source
    levers, beliefs = content.levers, content.uncertainties
    allies, joining, countries = _axis(definition, known, day, also)
    shares = _shares(known, day, (allies, countries), {**beliefs.applicants, **also})
    asked = _asked(definition, (known, day, allies), shares, horizon)
    spending = resolve_spending(levers, beliefs, countries, asked)
    accession = _accession(definition, asked, countries, also)
    aid = resolve_aid(levers.aid, spending.section, known, as_of=day, source=source)
    put = put_questions(levers.questions, countries, shares.year, asked.horizon, place(definition.shown))
    settings = _settings(definition, countries, settings_as_of(known))
    forces = _forces(definition, asked, spending.section, (allies, countries), settings)
    moved = _reinforcement(definition, asked, forces)
    at = GuaranteeDay(day, accession.membership, spending.section, forces.section, moved.section, settings)
    promise = resolve_guarantee(levers.guarantee, at)
    used = (spending.editions, forces.editions, moved.editions, promise.editions)
    others = (*aid.notes, *moved.notes, *promise.notes)
    return Resolved(
        **_terms(definition, asked),
        countries=countries,
        parameters=settings,
        editions=_checksums(known, *used, _cards(joining)),
        notes=(*spending.notes, *accession_notes(joining), *forces.notes, *others),
        spending=spending.section,
        decisions=DecisionSection.of(countries, put),
        accession=accession,
        forces=forces.section,
        aid=aid.section,
        reinforcement=moved.section,
        guarantee=promise.section,
    )


def _asked(
    definition: Found, known: tuple[Ledger, date, tuple[str, ...]], shares: StartShares, horizon: int | None
) -> ScenarioDay:
    """Return what a scenario is resolved with, from the ledger of a day, the day and its allies."""
    ledger, day, allies = known
    content, last = definition.content, _horizon(definition, shares.year, horizon)
    form, has_parent = content.structures.budgets, bool(content.extends)
    return ScenarioDay(ledger, day, shares, last, definition.source, has_parent, form, allies)


def _reinforcement(definition: Found, asked: ScenarioDay, forces: ForcesFigures) -> ReinforcementFigures:
    """Resolve the section of reinforcement."""
    moves, horizon = definition.content.levers.reinforcement, asked.horizon
    return resolve_reinforcement(moves, forces.section, asked.known, as_of=asked.day, horizon=horizon)


def _terms(definition: Found, asked: ScenarioDay) -> dict[str, Any]:
    """Return what of a scenario's terms stands in its file alone, the day, and the last year."""
    content, days = definition.content, {"as_of": asked.day, "horizon": asked.horizon}
    said = days | {"title": content.title, "question": content.question}
    return {"name": definition.name, **said, "shock_scale": content.uncertainties.shock_scale}


def _axis(
    definition: Found, known: Ledger, day: date, also: Mapping[str, Applicant]
) -> tuple[tuple[str, ...], set[str], tuple[str, ...]]:
    """Return the allies of a day, the countries that may accede, and both together in alphabetical order."""
    content = definition.content
    allies = tuple(known.members(on=day))
    joining = applicants_of(content.levers, content.uncertainties, allies, day, definition.source)
    return allies, {*joining, *also}, tuple(sorted({*allies, *joining, *also}))


def _accession(
    definition: Found, asked: ScenarioDay, countries: tuple[str, ...], also: Mapping[str, Applicant]
) -> AccessionSection:
    """Resolve the section of accession, with the record as of the day."""
    levers, beliefs = definition.content.levers, definition.content.uncertainties
    form, year = definition.content.structures.accession, asked.shares.year
    return resolve_accession(
        levers, beliefs, asked.known, countries, carried=also, year=year, as_of=asked.day, form=form
    )


def _shares(
    known: Ledger,
    day: date,
    axis: tuple[tuple[str, ...], tuple[str, ...]],
    applicants: Mapping[str, Applicant],
) -> StartShares:
    """Return the shares of GDP of the start: those of allies, and what is believed of applicants."""
    allies, countries = axis
    believed = {code: applicant.share_of_gdp for code, applicant in applicants.items()}
    return start_shares(known, allies, day).with_applicants(countries, allies, believed)


def _forces(
    definition: Found,
    asked: ScenarioDay,
    spending: SpendingSection,
    axis: tuple[tuple[str, ...], tuple[str, ...]],
    settings: Mapping[str, Setting],
) -> ForcesFigures:
    """Resolve the section of forces, with figures of the ledger as of the day."""
    content, (allies, countries) = definition.content, axis
    day = ForcesDay(
        asked.known,
        asked.day,
        countries,
        allies,
        spending.gdp_constant_usd,
        spending.equipment_share,
        spending.start_year,
        asked.horizon,
        spending.price_year,
        definition.source,
        settings,
    )
    return resolve_forces(content.levers, content.uncertainties, day)


def _cards(joining: set[str]) -> tuple[str, ...]:
    """Return the cards of the records that an accession rests on; none where nobody may accede."""
    return (ACCESSION_CARD,) if joining else ()


def _checksums(known: Ledger, *editions: Iterable[str]) -> dict[str, str]:
    """Return the checksum of each used edition's table, by the edition's id."""
    used = {name for part in editions for name in part}
    return {name: known.editions[name].sha256 or "" for name in sorted(used) if name in known.editions}


def _horizon(definition: Found, start_year: int, given: int | None) -> int:
    """Return the last year, which must lie after the first."""
    horizon = given if given is not None else definition.content.horizon
    if horizon is None:
        raise missing_key("horizon", definition.source, bool(definition.content.extends))
    if horizon <= start_year:
        raise ScenarioError(
            f"the horizon {horizon} is not after {start_year}, the last year of the figures",
            where=definition.source.at("horizon"),
            do=f"choose a year from {start_year + 1} on",
        )
    return horizon


def _settings(
    definition: Found, countries: tuple[str, ...], of_day: Mapping[str, Setting]
) -> dict[str, Setting]:
    """Return every parameter's value: the scenario's, what was known on the day, or that of the files."""
    beliefs, form = definition.content.uncertainties, definition.content.structures.budgets
    of_form = {f"budgets.{name}": number for name, number in other_numbers(form).items()}
    believed = {**believed_parameters(beliefs), **believed_of_forces(beliefs)}
    given = {**definition.content.parameters, **believed}
    settings = {}
    for name, parameter in {**all_parameters(), **of_form}.items():
        varies = isinstance(parameter.value, dict)
        if name in given:
            same = (given[name],) * len(countries) if varies else given[name]
            settings[name] = Setting(
                same, parameter.unit, "assumed", f"set by the scenario {definition.name}"
            )
            continue
        if name in of_day:
            settings[name] = of_day[name]
            continue
        value: Any = tuple(parameter.by_country(countries))
        settings[name] = Setting(
            value if varies else value[0], parameter.unit, parameter.grade, parameter.source
        )
    return settings
