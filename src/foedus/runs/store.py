"""Arrays of a run on disk: plain ``.npy`` files of one year after the other.

The first axis is the year, so one year of every draw lies together and can be read alone. Blocks of draws are
written at their place with ordinary file operations, not through memory maps, so that memory stays bounded by
one block when writing and by one year when reading. Values are little-endian on every machine.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from foedus.errors import IntegrityError
from foedus.files.writing import create

__all__ = ["ArrayReader", "ArrayWriter"]


class ArrayWriter:
    """An array being written block by block.

    Parameters
    ----------
    path : pathlib.Path
        The file to create.
    dtype : str
        "<f4" or "<f8".
    shape : tuple of int
        (year, draw) or (year, draw, country).
    """

    def __init__(self, path: Path, dtype: str, shape: tuple[int, ...]) -> None:
        self.dtype = np.dtype(dtype)
        self.shape = shape
        self._file: BinaryIO = create(path)
        header = {"descr": self.dtype.str, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, header)
        self._offset = self._file.tell()

    def write(self, first: int, block: NDArray[Any]) -> None:
        """Write a block of draws at its place.

        Parameters
        ----------
        first : int
            The number of the block's first draw.
        block : ndarray
            Of shape (year, draws of the block) or (year, draws of the block, country).
        """
        row = self.dtype.itemsize * int(np.prod(self.shape[2:], dtype=np.int64))
        for i in range(self.shape[0]):
            self._file.seek(self._offset + (i * self.shape[1] + first) * row)
            data = np.ascontiguousarray(block[i], dtype=self.dtype).data.cast("B")
            while data:  # an unbuffered write may take less than it is given
                data = data[self._file.write(data) :]

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class ArrayReader:
    """An array on disk, read one year at a time.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    IntegrityError
        When the file is missing or is not a whole array.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                np.lib.format.read_magic(file)
                self.shape, _, self.dtype = np.lib.format.read_array_header_1_0(file)
                self._offset = file.tell()
            whole = path.stat().st_size == self._offset + self.dtype.itemsize * int(np.prod(self.shape))
        except (OSError, ValueError) as error:
            raise IntegrityError(
                f"the array cannot be read ({error})", where=str(path), do="run the scenario again"
            ) from error
        if not whole:
            raise IntegrityError("the array is cut short", where=str(path), do="run the scenario again")

    def year(self, index: int) -> NDArray[np.float64]:
        """Read one year.

        Parameters
        ----------
        index : int
            The year's place, from 0.

        Returns
        -------
        ndarray, (draw,) or (draw, country)
            In double precision.
        """
        inner = self.shape[1:]
        count = int(np.prod(inner))
        at = self._offset + index * count * self.dtype.itemsize
        values = np.fromfile(self.path, dtype=self.dtype, count=count, offset=at)
        return values.astype(np.float64).reshape(inner)
