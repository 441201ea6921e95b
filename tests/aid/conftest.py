"""What the tests of aid share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that stands for the user's data folder."""
    folder = tmp_path / "data-folder"
    folder.mkdir()
    monkeypatch.setenv("FOEDUS_DATA", str(folder))
    return folder
