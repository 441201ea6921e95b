"""The package's public names."""

import pytest

import foedus


def test_every_public_name_is_there():
    """Every name in `__all__` can be had from the package, and no other."""
    assert all(getattr(foedus, name) for name in foedus.__all__)
    assert dir(foedus) == sorted(foedus.__all__)
    with pytest.raises(AttributeError, match="module 'foedus' has no attribute 'nothing'"):
        _ = foedus.nothing


def test_the_docstring_of_the_package_is_true():
    """The example in the package's docstring gives 23."""
    assert foedus.status(year=2024, edition="nato-2024-06").meeting == 23
