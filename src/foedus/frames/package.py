"""A description beside a data file, ``datapackage.json``, in the terms of Data Package, version 2.

Each column has its type, its meaning and its unit, each source its title, address and terms, so that a
program or a colleague who has the file alone knows what it holds and what may be done with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.files.writing import write_text
from foedus.frames.schema import CellKind, CellType, Schema

__all__ = ["PackageSource", "data_package", "write_data_package"]

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

OWN = "foedus-export"
"""The name of the packages that foedus writes, by which it knows its own."""

_TYPES: Mapping[CellType, str] = {
    "text": "string",
    "whole": "integer",
    "number": "number",
    "yes_no": "boolean",
    "day": "date",
    "texts": "array",
    "wholes": "array",
    "numbers": "array",
}

_MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".nc": "application/x-netcdf",
}


@dataclass(frozen=True)
class PackageSource:
    """Where figures of a file come from.

    Attributes
    ----------
    edition, title, publisher, published, url, terms : str
        The edition, and what its card says.
    """

    edition: str
    title: str
    publisher: str
    published: str
    url: str
    terms: str


def write_data_package(
    path: Path,
    schema: Schema,
    *,
    title: str,
    notes: Mapping[str, str],
    sources: Sequence[PackageSource],
    about: Mapping[str, Any] | None = None,
) -> Path:
    """Write what a data file holds beside it; other files that are described there stay described.

    Parameters
    ----------
    path : pathlib.Path
        The data file, which has been written.
    schema : mapping of str to CellKind
        Its columns.
    title : str
        What it holds, in a line.
    notes : mapping of str to str
        What a column holds.
    sources : sequence of PackageSource
        Where the figures come from, with their terms.
    about : mapping, optional
        Further properties of the file, such as units by column under ``units``.

    Returns
    -------
    pathlib.Path
        ``datapackage.json``; where a file of that name is another program's, ``NAME.datapackage.json``.

    Raises
    ------
    StorageError
        When the file cannot be written.
    """
    target = path.with_name("datapackage.json")
    existing = _read(target)
    if existing is not None and existing.get("name") != OWN:
        target, existing = path.with_name(f"{path.name}.datapackage.json"), None
    package = data_package(path, schema, title=title, notes=notes, sources=sources, about=about)
    if existing is not None:
        package["resources"] = [
            *(each for each in existing.get("resources", []) if _stands(each, path)),
            *package["resources"],
        ]
        for part in ("sources", "licenses"):
            package[part] = _each_once([*existing.get(part, []), *package[part]])
    write_text(target, json.dumps(package, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
    return target


def data_package(
    path: Path,
    schema: Schema,
    *,
    title: str,
    notes: Mapping[str, str],
    sources: Sequence[PackageSource],
    about: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the description of a data file; see :func:`write_data_package`.

    Returns
    -------
    dict
        A package of one resource.
    """
    content, kind = path.read_bytes(), path.suffix.lower()
    units: Mapping[str, str] = (about or {}).get("units", {})
    fields = [_field(name, cell, notes.get(name, ""), units.get(name, "")) for name, cell in schema.items()]
    resource = {
        "name": "".join(c if c.isalnum() and c.isascii() else "-" for c in path.name.lower()),
        "path": path.name,
        "title": title,
        "format": kind.removeprefix("."),
        "mediatype": _MEDIA.get(kind, "application/octet-stream"),
        **({"type": "table", "encoding": "utf-8"} if kind == ".csv" else {}),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
        **{key: value for key, value in (about or {}).items() if key != "units"},
    }
    return {
        "$schema": PROFILE,
        "name": OWN,
        "title": "Figures and results of foedus",
        "licenses": _each_once([_licence(source) for source in sources]),
        "sources": [
            {
                "title": f"{source.publisher}, {source.title}, {source.published} ({source.edition})",
                "path": source.url,
            }
            for source in sources
        ],
        "resources": [resource],
    }


def _field(name: str, cell: CellKind, note: str, unit: str) -> dict[str, Any]:
    """Return the description of a column."""
    words = {key: value for key, value in (("description", note), ("unit", unit)) if value}
    return {"name": name, "type": _TYPES[cell.type], **words, "constraints": {"required": not cell.empty}}


def _licence(source: PackageSource) -> dict[str, str]:
    """Return the terms of a source; its own page states them."""
    return {"path": source.url, "title": f"{source.publisher}: {source.terms}"}


def _each_once(values: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return values in their order, each once."""
    return [value for i, value in enumerate(values) if value not in values[:i]]


def _stands(resource: Mapping[str, Any], path: Path) -> bool:
    """Whether a resource that is described already is another file which still stands there."""
    name = str(resource.get("path", ""))
    return bool(name) and name != path.name and path.with_name(Path(name).name).is_file()


def _read(path: Path) -> dict[str, Any] | None:
    """Return a description that is there, an empty one where it cannot be read, or None."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
