"""One small run and one result of every kind, for the tests of charts and pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.report.gallery import examples
from foedus.runs import Run

DAY = date(2026, 11, 1)
DRAWS = 60


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, dict[str, Any]]]:
    """Give one result for each class that has charts, with what its charts take besides."""
    return examples(DAY, tmp_path_factory.mktemp("report") / "run", draws=DRAWS)


@pytest.fixture(scope="session")
def results(gallery: dict[str, tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    """Give one result for each class that has charts."""
    return {name: result for name, (result, _) in gallery.items()}


@pytest.fixture(scope="session")
def made(results: dict[str, Any]) -> Run:
    """Give a small run of the baseline."""
    run: Run = results["Run"]
    return run
