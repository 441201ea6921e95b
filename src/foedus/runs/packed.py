"""A part of a run's draws as one piece of bytes: columns that are read one by one, packed without loss.

Doubles that are drawn hardly compress as they lie, because the bytes of each differ in kind. A column is
therefore turned into planes, the first bytes of all values, then the second, and so on; each plane is
compressed where that pays (signs, exponents, counts, what is the same in every draw) and else left as it is.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import IntegrityError
from foedus.files.checksum import sha256_of

__all__ = ["PackedFile", "pack"]

MAGIC = b"foedus draws 1\n"
SAMPLE = 1024
"""Bytes of a plane that are compressed to see whether it pays."""
PAYS = 0.95
"""What they must come to, as a part of their length."""


def pack(
    about: Mapping[str, Any], columns: Iterable[tuple[str, NDArray[Any]]], *, compress: bool = True
) -> bytes:
    """Return columns of draws as one piece of bytes.

    Parameters
    ----------
    about : mapping
        Plain values that stand before them.
    columns : iterable of (str, ndarray)
        For each its key and its values, little-endian floats of any shape.
    compress : bool, default True
        Whether planes are compressed where that pays; the values are the same.

    Returns
    -------
    bytes
        What :class:`PackedFile` reads: a line that says what it is, one of JSON, and the planes.
    """
    listing: list[tuple[str, str, list[int], list[int]]] = []
    payload: list[bytes] = []
    for key, values in columns:
        planes = _planes(values, compress)
        listing.append((key, values.dtype.str, list(values.shape), [len(plane) for plane in planes]))
        payload += planes
    body = b"".join(payload)
    head = {**about, "columns": listing, "sha256": sha256_of(body)}
    line = json.dumps(head, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    return b"".join((MAGIC, line, b"\n", body))


def _planes(values: NDArray[Any], compress: bool) -> list[bytes]:
    """Return the bytes of values by their place in a value, compressed where that pays."""
    flat = np.ascontiguousarray(values).reshape(-1)
    planes = [plane.tobytes() for plane in flat.view(np.uint8).reshape(flat.size, -1).T]
    return [_squeezed(plane) for plane in planes] if compress else planes


def _squeezed(plane: bytes) -> bytes:
    """Return a plane, compressed where it is shorter then."""
    sample = plane[:SAMPLE]
    if len(zlib.compress(sample, 1)) > PAYS * len(sample):
        return plane
    squeezed = zlib.compress(plane, 1)
    return squeezed if len(squeezed) < len(plane) else plane


@dataclass(frozen=True)
class PackedFile:
    """A file of packed columns, opened to read some of them.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    about : mapping
        What stands before the columns, without their list.
    columns : mapping of str to tuple
        For each key the place of its planes in the file, and its dtype and shape.
    sha256 : str
        The checksum of all planes, as the file states it.
    """

    path: Path
    about: Mapping[str, Any]
    columns: Mapping[str, tuple[int, tuple[int, ...], str, tuple[int, ...]]]
    sha256: str
    _begins: int

    @classmethod
    def at(cls, path: Path) -> PackedFile:
        """Read the list of columns of a file.

        Parameters
        ----------
        path : pathlib.Path
            The file.

        Returns
        -------
        PackedFile
            Its columns are read when they are asked for.

        Raises
        ------
        IntegrityError
            When it is no such file, or is cut short.
        """
        try:
            with path.open("rb") as file:
                if file.readline() != MAGIC:
                    raise ValueError("it does not begin as one")
                about = json.loads(file.readline())
                begins = file.tell()
            listing, sha256 = about.pop("columns"), str(about.pop("sha256"))
            sizes = [sum(lengths) for *_, lengths in listing]
            starts = [begins, *accumulate(sizes, initial=begins)][1:]
            columns = {
                str(key): (at, tuple(lengths), str(dtype), tuple(shape))
                for at, (key, dtype, shape, lengths) in zip(starts, listing, strict=False)
            }
            if path.stat().st_size != starts[-1]:
                raise ValueError("it is cut short")
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise IntegrityError(
                f"this is no block of draws ({str(error)[:80]})", where=str(path), do="remove it"
            ) from error
        return cls(path, about, columns, sha256, begins)

    def is_sound(self) -> bool:
        """Whether the planes are what was written, to the last byte."""
        with self.path.open("rb") as file:
            file.seek(self._begins)
            return sha256_of(file.read()) == self.sha256

    def read(self, key: str) -> NDArray[Any]:
        """Read a column.

        Parameters
        ----------
        key : str
            One of :attr:`columns`.

        Returns
        -------
        ndarray
            The values as they were packed.
        """
        at, lengths, dtype, shape = self.columns[key]
        count = int(np.prod(shape))
        with self.path.open("rb") as file:
            file.seek(at)
            data = file.read(sum(lengths))
        values = np.empty((count, len(lengths)), np.uint8)
        first = 0
        for i, length in enumerate(lengths):
            plane = data[first : first + length]
            values[:, i] = np.frombuffer(plane if length == count else zlib.decompress(plane), np.uint8)
            first += length
        return values.reshape(-1).view(dtype).reshape(shape)
