"""Fetching the publishers' official files that cards name, and importing them.

A file is downloaded to a temporary folder, its checksum taken and held against the card's, then read,
checked and saved as by ``foedus data import``. What fails, fails alone: the user's data stay as they were and
the next file is tried.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from foedus.errors import DownloadError, FileFormatError, FoedusError
from foedus.evidence.cards import Card, Download
from foedus.evidence.ingest import Imported, read
from foedus.evidence.ingest.workbook import not_a_workbook
from foedus.evidence.userdata import Saved, save_edition
from foedus.files.checksum import sha256_of
from foedus.files.writing import work_folder

__all__ = ["PAUSES", "Fetched", "download", "update"]

PAUSES: tuple[float, ...] = (0.3, 0.6, 1.2)
"""Seconds to wait before each further attempt."""

_BY_HAND = "open the card's page in a browser, save the file and give it to `foedus data import`"


@dataclass(frozen=True)
class Fetched:
    """What became of one card's file.

    Attributes
    ----------
    edition : str
        The edition's id.
    url : str
        The file's address.
    sha256 : str or None
        The checksum of what came, when anything came whole.
    imported : Imported or None
        The file, read.
    saved : Saved or None
        What became of it in the user's data folder.
    error : FoedusError or None
        Why it was not taken in; then nothing was changed.
    """

    edition: str
    url: str
    sha256: str | None = None
    imported: Imported | None = None
    saved: Saved | None = None
    error: FoedusError | None = None


def update(
    cards: Iterable[Card],
    *,
    folder: Path | None = None,
    progress: bool = True,
    replace: bool = False,
    pauses: Sequence[float] = PAUSES,
    timeout: float = 30.0,
) -> tuple[Fetched, ...]:
    """Download the official file of every card that names one, and import it.

    Parameters
    ----------
    cards : iterable of Card
        The editions; those without a download are passed over.
    folder : pathlib.Path, optional
        The data folder; by default the user's.
    progress : bool, default True
        Whether to show a progress bar and a line with each checksum on standard error.
    replace : bool, default False
        Put a file in the place of an imported edition of the same id with other figures.
    pauses : sequence of float
        Seconds to wait before each further attempt.
    timeout : float, default 30
        Seconds to wait for the server.

    Returns
    -------
    tuple of Fetched
        One for each card with a download, in their order. Errors are in it and not raised.
    """
    way = _Way(folder, progress, replace, tuple(pauses), timeout)
    return tuple(_fetch(card, card.download, way) for card in cards if card.download is not None)


class _Way(NamedTuple):
    """How an update is made; see :func:`update`."""

    folder: Path | None
    progress: bool
    replace: bool
    pauses: tuple[float, ...]
    timeout: float

    def say(self, line: str) -> None:
        """Write a line to standard error, unless the update is to be silent."""
        if self.progress:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()


def _fetch(card: Card, source: Download, way: _Way) -> Fetched:
    """Download, read and save one card's file; give the error in place of raising it."""
    checksum: str | None = None
    way.say(f"{card.id}: {source.url}")
    try:
        with work_folder("update") as temporary:
            path = temporary / Path(source.filename).name
            download(source, path, progress=way.progress, pauses=way.pauses, timeout=way.timeout)
            checksum = sha256_of(path)
            way.say(f"{card.id}: sha256 {checksum} ({_verdict(checksum, source)})")
            _expect(path, source, checksum)
            imported = _read(path, card, source)
        saved = save_edition(imported, way.replace, folder=way.folder)
        return Fetched(card.id, source.url, checksum, imported, saved)
    except FoedusError as error:
        return Fetched(card.id, source.url, checksum, error=error)


def download(
    source: Download,
    path: Path,
    *,
    progress: bool = False,
    pauses: Sequence[float] = PAUSES,
    timeout: float = 30.0,
) -> None:
    """Download a file, trying again after a passing fault.

    Parameters
    ----------
    source : Download
        The address.
    path : pathlib.Path
        Where to write it.
    progress : bool, default False
        Whether to show a progress bar on standard error.
    pauses : sequence of float
        Seconds to wait before each further attempt. A refusal such as 404 is not tried again.
    timeout : float, default 30
        Seconds to wait for the server.

    Raises
    ------
    DownloadError
        When the server cannot be reached, refuses, or breaks off before the end of the file.
    """
    from pooch import HTTPDownloader  # type: ignore[import-untyped]

    for pause in (*pauses, None):
        try:
            HTTPDownloader(progressbar=progress, timeout=timeout)(source.url, str(path), None)
            return
        except OSError as error:  # the root of what the requests library raises, and of a full disk
            answer = getattr(error, "response", None)
            code = getattr(answer, "status_code", None)
            if answer is not None:
                answer.close()  # a refusal's body is not read, and its socket would stay open until collected
            if pause is None or (code is not None and code < 500):
                raise _download_error(error, code, source, len(pauses) + 1) from error
            time.sleep(pause)


def _download_error(error: OSError, code: int | None, source: Download, attempts: int) -> DownloadError:
    """Write in plain words why a download failed."""
    text, kind = str(error).lower(), type(error).__name__
    if code is not None:
        return DownloadError(f"the server answers {code}", where=source.url, do=_BY_HAND)
    if "timeout" in kind.lower():
        what = "the server does not answer in time"
    elif "incompleteread" in text or "more expected" in text or "connection broken" in text:
        what = "the file breaks off before its end"
    elif any(sign in text for sign in ("name or service", "name resolution", "nodename", "getaddrinfo")):
        what = "the server's name cannot be found"
    elif "refused" in text:
        what = "the server refuses the connection"
    elif type(error).__module__.startswith(("requests", "urllib3")):
        what = f"the connection fails ({kind})"
    else:
        return DownloadError(
            f"the file cannot be written ({error.strerror})", where=source.url, do="free space and try again"
        )
    remedy = f"tried {attempts} times; check the connection and try again, or {_BY_HAND}"
    return DownloadError(what, where=source.url, do=remedy)


def _verdict(checksum: str, source: Download) -> str:
    """Write how a checksum compares with the card's."""
    if source.sha256 is None:
        return "the card knows none"
    return "as on the card" if checksum == source.sha256 else "not the one on the card"


def _expect(path: Path, source: Download, checksum: str) -> None:
    """Refuse a file that is not the one the card names."""
    content = path.read_bytes()[:1024]
    page = content.lstrip().lower().startswith((b"<!doctype html", b"<html", b"<head"))
    if page or path.suffix.lower() == ".xlsx":
        reason = not_a_workbook(content)
        if reason:
            expected = "workbook" if path.suffix.lower() == ".xlsx" else "table"
            what = f"what came is not the {expected} expected: {reason.removeprefix('this is ')}"
            if not content:
                what = "what came is an empty file"
            raise DownloadError(what, where=source.url, do=_BY_HAND)
    if source.sha256 is not None and checksum != source.sha256:
        raise DownloadError(
            f"the file is not the one on the card (sha256 {checksum[:12]}… and not {source.sha256[:12]}…)",
            where=source.url,
            do="if the publisher has revised it, save it and import it with --edition under another name",
        )


def _read(path: Path, card: Card, source: Download) -> Imported:
    """Read what came, naming its address in an error and not the temporary file."""
    try:
        return read(source.importer, path, edition=card.id, published=card.published)
    except FileFormatError as error:
        where = (error.where or "").replace(str(path), path.name)
        raise DownloadError(error.what, where=f"{source.url}: {where}", do=error.do, **error.data) from error
