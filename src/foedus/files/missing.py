"""The error for a file that cannot be read."""

from __future__ import annotations

from pathlib import Path

from foedus.errors import FoedusError, InputError, StorageError

__all__ = ["read_error"]


def read_error(error: OSError, path: Path) -> FoedusError:
    """Return the error for a file that cannot be read.

    Parameters
    ----------
    error : OSError
        What the system said.
    path : pathlib.Path
        The file.

    Returns
    -------
    FoedusError
        An :class:`InputError` where the path leads to no file, which asking again does not mend; a
        :class:`StorageError` otherwise.
    """
    if isinstance(error, (FileNotFoundError, IsADirectoryError, NotADirectoryError)):
        return InputError(
            f"the file cannot be read ({error.strerror or error})", where=str(path), do="check its name"
        )
    return StorageError(
        f"the file cannot be read ({error.strerror or error})", where=str(path), do="check its permissions"
    )
