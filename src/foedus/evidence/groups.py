"""Groups of countries on a day: the allies, the European Union, the eastern flank, the partners and others.

NATO prints totals of itself and of its European allies; they stand as aggregates among the figures. A group
is something else: a list of countries, each with its own figures. Where countries are asked for, a name that
NATO prints a total of is that total ("NATO Europe"), and the name of another group is its countries ("EU").
Where a group is asked for, every name is the group's countries. A member counts from its day of entry until
the day before its day of exit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.axes import (
    AGGREGATES,
    axis_codes,
    country_name,
    group_names,
    group_of_name,
    is_aggregate,
    name_order,
)
from foedus.errors import InputError, NoDataError, UnknownNameError
from foedus.evidence.institutions import CARD_ID as INSTITUTIONS
from foedus.evidence.institutions import members_on
from foedus.evidence.records import record_rows

__all__ = [
    "ALLIES",
    "LEFT_OUT",
    "CountryGroup",
    "allies_among",
    "countries_of",
    "group_on",
    "other_countries",
]

CARD_ID = "groups-2026-11"
"""The source card of the groups and their members."""

ALLIES = "allies"
"""The group of all allies."""

FLANK = "eastern-flank"
"""The group of the allies that host a forward land force."""

CARDS = {FLANK: "forward-land-forces-2026-11"}
"""The groups that another record has, and its card."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "NATO": frozenset(),
    "NATO_EUR_CAN": frozenset({"USA"}),
    "NATO_EUR": frozenset({"USA", "CAN"}),
}
"""The aggregates, and which allies each leaves out."""

CONFIRMED = ("retrieved", "press")
"""How a row of the forward land forces must be known for its host to count as one."""


@dataclass(frozen=True)
class CountryGroup:
    """A group of countries on a day.

    Attributes
    ----------
    name, label : str
        Its name in the record, or the code of the aggregate whose countries it is; and how it is printed.
    day : datetime.date
        The day.
    countries : tuple of str
        Alpha-3 codes, in the order of the countries' names.
    left : tuple of (str, datetime.date)
        Who had left before the day, with the first day outside.
    card : str
        The source card that says who belongs to it.
    """

    name: str
    label: str
    day: date
    countries: tuple[str, ...]
    left: tuple[tuple[str, date], ...] = ()
    card: str = CARD_ID

    def sentence(self) -> str:
        """Return which countries the group is, as of its day."""
        gone = "".join(f"; without {country_name(code)} from {day} on" for code, day in self.left)
        names = ", ".join(map(country_name, self.countries))
        return f"{self.label} on {self.day}: {names} ({len(self.countries)}){gone}; by {self.card}."


def group_on(name: str, day: date, *, where: str | None = "--group") -> CountryGroup:
    """Return a group of countries on a day.

    Parameters
    ----------
    name : str
        A group's name or another spelling: "EU", "eastern flank", "allies"; or an aggregate's, for the allies
        that it counts.
    day : datetime.date
        The day.
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    CountryGroup
        Its countries on that day.

    Raises
    ------
    UnknownNameError
        When nothing of that name is known; the nearest is suggested.
    InputError
        When the name is that of one country.
    NoDataError
        When the group had no member on that day.
    """
    group = group_of_name(name) or _aggregate(name, where)
    if group in LEFT_OUT:
        label = "Allies" if group == "NATO" else f"Allies of {AGGREGATES[group]}"
        codes = [code for code in members_on(day) if code not in LEFT_OUT[group]]
    else:
        label = group_names()[group][0]
        codes = _members(group, day)
    if not codes:
        raise NoDataError(f"{label} had no member on {day}", where=where, do="ask for a later day")
    card = INSTITUTIONS if group == ALLIES or group in LEFT_OUT else CARDS.get(group, CARD_ID)
    members = tuple(sorted(codes, key=name_order))
    return CountryGroup(group, label, day, members, _leavers(group, day), card)


def _aggregate(name: str, where: str | None) -> str:
    """Return the aggregate that a name is of; a country is refused, for it is no group."""
    known = [spellings[0] for spellings in group_names().values()] + list(AGGREGATES.values())
    do = f"use one of {', '.join(known)}"
    try:
        code, _ = axis_codes([name], where=where)[0]
    except UnknownNameError as error:
        near = [error.suggestion] if error.suggestion in known else known
        raise UnknownNameError("group of countries", name, near, where=where, do=do) from error
    if not is_aggregate(code):
        raise InputError(f"{country_name(code)} is a country, not a group", where=where, do=do)
    return code


def _members(group: str, day: date) -> list[str]:
    """Return who belongs to a group of the record on a day."""
    if group == ALLIES:
        return members_on(day)
    if group == FLANK:
        return _hosts(day)
    text = day.isoformat()
    return [
        row["country"]
        for row in record_rows("groups", "members")
        if row["group"] == group
        and row["entry_date"] <= text
        and (not row["exit_date"] or row["exit_date"] > text)
    ]


def _hosts(day: date) -> list[str]:
    """Return the allies that host a forward land force on a day, by rows that were confirmed and public."""
    text = day.isoformat()
    rows = record_rows("forward_land_forces", "forward_land_forces")
    hosts = {
        row["host"] for row in rows if row["known"] in CONFIRMED and max(row["day"], row["public"]) <= text
    }
    return sorted(hosts & set(members_on(day)))


def _leavers(group: str, day: date) -> tuple[tuple[str, date], ...]:
    """Return who had left a group before a day."""
    rows = record_rows("groups", "members")
    return tuple(
        (row["country"], date.fromisoformat(row["exit_date"]))
        for row in rows
        if row["group"] == group and row["exit_date"] and row["exit_date"] <= day.isoformat()
    )


def countries_of(
    names: Iterable[str], *, on: date, where: str | None = "--country"
) -> tuple[tuple[str, ...], tuple[CountryGroup, ...]]:
    """Return the countries and aggregates that names stand for, a group's name replaced by its countries.

    Parameters
    ----------
    names : iterable of str
        Countries, aggregates such as NATO Europe, and groups such as EU.
    on : datetime.date
        The day on which a group is looked up.
    where : str, optional
        Where the names stood, for the error message.

    Returns
    -------
    (tuple of str, tuple of CountryGroup)
        Alpha-3 codes and codes of aggregates, in the order given and each once; and the groups among the
        names.

    Raises
    ------
    UnknownNameError
        When nothing of a name is known; the nearest is suggested.
    InputError
        When no name is given.
    NoDataError
        When a group had no member on that day.
    """
    codes: dict[str, None] = {}
    groups = []
    for code, is_group in axis_codes(names, where=where):
        if is_group:
            groups.append(group_on(code, on, where=where))
            codes |= dict.fromkeys(groups[-1].countries)
        else:
            codes[code] = None
    return tuple(codes), tuple(groups)


def allies_among(
    names: Iterable[str], *, on: date, members: Sequence[str], where: str | None = "--country"
) -> tuple[list[str], list[str]]:
    """Return the allies and aggregates that names stand for, and which countries among them are none.

    Parameters
    ----------
    names : iterable of str
        Countries, aggregates and groups.
    on : datetime.date
        The day on which a group is looked up.
    members : sequence of str
        The allies that can be answered for.
    where : str, optional
        Where the names stood, for the error message.

    Returns
    -------
    (list of str, list of str)
        Codes of allies and aggregates in the order given; and of the other countries, to be named as such.

    Raises
    ------
    UnknownNameError
        When nothing of a name is known.
    InputError
        When no country that is named is an ally.
    """
    codes, _ = countries_of(names, on=on, where=where)
    chosen = [code for code in codes if code in members or is_aggregate(code)]
    others = [code for code in codes if code not in chosen]
    if not chosen:
        verb = "is not an ally" if len(others) == 1 else "are not allies"
        raise InputError(
            f"{', '.join(map(country_name, others))} {verb} on {on}",
            where=where,
            do="`foedus figure` shows any country",
        )
    return chosen, others


def other_countries(codes: Sequence[str], day: date) -> list[str]:
    """Write which countries that were named are no allies, as a note, and where their figures are.

    Parameters
    ----------
    codes : sequence of str
        Alpha-3 codes.
    day : datetime.date
        The day.

    Returns
    -------
    list of str
        One sentence, or none where nobody is left out.
    """
    if not codes:
        return []
    verb = "is no ally" if len(codes) == 1 else "are no allies"
    names = ", ".join(map(country_name, codes))
    return [
        f"{names} {verb} on {day} and left out; `foedus figure` shows any country of which figures are held."
    ]
