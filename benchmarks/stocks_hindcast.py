"""How far the stocks of 2022 are missed from those of 2014: by the chain's components, and by stock constant.

Needs a folder with the rDMC tables (``rdmc_wide_1970_2014.csv``, ``rdmc_mbt_1970_2014.csv``) and GlobalFirepower's
of 2022 (``globalfirepower_2022.csv``). Neither may be passed on, so that neither ships; what ships are the errors by
class, in ``evidence/records/stock_skill``, which is what this prints with ``--table``.

Every variant looks at one half of the allies; the other half is looked at once, with ``--aside``, for the variant
that :data:`CHOSEN` names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.evidence.institutions import members_on
from foedus.forces.holdings import read_holdings

Array = NDArray[np.float64]

FIRST, LAST = 2014, 2022
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tanks": ("Tanks",),
    "destroyers_and_frigates": ("Destroyers", "Frigates"),
    "submarines": ("Submarines",),
}
"""Which columns of GlobalFirepower's count to which class. Its fighters are the total of all aircraft, see
:func:`fighters_are_all_aircraft`, and its armoured vehicles and guns mix classes, so that these are left out."""

ODD = ("BGR", "HUN")
"""Allies whose levels differ between the sources by more than any purchase can explain."""


@dataclass(frozen=True)
class Counts:
    """What allies held of a class in both years.

    Attributes
    ----------
    countries : tuple of str
        Those with a count in both sources.
    first, last : ndarray, (country,)
        How many.
    """

    countries: tuple[str, ...]
    first: Array
    last: Array

    def part(self, codes: Iterable[str]) -> Counts:
        """Keep some allies."""
        chosen = set(codes)
        rows = [i for i, code in enumerate(self.countries) if code in chosen]
        return Counts(tuple(self.countries[i] for i in rows), self.first[rows], self.last[rows])


def read_counts(folder: Path) -> dict[str, Counts]:
    """Read both sources and keep the allies that both count, by class."""
    allies = set(members_on(date(LAST, 1, 1)))
    held: dict[tuple[str, str], float] = {}
    for name in ("rdmc_wide_1970_2014.csv", "rdmc_mbt_1970_2014.csv"):
        for row in read_holdings(folder / name)[0]:
            if row.day.year == FIRST:
                held[row.country, row.equipment] = row.count
    with (folder / "globalfirepower_2022.csv").open(encoding="utf-8", newline="") as file:
        later = {row["iso3"]: row for row in csv.DictReader(file)}
    counts = {}
    for equipment, columns in COLUMNS.items():
        codes = sorted(c for c in allies if (c, equipment) in held and c in later)
        first = np.array([held[code, equipment] for code in codes])
        last = np.array([sum(float(later[code][name] or 0.0) for name in columns) for code in codes])
        counts[equipment] = Counts(tuple(codes), first, last)
    return counts


def fighters_are_all_aircraft(folder: Path) -> bool:
    """Whether GlobalFirepower's fighters repeat its total of all aircraft: then they are no count of fighters."""
    with (folder / "globalfirepower_2022.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return all(row["Fighters/Interceptors"] == row["Total Aircraft Strength"] for row in rows)


def ranks(values: Array) -> Array:
    """Return ranks, equal values sharing the mean of theirs."""
    below = (values[:, None] > values[None, :]).sum(axis=1)
    same = (values[:, None] == values[None, :]).sum(axis=1)
    return below + (same + 1) / 2


def rank_correlation(one: Array, other: Array) -> float:
    """Return Spearman's rank correlation."""
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def is_aside(code: str) -> bool:
    """Whether an ally belongs to the half that is looked at once."""
    return sha256(code.encode()).digest()[0] % 2 == 1
