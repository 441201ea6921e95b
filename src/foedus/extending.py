"""How this copy of foedus is extended: the words of the command that installs an extra.

The package stands on no public index, so nobody is told to install its bare name: a copy from a folder or a
file is extended from there, and any other by the libraries themselves.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

__all__ = ["Copy", "install", "install_words", "this_copy"]

NAME = "foedus"

Tool = Literal["pip", "uv pip", "uv tool", "pipx"]
"""What keeps the environment that a copy stands in."""


@dataclass(frozen=True)
class Copy:
    """Where a copy of foedus came from, and what keeps its environment.

    Attributes
    ----------
    tool : {"pip", "uv pip", "uv tool", "pipx"}
        What installs into the environment.
    folder : bool
        Whether it came from a source folder that is still there.
    url : str
        The file or repository it came from, in the words of an installer; empty where that is not known.
    requirements : tuple of str
        What the package declares to need, extras with their marker.
    """

    tool: Tool = "pip"
    folder: bool = False
    url: str = ""
    requirements: tuple[str, ...] = ()


def install(extra: str) -> str:
    """Return what to do to install an extra, as a clause for an error.

    Parameters
    ----------
    extra : str
        An optional dependency of ``pyproject.toml``.

    Returns
    -------
    str
        For example "run `pip install '.[charts]'` in the folder of foedus".
    """
    return install_words(extra, this_copy())


def install_words(extra: str, copy: Copy) -> str:
    """Return what to do to install an extra of a copy; see :func:`install`."""
    command = f"{copy.tool} install" if copy.tool.endswith("pip") else f"{copy.tool} install --force"
    if copy.folder:
        return f"run `{command} '.[{extra}]'` in the folder of foedus"
    if copy.url:
        return f"run `{command} '{NAME}[{extra}] @ {copy.url}'`"
    libraries = libraries_of(extra, copy.requirements)
    if copy.tool == "pipx":
        return f"run `pipx inject {NAME} {libraries}`"
    if copy.tool == "uv tool":
        return f"install foedus again from its source with the extra {extra}"
    return f"run `{command} {libraries}`"


def libraries_of(extra: str, requirements: tuple[str, ...]) -> str:
    """Return the libraries that an extra names, each quoted for a shell."""
    marked = (requirement.partition(";") for requirement in requirements)
    ending = (f"extra == '{extra}'", f'extra == "{extra}"')
    return " ".join(
        f"'{library.strip()}'" for library, _, marker in marked if marker.strip().endswith(ending)
    )


def this_copy() -> Copy:
    """Return where the running copy came from, and what keeps its environment."""
    package = Path(__file__).resolve().parent
    try:
        distribution = Distribution.from_name(NAME)
    except PackageNotFoundError:
        return Copy(_tool(Path(sys.prefix), ""), folder=_is_source(package.parents[1]))
    tool = _tool(Path(sys.prefix), distribution.read_text("INSTALLER") or "")
    needed = tuple(distribution.requires or ())
    if _is_source(package.parents[1]):
        return Copy(tool, folder=True, requirements=needed)
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if "dir_info" in origin:
        folder = Path(unquote(urlsplit(origin["url"]).path))
        return Copy(tool, folder=_is_source(folder), requirements=needed)
    return Copy(tool, url=_address(origin), requirements=needed)


def _tool(prefix: Path, installer: str) -> Tool:
    """Return what keeps an environment: the file that its keeper leaves there says it."""
    if (prefix / "uv-receipt.toml").is_file():
        return "uv tool"
    if (prefix / "pipx_metadata.json").is_file():
        return "pipx"
    return "uv pip" if installer.strip() == "uv" else "pip"


def _is_source(folder: Path) -> bool:
    """Whether a folder is a source tree of foedus."""
    try:
        text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    except OSError:
        return False
    return f'name = "{NAME}"' in text


def _address(origin: Mapping[str, Any]) -> str:
    """Return the file or repository of a `direct_url.json`, or nothing where its file is gone."""
    url = str(origin.get("url", ""))
    if "vcs_info" in origin:
        vcs = origin["vcs_info"]
        return f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    parts = urlsplit(url)
    return "" if parts.scheme == "file" and not Path(unquote(parts.path)).is_file() else url
