"""The files that come with foedus, of several kinds: found by name, as the user's own are by path."""

from __future__ import annotations

from pathlib import Path

from foedus.errors import ScenarioError, UnknownNameError

__all__ = ["is_path", "locate", "shipped_file", "shipped_files"]


def shipped_files(folder: str) -> dict[str, Path]:
    """Return the files of a folder that comes with foedus.

    Parameters
    ----------
    folder : str
        The name of a folder of shipped files, such as "scenarios".

    Returns
    -------
    dict of str to pathlib.Path
        Files by name, in alphabetical order: those of the installed package, or where it runs from its
        repository those of the folder beside ``src``.
    """
    package = Path(__file__).resolve().parents[1]
    for source in (package / "shipped" / folder, package.parents[1] / folder):
        if source.is_dir():
            return {path.stem: path for path in sorted(source.glob("*.yaml"))}
    return {}


def shipped_file(name: str) -> Path:
    """Return one file that comes with foedus, CITATION.cff: the package's, or the repository's."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "shipped" / name, package.parents[1] / name)
    return next((place for place in places if place.is_file()), places[0])


def is_path(name: str) -> bool:
    """Whether a name is that of a file anywhere, and not of one that is shipped."""
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def locate(kind: str, name: str, *, base: Path | None = None, where: str | None = None) -> tuple[Path, str]:
    """Return the file of a name or path, and how to show it in messages.

    Parameters
    ----------
    kind : str
        What the file is, such as "scenario"; the folder is its plural.
    name : str
        A shipped file's name, or the path of a file that ends in .yaml or .yml.
    base : pathlib.Path, optional
        The folder that a relative path starts from; without it, the current one.
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    pathlib.Path, str
        The file, and its name in messages.

    Raises
    ------
    UnknownNameError
        When no shipped file has that name.
    ScenarioError
        When there is no such file, or it is a folder.
    """
    if is_path(name):
        path = (base or Path()) / Path(name).expanduser()
        if path.is_dir():
            raise _folder(kind, path, where)
        if not path.is_file():
            raise ScenarioError(
                f"there is no {kind} file {str(path)!r}",
                where=where,
                do="check the path, or give a shipped name",
            )
        return path, str(path)
    known = shipped_files(f"{kind}s")
    if name not in known:
        if ((base or Path()) / name).is_dir():
            raise _folder(kind, Path(name), where)
        raise UnknownNameError(
            kind, name, known, where=where, do=f"use {', '.join(known)} or the path of a .yaml file"
        )
    return known[name], f"{kind}s/{name}.yaml"


def _folder(kind: str, path: Path, where: str | None) -> ScenarioError:
    """Return the error for a folder that was given for a file."""
    return ScenarioError(
        f"{str(path)!r} is a folder, not a {kind} file", where=where, do="name the .yaml file in it"
    )
