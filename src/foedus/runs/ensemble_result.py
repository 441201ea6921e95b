"""What an ensemble leaves: for each scenario a folder with its headline, and with as many draws as were kept.

::

    ensemble.json    the resolved scenario, seed, draws, versions, editions and checksums
    headline.json    what `foedus run` prints, byte for byte that of a run of as many draws
    measures/*       with ``--keep measures``, the measures of every draw, packed

With ``--keep all`` the folder is a run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.engine.arrays import Array
from foedus.errors import InputError, IntegrityError, StorageError, UnknownNameError
from foedus.files.checksum import sha256_of
from foedus.forces.time_to_close import ClosingSummary
from foedus.results import Result
from foedus.runs.answer import headline_answer
from foedus.runs.closing import closing_of_run
from foedus.runs.headline import Headline
from foedus.runs.identity import ran_sha256
from foedus.runs.portion_store import PortionStore
from foedus.runs.portions import Keep, Work
from foedus.runs.result import Run
from foedus.scenario.resolved import Resolved
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.results import Answer

__all__ = ["FORMAT", "MANIFEST", "MEASURES", "UNFINISHED", "Ensemble", "Member", "is_member"]

FORMAT = 1
"""The format of ``ensemble.json``."""
MANIFEST = "ensemble.json"
MEASURES = "measures"
"""The folder of the measures of every draw."""
UNFINISHED = ".unfinished"
"""How the name of a folder ends in which finished blocks wait for the others."""
AGAIN = "remove the folder and give the command again"


def is_member(folder: Path) -> bool:
    """Whether a folder holds a scenario of an ensemble of which less than all is kept."""
    return (folder / MANIFEST).is_file()


@dataclass(frozen=True)
class Member:
    """One scenario of an ensemble.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies.
    keep : {"quantiles", "measures", "all"}
        What is kept.
    manifest : mapping
        What it was computed from and with.
    summary : Headline
        Its headline.
    resolved : Resolved
        The scenario with its figures.
    closing : ClosingSummary or None
        A requirement on its way; None where the scenario names none.
    """

    folder: Path
    keep: Keep
    manifest: Mapping[str, Any]
    summary: Headline
    resolved: Resolved
    closing: ClosingSummary | None

    @classmethod
    def load(cls, folder: Path) -> Member:
        """Open a scenario's folder, once every file is what was written.

        Parameters
        ----------
        folder : pathlib.Path
            The folder.

        Returns
        -------
        Member
            The scenario; draws are read when they are asked for.

        Raises
        ------
        IntegrityError
            When the folder holds no whole ensemble or run, or a file is not what was written.
        StorageError
            When a file cannot be read.
        """
        if not is_member(folder):
            run = Run.load(folder)
            return cls(folder, "all", run.manifest, run.summary, run.resolved, closing_of_run(run))
        try:
            manifest = json.loads((folder / MANIFEST).read_bytes())
            headline = (folder / "headline.json").read_bytes()
            if manifest["format"] != FORMAT:
                raise ValueError(f"its format is {str(manifest['format'])[:20]}, not {FORMAT}")
            _check(folder, manifest, headline)
            closing = manifest["closing"]
            member = cls(
                folder,
                manifest["kept"],
                manifest,
                Headline.from_json(json.loads(headline)),
                Resolved.from_json(manifest["scenario"]),
                None if closing is None else ClosingSummary.from_json(closing),
            )
            if member.resolved.sha256 != manifest["scenario_sha256"]:
                raise ValueError("the scenario is not what was written")
        except OSError as error:
            raise StorageError(
                f"the file cannot be read ({error.strerror})", where=str(folder), do="check the disk"
            ) from error
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise IntegrityError(
                f"this is no whole ensemble ({str(error)[:100]})", where=str(folder), do=AGAIN
            ) from error
        return member

    def measure(self, name: str, year: int) -> Array:
        """Return a measure in every draw of a year.

        Parameters
        ----------
        name : str
            One of the scenario's measures.
        year : int
            One of its years.

        Returns
        -------
        ndarray, (draw,)
            In double precision.

        Raises
        ------
        UnknownNameError
            When the scenario has no such measure.
        InputError
            When it has no such year, or no draws were kept.
        """
        names, years = self.resolved.measure_names(), self.resolved.years
        if name not in names:
            raise UnknownNameError("measure of this scenario", name, names, do=f"use {', '.join(names)}")
        if year not in years:
            do = f"give one from {years[0]} to {years[-1]}"
            raise InputError(f"there is no year {year}", where=str(self.folder), do=do)
        if self.keep == "all":
            return Run.load(self.folder).draws(name, year=year)
        if self.keep == "quantiles":
            do = "give the command again with --keep measures"
            raise InputError("no draws were kept", where=str(self.folder), do=do)
        about = self.manifest
        work = Work(
            "", (), about["run_sha256"], about["seed"], about["draws"], self.keep, about["blocks_each"]
        )
        store = PortionStore.measures(self.folder / MEASURES, work)
        return store.measure(name, years.index(year))

    def answer(self) -> Answer:
        """Return how many allies are at the pledge in the last year."""
        return headline_answer(self.summary)

    def payload(self) -> dict[str, Any]:
        """Return the headline with what identifies the ensemble, as `foedus run` gives it."""
        content: dict[str, Any] = json.loads(json.dumps(self.summary.to_json(), sort_keys=True))
        about = {name: self.manifest[name] for name in ("seed", "input_sha256", "run_sha256")}
        closing = {} if self.closing is None else {"closing": self.closing.to_json()}
        where = {"folder": str(self.folder), "kept": self.keep}
        return content | about | closing | where | {"answer": self.answer().payload()}


def _check(folder: Path, manifest: Mapping[str, Any], headline: bytes) -> None:
    """Check an ensemble's files against their checksums, and what it is called against what it is."""
    if (manifest["input_sha256"], manifest["run_sha256"]) != ran_sha256(manifest):
        raise ValueError("ensemble.json is not what was written")
    if manifest["headline_sha256"] != sha256_of(headline):
        raise ValueError("headline.json is not what was written")
    for name, digest in manifest["files"].items():
        path = folder / MEASURES / name
        if not path.is_file() or sha256_of(path) != digest:
            raise ValueError(f"{MEASURES}/{name} is not what was written")


@dataclass(frozen=True)
class Ensemble(Result):
    """Scenarios over the same draws.

    Attributes
    ----------
    members : tuple of Member
        In the order in which they were asked for.
    """

    members: tuple[Member, ...]

    def headline(self) -> str:
        """Return each scenario's answer in a sentence."""
        return " ".join(f"{m.resolved.title}: {m.answer().sentence()}" for m in self.members)

    def tables(self) -> tuple[Table, ...]:
        """Return one row a scenario: its answer, and where it is kept."""
        columns = (Column("scenario", "Scenario"), Column("answer", "Answer"), Column("folder", "Kept in"))
        rows = tuple(
            {"scenario": m.resolved.name, "answer": m.answer().sentence(), "folder": str(m.folder)}
            for m in self.members
        )
        return (Table("scenarios", "Scenarios", columns, rows),)

    def payload(self) -> dict[str, Any]:
        """Return the scenarios' headlines under ``scenarios``."""
        return {"scenarios": [member.payload() for member in self.members]}
