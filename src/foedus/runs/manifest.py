"""What a run's folder holds, and whether it is still what was written, to the last byte.

``run.json`` says what was run and holds the checksum of ``headline.json`` and of every array. ``SHA256SUMS``
holds the checksums of them all and of ``run.json`` itself, as ``sha256sum -c SHA256SUMS`` reads them. Every
run is held against them when it is opened. A run of an earlier format has fewer checksums: of its headline
the figures are held against its arrays instead.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.errors import IntegrityError, StorageError
from foedus.files.checksum import sha256_of
from foedus.runs.crate import CRATE
from foedus.runs.headline import quantiles_by_year
from foedus.runs.identity import ran_sha256

if TYPE_CHECKING:
    from foedus.runs.result import Run

__all__ = [
    "FORMAT",
    "SUMS",
    "array_path",
    "check_files",
    "check_headline",
    "check_identity",
    "content_sha256",
    "file_names",
    "read_manifest",
    "sums_text",
]

FORMAT = 5
"""The format of ``run.json``: since 2 a scenario is kept by section, since 3 each file has a checksum, since
4 each starting value has its edition, its status and how it is known, and since 5 the folder is described in
``ro-crate-metadata.json``."""

SUMS = "SHA256SUMS"
"""The file with the checksum of every other."""

LARGEST = 64_000_000
"""The most bytes of ``run.json`` or ``headline.json``: a hundred times what one takes."""

AGAIN = "remove the run and run the scenario again"


def array_path(folder: Path, name: str) -> Path:
    """Return where an array of a run lies."""
    return folder / "arrays" / f"{name}.npy"


def file_names(arrays: Iterable[str], number: int = FORMAT) -> list[str]:
    """Return the files that a run of a format consists of but the list of their checksums, by alphabet."""
    described = [CRATE] if number >= 5 else []
    return sorted(["headline.json", "run.json", *described, *(f"arrays/{name}.npy" for name in arrays)])


def sums_text(
    folder: Path, arrays: Iterable[str], known: Mapping[str, str] | None = None, *, number: int = FORMAT
) -> str:
    """Write the checksums of a run's files as they lie on the disk.

    Parameters
    ----------
    folder : pathlib.Path
        The run's folder.
    arrays : iterable of str
        The names of its arrays.
    known : mapping of str to str, optional
        Checksums of files that have just been computed, by name.
    number : int, default FORMAT
        The run's format.

    Returns
    -------
    str
        One line a file: the checksum, two spaces and the file's name.

    Raises
    ------
    IntegrityError
        When a file is missing.
    StorageError
        When one cannot be read.
    """
    names = file_names(arrays, number)
    sums = {name: (known or {}).get(name) or _checksum(folder / name) for name in names}
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items())


def content_sha256(listing: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one checksum of all arrays.

    Parameters
    ----------
    listing : mapping
        For each array its dtype, shape and checksum.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    return hashlib.sha256(json.dumps(listing, sort_keys=True).encode()).hexdigest()


def read_manifest(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read ``run.json`` and ``headline.json`` of a folder.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.

    Returns
    -------
    dict, dict
        Their contents.

    Raises
    ------
    IntegrityError
        When one is missing or is no such file, or the format is not one that this version reads.
    StorageError
        When one cannot be read.
    """
    manifest, headline = (_read(folder, name) for name in ("run.json", "headline.json"))
    number = manifest.get("format")
    if type(number) is not int or not 1 <= number <= FORMAT:
        raise IntegrityError(
            f"the run is of format {str(number)[:20]}, and this version reads 1 to {FORMAT}",
            where=str(folder / "run.json"),
            do="open it with the version of foedus that wrote it, or run the scenario again",
        )
    arrays = manifest.get("arrays")
    if not isinstance(arrays, dict) or not all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in arrays):
        raise IntegrityError(
            "this is not a run (its arrays are not listed)", where=str(folder / "run.json"), do=AGAIN
        )
    return manifest, headline


def check_files(folder: Path, manifest: Mapping[str, Any], known: str = "") -> None:
    """Check every file of a run against its checksum, byte for byte.

    Parameters
    ----------
    folder : pathlib.Path
        The run's folder.
    manifest : mapping
        The content of ``run.json``.
    known : str, optional
        Checksums that this process has just written: where the folder's are these, arrays are not read again.

    Raises
    ------
    IntegrityError
        When a file is missing, or is not what was written; the message names it.
    StorageError
        When one cannot be read.
    """
    listing = manifest["arrays"]
    listed = {f"arrays/{name}.npy": entry["sha256"] for name, entry in listing.items()}
    if manifest["format"] < 3:
        for name, digest in listed.items():
            if _checksum(folder / name) != digest:
                raise _altered(folder / name)
        return
    listed["headline.json"] = manifest["headline_sha256"]
    written = _bytes(folder / SUMS)
    ours = bool(known) and written == known.encode()
    arrays = {name: digest for name, digest in listed.items() if name.startswith("arrays/")}
    actual = sums_text(folder, listing, arrays if ours else None, number=manifest["format"])
    expected = set(written.split(b"\n"))
    for line in actual.splitlines():
        digest, name = line.split("  ")
        if line.encode() not in expected or listed.get(name, digest) != digest:
            raise _altered(folder / name)
    if written != actual.encode():
        raise _altered(folder / SUMS)


def check_identity(run: Run) -> None:
    """Check that a run is what its manifest calls it: the scenario, the seed, the draws and the arrays.

    Parameters
    ----------
    run : Run
        The run.

    Raises
    ------
    IntegrityError
        When the manifest contradicts itself.
    KeyError, TypeError, ValueError
        When something is missing from it or of another kind.
    """
    manifest, where = run.manifest, run.folder / "run.json"
    text = json.dumps(manifest["scenario"], sort_keys=True, separators=(",", ":"), allow_nan=False)
    years, draws, countries = len(run.years), run.draw_count, len(run.countries)
    sums = ran_sha256(manifest)
    if (
        manifest["scenario_sha256"] != sha256_of(text)
        or (manifest["input_sha256"], manifest["run_sha256"]) != sums
        or manifest["content_sha256"] != content_sha256(manifest["arrays"])
    ):
        raise _altered(where)
    at_horizon = run.resolved.at_horizon()
    for name in manifest["arrays"]:
        reader = run._reader(name)
        whole = (years, draws, countries)[: len(reader.shape)]
        if name in at_horizon:
            whole = (len(run.resolved.classes), draws)
        if len(reader.shape) not in (2, 3) or tuple(reader.shape) != whole or reader.dtype.kind != "f":
            raise _altered(reader.path)


def check_headline(run: Run) -> None:
    """Check the figures of a headline that has no checksum against the run's arrays.

    Parameters
    ----------
    run : Run
        A run of format 1 or 2.

    Raises
    ------
    IntegrityError
        When a figure is not what the arrays come to.
    """
    from foedus.engine.section import QUANTILES
    from foedus.engine.slabs import columns_of, slab_quantiles

    summary, resolved = run.summary, run.resolved
    said = (summary.title, summary.question, summary.as_of, summary.years, summary.draws, summary.price_year)
    meant = (
        resolved.title,
        resolved.question,
        resolved.as_of,
        resolved.years,
        run.draw_count,
        resolved.price_year,
    )
    sound = said == meant
    for name, entry in summary.measures.items():
        figures = np.array(quantiles_by_year(name, run.draws(name)))
        printed = np.array([entry.low, entry.median, entry.high])
        sound &= figures.shape == printed.shape and bool(np.allclose(figures, printed, rtol=1e-9, atol=0.0))
    (share,) = resolved.spending.shown()
    last = columns_of(run.draws(share, year=run.years[-1]))
    spans = slab_quantiles(last, run.draw_count, len(run.countries), QUANTILES).T
    for code, ally in summary.horizon.allies.items():
        span = spans[run.countries.index(code)]
        sound &= bool(np.allclose(span, (ally.low, ally.median, ally.high), rtol=1e-9, atol=0.0))
    if not sound:
        raise _altered(run.folder / "headline.json")


def _altered(path: Path) -> IntegrityError:
    """Make the error for a file that is not what was written."""
    return IntegrityError("the file is not what the run wrote", where=str(path), do=AGAIN)


def _checksum(path: Path) -> str:
    """Return a file's checksum."""
    try:
        return sha256_of(path)
    except OSError as error:
        raise _unread(path, error) from error


def _bytes(path: Path) -> bytes:
    """Return a small file's content."""
    try:
        if path.stat().st_size <= LARGEST:
            return path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from error
    raise IntegrityError("this is not a run (the file is too long)", where=str(path), do=AGAIN)


def _unread(path: Path, error: OSError) -> IntegrityError | StorageError:
    """Make the error for a file that cannot be read: one that is not there is the run's fault."""
    if isinstance(error, (FileNotFoundError, NotADirectoryError, IsADirectoryError)):
        return IntegrityError(
            "this is not a whole run (the file is missing)",
            where=str(path),
            do="give a folder that `foedus run` wrote",
        )
    return StorageError(f"the file cannot be read ({error.strerror})", where=str(path), do="check the disk")


def _read(folder: Path, name: str) -> dict[str, Any]:
    """Read one JSON object."""
    try:
        content = json.loads(_bytes(folder / name).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]
        raise IntegrityError(f"this is not a run ({why})", where=str(folder / name), do=AGAIN) from error
    if not isinstance(content, dict):
        raise IntegrityError("this is not a run (it is no object)", where=str(folder / name), do=AGAIN)
    return content
