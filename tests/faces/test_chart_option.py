"""``--chart`` and ``--chart-kind`` on the commands: drawn last, refused first."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.cli import run_command

CALLS = {
    "status": ["status", "--year", "2024"],
    "figure": ["figure", "equipment_share", "--country", "POL", "--year", "2020-2024"],
    "run": ["run", "baseline", "--as-of", "2026-11-01", "--draws", "20"],
    "pledge": ["pledge", "--as-of", "2026-11-01", "--draws", "20"],
    "burden": ["burden", "--year", "2024"],
}


@pytest.mark.parametrize("name", CALLS)
def test_a_command_draws_its_result(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command writes its chart, says on standard error where it is, and prints what it always prints."""
    assert run_command(CALLS[name]) == 0
    plain = capsys.readouterr().out
    chart = tmp_path / f"{name}.svg"
    assert run_command([*CALLS[name], "--chart", str(chart)]) == 0
    out, err = capsys.readouterr()
    assert out == plain
    assert err.endswith(f"The chart is in {chart}\n")
    assert chart.read_text().startswith('<svg role="img"')


def test_a_status_draws_what_may_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --revision the chart is that of later counts, unless another kind is asked for."""
    chart = tmp_path / "later.svg"
    call = ["status", "--edition", "nato-2024-06", "--revision", "--chart", str(chart)]
    assert run_command(call) == 0
    assert "Chance of each count in a later print" in chart.read_text()
    assert run_command([*call, "--chart-kind", "map"]) == 0
    assert "Map of defence expenditure" in chart.read_text()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--chart", "x.gif"], "--chart: 'x.gif' is no chart file; end the name in .png, .svg, .pdf, .html."),
        (["--chart", "no/x.png"], "no/x.png: its folder does not exist; make the folder first."),
        (["--chart-kind", "map"], "--chart-kind: no chart was asked for; add --chart FILE.png."),
        (
            ["--chart", "x.png", "--chart-kind", "mapp"],
            "'mapp' is not a known chart of this result; did you mean 'map'?",
        ),
    ],
)
def test_a_chart_that_cannot_be_is_refused_first(
    words: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A chart that cannot be drawn is refused before anything is computed, and nothing is printed."""
    monkeypatch.chdir(tmp_path)
    assert run_command(["status", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"foedus: {message}\n")
