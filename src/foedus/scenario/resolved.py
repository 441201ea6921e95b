"""A resolved scenario: everything the model needs, frozen, with one canonical text and one hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.parameters import Setting
from foedus.results import Note

__all__ = ["Resolved"]


@dataclass(frozen=True)
class Resolved:
    """A scenario with its figures.

    Attributes
    ----------
    name, title, question : str
        The scenario's name, its title and the question it asks.
    as_of : datetime.date
        The day whose knowledge it uses.
    countries : tuple of str
        The allies of that day, ISO 3166 alpha-3, in alphabetical order.
    participates : tuple of bool
        For each country, whether it has a share of GDP to start from. Who has none is carried without a share
        and counts in no total.
    start_year, horizon : int
        The year of the starting figures, and the last year.
    price_year : int
        The year whose prices and exchange rates all money is in.
    gdp_constant_usd : tuple of float
        GDP of the start year by country, US dollars of `price_year`.
    defence_expenditure_share_of_gdp : tuple of float
        Share of GDP of the start year by country, a fraction; NaN for who does not participate.
    gdp_real_growth_path : tuple of tuple of float
        For each year after the start, growth by country, fractions per year.
    growth_projected_from : int
        The first year whose growth is a projection in the edition used.
    growth_shift : float
        Added to every country's growth in projected years, a fraction per year.
    shock_scale : float
        Multiplies every random term.
    pledge_target : float
        The share of GDP pledged by all, a fraction.
    pledge_targets : tuple of float
        The share pledged by each country, its own where it has an exception.
    pledge_from, pledge_deadline : int
        The first year of the pledge and its deadline.
    announced : tuple of (tuple of float, tuple of float)
        For each year after the start, the next share of GDP that each country's government has announced and
        the year it is for; NaN where there is none.
    threat_until : int or None
        The last year in which the threat to those who border Russia or Belarus is raised; None: it stays so.
    start_is_estimate : tuple of bool
        For each country, whether the edition prints its starting share as an estimate.
    equipment_share, infrastructure_share, other_share : tuple of float
        Parts of defence expenditure at the start by country, fractions of it; NaN where not known.
    questions : tuple of tuple
        Questions put to allies, each the values of :class:`foedus.decisions.section.Put` in their order.
    parameters : mapping of str to Setting
        Parameters by ``component.name``.
    editions : mapping of str to str
        The checksum of each used edition's table, by the edition's id; empty where the card has none.
    notes : tuple of Note
        Flags of every fill, choice and omission.
    accession_signed : tuple of str
        For each country the day on which the protocol of its accession is signed, empty for allies; no
        entries where the scenario opens no accession.
    accession_holders : tuple of str
        Allies that hold an accession back.
    military_personnel : tuple of float
        Persons by country; no entries where the scenario opens no accession.
    border_with_russia_and_belarus_km : tuple of float
        Land border by country; no entries where the scenario opens no accession.
    """

    name: str
    title: str
    question: str
    as_of: date
    countries: tuple[str, ...]
    participates: tuple[bool, ...]
    start_year: int
    horizon: int
    price_year: int
    gdp_constant_usd: tuple[float, ...]
    defence_expenditure_share_of_gdp: tuple[float, ...]
    gdp_real_growth_path: tuple[tuple[float, ...], ...]
    growth_projected_from: int
    growth_shift: float
    shock_scale: float
    pledge_target: float
    pledge_targets: tuple[float, ...]
    pledge_from: int
    pledge_deadline: int
    announced: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
    threat_until: int | None
    start_is_estimate: tuple[bool, ...]
    equipment_share: tuple[float, ...]
    infrastructure_share: tuple[float, ...]
    other_share: tuple[float, ...]
    parameters: Mapping[str, Setting]
    editions: Mapping[str, str]
    notes: tuple[Note, ...]
    questions: tuple[tuple[Any, ...], ...] = ()
    accession_signed: tuple[str, ...] = ()
    accession_holders: tuple[str, ...] = ()
    military_personnel: tuple[float, ...] = ()
    border_with_russia_and_belarus_km: tuple[float, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and every year to the horizon."""
        return tuple(range(self.start_year, self.horizon + 1))

    @property
    def membership(self) -> tuple[float, ...]:
        """For each country 1.0 for an ally of the start, 0.0 for who may accede."""
        return tuple(0.0 if day else 1.0 for day in self.accession_signed) or (1.0,) * len(self.countries)

    def to_json(self) -> dict[str, Any]:
        """Give the scenario as plain values that JSON can hold; NaN becomes None.

        Returns
        -------
        dict
            One key for each attribute.
        """
        content: dict[str, Any] = {
            name: _plain(value) for name, value in vars(self).items() if name not in {"parameters", "notes"}
        }
        content["parameters"] = {name: _plain(vars(s)) for name, s in sorted(self.parameters.items())}
        content["notes"] = [vars(note) for note in self.notes]
        return content

    def canonical(self) -> str:
        """Give the one text that stands for this scenario: JSON with sorted keys and no spaces."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), allow_nan=False)

    @property
    def sha256(self) -> str:
        """The checksum of the canonical text."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Resolved:
        """Read what :meth:`to_json` gave.

        Parameters
        ----------
        content : mapping
            Plain values.

        Returns
        -------
        Resolved
            An equal scenario: the canonical text is the same.
        """
        values = {name: _frozen(value) for name, value in content.items()}
        values["as_of"] = date.fromisoformat(content["as_of"])
        values["parameters"] = {
            name: Setting(**{k: _frozen(v) for k, v in setting.items()})
            for name, setting in content["parameters"].items()
        }
        values["editions"] = dict(content["editions"])
        values["notes"] = tuple(Note(**note) for note in content["notes"])
        return cls(**values)


def _plain(value: Any) -> Any:
    """Turn a value into what JSON can hold."""
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in sorted(value.items())}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _frozen(value: Any) -> Any:
    """Turn lists back into tuples and null inside them back into NaN."""
    if isinstance(value, list):
        return tuple(math.nan if inner is None else _frozen(inner) for inner in value)
    return value
