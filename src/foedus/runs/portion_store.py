"""The finished portions of an ensemble in a folder: each a file that is whole or not there.

A portion is two files, its measures and the rest that quantiles are taken of. An ensemble that was
interrupted finds them again: they say of which run they are, and are held against their checksums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.slabs import Columns
from foedus.errors import InputError, IntegrityError
from foedus.files.writing import write_bytes
from foedus.runs.by_class import no_counts
from foedus.runs.outcome import Outcome
from foedus.runs.packed import PackedFile
from foedus.runs.portions import Portion, Work, key
from foedus.runs.store import ArrayWriter
from foedus.scenario.resolved import Resolved

__all__ = ["KINDS", "PortionStore", "StoredOutcome", "file_name"]

KINDS = ("others", "measures")
"""The files of a portion, in the order in which they are written."""


def file_name(number: int, kind: str) -> str:
    """Return the name of one of a portion's files."""
    return f"{number:06d}.{kind}"


@dataclass(frozen=True)
class PortionStore:
    """Finished portions.

    Attributes
    ----------
    folder : pathlib.Path
        Where they lie.
    work : Work
        What they are portions of.
    files : dict of (str, int) to PackedFile
        The open files, by kind and portion.
    """

    folder: Path
    work: Work
    files: dict[tuple[str, int], PackedFile]

    @classmethod
    def at(cls, folder: Path, work: Work) -> PortionStore:
        """Open a folder of portions, with those that are whole and of the same run.

        Parameters
        ----------
        folder : pathlib.Path
            The folder; it is made where it does not exist.
        work : Work
            What is computed.

        Returns
        -------
        PortionStore
            A portion that is not what was written is not in it, and is computed again.

        Raises
        ------
        InputError
            When the folder holds portions of another run.
        """
        folder.mkdir(parents=True, exist_ok=True)
        store = cls(folder, work, {})
        for number in work.portions:
            opened = {kind: store._existing(number, kind) for kind in KINDS}
            store.files.update({(kind, number): file for kind, file in opened.items() if file is not None})
        return store

    @classmethod
    def measures(cls, folder: Path, work: Work) -> PortionStore:
        """Open the measures alone, which have been held against their checksums."""
        files = {("measures", n): PackedFile.at(folder / file_name(n, "measures")) for n in work.portions}
        return cls(folder, work, files)

    def _existing(self, number: int, kind: str) -> PackedFile | None:
        """Return a finished file of a portion; None where there is none, or none that is whole."""
        path = self.folder / file_name(number, kind)
        if not path.is_file():
            return None
        try:
            file = PackedFile.at(path)
        except IntegrityError:
            return None
        if file.about.get("run_sha256") != self.work.run_sha256:
            raise InputError(
                "the folder holds finished blocks of another run",
                where=str(self.folder),
                do="remove it, or give another one with --out",
            )
        whole = self.work.keep == "all"
        return file if file.about.get("whole") is whole and file.is_sound() else None

    def missing(self) -> list[int]:
        """Return the portions that are not finished, in order."""
        return [n for n in self.work.portions if not all((kind, n) in self.files for kind in KINDS)]

    def draws(self) -> int:
        """Return how many draws are finished."""
        whole = set(self.work.portions).difference(self.missing())
        return sum(int(self.files["measures", n].about["draws"]) for n in whole)

    def add(self, number: int, portion: Portion) -> int:
        """Write a portion; each of its files is whole or not there.

        Parameters
        ----------
        number : int
            The portion's number.
        portion : mapping of str to bytes
            Its files.

        Returns
        -------
        int
            How many draws it has.
        """
        for kind in KINDS:
            path = self.folder / file_name(number, kind)
            write_bytes(path, portion[kind], "a block of draws")
            self.files[kind, number] = PackedFile.at(path)
        return int(self.files["measures", number].about["draws"])

    def column(self, kind: str, name: str) -> Array:
        """Read a column of every portion, in the order of the draws.

        Parameters
        ----------
        kind : str
            In which of a portion's files it stands.
        name : str
            Its key.

        Returns
        -------
        ndarray, (draw,)
            In double precision.
        """
        values = np.empty(self.work.draws)
        for number in self.work.portions:
            file = self.files[kind, number]
            first, draws = file.about["first"], file.about["draws"]
            values[first : first + draws] = file.read(name)
        return values

    def counts(self, names: Mapping[str, Counter[int]]) -> dict[str, Counter[int]]:
        """Return in how many draws each counted quantity was true, by year; whole numbers, in any order."""
        total = {name: Counter(by_year) for name, by_year in names.items()}
        for number in self.work.portions:
            for name, by_year in self.files["others", number].about["counts"].items():
                total[name].update({int(year): count for year, count in by_year.items()})
        return total

    def measure(self, name: str, index: int) -> Array:
        """Read a measure in every draw of a year.

        Parameters
        ----------
        name : str
            The measure.
        index : int
            The year's place, from 0.

        Returns
        -------
        ndarray, (draw,)
            In double precision.
        """
        return self.column("measures", key(name, index))

    def paths(self, kind: str) -> list[Path]:
        """Return the files of a kind, in order."""
        return [self.folder / file_name(n, kind) for n in self.work.portions]

    def write_arrays(self, resolved: Resolved, folder: Path) -> None:
        """Write the arrays of a run, a portion at a time.

        Parameters
        ----------
        resolved : Resolved
            The scenario.
        folder : pathlib.Path
            The folder to make.
        """
        folder.mkdir()
        years, draws = range(len(resolved.years)), self.work.draws
        countries, classes = len(resolved.countries), len(resolved.classes)
        shapes: dict[str, tuple[str, str, tuple[int, ...]]] = {
            **dict.fromkeys(resolved.stored(), ("others", "<f4", (len(years), draws, countries))),
            **dict.fromkeys(resolved.measure_names(), ("measures", "<f8", (len(years), draws))),
            **dict.fromkeys(resolved.at_horizon(), ("others", "<f4", (classes, draws))),
        }
        for name, (kind, dtype, shape) in shapes.items():
            with ArrayWriter(folder / f"{name}.npy", dtype, shape) as writer:
                for number in self.work.portions:
                    file = self.files[kind, number]
                    rows = np.stack([file.read(key(name, i)) for i in range(shape[0])])
                    writer.write(file.about["first"], rows)


@dataclass(frozen=True)
class StoredOutcome(Outcome):
    """What a scenario comes to in every draw, read from its portions column by column.

    Attributes
    ----------
    store : PortionStore
        All of its portions.
    """

    store: PortionStore

    @classmethod
    def of(cls, resolved: Resolved, store: PortionStore) -> StoredOutcome:
        """Return the outcome of a scenario whose portions are all there."""
        return cls(resolved, {}, {}, store.counts(no_counts(resolved)), store)

    @property
    def draws(self) -> int:
        """How many draws it holds."""
        return self.store.work.draws

    def measure(self, name: str, index: int) -> Array:
        """Return a measure in every draw of a year, by its index, (draw,)."""
        return self.store.measure(name, index)

    def columns(self, name: str, index: int) -> Columns:
        """Return what gives a shown quantity of some countries in the last year, by its index."""
        places = range(len(self.resolved.countries))
        return lambda span: np.stack(
            [self.store.column("others", key(name, index, i)) for i in places[span]], axis=1
        )

    def of_class(self, name: str, index: int, k: int) -> Array:
        """Return a quantity of a class in every draw of a year, (draw,), by the indexes of both."""
        return self.store.column("others", key(name, index, k))

    def last_of_class(self, name: str, k: int) -> Array:
        """Return a quantity of a class at the horizon in every draw, (draw,), by the class's index."""
        return self.store.column("others", key(name, k))
