"""What an installation receives."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_carries_everything(tmp_path: Path) -> None:
    """The wheel holds every module and data file of the package, and the shipped scenarios."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
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
