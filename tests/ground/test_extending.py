"""How a copy of foedus is extended, for each way in which one is installed."""

import json
import re
import tomllib
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from foedus import extending
from foedus.extending import Copy, install, install_words, this_copy

ROOT = Path(__file__).parents[2]
NEEDED = ("numpy>=2.0", "altair>=6.0; extra == 'charts'", 'jinja2>=3.1 ; extra == "charts"')

WORDS = [
    (Copy(folder=True), "run `pip install '.[charts]'` in the folder of foedus"),
    (Copy("uv pip", folder=True), "run `uv pip install '.[charts]'` in the folder of foedus"),
    (Copy("uv tool", folder=True), "run `uv tool install --force '.[charts]'` in the folder of foedus"),
    (Copy("pipx", folder=True), "run `pipx install --force '.[charts]'` in the folder of foedus"),
    (Copy(url="file:///x/f.whl"), "run `pip install 'foedus[charts] @ file:///x/f.whl'`"),
    (Copy("pipx", url="file:///x/f.whl"), "run `pipx install --force 'foedus[charts] @ file:///x/f.whl'`"),
    (Copy(requirements=NEEDED), "run `pip install 'altair>=6.0' 'jinja2>=3.1'`"),
    (Copy("pipx", requirements=NEEDED), "run `pipx inject foedus 'altair>=6.0' 'jinja2>=3.1'`"),
    (Copy("uv tool", requirements=NEEDED), "install foedus again from its source with the extra charts"),
]


@pytest.mark.parametrize(("copy", "words"), WORDS)
def test_the_words_suit_the_copy(copy: Copy, words: str) -> None:
    """Each way of installing has its command, and none asks an index for foedus."""
    assert install_words("charts", copy) == words


def _installed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None, installer: str = "pip"
) -> Copy:
    """Return the copy that an installer's files describe."""
    folder.mkdir(exist_ok=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: foedus\nVersion: 1\n", encoding="utf-8")
    (folder / "INSTALLER").write_text(installer + "\n", encoding="utf-8")
    if origin is not None:
        (folder / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")
    monkeypatch.setattr(extending.Distribution, "from_name", lambda name: PathDistribution(folder))
    monkeypatch.setattr(extending, "__file__", str(folder / "site" / "foedus" / "extending.py"))
    monkeypatch.setattr(extending.sys, "prefix", str(folder))
    return this_copy()


def test_a_checkout_is_a_folder_while_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that has been removed since is not named any more."""
    source = tmp_path / "source of foedus"
    source.mkdir()
    (source / "pyproject.toml").write_text('[project]\nname = "foedus"\n', encoding="utf-8")
    origin: dict[str, object] = {"url": source.as_uri(), "dir_info": {"editable": True}}
    assert _installed(tmp_path / "info", monkeypatch, origin) == Copy("pip", folder=True)
    (source / "pyproject.toml").unlink()
    assert this_copy() == Copy("pip")


def test_a_wheel_is_named_by_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone is not named; an address is."""
    wheel = tmp_path / "foedus-1-py3-none-any.whl"
    wheel.touch()
    origin: dict[str, object] = {"url": wheel.as_uri(), "archive_info": {}}
    assert _installed(tmp_path / "info", monkeypatch, origin).url == wheel.as_uri()
    wheel.unlink()
    assert this_copy().url == ""
    address = {"url": "https://host.example/foedus", "vcs_info": {"vcs": "git", "commit_id": "abc"}}
    assert _installed(tmp_path / "info", monkeypatch, address).url == "git+https://host.example/foedus@abc"


@pytest.mark.parametrize(
    ("leaves", "installer", "tool"),
    [("uv-receipt.toml", "uv", "uv tool"), ("pipx_metadata.json", "pip", "pipx"), ("", "uv", "uv pip")],
)
def test_the_keeper_of_an_environment_is_seen(
    leaves: str, installer: str, tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """uv and pipx leave a file of their own in the environments that they keep."""
    if leaves:
        (tmp_path / leaves).touch()
    assert _installed(tmp_path, monkeypatch, None, installer).tool == tool


def test_every_extra_that_is_named_exists() -> None:
    """What an error says to install is an optional dependency of the package."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"""\binstall\(["'](\w+)["']\)""", text)) - {"extra"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(named) > 7
    assert named <= set(project["optional-dependencies"])
    assert ".[charts]" in install("charts") or "altair" in install("charts") or "@" in install("charts")


UNCLAIMED = re.compile(
    r"""(?:pip|pipx|tool)\s+(?:install|inject)\s+(?:-\S+\s+)*["']?foedus(?![\w/@-]|\[[^\]]*\] ?@)"""
)


def test_nobody_is_told_to_install_an_unclaimed_name() -> None:
    """No file tells a reader to install foedus by its bare name: it stands on no public index."""
    assert UNCLAIMED.search("run `pip install 'foedus[charts]'`")
    assert UNCLAIMED.search("pip install --upgrade foedus\n")
    assert not UNCLAIMED.search("pip install '.[charts]'")
    assert not UNCLAIMED.search("pip install 'foedus[charts] @ file:///x.whl'")
    files = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile")]
    for folder, kinds in (("src", ("*.py", "*.html", "*.yaml", "*.js")), ("docs", ("*.md", "*.py", "*.rst"))):
        files += [
            path for kind in kinds for path in (ROOT / folder).rglob(kind) if "_build" not in path.parts
        ]
    told = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if UNCLAIMED.search(line)
    ]
    assert len(files) > 500
    assert told == []
