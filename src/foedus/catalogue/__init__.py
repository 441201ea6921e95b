"""The catalogue: every quantity once, with its label, axes, unit, price basis and definition.

The entries stand in YAML files beside this module: ``ledger.yaml`` for what is observed, ``engine.yaml`` for
what no room owns, and one file for each room. Names are the ones used everywhere: in tables, scenario files,
component fields and page anchors.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict

from foedus.errors import FileFormatError, UnknownNameError
from foedus.files.yaml_text import plain_yaml
from foedus.units import Unit

__all__ = ["Quantity", "catalogue", "quantities_of", "quantity", "read_files"]


class Quantity(BaseModel):
    """One entry of the catalogue.

    Attributes
    ----------
    name : str
        The quantity's one name.
    label : str
        How it is headed in print.
    kind : {"indicator", "model", "measure"}
        Whether the ledger, a model component or a run's report holds it.
    dims : tuple of str
        Its axes.
    unit : str
        Its unit inside foedus, one of :data:`foedus.units.UNITS`.
    price_basis : str
        For money and growth: current prices, or constant prices of which year.
    definition : str
        What it means, and how it is computed when it is not observed.
    observed_in : tuple of str
        For indicators: the series that publish it, the preferred first.
    computed_from : tuple of str
        For an indicator that no table holds: the indicators of which it is each country's part in the total
        of all allies, the first that an edition holds.
    sized_by : str
        For a random term: the parameter that says how much it moves (a component alone: any of its own), or
        for one that figures or a record size, how these are known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    kind: Literal["indicator", "model", "measure"]
    dims: tuple[str, ...]
    unit: Unit
    price_basis: str = "none"
    definition: str
    observed_in: tuple[str, ...] = ()
    computed_from: tuple[str, ...] = ()
    sized_by: str = ""


_LISTED = (
    ("ledger", "military_expenditure_share_of_government_spending"),
    ("spending", "gdp_growth_surprise"),
    ("engine", "year"),
    ("spending", "compliance_error"),
    ("engine", "shock_scale"),
    ("spending", "defence_share_error_own"),
    ("decisions", "support_packages_agreed_count"),
    ("spending", "nato_gap_constant_usd"),
    ("decisions", "decision_blocking_value"),
)
"""The order in which programs have been given the catalogue since it was one file: from a file, up to a name.
What is not reached so follows file by file, so that a new file needs no entry here."""


@cache
def catalogue() -> Mapping[str, Quantity]:
    """Return every quantity by name, the indicators first.

    Returns
    -------
    mapping of str to Quantity
        Read-only.

    Raises
    ------
    FileFormatError
        When a name stands in two files.
    """
    return MappingProxyType(_joined(_files()))


def quantities_of(room: str) -> tuple[str, ...]:
    """Return the names that one file of the catalogue holds.

    Parameters
    ----------
    room : str
        A room's name; "ledger" for the indicators, "engine" for what no room owns.

    Returns
    -------
    tuple of str
        In the order of the file.

    Raises
    ------
    UnknownNameError
        When the catalogue has no such file.
    """
    files = _files()
    if room not in files:
        raise UnknownNameError("part of the catalogue", room, files, do=f"use one of {', '.join(files)}")
    return tuple(files[room])


@cache
def _files() -> dict[str, dict[str, Quantity]]:
    """Read the catalogue's own files."""
    return read_files(Path(str(resources.files("foedus.catalogue"))))


def read_files(folder: Path) -> dict[str, dict[str, Quantity]]:
    """Read the files of a catalogue.

    Parameters
    ----------
    folder : pathlib.Path
        Every ``.yaml`` file in it holds entries by name.

    Returns
    -------
    dict of str to dict of str to Quantity
        Entries by name, by the file's name without its ending, in alphabetical order of files.

    Raises
    ------
    FileFormatError
        When a name stands in two files.
    """
    files: dict[str, dict[str, Quantity]] = {}
    holder: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        entries = plain_yaml(path.read_text(encoding="utf-8"))
        for name in entries:
            if name in holder:
                raise FileFormatError(
                    f"{name!r} stands in {holder[name]} too",
                    where=str(path),
                    do="describe a quantity once, in the file of the room that owns it",
                )
            holder[name] = path.name
        files[path.stem] = {name: Quantity(name=name, **entry) for name, entry in entries.items()}
    return files


def _joined(files: Mapping[str, Mapping[str, Quantity]]) -> dict[str, Quantity]:
    """Return the entries of all files in the order in which they are listed."""
    left = {file: list(entries) for file, entries in files.items()}
    order: list[tuple[str, str]] = []
    for file, last in _LISTED:
        end = left[file].index(last) + 1
        order += [(file, name) for name in left[file][:end]]
        del left[file][:end]
    order += [(file, name) for file, names in left.items() for name in names]
    return {name: files[file][name] for file, name in order}


def quantity(name: str, *, where: str | None = None) -> Quantity:
    """Return one catalogue entry.

    Parameters
    ----------
    name : str
        The quantity's name.
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    Quantity
        The entry.

    Raises
    ------
    UnknownNameError
        When there is no such entry; the nearest name is suggested.
    """
    entries = catalogue()
    if name not in entries:
        raise UnknownNameError("indicator", name, entries, where=where, do="`foedus indicators` lists them")
    return entries[name]
