"""A run's folder described for archives and for programs that know no foedus: ``ro-crate-metadata.json``.

It follows RO-Crate 1.1: what each file is, its size and checksum, which software wrote it, and from which
editions. It is a function of the run alone and names no moment of writing, so that the same run is the same
folder to the last byte; its day is the one as of which the run was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foedus.catalogue import catalogue
from foedus.evidence.packaged import packaged_card

__all__ = ["CRATE", "crate"]

CRATE = "ro-crate-metadata.json"
"""The name that the specification gives the file."""

PROFILE = "https://w3id.org/ro/crate/1.1"

CONTEXT = [f"{PROFILE}/context", {"sha256": "https://schema.org/sha256"}]
"""The terms of the specification, and checksums, which it leaves to schema.org."""

SOFTWARE, ACTION = "#foedus", "#run"

_ABOUT = {
    "run.json": "The resolved scenario, seed, draws, versions, editions and checksums.",
    "headline.json": "The answer as `foedus run` prints it.",
}

Entity = dict[str, Any]


def crate(folder: Path, manifest: Mapping[str, Any], title: str, sums: Mapping[str, str]) -> Entity:
    """Return the description of a run's folder.

    Parameters
    ----------
    folder : pathlib.Path
        Where its files lie.
    manifest : mapping
        The content of ``run.json``.
    title : str
        The scenario's title.
    sums : mapping of str to str
        The checksum of each file that is described.

    Returns
    -------
    dict
        A graph of entities: the folder, its files, the software, the run and its sources.
    """
    files = [_file(folder, name, digest) for name, digest in sorted(sums.items())]
    sources = [_edition(edition) for edition in sorted(manifest["editions"])]
    day = manifest["scenario"]["as_of"]
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{title}: a run of foedus",
        "description": (
            f"{manifest['draws']} draws of the scenario with seed {manifest['seed']}, from what had been "
            f"published by {day}. The same scenario, seed, draws and version give the same files."
        ),
        "datePublished": day,
        "license": {"@id": "https://spdx.org/licenses/Apache-2.0"},
        "hasPart": _ids(files),
        "isBasedOn": _ids(sources),
        "mentions": {"@id": ACTION},
        "identifier": manifest["run_sha256"],
    }
    action: Entity = {
        "@id": ACTION,
        "@type": "CreateAction",
        "name": f"foedus run with {manifest['draws']} draws and seed {manifest['seed']}",
        "instrument": {"@id": SOFTWARE},
        "object": _ids(sources),
        "result": _ids(files),
    }
    graph = [_descriptor(), root, *files, _software(manifest), action, *sources, _licence()]
    return {"@context": CONTEXT, "@graph": graph}


def _ids(entities: list[Entity]) -> list[Entity]:
    """Return references to entities."""
    return [{"@id": entity["@id"]} for entity in entities]


def _descriptor() -> Entity:
    """Return the entity of the description itself."""
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def _licence() -> Entity:
    """Return the licence of what foedus computes; the figures that it rests on have terms of their own."""
    return {
        "@id": "https://spdx.org/licenses/Apache-2.0",
        "@type": "CreativeWork",
        "name": "Apache License 2.0",
        "description": "Of the computed numbers; each source has terms of its own.",
    }


def _software(manifest: Mapping[str, Any]) -> Entity:
    """Return the entity of the program that ran."""
    return {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "foedus",
        "version": manifest["foedus"],
        "softwareRequirements": f"Python {manifest['python']}, NumPy {manifest['numpy']}",
        "sha256": manifest["code_sha256"],
    }


def _file(folder: Path, name: str, digest: str) -> Entity:
    """Return the entity of a file."""
    quantity = catalogue().get(Path(name).stem) if name.startswith("arrays/") else None
    about = f"{quantity.label} ({quantity.unit})." if quantity else _ABOUT.get(name, "")
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        **({"description": about} if about else {}),
        "encodingFormat": "application/json" if name.endswith(".json") else "application/x-npy",
        "contentSize": str((folder / name).stat().st_size),
        "sha256": digest,
    }


def _edition(edition: str) -> Entity:
    """Return the entity of an edition, with what its card says where foedus has it."""
    card = packaged_card(edition)
    about: Entity = {"@id": f"#{edition}", "@type": "Dataset", "identifier": edition}
    if card is None:
        return about | {"name": f"{edition}, an imported edition"}
    return about | {
        "name": card.title,
        "publisher": card.publisher,
        "datePublished": str(card.published),
        "url": card.url,
        "usageInfo": card.licence,
    }
