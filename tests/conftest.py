"""What every test shares: helpers beside this file can be imported, nothing is timed, and no test sees the
user's own data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

# A loaded machine must not fail a law: a deadline would time it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put empty folders in the place of the user's data and cache folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_DATA", str(tmp_path_factory.mktemp("data")))
        patch.setenv("FOEDUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
        patch.delenv("COLUMNS", raising=False)
        yield
