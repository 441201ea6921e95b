"""What an installation receives, and under which terms."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_string
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "src/foedus/evidence"
OWN = "foedus"
"""The publisher of what is compiled or computed here, and the licence of the program."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel once."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_carries_everything(wheel: zipfile.ZipFile) -> None:
    """The wheel holds every module and data file of the package, and the shipped scenarios."""
    held = set(wheel.namelist())
    source = ROOT / "src"
    expected = {
        str(p.relative_to(source))
        for p in (source / "foedus").rglob("*")
        if p.suffix in {".py", ".yaml", ".csv"}
    }
    expected |= {f"foedus/shipped/decisions/{p.name}" for p in (ROOT / "decisions").glob("*.yaml")}
    expected |= {f"foedus/shipped/scenarios/{p.name}" for p in (ROOT / "scenarios").glob("*.yaml")}
    expected |= {f"foedus/shipped/requirements/{p.name}" for p in (ROOT / "requirements").glob("*.yaml")}
    expected.add("foedus/py.typed")
    assert expected - held == set()
    assert not [name for name in held if name.startswith(("tests/", "docs/"))]


@cache
def _annotations() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Read which paths are under which licences, in the order of the file: the last that matches counts."""
    tables = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    return tuple(
        (_pattern(path), table["SPDX-License-Identifier"])
        for table in tables
        for path in ([table["path"]] if isinstance(table["path"], str) else table["path"])
    )


def _pattern(path: str) -> re.Pattern[str]:
    """Write a path of REUSE.toml as a pattern: one star stops at a folder, two do not."""
    parts = re.split(r"(\*\*|\*)", path)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))


def _licences(path: Path) -> set[str]:
    """Return the licences of a file; none where only the line for everything matches."""
    name = path.relative_to(ROOT).as_posix()
    matching = [licence for pattern, licence in _annotations() if pattern.fullmatch(name)]
    return set(matching[-1].split(" AND ")) if len(matching) > 1 else set()


@cache
def _publishers() -> dict[str, str]:
    """Read whose terms each of our summaries of terms is about."""
    first_lines = {p.stem: p.read_text(encoding="utf-8").splitlines()[0] for p in _texts("LicenseRef-*")}
    return {
        publisher.strip(): licence
        for licence, line in first_lines.items()
        for publisher in line.removeprefix("Publishers: ").split(";")
    }


def _texts(pattern: str) -> list[Path]:
    return sorted((ROOT / "LICENSES").glob(f"{pattern}.txt"))


def _said(card: dict[str, str]) -> set[str]:
    """Return the licences that a card speaks of: by name, or by the name of the publisher."""
    words = card["publisher"] + "; " + card["licence"]
    named = {p.stem for p in _texts("*") if re.search(rf"\b{re.escape(p.stem)}\b", words)}
    return named | {licence for publisher, licence in _publishers().items() if publisher in words}


def _cards() -> list[tuple[Path, list[Path]]]:
    """Return each packaged card with its tables."""
    editions = sorted((EVIDENCE / "editions").glob("*.yaml"))
    records = sorted((EVIDENCE / "records").glob("*/card.yaml"))
    return [
        *((p, sorted(p.parent.glob(f"{p.stem}.csv*"))) for p in editions),
        *((p, sorted(p.parent.glob("*.csv"))) for p in records),
    ]


@pytest.mark.parametrize(("card", "tables"), _cards(), ids=lambda x: x.stem if isinstance(x, Path) else "")
def test_every_packaged_table_has_the_terms_of_its_card(card: Path, tables: list[Path]) -> None:
    """REUSE.toml names each table, under the licences that its card speaks of, and no publisher is left
    out."""
    content = yaml.safe_load(card.read_text(encoding="utf-8"))
    assert tables
    assert all(_licences(table) for table in tables), "REUSE.toml does not name the table"
    assert content["publisher"] in {OWN, *_publishers()}, "LICENSES has no terms of this publisher"
    assert set.union(*map(_licences, tables)) == _said(content)


def test_a_table_that_nobody_named_has_no_licence() -> None:
    """A new edition of a publisher that REUSE.toml does not name is under none, not under the program's."""
    assert _licences(EVIDENCE / "editions/ministry-2026-11.csv") == set()
    assert _said({"publisher": "A ministry", "licence": "attribution"}) == set()


def test_the_wheel_names_and_holds_every_licence(wheel: zipfile.ZipFile) -> None:
    """The expression that a scanner reads is the licences of what is inside, and each one's text is there."""
    (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    message = message_from_string(wheel.read(metadata).decode("utf-8"))
    stated = set(message["License-Expression"].split(" AND "))
    of_files = set().union(*(_licences(p) for p in (ROOT / "src").rglob("*") if p.is_file()))
    assert stated == of_files | {"Apache-2.0"}
    assert stated == {p.stem for p in _texts("*")}
    licences = metadata.removesuffix("METADATA") + "licenses/"
    assert set(message.get_all("License-File")) >= {"LICENSE", *(f"LICENSES/{name}.txt" for name in stated)}
    for name in message.get_all("License-File"):
        assert wheel.read(licences + name) == (ROOT / name).read_bytes()


def test_our_words_for_terms_lead_to_the_publishers_own() -> None:
    """Each summary of a publisher's terms says that it is one, whose they are, and where theirs stand."""
    for path in _texts("LicenseRef-*"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("Publishers: ")
        assert "in the words of foedus" in text
        assert re.search(r"https://\S+", text)
