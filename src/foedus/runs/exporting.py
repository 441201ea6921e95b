"""A run as one file that other programs read: arrays in netCDF, or a long table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from foedus.catalogue import catalogue
from foedus.errors import InputError, UnknownNameError
from foedus.evidence.export import check_target
from foedus.evidence.packaged import packaged_card
from foedus.evidence.userdata import cache_folder
from foedus.extending import install
from foedus.files.cells import csv_lines
from foedus.files.writing import check_writable, write_bytes, write_text
from foedus.frames import CellKind, Frame, Schema
from foedus.frames.package import PackageSource, write_data_package
from foedus.results import Result
from foedus.runs.labelled import What, run_arrays, run_columns
from foedus.runs.result import Run

__all__ = ["RUN_FORMATS", "RunExport", "export_run", "run_folder"]

RUN_FORMATS = (".nc", ".parquet", ".csv")
"""The endings that say in which format to write a run."""

NOTES = {
    "year": "The year.",
    "draw": "The number of the draw, from 0: the same draw in every year and quantity.",
    "quantile": "The share of draws at or below the value; for each country and year apart.",
    "country": "ISO 3166 alpha-3 code.",
}


PURE = {"fraction": "1", "count": "1", "index": "1"}
"""Units that are pure numbers, as netCDF files write them."""


@dataclass(frozen=True)
class RunExport(Result):
    """What of a run was written to a file.

    Attributes
    ----------
    file, package : pathlib.Path
        The file, and the description beside it.
    what : {"draws", "quantiles"}
        Every draw, or quantiles over the draws.
    quantities : tuple of str
        What it holds.
    values : int
        How many numbers.
    editions : tuple of str
        The editions that the run rests on.
    """

    file: Path
    package: Path
    what: What
    quantities: tuple[str, ...]
    values: int
    editions: tuple[str, ...]

    notes: tuple[str, ...] = ()

    def headline(self) -> str:
        """Return how many numbers of which kind are in which file."""
        many = "quantity" if len(self.quantities) == 1 else "quantities"
        kind = "drawn values" if self.what == "draws" else "quantiles"
        held = f"{self.values:,} {kind} of {len(self.quantities)} {many}"
        return f"{held} written to {self.file}, described in {self.package}."

    def gaps(self) -> list[str]:
        """Return what was asked for and is not there: a name that a run lacks is refused."""
        return []


def run_folder(subject: str) -> Path | None:
    """Return the folder of a run by its path or by its name among the unnamed runs, or None.

    Parameters
    ----------
    subject : str
        What was typed.

    Returns
    -------
    pathlib.Path or None
        None where it is neither.
    """
    places = [Path(subject)]
    if subject and Path(subject).name == subject:
        places.append(cache_folder() / "runs" / subject)
    return next((place for place in places if (place / "run.json").is_file()), None)


def export_run(run: Run, to: Path, *, what: What = "quantiles", names: Sequence[str] = ()) -> RunExport:
    """Write a run to a file, and what it holds beside it.

    Parameters
    ----------
    run : Run
        The run.
    to : pathlib.Path
        The file; its ending .nc, .parquet or .csv says the format.
    what : {"draws", "quantiles"}
        Every draw, or the quantiles 0.1, 0.5 and 0.9 over the draws.
    names : sequence of str, default ()
        The quantities: without them, in .nc all that the run holds, in a table those by country.

    Returns
    -------
    RunExport
        What was written.

    Raises
    ------
    InputError
        When the ending names no format, a library is missing, or a table would mix quantities by country
        with measures.
    UnknownNameError
        When the run has no such quantity.
    StorageError
        When the file cannot be written.
    """
    kind = to.suffix.lower()
    if kind not in RUN_FORMATS:
        raise InputError(
            f"the ending {to.suffix or '(none)'!r} names no format of a run",
            where=str(to),
            do=f"use one of {', '.join(RUN_FORMATS)}",
        )
    for name in names:
        if name not in run.names:
            raise UnknownNameError("quantity of this run", name, run.names, do="name what the run holds")
    if kind == ".nc":
        chosen = tuple(names or run.names)
        check_writable(to)
        values, schema = _write_arrays(run, to, chosen, what)
    else:
        chosen = tuple(names or run.resolved.stored())
        check_target(to)
        values, schema = _write_table(run, to, chosen, what)
    package = write_data_package(
        to,
        schema,
        title=f"{run.summary.title}: {'every draw' if what == 'draws' else 'quantiles over the draws'}",
        notes=NOTES | {name: catalogue()[name].label for name in chosen},
        sources=run_sources(run),
        about={"units": {name: catalogue()[name].unit for name in chosen}, "run": _about(run)},
    )
    return RunExport(to, package, what, chosen, values, tuple(run.manifest["editions"]))


def run_sources(run: Run) -> list[PackageSource]:
    """Return the editions that a run rests on, with what their cards say."""
    sources = []
    for edition in run.manifest["editions"]:
        card = packaged_card(edition)
        if card is None:
            unknown = PackageSource(edition, "an imported edition", "imported", "", "", "see the publisher")
            sources.append(unknown)
        else:
            sources.append(
                PackageSource(
                    edition, card.title, card.publisher, str(card.published), card.url, card.licence
                )
            )
    return sources


def _about(run: Run) -> dict[str, Any]:
    """Return what identifies a run."""
    manifest, resolved = run.manifest, run.resolved
    return {
        "scenario": resolved.name,
        "as_of": str(resolved.as_of),
        "draws": run.draw_count,
        "price_year": resolved.price_year,
        **{key: manifest[key] for key in ("seed", "foedus", "run_sha256", "content_sha256")},
    }


def _write_arrays(run: Run, to: Path, names: Sequence[str], what: What) -> tuple[int, Schema]:
    """Write labelled arrays as netCDF of version 3, with label and unit of each, and the run's sources."""
    arrays = run_arrays(run, names, what)
    try:
        import scipy.io  # noqa: F401
    except ImportError as error:
        raise InputError("a .nc file needs SciPy", where=str(to), do=install("netcdf")) from error
    arrays = arrays.assign_attrs(
        title=run.summary.title,
        institution="foedus",
        source=f"foedus {run.manifest['foedus']}, scenario {run.resolved.name}, seed {run.manifest['seed']}",
        references="; ".join(
            f"{s.edition}: {s.publisher}, {s.title} ({s.published}) {s.url}" for s in run_sources(run)
        ),
        **{key: str(value) if key == "seed" else value for key, value in _about(run).items()},
    )
    for name in names:
        arrays[name].attrs["units"] = PURE.get(arrays[name].attrs["units"], arrays[name].attrs["units"])
    for name in ("year", "quantile", "country"):
        if name in arrays.coords:
            arrays[name].attrs["long_name"] = NOTES[name].rstrip(".")
    values = sum(int(array.size) for array in arrays.values())
    content = arrays.to_netcdf(engine="scipy", format="NETCDF3_64BIT")
    write_bytes(to, bytes(content))
    axes: dict[str, CellKind] = {
        "year": CellKind("whole"),
        "draw" if what == "draws" else "quantile": CellKind("whole" if what == "draws" else "number"),
        "country": CellKind("text"),
    }
    return values, axes | dict.fromkeys(names, CellKind("number", empty=True))


def _write_table(run: Run, to: Path, names: Sequence[str], what: What) -> tuple[int, Schema]:
    """Write a long table."""
    columns = run_columns(run, names, what)
    schema: dict[str, CellKind] = dict.fromkeys(names, CellKind("number", empty=True))
    labels = {"year": "whole", "draw": "whole", "quantile": "number", "country": "text"}
    own: dict[str, CellKind] = {name: CellKind(labels[name]) for name in columns if name in labels}  # type: ignore[arg-type]
    frame = Frame(own | schema, columns)
    if to.suffix.lower() == ".csv":
        lists = {name: np.asarray(values).tolist() for name, values in columns.items()}
        rows = (dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True))
        write_text(to, "".join(csv_lines(tuple(lists), rows)))
    else:
        content = BytesIO()
        frame.to_polars().write_parquet(content)
        write_bytes(to, content.getvalue())
    return len(frame) * len(names), frame.schema
