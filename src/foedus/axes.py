"""The axes of every table: countries by ISO 3166-1 alpha-3 code, and years.

Country codes come from the ``iso3166`` library. Names that publishers and newspapers use and the standard
does not ("Slovak Republic", "Turkey", "UK") are listed in ``aliases.csv`` beside this module. Three
aggregates stand on the same axis: ``NATO`` and ``NATO_EUR_CAN``, which NATO prints, and ``NATO_EUR``, its
European allies without Canada. Numbers of the two lists of states that political scientists use name a
country where the list is said: ``cow:255``, ``gw:260``. The names of groups are known here; who belongs to
one on a day is for :mod:`foedus.evidence.groups`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

from foedus.errors import InputError, UnknownNameError

__all__ = [
    "AGGREGATES",
    "NUMBERS",
    "axis_codes",
    "country_code",
    "country_codes",
    "country_name",
    "group_names",
    "group_of_name",
    "is_aggregate",
    "name_order",
    "state_number",
    "year_range",
]

AGGREGATES: dict[str, str] = {
    "NATO": "NATO total",
    "NATO_EUR_CAN": "NATO Europe and Canada",
    "NATO_EUR": "NATO Europe (less Canada)",
}
"""The aggregates that stand beside the allies, with their labels; the last is the second less Canada."""

CARD_ID = "state-numbers-2026-11"
"""The source card of the numbers of states."""

NUMBERS: dict[str, str] = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}
"""The lists whose numbers name a state, by the word before the number."""

_NUMBERED = re.compile(r"\s*(?:([a-z]+)\s*:\s*)?([0-9]{1,4})\s*", re.IGNORECASE)
"""A number of a list of states: "cow:255", or 255 alone, which says no list."""


def _key(text: str) -> str:
    """Fold case, accents, punctuation and footnote marks away, so that spellings compare."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^0-9a-zа-яёіїєґα-ω]+", " ", plain).split())


@cache
def spellings() -> dict[str, list[str]]:
    """Return the spellings that stand in no standard, by code; the first is the name that is printed."""
    out: dict[str, list[str]] = {}
    text = resources.files("foedus").joinpath("aliases.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        out.setdefault(row["code"], []).append(row["spelling"])
    return out


def _record(path: str) -> list[dict[str, str]]:
    """Read a table of the evidence as entered: names stand below all that holds a record to its checksum."""
    text = resources.files("foedus").joinpath("evidence", "records", *path.split("/"))
    return list(csv.DictReader(text.read_text(encoding="utf-8").splitlines()))


@cache
def group_names() -> dict[str, tuple[str, ...]]:
    """Return the spellings of every group of countries, by the group's name; the first is its label."""
    return {
        row["group"]: (row["label"], *filter(None, row["spellings"].split("|")))
        for row in _record("groups/groups.csv")
    }


@cache
def _group_keys() -> dict[str, str]:
    """Return the groups by every spelling."""
    return {_key(text): name for name, texts in group_names().items() for text in (name, *texts)}


def group_of_name(text: str) -> str | None:
    """Return the name of the group of countries that a text is a spelling of; None where it is none."""
    return _group_keys().get(_key(text))


@cache
def _numbers() -> dict[str, dict[str, int]]:
    """Return the numbers of states by list and alpha-3 code."""
    rows = _record("state_numbers/state_numbers.csv")
    return {word: {row["country"]: int(row[word]) for row in rows if row[word]} for word in NUMBERS}


def state_number(code: str, system: str) -> int | None:
    """Return the number of a country in a list of states.

    Parameters
    ----------
    code : str
        An alpha-3 code, or the code of an aggregate, which has no number.
    system : {"cow", "gw"}
        Correlates of War, or Gleditsch and Ward.

    Returns
    -------
    int or None
        The number; None where the list has no such state.
    """
    return _numbers()[system].get(code)


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return (key to code, code to short name)."""
    from iso3166 import countries

    aliases = spellings()
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for country in countries:
        own = aliases.get(country.alpha3, [])
        names[country.alpha3] = own[0] if own else country.name
        for spelling in (country.alpha3, country.alpha2, country.name, country.apolitical_name, *own):
            codes[_key(spelling)] = country.alpha3
    for code, label in AGGREGATES.items():
        names[code] = label
        for spelling in (code, label, *aliases.get(code, [])):
            codes[_key(spelling)] = code
    return codes, names


def country_code(name: str, *, where: str | None = None) -> str:
    """Return the ISO 3166-1 alpha-3 code of a country, however it is spelled.

    Parameters
    ----------
    name : str
        A code or a name: "TUR", "Türkiye", "Turkey", "Slovak Republic", "UK".
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    str
        The alpha-3 code, or the code of an aggregate.

    Raises
    ------
    UnknownNameError
        When no country has that name; the nearest is suggested.
    """
    code = _tables()[0].get(_key(name)) or _numbered(name, where)
    if code is not None:
        return code
    group = group_of_name(name)
    if group is not None:
        label = group_names()[group][0]
        do = f"{label} is a group of countries: name them one by one"
        raise UnknownNameError("country", name, (), where=where, do=do)
    raise _unknown(name, where)


def _numbered(name: str, where: str | None) -> str | None:
    """Return the country whose number in a list of states is named; None where the text is no number."""
    match = _NUMBERED.fullmatch(name)
    if match is None:
        return None
    system, number = (match[1] or "").casefold(), int(match[2])
    if not system:
        do = f"a number must say its list of states: write {_written_in_full(number)}"
        raise UnknownNameError("country", name, (), where=where, do=do)
    if system not in NUMBERS:
        return None
    states = {value: code for code, value in _numbers()[system].items()}
    if number not in states:
        do = f"the list of {NUMBERS[system]} gives no state of today this number"
        raise UnknownNameError("country", name, (), where=where, do=do)
    return states[number]


def _written_in_full(number: int) -> str:
    """Return the lists in which a number is a state's, each as it is written, with the state."""
    names = _tables()[1]
    states = (
        f"{word}:{number} for {names[code]}"
        for word in NUMBERS
        for code, value in _numbers()[word].items()
        if value == number
    )
    return " or ".join(states) or "the country's name or its ISO 3166-1 alpha-3 code"


def _unknown(name: str, where: str | None) -> UnknownNameError:
    """Return the error for what names no country, aggregate or group; it suggests the nearest spelling."""
    suggestion = _nearest(name)
    return UnknownNameError(
        "country",
        name,
        [suggestion] if suggestion else (),
        where=where,
        do="use an ISO 3166-1 alpha-3 code such as POL",
    )


def _nearest(name: str) -> str | None:
    """Return the nearest spelling of a country, an aggregate or a group, if any is near."""
    from rapidfuzz import fuzz, process

    spelled = _spelled()
    known = [key for key in spelled if len(key) > 3]
    match = process.extractOne(_key(name), known, scorer=fuzz.ratio, score_cutoff=70.0)
    return spelled[match[0]] if match else None


@cache
def _spelled() -> dict[str, str]:
    """Return every spelling as it is written, of countries, aggregates and groups, by what it compares as."""
    from iso3166 import countries

    texts = [*_tables()[1].values()]
    texts += [text for each in (*spellings().values(), *group_names().values()) for text in each]
    texts += [text for each in countries for text in (each.name, each.apolitical_name)]
    return {_key(text): text for text in reversed(texts)}


def country_codes(names: Iterable[str], *, where: str | None = None) -> list[str]:
    """Return the codes of several countries, in the order given and each once.

    Parameters
    ----------
    names : iterable of str
        Names or codes; a name may hold several, separated by commas.
    where : str, optional
        Where the names stood, for the error message.

    Returns
    -------
    list of str
        Alpha-3 codes.

    Raises
    ------
    UnknownNameError
        When a name is not a country.
    InputError
        When no name is given.
    """
    return list(dict.fromkeys(country_code(part, where=where) for part in _parts(names, where)))


def axis_codes(names: Iterable[str], *, where: str | None = None) -> list[tuple[str, bool]]:
    """Return what several names stand for: countries and aggregates by code, groups by name.

    Parameters
    ----------
    names : iterable of str
        Names or codes; a name may hold several, separated by commas.
    where : str, optional
        Where the names stood, for the error message.

    Returns
    -------
    list of (str, bool)
        In the order given and each once: a code, or the name of a group, and whether it is a group.

    Raises
    ------
    UnknownNameError
        When a name is none of them; the nearest spelling of all of them is suggested.
    InputError
        When no name is given, or a number says no list.
    """
    out: dict[tuple[str, bool], None] = {}
    for part in _parts(names, where):
        group = None if _key(part) in _tables()[0] else group_of_name(part)
        out[(group, True) if group else (country_code(part, where=where), False)] = None
    return list(out)


def _parts(names: Iterable[str], where: str | None) -> list[str]:
    """Return names each for itself; commas part them, unless the whole is a name or in brackets."""
    whole = _tables()[0]
    parts = [
        part.strip()
        for name in names
        for part in ([name] if "(" in name or _key(name) in whole else name.split(","))
        if part.strip()
    ]
    if not parts:
        raise InputError("no country is named", where=where or "country", do="write POL, or Poland")
    return parts


def name_order(code: str) -> tuple[bool, str]:
    """Return what puts codes in the order of the names that are printed: countries first, then aggregates."""
    return is_aggregate(code), _key(country_name(code))


def country_name(code: str) -> str:
    """Return the short English name of a country or aggregate code.

    Parameters
    ----------
    code : str
        An ISO 3166-1 alpha-3 code, or the code of an aggregate.

    Returns
    -------
    str
        The name used in tables, for example "Türkiye".

    Raises
    ------
    UnknownNameError
        When the code does not exist.
    """
    names = _tables()[1]
    if code not in names:
        raise UnknownNameError("country code", code, names)
    return names[code]


def is_aggregate(code: str) -> bool:
    """Whether a code on the country axis is an aggregate, not a country."""
    return code in AGGREGATES


def year_range(text: str | int, *, where: str | None = None) -> tuple[int, int]:
    """Read a year or a range of years.

    Parameters
    ----------
    text : str or int
        "2024" or "2014-2024" (also with an en dash or two dots).
    where : str, optional
        Where the text stood, for the error message.

    Returns
    -------
    tuple of int
        First and last year, both included.

    Raises
    ------
    InputError
        When the text is neither, or the range runs backwards.
    """
    match = re.fullmatch(r"\s*(\d{4})(?:\s*(?:-|–|\.\.)\s*(\d{4}))?\s*", str(text))
    if not match:
        raise InputError(
            f"{str(text)!r} is not a year or a range of years",
            where=where,
            do="write it as 2024 or 2014-2024",
        )
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise InputError(f"the range {first}-{last} runs backwards", where=where, do=f"write {last}-{first}")
    return first, last
