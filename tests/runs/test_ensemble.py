"""An ensemble has the numbers of a run, goes on from what is finished, and keeps what it is asked to."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.cli import run_command
from foedus.engine.draws import BLOCK
from foedus.errors import InputError, IntegrityError, StorageError, UnknownNameError
from foedus.evidence import Ledger
from foedus.extending import install
from foedus.runs import Run, ensemble
from foedus.runs import portions as portions_module
from foedus.runs.closing import closing_of_run
from foedus.runs.cluster import connected
from foedus.runs.ensemble_result import Ensemble, Member
from foedus.runs.execute import run_resolved
from foedus.runs.packed import PackedFile, pack
from foedus.scenario import Resolved, resolve

LEDGER = Ledger.packaged()
DAY = date(2026, 11, 1)
DRAWS = 3 * BLOCK + 200
SCENARIOS = {"baseline": DRAWS, "requirement-us-land": BLOCK + 100}


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a portion have one block, so that few draws have several."""
    monkeypatch.setattr(ensemble, "BLOCKS", 1)
    monkeypatch.setattr(ensemble, "resolve", _resolve)


@cache
def _resolved(name: str) -> Resolved:
    return resolve(name, as_of=DAY, ledger=LEDGER)


def _resolve(name: str, *, as_of: date, **_: Any) -> Resolved:
    """Resolve a scenario once for all tests, which ask as of one day."""
    assert as_of == DAY
    return _resolved(name)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Return runs of the same draws."""
    place = tmp_path_factory.mktemp("runs")
    return {
        n: run_resolved(_resolved(n), draws=draws, seed=3, out=place / n) for n, draws in SCENARIOS.items()
    }


def _ensemble(out: Path, *names: str, **options: Any) -> Ensemble:
    asked = {"draws": DRAWS, "seed": 3, "as_of": DAY, "ledger": LEDGER, **options}
    return ensemble.ensemble(names or ("baseline",), out=out, **asked)


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_quantiles_are_those_of_a_run(whole: dict[str, Run], tmp_path: Path) -> None:
    """Byte for byte the headline of a run, with classes, counts and closing, in less than a megabyte."""
    for name, draws in SCENARIOS.items():
        (member,) = _ensemble(tmp_path, name, draws=draws, workers=2).members
        expected = (whole[name].folder / "headline.json").read_bytes()
        assert (tmp_path / name / "headline.json").read_bytes() == expected
        assert member.closing == closing_of_run(whole[name])
        assert sum(map(len, _files(member.folder).values())) < 1_000_000
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(SCENARIOS)


@pytest.mark.parametrize("name", SCENARIOS)
def test_all_is_a_run(whole: dict[str, Run], tmp_path: Path, name: str) -> None:
    """With all kept, the folder is the run's to the last byte of every file."""
    (member,) = _ensemble(tmp_path, name, keep="all", draws=SCENARIOS[name]).members
    assert _files(member.folder) == _files(whole[name].folder)
    assert np.array_equal(
        member.measure("nato_gap_constant_usd", 2030), whole[name].draws("nato_gap_constant_usd", year=2030)
    )


def test_measures_are_those_of_a_run(whole: dict[str, Run], tmp_path: Path) -> None:
    """With measures kept, each is there in every draw, and a folder opened again is the same."""
    _ensemble(tmp_path, keep="measures")
    member = Member.load(tmp_path / "baseline")
    for measure in member.resolved.measure_names():
        expected = whole["baseline"].draws(measure, year=2031)
        assert np.array_equal(member.measure(measure, 2031), expected)
    with pytest.raises(UnknownNameError, match="did you mean 'nato_gap_constant_usd'"):
        member.measure("nato_gap", 2031)
    with pytest.raises(InputError, match="there is no year 2050; give one from 2026 to 2035"):
        member.measure("nato_gap_constant_usd", 2050)


def test_quantiles_keep_no_draws(tmp_path: Path) -> None:
    """Without draws the error says how to keep them."""
    (member,) = _ensemble(tmp_path, draws=5).members
    with pytest.raises(InputError, match="no draws were kept; give the command again with --keep measures"):
        member.measure("nato_gap_constant_usd", 2031)


class _Stop:
    """Interrupts after so many draws."""

    def __init__(self, after: int, how: type[BaseException] = KeyboardInterrupt) -> None:
        self.after, self.how = after, how

    def __call__(self, done: int, total: int) -> None:
        if done >= self.after:
            raise self.how


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the portions that have been computed."""
    numbers: list[int] = []

    def compute(work: Any, number: int) -> Any:
        numbers.append(number)
        return portions_module.compute(work, number)

    monkeypatch.setattr(ensemble, "compute", compute)
    return numbers


@pytest.mark.parametrize("keep", ["quantiles", "all"])
def test_an_interrupted_ensemble_goes_on(
    whole: dict[str, Run], tmp_path: Path, computed: list[int], keep: str
) -> None:
    """What is finished is found again and not computed anew, and the bytes are those of one go."""
    with pytest.raises(KeyboardInterrupt, match=r"1,000 of 1,700 draws are kept in .* goes on from them"):
        _ensemble(tmp_path, workers=1, keep=keep, progress=_Stop(2 * BLOCK))
    assert (computed, [p.name for p in tmp_path.iterdir()]) == ([0, 1], ["baseline.unfinished"])
    remarks: list[str] = []
    told: list[int] = []
    (member,) = _ensemble(
        tmp_path, workers=1, keep=keep, remark=remarks.append, progress=lambda done, _: told.append(done)
    ).members
    assert computed == [0, 1, 2, 3]
    assert remarks == ["1,000 of 1,700 draws of baseline are there already."]
    assert told == [1000, 1500, 1700]
    assert member.summary == whole["baseline"].summary
    assert [p.name for p in tmp_path.iterdir()] == ["baseline"]
    assert _ensemble(tmp_path, keep=keep).members[0].manifest == member.manifest
    assert computed == [0, 1, 2, 3]


def test_a_spoilt_block_is_computed_again(whole: dict[str, Run], tmp_path: Path, computed: list[int]) -> None:
    """A finished block with another byte, cut short or of other columns is no finished block."""
    with pytest.raises(KeyboardInterrupt):
        _ensemble(tmp_path, workers=1, progress=_Stop(3 * BLOCK))
    waiting = tmp_path / "baseline.unfinished"
    spoilt = bytearray((waiting / "000000.others").read_bytes())
    spoilt[-1] ^= 1
    (waiting / "000000.others").write_bytes(spoilt)
    cut = waiting / "000001.measures"
    cut.write_bytes(cut.read_bytes()[:-1])
    assert _ensemble(tmp_path, workers=1).members[0].summary == whole["baseline"].summary
    assert computed == [0, 1, 2, 0, 1, 3]


def test_blocks_of_another_run_are_refused(tmp_path: Path) -> None:
    """Blocks of another seed are not taken for these, and stay."""
    with pytest.raises(KeyboardInterrupt):
        _ensemble(tmp_path, workers=1, progress=_Stop(BLOCK))
    before = _files(tmp_path)
    with pytest.raises(InputError, match="holds finished blocks of another run; remove it, or give another"):
        _ensemble(tmp_path, seed=4)
    assert _files(tmp_path) == before


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    """Another ensemble, other files, and an ensemble of which less is kept are not touched."""
    _ensemble(tmp_path, draws=5)
    for options in ({"draws": 6}, {"draws": 5, "keep": "measures"}):
        with pytest.raises(InputError, match="holds another ensemble, of 'baseline' with 5 draws, of which"):
            _ensemble(tmp_path, **options)
    (tmp_path / "hague-five-years-late").mkdir()
    (tmp_path / "hague-five-years-late" / "letter.txt").write_text("dear")
    with pytest.raises(IntegrityError, match="the folder is not empty and holds no whole run"):
        _ensemble(tmp_path, "hague-five-years-late", draws=5)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("headline.json", "headline.json is not what was written"),
        ("measures/000000.measures", "measures/000000.measures is not what was written"),
        ("ensemble.json", "no whole ensemble"),
    ],
)
def test_a_changed_byte_is_noticed(tmp_path: Path, file: str, message: str) -> None:
    """A folder of which a file is not what was written does not open."""
    _ensemble(tmp_path, draws=5, keep="measures")
    path = tmp_path / "baseline" / file
    path.write_bytes(path.read_bytes().replace(b"4", b"5", 1))
    with pytest.raises(IntegrityError, match=message):
        Member.load(tmp_path / "baseline")


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (["baseline", "baseline"], {}, "'baseline' is named twice; name each scenario once"),
        (["baselin"], {}, "did you mean 'baseline'"),
        (["baseline"], {"draws": 0}, "--draws: 0 is out of range"),
        (["baseline"], {"workers": 0}, "--workers: 0 is out of range"),
    ],
)
def test_bad_input_is_refused(tmp_path: Path, names: list[str], options: Any, message: str) -> None:
    """Options out of range, and a scenario twice or unknown: nothing is written."""
    with pytest.raises(InputError, match=message):
        _ensemble(tmp_path, *names, **{"draws": 5, **options})
    assert not list(tmp_path.glob("*/*"))


def test_too_little_room_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with too little room is refused before anything is computed."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10**7}))
    with pytest.raises(StorageError, match=r"needs [\d,]+ MB and 10 MB are free; make room"):
        _ensemble(tmp_path, draws=10_000_000)


def test_scenarios_share_their_draws(whole: dict[str, Run], tmp_path: Path) -> None:
    """Several scenarios are computed in one go, over the same draws, each into a folder of its own."""
    result = _ensemble(tmp_path, "baseline", "hague-five-years-late", keep="measures")
    first, later = result.members
    assert first.summary == whole["baseline"].summary
    spent = "nato_expenditure_constant_usd"
    assert (first.measure(spent, 2027) >= later.measure(spent, 2027)).all()
    assert [row["scenario"] for row in result.table("scenarios").rows] == [
        "baseline",
        "hague-five-years-late",
    ]
    assert result.headline().count("spend 3.5 % of GDP or more") == 2


def test_a_pair_is_both_of_its_scenarios(tmp_path: Path) -> None:
    """The name of a pair stands for its two ways, which are never taken together."""
    result = _ensemble(tmp_path, "us-election-two-ways", draws=5)
    assert [m.resolved.name for m in result.members] == ["us-election-two-ways-a", "us-election-two-ways-b"]


def test_a_cluster_needs_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(InputError, match=re.escape(f"not installed; {install('cluster')}")),
        connected("tcp://127.0.0.1:1", print),
    ):
        pass


def test_the_command_prints_what_a_run_prints(
    whole: dict[str, Run], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text of one scenario is that of `foedus run`; --json is one object with a payload a scenario."""
    words = ["--draws", str(DRAWS), "--seed", "3", "--as-of", DAY.isoformat(), "--out"]
    assert run_command(["ensemble", "baseline", *words, str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert run_command(["run", "baseline", *words, str(whole["baseline"].folder)]) == 0
    assert out == capsys.readouterr().out
    assert err == f"The quantiles of baseline are kept in {tmp_path / 'baseline'}\n"
    assert run_command(["ensemble", "baseline", *words, str(tmp_path), "--json"]) == 0
    (payload,) = json.loads(capsys.readouterr().out)["scenarios"]
    assert payload["measures"] == whole["baseline"].payload()["measures"]
    assert payload["input_sha256"] == whole["baseline"].manifest["input_sha256"]
    assert payload["kept"] == "quantiles"


def test_ctrl_c_says_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends with exit code 130 and one sentence that says where finished blocks are."""

    def compute(work: Any, number: int) -> Any:
        if number:
            raise KeyboardInterrupt
        return portions_module.compute(work, number)

    monkeypatch.setattr(ensemble, "compute", compute)
    words = ["--draws", "2000", "--as-of", DAY.isoformat(), "--workers", "1", "--out", str(tmp_path)]
    assert run_command(["ensemble", "baseline", *words]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("foedus: interrupted; 500 of 2,000 draws are kept in ")
    assert err.count("\n") == 1


columns = st.one_of(
    arrays("<f8", st.integers(1, 3000), elements=st.floats(width=64)),
    arrays("<f4", st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.floats(width=32)),
    arrays("<f8", st.integers(1, 3000), elements=st.sampled_from([0.0, -0.0, 1.0, float("nan")])),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return tmp_path_factory.mktemp("packed") / "file"  # type: ignore[return-value]


@given(st.lists(columns, max_size=3), st.booleans())
def test_packing_loses_nothing(place: Path, values: list[np.ndarray[Any, Any]], compress: bool) -> None:
    """What is packed is read again bit for bit, whatever the values."""
    content = pack({"first": 7}, [(str(i), v) for i, v in enumerate(values)], compress=compress)
    place.write_bytes(content)
    file = PackedFile.at(place)
    assert file.about == {"first": 7}
    assert file.is_sound()
    for i, v in enumerate(values):
        again = file.read(str(i))
        assert (again.dtype, again.shape, again.tobytes()) == (v.dtype, v.shape, v.tobytes())
