"""Reading publishers' own files: one module per format, each giving figures, a source card and checks.

::

    nato    "Defence Expenditure of NATO Countries" workbooks, the 2024 and the 2025/2026 layouts
    imf     World Economic Outlook files: the classic tab-separated file and the data portal's wide table
    sipri   the SIPRI Military Expenditure Database workbook
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from foedus.errors import InputError, nearest
from foedus.evidence.ingest.frame import Imported

__all__ = ["KINDS", "Imported", "Kind", "read"]

Kind = Literal["nato", "imf", "sipri"]
"""Whose file it is."""

KINDS: tuple[Kind, ...] = ("nato", "imf", "sipri")


def read(
    kind: str,
    path: Path,
    *,
    edition: str | None = None,
    published: date | None = None,
    members: Iterable[str] | None = None,
) -> Imported:
    """Read a publisher's own file and check its figures.

    Parameters
    ----------
    kind : {"nato", "imf", "sipri"}
        Whose file it is.
    path : pathlib.Path
        The file.
    edition : str, optional
        The edition's name, where the file's own is not known or not wanted.
    published : datetime.date, optional
        The day the edition came out, where it is not known.
    members : iterable of str, optional
        Alpha-3 codes of the allies a NATO workbook must hold; by default the allies on the day of
        publication.

    Returns
    -------
    Imported
        Figures in the catalogue's units, the edition's card, and the checks made.

    Raises
    ------
    InputError
        When there is no such kind.
    FileFormatError
        When the file is not what it should be, or an error-level check fails.
    """
    if kind == "nato":
        from foedus.evidence.ingest.nato import read_nato

        return read_nato(path, edition=edition, published=published, members=members)
    if kind == "imf":
        from foedus.evidence.ingest.imf import read_imf

        return read_imf(path, edition=edition, published=published)
    if kind == "sipri":
        from foedus.evidence.ingest.sipri import read_sipri

        return read_sipri(path, edition=edition, published=published)
    near = nearest(kind, KINDS)
    raise InputError(
        f"{kind!r} is not a kind of publisher's file",
        do=f"did you mean {near!r}?" if near else f"use one of {', '.join(KINDS)}",
    )
