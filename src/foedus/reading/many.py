"""Read many documents, shared out between two processes: each parses whole documents, one after the other."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache, partial
from pathlib import Path

from foedus.errors import FoedusError
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.load import Extractor, read_file
from foedus.reading.read import read_document
from foedus.reading.result import Reading

__all__ = ["read_many"]

WORTH_SHARING = 24
"""Documents from which a second process is worth its start."""
PROCESSES = 2
AT_ONCE = 4
"""Documents that a process takes at once."""


@cache
def _ledger_index() -> LedgerIndex:
    """Return the ledger of this process."""
    return LedgerIndex.load()


@cache
def _extractor() -> Extractor:
    """Return what takes files apart for this process."""
    return Extractor()


def _read(day: date | None, path: Path) -> Reading | FoedusError:
    """Read one file; an error stands for a document that cannot be read."""
    try:
        return read_document(read_file(path, _extractor()), _ledger_index(), day=day)
    except FoedusError as error:
        return error


def read_many(paths: Sequence[Path], day: date | None = None) -> Iterator[Reading | FoedusError]:
    """Read files in their order.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        The files.
    day : datetime.date, optional
        The day they were written.

    Yields
    ------
    Reading or FoedusError
        What was read, or why a document could not be.
    """
    if len(paths) < WORTH_SHARING or (os.cpu_count() or 1) < PROCESSES:
        try:
            for path in paths:
                yield _read(day, path)
        finally:
            _extractor().close()
            _extractor.cache_clear()
        return
    # A fresh process each: the parser's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        yield from pool.map(partial(_read, day), paths, chunksize=AT_ONCE)
