"""Arrays of a run on disk: plain ``.npy`` files of one year after the other.

The first axis is the year, so one year of every draw lies together and can be read alone. Blocks of draws are
written at their place with ordinary file operations, not through memory maps, so that memory stays bounded by
one block when writing and by one year when reading. Values are little-endian on every machine.
"""

from __future__ import annotations

import tempfile
import weakref
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from foedus.errors import IntegrityError
from foedus.files.writing import create

__all__ = ["ArrayReader", "ArrayWriter", "SpilledArray"]

AT_ONCE = 20_000
"""So many draws are read at once where only some countries of them are wanted."""


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
        self._lock = Lock()

    def write(self, first: int, block: NDArray[Any]) -> None:
        """Write a block of draws at its place; threads may write at the same time.

        Parameters
        ----------
        first : int
            The number of the block's first draw.
        block : ndarray
            Of shape (year, draws of the block) or (year, draws of the block, country).
        """
        with self._lock:
            _write_block(self._file, self._offset, self.dtype, self.shape, (first, block))

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

    def columns(self, index: int, span: slice) -> NDArray[np.float64]:
        """Read some countries of one year, a part of the draws at a time.

        Parameters
        ----------
        index : int
            The year's place, from 0.
        span : slice
            The countries.

        Returns
        -------
        ndarray, (draw, country)
            In double precision.
        """
        with self.path.open("rb") as file:
            return _read_columns(file, self._offset, self.dtype, self.shape, (index, span))

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


class SpilledArray:
    """An array in a file without a name, which goes away with it: for more draws than memory shall hold.

    Parameters
    ----------
    dtype : str
        "<f4" or "<f8".
    shape : tuple of int
        (year, draw) or (year, draw, country).
    """

    def __init__(self, dtype: str, shape: tuple[int, ...]) -> None:
        self.dtype = np.dtype(dtype)
        self.shape = shape
        self._file: Any = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._lock = Lock()

    def write(self, first: int, block: NDArray[Any]) -> None:
        """Write a block of draws at its place; threads may write at the same time.

        Parameters
        ----------
        first : int
            The number of the block's first draw.
        block : ndarray
            Of shape (year, draws of the block) or (year, draws of the block, country).
        """
        with self._lock:
            _write_block(self._file, 0, self.dtype, self.shape, (first, block))

    def columns(self, index: int, span: slice) -> NDArray[np.float64]:
        """Read some countries of one year, a part of the draws at a time.

        Parameters
        ----------
        index : int
            The year's place, from 0.
        span : slice
            The countries.

        Returns
        -------
        ndarray, (draw, country)
            In double precision.
        """
        with self._lock:
            return _read_columns(self._file, 0, self.dtype, self.shape, (index, span))

    def year(self, index: int) -> NDArray[np.float64]:
        """Read one year of a measure.

        Parameters
        ----------
        index : int
            The year's place, from 0.

        Returns
        -------
        ndarray, (draw,)
            In double precision.
        """
        with self._lock:
            values = np.empty(self.shape[1], self.dtype)
            self._file.seek(index * values.nbytes)
            _read_into(self._file, values)
        return values.astype(np.float64)


def _write_block(
    file: BinaryIO, offset: int, dtype: np.dtype[Any], shape: tuple[int, ...], part: tuple[int, NDArray[Any]]
) -> None:
    """Write a block of draws, from the first of them on, at its place of every year."""
    first, block = part
    row = dtype.itemsize * int(np.prod(shape[2:], dtype=np.int64))
    for i in range(shape[0]):
        file.seek(offset + (i * shape[1] + first) * row)
        data = np.ascontiguousarray(block[i], dtype=dtype).data.cast("B")
        while data:  # an unbuffered write may take less than it is given
            data = data[file.write(data) :]


def _read_columns(
    file: BinaryIO, offset: int, dtype: np.dtype[Any], shape: tuple[int, ...], part: tuple[int, slice]
) -> NDArray[np.float64]:
    """Read some countries of a year, a part of the draws at a time."""
    index, span = part
    draws, countries = shape[1:]
    values = np.empty((draws, len(range(*span.indices(countries)))))
    rows = np.empty((min(AT_ONCE, draws), countries), dtype)
    file.seek(offset + index * draws * countries * dtype.itemsize)
    for first in range(0, draws, AT_ONCE):
        wanted = rows[: min(AT_ONCE, draws - first)]
        _read_into(file, wanted)
        values[first : first + len(wanted)] = wanted[:, span]
    return values


def _read_into(file: BinaryIO, values: NDArray[Any]) -> None:
    """Fill an array from a file."""
    data = values.data.cast("B")
    while data:  # an unbuffered read may give less than it is asked for
        count = file.readinto(data)  # type: ignore[attr-defined]
        if not count:
            raise OSError("the file is shorter than the array")
        data = data[count:]
