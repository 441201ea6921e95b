"""A run: an immutable folder of arrays, with the scenario and everything needed to make it again.

::

    run.json         the resolved scenario, seed, draws, versions, editions and checksums
    headline.json    what `foedus run` prints
    ro-crate-metadata.json  what the files are, the software and the sources, for archives
    SHA256SUMS       the checksum of every other file, for `sha256sum -c`
    arrays/*.npy     (year, draw, country) in single precision, and the measures (year, draw) in double
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.section import QUANTILES
from foedus.errors import InputError, IntegrityError, UnknownNameError
from foedus.frames import CellKind, Frame, Schema
from foedus.results import Answer, Result
from foedus.runs.closing import closing_of_run
from foedus.runs.headline import Headline
from foedus.runs.manifest import array_path, check_files, check_headline, check_identity, read_manifest
from foedus.runs.store import ArrayReader
from foedus.scenario.resolved import Resolved

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import xarray as xr

    from foedus.plotting.chart import Chart

__all__ = ["Run"]


@dataclass(frozen=True)
class Run(Result):
    """A finished run.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies.
    manifest : mapping
        The content of ``run.json``.
    summary : Headline
        The content of ``headline.json``.
    resolved : Resolved
        The scenario with its figures.
    """

    folder: Path
    manifest: Mapping[str, Any]
    summary: Headline
    resolved: Resolved

    @classmethod
    def load(cls, folder: Path | str, *, known: str = "") -> Run:
        """Open a run's folder, once every file is what was written.

        Parameters
        ----------
        folder : pathlib.Path or str
            The folder.
        known : str, optional
            Checksums that this process has just written, so that the arrays are not read once more.

        Returns
        -------
        Run
            The run; its arrays are read when they are asked for.

        Raises
        ------
        IntegrityError
            When the folder holds no whole run, or a file is not what was written; the message names it.
        StorageError
            When a file cannot be read.
        """
        folder = Path(folder)
        manifest, content = read_manifest(folder)
        try:
            check_files(folder, manifest, known)
            run = cls(folder, manifest, Headline.from_json(content), Resolved.from_json(manifest["scenario"]))
            check_identity(run)
            if manifest["format"] < 3:
                check_headline(run)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
            raise IntegrityError(
                f"this is not a run ({str(error)[:100] or type(error).__name__})",
                where=str(folder),
                do="give a folder that `foedus run` wrote",
            ) from error
        return run

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how many allies are at the pledge in the last year."""
        from foedus.runs.answer import headline_answer

        return headline_answer(self.summary)

    def payload(self) -> dict[str, Any]:
        """Return the headline with what identifies the run, without the folder: only this machine knows it.

        Returns
        -------
        dict
            The headline, the seed, and the checksums of what went in and what came out.
        """
        # As headline.json holds it: keys in alphabetical order.
        content: dict[str, Any] = json.loads(json.dumps(self.summary.to_json(), sort_keys=True))
        about = {key: self.manifest[key] for key in ("seed", "input_sha256", "content_sha256")}
        closing = closing_of_run(self)
        about |= {} if closing is None else {"closing": closing.to_json()}
        return content | about | {"answer": self.answer().payload()}

    def verify(self) -> None:
        """Check once more that every file is what was written; :meth:`load` has done so.

        Raises
        ------
        IntegrityError
            When one is not.
        """
        check_files(self.folder, self.manifest)

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.runs.charts import paths, skill

        return {
            "paths": paths.run_chart,
            "horizon": paths.horizon_chart,
            "allies": paths.ally_paths_chart,
            "skill": skill.skill_chart,
        }

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and every year to the horizon."""
        return self.resolved.years

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the arrays' last axis, alpha-3."""
        return self.resolved.countries

    @property
    def draw_count(self) -> int:
        """How many draws the run has."""
        return int(self.manifest["draws"])

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that can be asked for by year."""
        last = self.resolved.at_horizon()
        return (*(n for n in self.manifest["arrays"] if n not in last), *self.resolved.derived())

    def at_horizon(self, name: str, equipment_class: str) -> Array:
        """Return a quantity of a class at the end of the last year, in every draw.

        Parameters
        ----------
        name, equipment_class : str
            One of what the scenario keeps at the horizon, and the class.

        Returns
        -------
        ndarray, (draw,)
            In single precision on the disk.

        Raises
        ------
        UnknownNameError
            When the run keeps no such quantity or class.
        """
        used = self.resolved.classes_in_use()
        for given, known in ((name, self.resolved.at_horizon()), (equipment_class, used)):
            if given not in known:
                raise UnknownNameError("name of this run", given, known, do="name what the run keeps")
        return self._reader(name).year(self.resolved.classes.index(equipment_class))

    def draws(self, name: str, *, year: int | None = None) -> Array:
        """Return a quantity in every draw.

        Parameters
        ----------
        name : str
            One of :attr:`names`.
        year : int, optional
            One year; without it, all of them, which for many draws takes much memory.

        Returns
        -------
        ndarray
            Of shape (year, draw, country) or (year, draw), without the first axis when a year is given.
            Quantities by country come from arrays of single precision: about seven digits.

        Raises
        ------
        UnknownNameError
            When the run has no such quantity.
        InputError
            When the year is not one of the run's.
        """
        if year is not None:
            return self._year(name, self._index(year))
        return np.stack([self._year(name, i) for i in range(len(self.years))])

    def quantiles(self, name: str, q: Sequence[float] = QUANTILES) -> Array:
        """Return exact quantiles over the draws, read one year at a time.

        Parameters
        ----------
        name : str
            One of :attr:`names`.
        q : sequence of float
            Fractions between 0 and 1.

        Returns
        -------
        ndarray
            Of shape (q, year, country) or (q, year); NaN for a country that does not participate.

        Raises
        ------
        UnknownNameError
            When the run has no such quantity.
        InputError
            When a fraction is not between 0 and 1.
        """
        if not all(0.0 <= fraction <= 1.0 for fraction in q):
            raise InputError(f"{list(q)} are not all between 0 and 1", where="quantiles", do="give fractions")
        return np.stack([_quantiles(self._year(name, i), q) for i in range(len(self.years))], axis=1)

    def to_columns(self, names: Sequence[str] | None = None) -> dict[str, Any]:
        """Return quantities as the columns of a long table.

        Parameters
        ----------
        names : sequence of str, optional
            Quantities by country, or measures; not both. Without them, the stored quantities by country.

        Returns
        -------
        dict of str to ndarray
            Columns year, draw, country (not for measures), and one for each quantity; NaN where a country
            does not participate.

        Raises
        ------
        InputError
            When the table would have more than 50 million rows, or the quantities have different axes.
        """
        from foedus.runs.labelled import run_columns

        return run_columns(self, names or self.resolved.stored())

    def run_frame(self, names: Sequence[str] | None = None) -> Frame:
        """Return quantities as a long table of typed columns; see :meth:`to_columns`."""
        return Frame(self.schema(names), self.to_columns(names))

    def as_frame(self, table: str | None = None) -> Frame:
        """Return the stored quantities by country, or one of the run's tables; see :meth:`run_frame`."""
        return super().as_frame(table) if table else self.run_frame()

    def schema(self, names: Sequence[str] | None = None) -> Schema:
        """Return what the cells of each column of :meth:`to_columns` are."""
        names = names or self.resolved.stored()
        axes = {"year": CellKind("whole"), "draw": CellKind("whole")}
        if all(len(self.dims(name)) == 3 for name in names):
            axes["country"] = CellKind("text")
        return {**axes, **dict.fromkeys(names, CellKind("number", empty=True))}

    def to_polars(self, names: Sequence[str] | None = None) -> pl.DataFrame:
        """Return quantities as a long polars table; see :meth:`to_columns`.

        Parameters
        ----------
        names : sequence of str, optional
            Quantities by country, or measures; not both. Without them, the stored quantities by country.

        Returns
        -------
        polars.DataFrame
            The same columns and rows; null where a country does not participate.
        """
        return self.run_frame(names).to_polars()

    def to_pandas(self, names: Sequence[str] | None = None) -> pd.DataFrame:
        """Return quantities as a long pandas table; see :meth:`to_columns`.

        Parameters
        ----------
        names : sequence of str, optional
            Quantities by country, or measures; not both. Without them, the stored quantities by country.

        Returns
        -------
        pandas.DataFrame
            The same columns and rows.
        """
        return self.run_frame(names).to_pandas()

    def to_xarray(self, names: Sequence[str] | None = None) -> xr.Dataset:
        """Return quantities as a labelled dataset.

        Parameters
        ----------
        names : sequence of str, optional
            Quantities by country, measures, or both; without them, the stored quantities by country.

        Returns
        -------
        xarray.Dataset
            Over year, draw and country, with label and unit as attributes.

        Raises
        ------
        InputError
            When xarray is not installed.
        """
        from foedus.runs.labelled import run_arrays

        return run_arrays(self, names or self.resolved.stored())

    def _known(self, name: str) -> str:
        """Refuse a name that the run does not hold."""
        if name not in self.names:
            raise UnknownNameError(
                "quantity of this run", name, self.names, do=f"use {', '.join(self.names)}"
            )
        return name

    def dims(self, name: str) -> tuple[str, ...]:
        """Return the axes of a quantity."""
        entry = self.manifest["arrays"].get(self._known(name))
        return ("year", "draw") if entry and len(entry["shape"]) == 2 else ("year", "draw", "country")

    def _index(self, year: int) -> int:
        """Return the place of a year."""
        if year not in self.years:
            raise InputError(
                f"the run has no year {year}",
                where=str(self.folder),
                do=f"give one from {self.years[0]} to {self.years[-1]}",
            )
        return self.years.index(year)

    def _reader(self, name: str) -> ArrayReader:
        """Open a stored array."""
        return ArrayReader(array_path(self.folder, name))

    def _year(self, name: str, index: int) -> Array:
        """Read one year of a quantity, or compute it from what is stored."""
        derived = self.resolved.derived().get(self._known(name))
        if derived is None:
            return self._reader(name).year(index)
        return derived({stored: self._reader(stored).year(index) for stored in self.resolved.stored()})


def _quantiles(values: Array, q: Sequence[float]) -> Array:
    """Return quantiles over the first axis, and NaN for columns without values."""
    if values.ndim == 1:
        return np.asarray(np.quantile(values, q))
    out = np.full((len(q), values.shape[1]), np.nan)
    whole = ~np.isnan(values[0])
    out[:, whole] = np.quantile(values[:, whole], q, axis=0)
    return out
