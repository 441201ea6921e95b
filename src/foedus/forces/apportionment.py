"""Who would provide what: a requirement shared among allies by a rule.

The parts are arithmetic on published figures. They are nobody's decision, and what NATO asks of its allies is
secret: no part says what an ally has been asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from foedus.axes import country_codes, country_name
from foedus.errors import InputError, NoDataError
from foedus.forces import force_model, prices, statements, studies
from foedus.forces.apportion import GAP, Division, SharingProblem, check_fits, divide
from foedus.forces.bounds import PartBound, class_named, part_bounds
from foedus.forces.classes import equipment_class
from foedus.forces.fair_shares import RULES, FairShares, fair_shares, participants
from foedus.forces.prices import class_price
from foedus.forces.requirement import Requirement, check_public, find_requirement
from foedus.forces.result import AllyPart, Apportionment, Binding, ByRule, Said
from foedus.forces.rounding import bounded_parts, largest_remainder
from foedus.forces.statements import MORE_PERSONS
from foedus.forces.words import in_sentence
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.forces.fair_shares import Rule
    from foedus.forces.holdings import Holdings
    from foedus.forces.prices import ClassPrice
    from foedus.forces.requirement import Who

__all__ = ["Sharing", "apportion"]

PIECES = {"whole": 1.0, "quarters": 0.25, "divisible": 0.0}
ROOM = 1e-6


@dataclass(frozen=True)
class Sharing:
    """How a requirement is to be shared.

    Attributes
    ----------
    rule : {"gdp", "population", "spending", "mix"}
        By what.
    who : {"allies", "europe", "europe-canada"} or None
        Among whom; without it, those that the requirement names.
    cap : float
        The greatest part of any class that one ally may have.
    exclude : tuple of str
        Allies that take no part, by name or code.
    whole : tuple of str
        Classes that are shared in whole units beside those that always are.
    divisible : bool
        Share every class to fractions.
    at_least, at_most : tuple of PartBound
        Bounds of single allies.
    within_holdings : bool
        Nobody provides more than it holds.
    year : int or None
        The year of GDP, population and spending.
    """

    rule: Rule = "gdp"
    who: Who | None = None
    cap: float = 0.5
    exclude: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    divisible: bool = False
    at_least: tuple[PartBound, ...] = ()
    at_most: tuple[PartBound, ...] = ()
    within_holdings: bool = False
    year: int | None = None


BY_GDP = Sharing()


def apportion(
    requirement: str | Requirement,
    sharing: Sharing = BY_GDP,
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    holdings: Holdings | None = None,
) -> Apportionment:
    """Share a requirement among allies.

    Parameters
    ----------
    requirement : str or Requirement
        A shipped requirement's name, a path, or a requirement.
    sharing : Sharing
        By what rule, among whom, and within what bounds.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    holdings : Holdings, optional
        What allies hold; without it, what the user has imported.

    Returns
    -------
    Apportionment
        Parts by ally and class, fair shares, what binds, and the parts under every rule.

    Raises
    ------
    UnknownNameError
        When there is no such requirement, rule, ally or class.
    InputError
        When the bounds leave no way of sharing, or the solver is needed and not installed.
    NoDataError
        When the requirement was not public by that day, or the ledger has no figures of the year.
    """
    from foedus.evidence import Ledger

    need = find_requirement(requirement) if isinstance(requirement, str) else requirement
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(as_of) if as_of else ledger
    check_public(need, as_of)
    who = sharing.who or need.who
    exclude = _excluded(sharing.exclude)
    for name in sharing.whole:
        class_named(name, where="--whole")
    everybody = [c for c in participants(ledger, who, exclude=exclude) if c not in need.without]
    fair = fair_shares(ledger, sharing.rule, everybody, year=sharing.year)
    some = fair.shares > 0.0
    countries = tuple(code for code, has in zip(fair.countries, some, strict=True) if has)
    case = _Case(need, sharing, countries, fair.shares[some], _held(sharing, holdings, as_of))
    prices_of = {name: class_price(ledger, name) for name in case.axis}
    axis, division = _axis_parts(case, prices_of)
    columns = {name: axis[:, k] for k, name in enumerate(case.axis)} | _beside_parts(case)
    return _result(case, fair, _Outcome(prices_of, columns, division), ledger)


@dataclass(frozen=True)
class _Case:
    """A question with its blanks filled in."""

    need: Requirement
    sharing: Sharing
    countries: tuple[str, ...]
    shares: Array
    held: dict[tuple[str, str], float] | None

    @property
    def required(self) -> dict[str, float]:
        """How many by class."""
        return self.need.required()

    @property
    def axis(self) -> tuple[str, ...]:
        """The classes on the axis of equipment of which something is required."""
        return tuple(n for n, number in self.required.items() if equipment_class(n).on_axis and number > 0.0)

    @property
    def bounds(self) -> tuple[Array, Array]:
        """Lower and upper bounds, (country, class of the requirement)."""
        s = self.sharing
        return part_bounds(
            self.countries, self.required, cap=s.cap, at_least=s.at_least, at_most=s.at_most, held=self.held
        )


@dataclass(frozen=True)
class _Outcome:
    """What came of it: prices, the parts of every class by ally, and how those of the axis came about."""

    prices_of: dict[str, ClassPrice]
    columns: dict[str, Array]
    division: Division | None


def _excluded(names: Sequence[str]) -> list[str]:
    """Return the codes of allies that take no part, each named once."""
    codes: list[str] = []
    for code in (code for name in names for code in country_codes([name], where="--exclude")):
        if code in codes:
            raise InputError(
                f"{country_name(code)} stands twice", where="--exclude", do="name each ally once"
            )
        codes.append(code)
    return codes


def _held(
    sharing: Sharing, holdings: Holdings | None, as_of: date | None
) -> dict[tuple[str, str], float] | None:
    """Return what allies hold where nobody may provide more."""
    from foedus.forces.holdings import BRING, own_holdings

    if not sharing.within_holdings:
        return None
    known = own_holdings() if holdings is None else holdings
    if not known.rows:
        raise InputError("no holdings have been imported", where="--within-holdings", do=BRING)
    return known.as_of(as_of).counts()


def _axis_parts(case: _Case, prices_of: dict[str, ClassPrice]) -> tuple[Array, Division | None]:
    """Return the parts of the classes on the axis of equipment, (country, class), and how they came about."""
    if not case.axis:
        return np.zeros((len(case.countries), 0)), None
    columns = [list(case.required).index(name) for name in case.axis]
    low, high = (side[:, columns] for side in case.bounds)
    whole = {class_named(name, where="--whole").name for name in case.sharing.whole}
    steps = np.array(
        [
            0.0 if case.sharing.divisible else 1.0 if name in whole else PIECES[equipment_class(name).pieces]
            for name in case.axis
        ]
    )
    required = np.array([case.required[name] for name in case.axis])
    pieces = np.where(steps > 0.0, steps, 1.0)
    high = np.where(steps > 0.0, np.floor(high / pieces + ROOM) * pieces, high)
    middle = np.array([prices_of[name].middle for name in case.axis])
    problem = SharingProblem(case.countries, case.axis, case.shares, required, middle, steps, low, high)
    check_fits(problem, case.sharing.cap)
    division = divide(problem, rounded=not case.sharing.divisible)
    return division.parts, division


def _beside_parts(case: _Case) -> dict[str, Array]:
    """Return the parts of what is counted beside the axis, in proportion to fair shares within the bounds."""
    low, high = case.bounds
    parts = {}
    for k, (name, required) in enumerate(case.required.items()):
        if equipment_class(name).on_axis and required > 0.0:
            continue
        if required > 0.0:
            one = SharingProblem(
                case.countries,
                (name,),
                case.shares,
                np.array([required]),
                np.ones(1),
                np.zeros(1),
                low[:, [k]],
                high[:, [k]],
            )
            check_fits(one, case.sharing.cap)
        values = bounded_parts(case.shares, required, low[:, k], high[:, k])
        whole = not case.sharing.divisible and required == round(required)
        parts[name] = largest_remainder(values, high[:, k]) if whole else values
    return parts


def _result(case: _Case, fair: FairShares, outcome: _Outcome, ledger: Ledger) -> Apportionment:
    """Put the answer together."""
    prices_of, columns, division = outcome.prices_of, outcome.columns, outcome.division
    whole = float(sum(case.required[n] * prices_of[n].middle for n in case.axis))
    money = sum((columns[n] * prices_of[n].middle for n in case.axis), np.zeros(len(case.countries)))
    rows = tuple(
        AllyPart(
            country=code,
            name=country_name(code),
            share=float(case.shares[i]),
            money=float(money[i]),
            fair_money=float(case.shares[i] * whole),
            parts={name: float(columns[name][i]) for name in case.required},
        )
        for i, code in enumerate(case.countries)
    )
    assumed = sum(case.required[n] * p.middle for n, p in prices_of.items() if p.grade == "assumed")
    by_rule = _by_rule(case, ledger, fair.year)
    said = _said(case, by_rule, ledger.day)
    return Apportionment(
        requirement=case.need,
        rule=case.sharing.rule,
        who=case.sharing.who or case.need.who,
        cap=case.sharing.cap,
        year=fair.year,
        rows=tuple(sorted(rows, key=lambda row: (-row.share, row.country))),
        money=whole,
        money_assumed=float(assumed),
        unfairness=division.unfairness if division else None,
        least_unfairness=division.least if division else None,
        binding=_binding(case, columns, division, whole),
        by_rule=by_rule,
        said=said,
        editions=tuple(dict.fromkeys((*fair.editions, *(e for row in by_rule for e in row.editions)))),
        cards=_cards(case.need, bool(case.axis), bool(said)),
        notes=(*fair.notes, *_notes(case)),
    )


def _cards(need: Requirement, priced: bool, said: bool) -> tuple[str, ...]:
    """Return the records that answered; a requirement of the user's own may be in none."""
    cards = []
    if need.study == "force-model":
        cards.append(force_model.CARD_ID)
    elif studies.study_items(need.study):
        cards.append(studies.CARD_ID)
    return (*cards, *((prices.CARD_ID,) if priced else ()), *((statements.CARD_ID,) if said else ()))


def _by_rule(case: _Case, ledger: Ledger, year: int) -> tuple[ByRule, ...]:
    """Share what the requirement is led by under every rule, in proportion within the bounds."""
    lead = case.need.lead
    k = list(case.required).index(lead)
    required, rows = case.required[lead], []
    for rule in RULES:
        try:
            fair = fair_shares(ledger, rule, case.countries, year=year)
        except NoDataError:
            continue
        low, high = (side[:, k] for side in case.bounds)
        high = np.where(fair.shares > 0.0, high, 0.0)
        if high.sum() < required:
            continue
        parts = bounded_parts(fair.shares, required, np.minimum(low, high), high)
        named = dict(zip(case.countries, map(float, parts), strict=True))
        rows.append(ByRule(rule, lead, named, fair.editions))
    return tuple(rows)


def _said(case: _Case, by_rule: Sequence[ByRule], day: date | None) -> tuple[Said, ...]:
    """Compare statements on persons to come with the parts of a requirement that comes on top."""
    if case.need.lead != "persons" or not case.need.additional:
        return ()
    return tuple(
        Said(said, {row.rule: row.parts[said.country] for row in by_rule})
        for said in statements.statements(day, quantities=MORE_PERSONS)
        if said.country in case.countries
    )


def _binding(
    case: _Case, columns: dict[str, Array], division: Division | None, money: float
) -> tuple[Binding, ...]:
    """Return which upper bounds bind, where, and what one more of each would be worth."""
    _, high = case.bounds
    able = {name: [equipment_class(name).held_by(code) for code in case.countries] for name in case.required}
    bindings = []
    for k, (name, required) in enumerate(case.required.items()):
        fair = case.shares * np.array(able[name])
        fair = required * fair / fair.sum() if fair.sum() > 0.0 else fair
        for i, code in enumerate(case.countries):
            if required <= 0.0 or high[i, k] <= 0.0 or columns[name][i] < high[i, k] * (1.0 - ROOM) - ROOM:
                continue
            worth = 0.0
            if division is not None and name in case.axis:
                worth = float(division.worth[i, case.axis.index(name)]) * money
            part = float(columns[name][i])
            kind = "cap" if abs(high[i, k] - case.sharing.cap * required) < ROOM * required else "bound"
            if fair[i] > part * (1.0 + ROOM) or worth > 0.0:
                bindings.append(Binding(code, country_name(code), name, kind, part, float(fair[i]), worth))
    return tuple(bindings)


def _notes(case: _Case) -> list[str]:
    """Write what a reader must know."""
    notes = []
    if case.need.label:
        notes.append(f"{case.need.title}: {case.need.label}; nobody outside can say whether it is right.")
    if case.need.known != "retrieved":
        notes.append(f"How the requirement is known: {case.need.known}. {case.need.notes}".strip())
    if case.need.without and (case.sharing.who or case.need.who) == "allies":
        left = ", ".join(in_sentence(country_name(code)) for code in case.need.without)
        notes.append(f"The plan does not ask {left}, which takes no part.")
    barred = [n for n in case.axis if equipment_class(n).at_sea]
    if barred:
        land = [country_name(c) for c in case.countries if not equipment_class(barred[0]).held_by(c)]
        if land:
            notes.append(f"Without a coast, so without ships: {', '.join(land)}.")
    if not case.sharing.divisible and any(equipment_class(n).pieces != "divisible" for n in case.axis):
        notes.append(f"Whole classes are proved to lie within {per_cent(GAP, 0)} of the best.")
    if "ISL" in case.countries:
        notes.append("Iceland has no armed forces; a rule gives it a part all the same.")
    if "manoeuvre_brigades" in case.axis:
        tail = "" if "tanks" in case.axis else "; the requirement lists none, so its money is too low"
        notes.append(f"A brigade's price leaves out its tanks, infantry fighting vehicles and guns{tail}.")
    return notes
