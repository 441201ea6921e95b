"""Read posterior draws that stand beside a parameter file as ``<component>_draws.csv``."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from foedus.errors import NoDataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["posterior_draws"]


@cache
def posterior_draws(component: str) -> dict[str, NDArray[np.float64]]:
    """Give the posterior draws of a component's parameters.

    Parameters
    ----------
    component : str
        The component's name, for example "ratification".

    Returns
    -------
    dict of str to ndarray, (draw,)
        By parameter, in the parameter's unit; draws of equal weight, read only.

    Raises
    ------
    NoDataError
        When the component has no draws.
    """
    import numpy as np

    file = resources.files("foedus.parameters").joinpath(f"{component}_draws.csv")
    if not file.is_file():
        raise NoDataError(f"no posterior draws of {component} are packaged", do="use its parameters' values")
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    values = np.array(rows[1:], dtype=np.float64)
    values.setflags(write=False)
    return {name: values[:, i] for i, name in enumerate(rows[0])}
