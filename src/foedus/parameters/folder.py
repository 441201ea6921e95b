"""A room's folder of numbers, and how it is read.

The numbers stand in the rooms, in a folder ``parameters`` whose module says where it is:

::

    parameters/<component>.yaml                what a yearly step reads, or a question: a scenario may set it
    parameters/functions/<name>.yaml           what only a function reads, so that no scenario lists it
    parameters/functions/<name>_draws.csv      posterior draws of such numbers
    parameters/functions/<table>.csv           any other table that belongs to them
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.files.yaml_text import plain_yaml
from foedus.parameters.parameter import Parameter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ParameterFolder"]


@dataclass(frozen=True)
class ParameterFolder:
    """The numbers of one room. Each file is read once.

    Attributes
    ----------
    path : pathlib.Path
        The folder.
    """

    path: Path

    def components(self) -> tuple[str, ...]:
        """Return the names under which a scenario may set parameters, in alphabetical order."""
        return tuple(sorted(file.stem for file in self.path.glob("*.yaml")))

    def component(self, name: str) -> Mapping[str, Parameter]:
        """Return the parameters of one component.

        Parameters
        ----------
        name : str
            The component's name.

        Returns
        -------
        mapping of str to Parameter
            Read-only; empty when the component has no file.
        """
        file = self.path / f"{name}.yaml"
        return _parameters(file) if file.is_file() else MappingProxyType({})

    def function(self, name: str) -> Mapping[str, Parameter]:
        """Return the parameters of one function that no scenario can change.

        Parameters
        ----------
        name : str
            The file's name.

        Returns
        -------
        mapping of str to Parameter
            Read-only.

        Raises
        ------
        NoDataError
            When there is no such file.
        """
        return _parameters(self._beside_functions(f"{name}.yaml"))

    def draws(self, name: str) -> dict[str, NDArray[np.float64]]:
        """Return the posterior draws of a function's parameters.

        Parameters
        ----------
        name : str
            The name of the function's file.

        Returns
        -------
        dict of str to ndarray, (draw,)
            By parameter, in the parameter's unit; draws of equal weight, the arrays read-only.

        Raises
        ------
        NoDataError
            When there are no draws.
        """
        return _draws(self._beside_functions(f"{name}_draws.csv"))

    def rows(self, table: str) -> tuple[dict[str, str], ...]:
        """Return the rows of a table that stands beside the functions' numbers.

        Parameters
        ----------
        table : str
            The file's name without its ending.

        Returns
        -------
        tuple of dict of str to str
            Cells by the heading of their column, text as written.

        Raises
        ------
        NoDataError
            When there is no such table.
        """
        return _rows(self._beside_functions(f"{table}.csv"))

    def _beside_functions(self, name: str) -> Path:
        """Return a file of the folder ``functions``, or raise when there is none of that name."""
        file = self.path / "functions" / name
        if not file.is_file():
            raise NoDataError(
                f"no parameters {name!r} are packaged", do="name a file in parameters/functions"
            )
        return file


@cache
def _parameters(file: Path) -> Mapping[str, Parameter]:
    """Read a file of parameters."""
    entries = plain_yaml(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: Parameter(**entry) for name, entry in entries.items()})


@cache
def _draws(file: Path) -> dict[str, NDArray[np.float64]]:
    """Read a table of draws, one column for each parameter."""
    import numpy as np

    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    values = np.array(rows[1:], dtype=np.float64)
    values.setflags(write=False)
    return {name: values[:, i] for i, name in enumerate(rows[0])}


@cache
def _rows(file: Path) -> tuple[dict[str, str], ...]:
    """Read a table whose first line heads its columns."""
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
