"""What is loaded, and how soon, when foedus starts."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "pandas", "polars", "pooch", "python_calamine", "requests", "tqdm", "xarray", "xlsxwriter"}
_REPORT = "import sys; print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
_HELP = """
import sys
from foedus.cli import main
sys.argv = ["foedus", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code
"""


def _loaded(program: str) -> set[str]:
    """Run a program in a fresh interpreter and give the top-level modules it ends with."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{_REPORT}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("program", ["import foedus", _HELP], ids=["import", "help"])
def test_starting_loads_nothing_heavy(program: str) -> None:
    """Neither `import foedus` nor `foedus --help` imports a table, array, workbook or download library."""
    loaded = _loaded(program)
    assert "foedus" in loaded
    assert loaded & HEAVY == set()
