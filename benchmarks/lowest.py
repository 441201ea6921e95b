"""Try the lowest versions that are allowed: install them into an environment of its own and run commands.

    python benchmarks/lowest.py
    python benchmarks/lowest.py --python 3.12 --only core,charts

For the core and for each extra the direct dependencies are taken at the lowest version that
``pyproject.toml`` allows, theirs at the newest; then the commands that need them run. It needs uv, and an
index of packages; it takes minutes and is no test. Exit code 1 where a bound is too low.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SENTENCE = "Poland spent 4.2 percent of its GDP on defence in 2024."

COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "core": (
        ("run", "baseline", "--draws", "200", "--out", "RUN"),
        ("status",),
        ("decide", "successor-2023", "--draws", "200"),
        ("export", "defence_expenditure_share_of_gdp", "--to", "figures.xlsx"),
        ("sources",),
    ),
    "charts": (("status", "--chart", "status.svg"),),
    "frames": (("export", "defence_expenditure_share_of_gdp", "--to", "figures.parquet"),),
    "netcdf": (
        ("run", "baseline", "--draws", "200", "--out", "RUN"),
        ("export", "RUN", "--to", "run.nc"),
    ),
    "reading": (("read", "article.md"), ("check", SENTENCE)),
    "optimise": (("reinforce", "--within", "10"),),
    "estimate": (("accession", "--hindcast", "--recompute"),),
    "sensitivity": (("sensitivity", "baseline", "--numbers", "--draws", "64"),),
    "compiled": (("run", "baseline", "--draws", "60000", "--out", "RUN"),),
    "dashboard": (("site", "build", "SITE"),),
}
"""What each extra is tried by; RUN and SITE are folders of the trial."""

PYTHON_LINES = {
    "notebook": "import foedus; print(foedus.status().to_pandas().shape)",
    "dashboard": "from foedus.dashboard.app import create_app; print(create_app())",
    "cluster": "import foedus.runs.cluster, distributed",
}
"""What is tried in Python, where no short command uses an extra."""


def installed(extra: str, python: str, folder: Path) -> Path:
    """Install foedus with one extra at its lowest bounds and return the folder of its programs."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    place = folder / extra
    subprocess.run([uv, "venv", "--quiet", "--python", python, str(place)], check=True)
    wanted = str(ROOT) if extra == "core" else f"{ROOT}[{extra}]"
    programs = place / "bin"
    target = ["--python", str(programs / "python"), "--resolution", "lowest-direct"]
    subprocess.run([uv, "pip", "install", "--quiet", *target, wanted], check=True)
    return programs


def attempts(extra: str, programs: Path) -> list[list[str]]:
    """Return the commands of an extra as words."""
    words = [[str(programs / "foedus"), *command] for command in COMMANDS.get(extra, ())]
    line = PYTHON_LINES.get(extra)
    return [*words, [str(programs / "python"), "-c", line]] if line else words


def failures(extra: str, python: str, folder: Path) -> int:
    """Install one extra, run its commands, print how each went, and return how many failed."""
    try:
        programs = installed(extra, python, folder)
    except subprocess.CalledProcessError:
        print(f"{extra}: does not install", flush=True)
        return 1
    at = folder / f"{extra}-trial"
    at.mkdir()
    (at / "article.md").write_text(SENTENCE, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    failed = 0
    for words in attempts(extra, programs):
        run = subprocess.run(
            words,
            cwd=at,
            env={**own, "FOEDUS_DATA": str(at / "data"), "FOEDUS_CACHE": str(at / "cache")},
            capture_output=True,
            text=True,
        )
        failed += run.returncode != 0
        print(f"{extra}: {' '.join(words[1:])}: {'fails' if run.returncode else 'does'}", flush=True)
        if run.returncode:
            print("\n".join((run.stdout + run.stderr).splitlines()[-12:]), flush=True)
    return failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the core and the extras, one after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    every = [*COMMANDS, *(name for name in PYTHON_LINES if name not in COMMANDS)]
    parser.add_argument("--only", default=",".join(every), help="extras, with commas between")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        failed = sum(failures(extra, chosen.python, Path(folder)) for extra in chosen.only.split(","))
    print("every bound does" if not failed else f"{failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
