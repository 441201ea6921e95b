"""The package's public names."""

from importlib.metadata import version
from types import ModuleType

import pytest

import foedus


def test_every_public_name_is_there():
    """Every name in `__all__` can be had from the package, and no other."""
    assert all(getattr(foedus, name) for name in foedus.__all__)
    assert dir(foedus) == sorted([*foedus.__all__, "__version__"])
    with pytest.raises(AttributeError, match="module 'foedus' has no attribute 'nothing'"):
        _ = foedus.nothing


def test_the_docstring_of_the_package_is_true():
    """The example in the package's docstring gives 23."""
    assert foedus.status(year=2024, edition="nato-2024-06").meeting == 23


def test_a_function_keeps_its_name_where_a_room_has_it_too():
    """A room that is imported does not take the place of a public function."""
    for name in foedus.__all__:
        setattr(foedus, name, ModuleType(name))
        assert not isinstance(getattr(foedus, name), ModuleType)


def test_the_version_is_the_installed_one():
    """The package says its version, as a package of Python does."""
    assert foedus.__version__ == version("foedus")
