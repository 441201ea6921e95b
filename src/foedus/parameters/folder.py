"""Numbers of functions that no yearly step reads: YAML files like those of components, and posterior draws.

They stand in the folder ``functions`` beside this module, so that a scenario does not list what it cannot
change.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.parameters.parameter import Parameter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["function_parameters", "posterior_draws", "skill_rows"]


def _read(name: str) -> str:
    """Read a file of the folder."""
    file = resources.files("foedus.parameters").joinpath("functions", name)
    if not file.is_file():
        raise NoDataError(f"no parameters {name!r} are packaged", do="name a file in parameters/functions")
    return file.read_text(encoding="utf-8")


@cache
def function_parameters(name: str) -> Mapping[str, Parameter]:
    """Give the parameters of one function.

    Parameters
    ----------
    name : str
        The module's name, for example "ratification".

    Returns
    -------
    mapping of str to Parameter
        Read only.

    Raises
    ------
    NoDataError
        When it has no file.
    """
    import yaml

    entries = yaml.safe_load(_read(f"{name}.yaml"))
    return MappingProxyType({key: Parameter(**entry) for key, entry in entries.items()})


@cache
def posterior_draws(name: str) -> dict[str, NDArray[np.float64]]:
    """Give the posterior draws of a function's parameters.

    Parameters
    ----------
    name : str
        The module's name, for example "ratification".

    Returns
    -------
    dict of str to ndarray, (draw,)
        By parameter, in the parameter's unit; draws of equal weight, read only.

    Raises
    ------
    NoDataError
        When it has no draws.
    """
    import numpy as np

    rows = list(csv.reader(_read(f"{name}_draws.csv").splitlines()))
    values = np.array(rows[1:], dtype=np.float64)
    values.setflags(write=False)
    return {key: values[:, i] for i, key in enumerate(rows[0])}


def skill_rows(name: str) -> tuple[dict[str, str], ...]:
    """Give the packaged skill of a function's forecasts, text as written."""
    return tuple(csv.DictReader(_read(f"{name}_skill.csv").splitlines()))
