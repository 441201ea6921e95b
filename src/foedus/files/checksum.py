"""Checksums of files and of text."""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["sha256_of"]


def sha256_of(content: Path | str | bytes) -> str:
    """Compute the SHA-256 checksum of a file, or of text as UTF-8.

    Parameters
    ----------
    content : pathlib.Path, str or bytes
        A file, or the content itself.

    Returns
    -------
    str
        Sixty-four hexadecimal digits.
    """
    if isinstance(content, Path):
        # Block by block: a run's arrays may be larger than the memory at hand.
        with content.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    if isinstance(content, str):
        content = content.encode("utf-8")
    return hashlib.sha256(content).hexdigest()
