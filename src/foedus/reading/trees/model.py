"""Load the parser's model by path, once its files are known to be the ones written down."""

from __future__ import annotations

import importlib.metadata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.extending import install
from foedus.files.checksum import sha256_of
from foedus.files.yaml_text import plain_yaml

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load_model", "model_card", "model_folder", "parser", "verify"]

LEFT_OUT = ["ner", "lemmatizer", "attribute_ruler", "senter", "meta.json"]
"""Parts of the model that the reading does not load."""


@cache
def model_card() -> dict[str, Any]:
    """Return the card of the model: licence, sources, and the checksum of each file."""
    text = resources.files("foedus.reading.trees").joinpath("model_card.yaml").read_text(encoding="utf-8")
    card: dict[str, Any] = plain_yaml(text)
    return card


@cache
def parser() -> Language:
    """Return the parser, loaded once.

    Raises
    ------
    InputError
        When it is not installed, or its files are not the ones written down.
    """
    folder, own = model_folder()
    return load_model(folder, own)


def model_folder() -> tuple[Path, dict[str, str]]:
    """Return the folder of the first installed model, with the checksums of its package's own files.

    Raises
    ------
    InputError
        When no model is installed.
    """
    for package in model_card()["packages"]:
        try:
            distribution = importlib.metadata.distribution(package["distribution"])
        except importlib.metadata.PackageNotFoundError:
            continue
        folder = Path(str(distribution.locate_file(package["folder"])))
        if folder.is_dir():
            return folder, package["own"]
    raise InputError("reading text needs the parser's model en_core_web_sm 3.8.0", do=install("reading"))


def verify(folder: Path, own: dict[str, str]) -> None:
    """Check that a model's folder holds the files that are written down and no others.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    own : dict of str
        Checksums of the files that differ from package to package; those not named there are overlooked.

    Raises
    ------
    InputError
        When a file is missing, is another one, or is not known.
    """
    files: dict[str, str] = model_card()["files"]
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    names -= {"meta.json", "README.md"} - set(own)
    known = files | own
    for name in sorted(names | set(known)):
        if name not in names or name not in known or sha256_of(folder / name) != known[name]:
            raise InputError(
                f"the file {name} of the parser's model is not the one of en_core_web_sm 3.8.0",
                where=str(folder),
                do="remove the package of the model, then " + install("reading"),
            )


def load_model(folder: Path, own: dict[str, str]) -> Language:
    """Load tagger and parser from a folder that is verified first; no code of the package runs.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    own : dict of str
        See :func:`verify`.

    Returns
    -------
    spacy.language.Language
        The pipeline.

    Raises
    ------
    InputError
        When spaCy is not installed, or a file is not the one written down.
    """
    try:
        from spacy.util import load_model_from_path
    except ImportError:
        raise InputError("reading text needs the library spacy", do=install("reading")) from None
    verify(folder, own)
    meta = {"lang": "en", "name": "core_web_sm", "version": model_card()["version"]}
    return load_model_from_path(folder, meta=meta, exclude=LEFT_OUT)
