"""What is loaded, and how soon, when foedus starts."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from foedus.errors import InputError
from foedus.evidence.rows import FigureRows
from foedus.extending import install

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


_STATUS = """
import sys
from contextlib import redirect_stdout
from io import StringIO
from foedus.cli import run_command
from foedus.extending import install
with redirect_stdout(StringIO()):
    assert run_command(["status"]) == 0
"""


def test_a_short_command_loads_no_arrays() -> None:
    """`foedus status` reads and counts with the standard library alone."""
    assert _loaded(_STATUS) & HEAVY == set()


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_without_a_library_of_frames_a_sentence_says_how_to_get_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table for a library that is not installed is refused in a sentence that names the extra."""
    monkeypatch.setitem(sys.modules, library, None)
    extra = {"polars": "frames", "pandas": "notebook"}[library]
    rows = FigureRows(("year", "value"), [(2024, 0.02)])
    with pytest.raises(InputError, match=re.escape(f"{library} is not installed; {install(extra)}")):
        getattr(rows, f"to_{library}")()
