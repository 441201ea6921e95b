"""A run's bits depend on no processor: not on the vector unit of NumPy, of the C library or of the BLAS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from foedus.evidence import Ledger
from foedus.files.checksum import sha256_of
from foedus.runs.outcome import outcome
from foedus.scenario import Resolved, resolve

SCENARIOS = ("baseline", "a-higher-goal", "ukraine-accedes")
DAY = date(2026, 11, 1)


def checksums() -> dict[str, list[str]]:
    """Return for each scenario the checksum of its figures and that of every array in double precision."""
    ledger = Ledger.packaged()
    return {name: _checksums(resolve(name, as_of=DAY, ledger=ledger)) for name in SCENARIOS}


def _checksums(resolved: Resolved) -> list[str]:
    result = outcome(resolved, draws=500, seed=1)
    arrays = {**result.measures, **result.quantities}
    return [resolved.sha256, *(sha256_of(arrays[name].tobytes()) for name in sorted(arrays))]


@pytest.fixture(scope="module")
def here() -> dict[str, list[str]]:
    """Return the checksums on this processor, all of it."""
    return checksums()


def test_a_lesser_processor_gives_the_same_bits(here: dict[str, list[str]]) -> None:
    """Without the vector instructions that NumPy, the C library and the BLAS choose from, nothing changes."""
    features: dict[str, bool] = np._core._multiarray_umath.__cpu_features__  # type: ignore[attr-defined]
    dispatched: list[str] = np._core._multiarray_umath.__cpu_dispatch__  # type: ignore[attr-defined]
    lesser = {
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in dispatched if features.get(name)),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-FMA,-FMA4",
        "OPENBLAS_CORETYPE": "Prescott",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    code = "import json; from runs.test_bits import checksums; print(json.dumps(checksums()))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **lesser},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == here


def _off_by_one_bit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose results are the next doubles up, as another vector unit might have them."""

    def other(*arguments: Any, **options: Any) -> Any:
        result = np.nextafter(function(*arguments, **options), np.inf)
        out = options.get("out")
        return result if out is None else np.copyto(out, result) or out

    return other


def test_no_function_of_numpy_moves_a_bit(
    here: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every logarithm and power of NumPy's one bit higher, as with AVX-512, the draws are the same."""
    resolved = {name: resolve(name, as_of=DAY, ledger=Ledger.packaged()) for name in SCENARIOS}
    for name in ("exp", "expm1", "exp2", "log", "log1p", "log2", "log10", "power", "tanh", "cbrt"):
        monkeypatch.setattr(np, name, _off_by_one_bit(getattr(np, name)))
    assert float(np.exp(0.0)) > 1.0
    assert {name: _checksums(scenario) for name, scenario in resolved.items()} == here
