"""The axes of every table: countries by ISO 3166-1 alpha-3 code, and years.

Country codes come from the ``iso3166`` library. Names that publishers and newspapers use and the standard
does not ("Slovak Republic", "Turkey", "UK") are listed in ``aliases.csv`` beside this module. Three
aggregates stand on the same axis: ``NATO`` and ``NATO_EUR_CAN``, which NATO prints, and ``NATO_EUR``, its
European allies without Canada.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

from foedus.errors import InputError, UnknownNameError

__all__ = ["AGGREGATES", "country_code", "country_codes", "country_name", "is_aggregate", "year_range"]

AGGREGATES: dict[str, str] = {
    "NATO": "NATO total",
    "NATO_EUR_CAN": "NATO Europe and Canada",
    "NATO_EUR": "NATO Europe (less Canada)",
}
"""The aggregates that stand beside the allies, with their labels; the last is the second less Canada."""


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
    codes, names = _tables()
    code = codes.get(_key(name))
    if code is None:
        suggestion = _nearest_country(name)
        raise UnknownNameError(
            "country",
            name,
            [suggestion] if suggestion else names.values(),
            where=where,
            do="use an ISO 3166-1 alpha-3 code such as POL",
        )
    return code


def _nearest_country(name: str) -> str | None:
    """Return the short name of the country whose spelling is nearest, if any is near."""
    from rapidfuzz import fuzz, process

    codes, names = _tables()
    spellings = [s for s in codes if len(s) > 3]
    match = process.extractOne(_key(name), spellings, scorer=fuzz.ratio, score_cutoff=70.0)
    return names[codes[match[0]]] if match else None


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
    split = [part.strip() for name in names for part in name.split(",") if part.strip()]
    if not split:
        raise InputError("no country is named", where=where or "country", do="write POL, or Poland")
    return list(dict.fromkeys(country_code(part, where=where) for part in split))


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
