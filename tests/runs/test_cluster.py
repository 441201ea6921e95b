"""On a cluster an ensemble has the bytes of one process, whatever becomes of workers and scheduler.

The cluster is one scheduler and three workers, started with the engine's own commands; one of the workers has
other evidence. Everything waits for a state, with a wide limit, and for no time.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.cli import run_command
from foedus.engine.draws import BLOCK
from foedus.errors import ClusterError, InputError
from foedus.evidence import Ledger
from foedus.runs import cluster as cluster_module
from foedus.runs import ensemble
from foedus.runs.cluster import Cluster
from foedus.runs.ensemble_result import Ensemble
from foedus.runs.identity import made_by
from foedus.runs.portions import differences

LEDGER = Ledger.packaged()
DAY = date(2026, 11, 1)
DRAWS = 12 * BLOCK - 200
LONGEST = 240.0
"""Seconds for which a process that starts on a loaded machine is waited for."""


@dataclass
class Engine:
    """A cluster: its address, its scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def _start(log: Path, path: list[str], *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path), "OMP_NUM_THREADS": "1"}
    with log.open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "dask", *words, "--no-dashboard"],
            stdout=errors,
            stderr=errors,
            env=environment,
        )


def _other_evidence(place: Path) -> str:
    """Return a folder with a copy of the package in which a line of one table is another."""
    package = Path(foedus.__file__).parent
    copy: Any = os.link if place.stat().st_dev == package.stat().st_dev else shutil.copy
    ignored = shutil.ignore_patterns("__pycache__", "dashboard", "report", "reading")
    shutil.copytree(package, place / "foedus", copy_function=copy, ignore=ignored)
    table = next((place / "foedus" / "evidence" / "editions").glob("nato-2025-08.csv*"))
    content = table.read_bytes()
    table.unlink()
    table.write_bytes(content + b"\n")
    return str(place)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Start a cluster, and end it with the module."""
    place = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _start(place / "scheduler", sys.path, "scheduler", "--host", "127.0.0.1", "--port", port)
    worker = ("worker", address, "--no-nanny", "--nthreads", "1", "--death-timeout", str(LONGEST))
    paths = [sys.path, sys.path, [_other_evidence(place), *sys.path]]
    workers = [_start(place / f"worker-{i}", path, *worker) for i, path in enumerate(paths)]
    try:
        yield Engine(address, scheduler, workers)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a portion have one block, and let the machine be slow."""
    monkeypatch.setattr(ensemble, "BLOCKS", 1)
    monkeypatch.setattr(cluster_module, "PATIENCE", LONGEST)
    monkeypatch.setattr(cluster_module, "ANSWERS_WITHIN", LONGEST)


def _ensemble(out: Path, **options: Any) -> Ensemble:
    asked = {"draws": DRAWS, "as_of": DAY, "ledger": LEDGER, "out": out, "keep": "all", **options}
    return ensemble.ensemble(["baseline"], **asked)


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the same ensemble of one process, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ensemble, "BLOCKS", 1)
        place = tmp_path_factory.mktemp("here")
        _ensemble(place)
    return _files(place)


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=LONGEST, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=LONGEST)


def test_two_workers_give_the_bytes_of_one_process(
    engine: Engine, here: dict[str, bytes], tmp_path: Path
) -> None:
    """Quantiles and arrays are byte for byte those of one process; a worker of other evidence is left out."""
    _wait_for_workers(engine.address, 3)
    remarks: list[str] = []
    _ensemble(tmp_path, scheduler=engine.address, remark=remarks.append)
    assert _files(tmp_path) == here
    (remark,) = remarks
    assert "is left out: code and evidence " in remark


def test_a_killed_worker_changes_nothing(engine: Engine, here: dict[str, bytes], tmp_path: Path) -> None:
    """With one worker killed in mid-run the other one completes it, with the same bytes."""

    def kill(done: int, _: int) -> None:
        if done < DRAWS:
            engine.workers[0].kill()

    _ensemble(tmp_path, scheduler=engine.address, progress=kill)
    assert engine.workers[0].wait(LONGEST) < 0
    assert _files(tmp_path) == here


def test_without_a_scheduler_finished_blocks_are_kept(
    engine: Engine,
    here: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The scheduler gone in mid-run is one sentence and exit code 1; threads go on to the same bytes."""
    monkeypatch.setattr(cluster_module, "RETURNS_WITHIN", 2.0)
    finished: list[int] = []

    def kill(done: int, _: int) -> None:
        finished.append(done)
        engine.scheduler.kill()
        engine.scheduler.wait()

    with pytest.raises(
        ClusterError, match="the scheduler is gone; start it again, and give the same"
    ) as info:
        _ensemble(tmp_path, scheduler=engine.address, progress=kill)
    assert info.value.exit_code == 1
    assert len(finished) < DRAWS // BLOCK
    assert capfd.readouterr().err == ""
    waiting = tmp_path / "baseline.unfinished"
    assert len(list(waiting.iterdir())) == 2 * len(finished)
    _ensemble(tmp_path)
    assert _files(tmp_path) == here


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that is no scheduler is given up after the time in which one answers, exit code 1."""
    monkeypatch.setattr(cluster_module, "ANSWERS_WITHIN", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match=r"no scheduler answers within 0\.2 s; start one") as info:
            _ensemble(tmp_path, scheduler=address)
        words = ["ensemble", "baseline", "--draws", "5", "--scheduler", address, "--as-of", DAY.isoformat()]
        assert run_command([*words, "--out", str(tmp_path)]) == 1
    assert info.value.exit_code == 1


@pytest.mark.parametrize("address", ["nonsense", "foo://here", "tcp://127.0.0.1:port", ""])
def test_no_address(tmp_path: Path, address: str) -> None:
    """What is no address is refused, exit code 2, and nothing is written."""
    with pytest.raises(InputError, match="is no address of a scheduler; give one as tcp://"):
        _ensemble(tmp_path, scheduler=address)
    assert not list(tmp_path.iterdir())


class _Stub:
    """A connection to a scheduler whose workers answer as they are told to."""

    def __init__(self, workers: dict[str, Any]) -> None:
        self.workers, self.scheduler, self.asked = workers, self, 0

    def ncores(self) -> None: ...

    def sync(self, *_: Any, **__: Any) -> dict[str, int]:
        return dict.fromkeys(self.workers, 1)

    def run(self, _: Any, workers: list[str], **__: Any) -> dict[str, Any]:
        self.asked += len(workers)
        return {name: self.workers[name] for name in workers}


@pytest.mark.parametrize("part", ["foedus", "numpy", "python", "code_sha256"])
def test_a_worker_of_another_make_is_left_out(part: str) -> None:
    """Another foedus, NumPy, Python, code or evidence: each is found by itself, and asked once."""
    other = made_by() | {part: "0.0"}
    remarks: list[str] = []
    stub = _Stub({"a": made_by(), "b": other, "c": ImportError("no foedus")})
    cluster = Cluster(stub, "tcp://somewhere", remarks.append)
    assert [cluster._hands(None), cluster._hands(None)] == [{"a": 1}, {"a": 1}]
    assert stub.asked == 3
    assert differences(made_by(), other).count(" there, ") == 1
    assert [remark.split(" is left out: ")[0] for remark in remarks] == ["The worker b", "The worker c"]
    del stub.workers["a"]
    with pytest.raises(ClusterError, match="every worker there makes numbers with something else"):
        cluster._hands(None)


def test_at_most_so_many_workers_take_part() -> None:
    """Of a cluster's workers as many take part as are asked for, and one that is gone is replaced."""
    stub = _Stub({"a": made_by(), "b": made_by(), "c": made_by()})
    cluster = Cluster(stub, "tcp://somewhere", print)
    assert list(cluster._hands(2)) == ["a", "b"]
    del stub.workers["a"]
    assert list(cluster._hands(2)) == ["b", "c"]


def test_an_empty_cluster_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster without workers is waited for, and then given up."""
    monkeypatch.setattr(cluster_module, "PATIENCE", 0.0)
    cluster = Cluster(_Stub({}), "tcp://somewhere", print, last_seen=time.monotonic() - 1.0)
    with pytest.raises(ClusterError, match="no worker is left there; start `dask worker`"):
        cluster._hands(None)
