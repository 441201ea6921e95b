"""Bad input: one sentence that says what, where and what to do, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foedus.cli import run_command
from foedus.errors import FoedusError
from foedus.forces.requirement import find_requirement
from forces.build import MADE

FILES: tuple[tuple[str, str, str], ...] = (
    ("title: A\nneeds:\n  tankz: 5\n", "line 3", "did you mean 'tanks'"),
    ("title: A\nneeds:\n  tanks: -5\n", "line 3", "greater than or equal to 0"),
    ("title: A\nnedes:\n  tanks: 5\n", "line 2", "did you mean 'needs'"),
    ("title: A\nneeds:\n  tanks: many\n", "line 3", "tanks"),
    ("title: A\nneeds:\n  persons: {required: 9, within_days: {10: 4}}\n", "line 3", "adds up to 4"),
    ("title: A\n", "line 1", "'needs' is missing"),
    ("title: A\nneeds:\n  tanks: {required: 5, heldd: 2}\n", "line 3", "heldd"),
    ("title: A\nneeds:\n  tanks: 5\n  tanks: 6\n", "line 4", "twice"),
)


@pytest.mark.parametrize(("text", "where", "said"), FILES, ids=[said for *_, said in FILES])
def test_a_requirement_file_is_refused_with_its_line(
    tmp_path: Path, text: str, where: str, said: str
) -> None:
    """An unknown key or class, a negative number and tiers that do not add up are errors with their line."""
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FoedusError) as caught:
        find_requirement(str(path))
    assert where in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("apportion", ("no requirement was named", "replace-us-land-2025")),
    ("apportion replace-us-lnd-2025", ("did you mean 'replace-us-land-2025'",)),
    (
        "apportion replace-us-land-2025 --who europe-canada --cap 0.03",
        ("31 allies at 0.03 each make 0.93 of the whole", "give a cap of 0.033 or more"),
    ),
    ("apportion force-model --cap 0", ("0 is no cap",)),
    ("apportion force-model --exclude Atlantis", ("'Atlantis' is not a known country",)),
    ("apportion replace-us-land-2025 --exclude CAN", ("Canada takes no part anyway",)),
    ("apportion force-model --exclude DEU Germany", ("Germany stands twice",)),
    (
        "apportion replace-us-2025 --exclude NLD --at-least NLD:combat_aircraft=4",
        ("Netherlands must provide 4 combat aircraft and takes no part",),
    ),
    ("apportion replace-us-2025 --at-least NLD:tanks=4", ("asks for no tanks",)),
    ("apportion replace-us-2025 --at-least NLD:tanks", ("is no bound", "NLD:submarines=4")),
    ("apportion replace-us-2025 --at-most NLD:tankz=4", ("did you mean 'tanks'",)),
    ("apportion force-model --within-holdings", ("no holdings have been imported",)),
    ("apportion force-model --whole tankz", ("did you mean 'tanks'",)),
    ("gap force-modl", ("did you mean 'force-model'",)),
)


@pytest.mark.parametrize(("command", "said"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_a_command_refuses_with_one_sentence(
    command: str, said: tuple[str, ...], capsys: pytest.CaptureFixture[str], own_data: Path
) -> None:
    """Each mistake ends with code 2, one sentence on standard error and nothing on standard output."""
    assert own_data.exists()
    assert run_command(command.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert all(words in printed.err for words in said), printed.err


HEAD = "country,class,count,day,source\n"

TABLES: tuple[tuple[str, bytes, str], ...] = (
    (
        "unknown class",
        f"{HEAD}DEU,tankz,300,2024-12-31,{MADE}\n".encode(),
        "line 2: 'tankz' is not a known class",
    ),
    ("unknown country", f"{HEAD}Atlantis,tanks,300,2024-12-31,{MADE}\n".encode(), "line 2"),
    (
        "ally twice",
        f"{HEAD}DEU,tanks,300,2024-12-31,{MADE}\nGermany,tanks,301,2024-12-31,{MADE}\n".encode(),
        "line 3: Germany stands twice with tanks",
    ),
    ("unit slip", f"{HEAD}DEU,tanks,300000,2024-12-31,{MADE}\n".encode(), "more than ten times the most"),
    ("negative", f"{HEAD}DEU,tanks,-3,2024-12-31,{MADE}\n".encode(), "'-3' is no count"),
    ("no day", f"{HEAD}DEU,tanks,300,31.12.2024,{MADE}\n".encode(), "'31.12.2024' is not a day"),
    (
        "encoding",
        f"{HEAD}Türkiye,tanks,300,2024-12-31,{MADE}\n".encode("latin-1"),
        "line 2: the text is not UTF-8",
    ),
    ("no column", b"country,count\nDEU,300\n", "has no column class, day"),
    ("aggregate", f"{HEAD}NATO,tanks,300,2024-12-31,{MADE}\n".encode(), "is an aggregate"),
    ("empty", b"", "the table is empty"),
)


@pytest.mark.parametrize(("name", "content", "said"), TABLES, ids=[name for name, *_ in TABLES])
def test_a_table_of_holdings_is_refused_with_its_line(
    name: str,
    content: bytes,
    said: str,
    tmp_path: Path,
    own_data: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A table that fails a check is not taken in, and the sentence names the line."""
    path = tmp_path / f"{name}.csv"
    path.write_bytes(content)
    assert run_command(["data", "import", "holdings", str(path)]) == 2
    assert said in capsys.readouterr().err
    assert not list(own_data.rglob("*.csv"))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    """Return a function that writes a plain table of holdings."""

    def _write(name: str, rows: Any) -> Path:
        path = tmp_path / name
        path.write_text(HEAD + "".join(f"{','.join(map(str, row))}\n" for row in rows), encoding="utf-8")
        return path

    return _write


def test_another_table_of_the_same_name_is_not_overwritten_unasked(
    write: Callable[[str, Any], Path], own_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same rows change nothing, others need --replace, and the old ones stay till then."""
    first = write("own.csv", [("DEU", "tanks", 300, "2024-12-31", MADE)])
    assert run_command(["data", "import", "holdings", str(first)]) == 0
    assert "now holds 1 counts" in capsys.readouterr().out
    assert run_command(["data", "import", "holdings", str(first)]) == 0
    assert "was there already" in capsys.readouterr().out
    second = write("own.csv", [("DEU", "tanks", 310, "2024-12-31", MADE)])
    assert run_command(["data", "import", "holdings", str(second)]) == 2
    assert "--replace" in capsys.readouterr().err
    (kept,) = own_data.rglob("*.csv")
    assert ",300," in kept.read_text(encoding="utf-8")
    assert run_command(["data", "import", "holdings", str(second), "--replace"]) == 0
    assert ",310," in kept.read_text(encoding="utf-8")
