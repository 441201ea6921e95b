"""``foedus data import kiel``: a release of the tracker as an edition of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from foedus.aid.kiel import KielTables, read_kiel
from foedus.aid.kiel_checks import check_kiel, kiel_notes
from foedus.aid.own import editions_folder, own_card, own_releases, table_text, tracker_of
from foedus.aid.record import CARD_ID, TrackerRelease, packaged_release
from foedus.aid.tracker import Tracker, packaged_tracker, tracker
from foedus.errors import FileFormatError, InputError
from foedus.evidence.cards import Card
from foedus.evidence.checks import CheckResult
from foedus.evidence.packaged import packaged_cards
from foedus.evidence.userdata import write_edition
from foedus.files.checksum import sha256_of
from foedus.rounding import written

__all__ = ["KielImport", "import_kiel"]

TIMES_HELD = 100
"""Aid of more than so many times what another release holds is a slip of the unit."""


@dataclass(frozen=True)
class KielImport:
    """What became of a release that was brought.

    Attributes
    ----------
    edition : str
        The name under which it is kept.
    outcome : {"new", "unchanged", "replaced"}
        Whether it was written for the first time, was there already, or took the place of another.
    path : pathlib.Path
        Where it is kept.
    number : int
        The release's number.
    last_month : str
        The last month of the data.
    published : datetime.date
        The day from which it answers.
    donors, entries : int
        How many donors, and how many entries of a donor in a month.
    checks : tuple of CheckResult
        What was checked.
    notes : tuple of str
        What the reader must know.
    """

    edition: str
    outcome: Literal["new", "unchanged", "replaced"]
    path: Path
    number: int
    last_month: str
    published: date
    donors: int
    entries: int
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...]

    @property
    def message(self) -> str:
        """What happened, in one sentence."""
        verb = {
            "new": "now holds",
            "unchanged": "was there already with",
            "replaced": "was replaced and holds",
        }
        return (
            f"Edition {self.edition} {verb[self.outcome]} Release {self.number} of the Ukraine Support "
            f"Tracker: {self.donors} donors, {self.entries:,} entries to {self.last_month}, published "
            f"{self.published}."
        )


def import_kiel(
    path: Path, *, edition: str | None = None, published: date | None = None, replace: bool = False
) -> KielImport:
    """Read the six files of a release, check them, and keep them as an edition in the user's data folder.

    Parameters
    ----------
    path : pathlib.Path
        A folder, or a zip file, that holds them.
    edition : str, optional
        The edition's name; without it, number and day of the release. A release that is older than one held
        is taken under a name only.
    published : datetime.date, optional
        The day from which it was public; without it, the day that the release bears.
    replace : bool, default False
        Take the place of an edition of that name with other figures.

    Returns
    -------
    KielImport
        What became of it.

    Raises
    ------
    InputError
        When nothing can be read there, the release is older than one held and has no name of its own, or an
        edition of that name is there with other figures.
    FileFormatError
        When a file is missing, is not what it should be, or a check fails.
    StorageError
        When the data folder cannot be written; what was there before is left as it was.
    """
    tables = read_kiel(path)
    checks = check_kiel(tables)
    held = [packaged_release(), *own_releases().values()]
    if edition is None:
        _refuse_older(tables, held)
    day = published or tables.day
    card = _card(edition or f"kiel-{tables.number}-{day}", tables, day, given=published is not None)
    release = TrackerRelease(card.id, tables.number, tables.period, day)
    brought = tracker_of(tables, release)
    _check_against_held(brought)
    text = table_text(tables)
    outcome = _outcome(card, text, replace)
    if outcome != "unchanged":
        write_edition(editions_folder(), card.model_copy(update={"sha256": sha256_of(text.encode())}), text)
    return KielImport(
        card.id,
        outcome,
        editions_folder() / f"{card.id}.csv",
        tables.number,
        str(tables.period),
        day,
        len(brought.donors),
        len(tables.donor_months),
        checks,
        (*kiel_notes(tables), *_against_packaged(brought)),
    )


def _refuse_older(tables: KielTables, held: list[TrackerRelease]) -> None:
    """Raise an error for a release that is older than one held."""
    newest = max(held, key=lambda release: release.number)
    if tables.number < newest.number:
        raise InputError(
            f"release {tables.number} (to {tables.period}) is older than release {newest.number} (to "
            f"{newest.last}), which is held",
            where="release_info.csv",
            do=f"give --edition kiel-{tables.number} to keep it for questions as of its day",
        )


def _card(name: str, tables: KielTables, day: date, *, given: bool) -> Card:
    """Return the source card of an imported release."""
    model = next(card for card in packaged_cards() if card.id == CARD_ID)
    clean = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-")
    if not clean or clean != name or "--" in clean:
        raise InputError(
            f"{name!r} is not a name of an edition",
            where="--edition",
            do="write it in small letters, digits and single hyphens, for example kiel-29",
        )
    return Card(
        id=name,
        tables=("tracker",),
        series=model.series,
        publisher=model.publisher,
        title=f"Ukraine Support Tracker, Release {tables.number}, data to {tables.period}",
        published=day,
        published_known="unverified" if given else "retrieved",
        url=model.url,
        licence="no licence is stated by the publisher; imported for the user's own use",
        basis=model.basis,
    )


def _check_against_held(brought: Tracker) -> None:
    """Check that aid is of the size that another release has it."""
    total, other = brought.allocated(), tracker().allocated()
    if total > TIMES_HELD * other:
        raise FileFormatError(
            f"all donors allocated EUR {written(total, scale=-9, grouped=True)} bn, and EUR "
            f"{written(other, scale=-9, grouped=True)} bn by the newest release held",
            do="give amounts in billions of euros, not in millions",
        )


def _outcome(card: Card, text: str, replace: bool) -> Literal["new", "unchanged", "replaced"]:
    """Return what becomes of an edition, or raise an error where another is in its place."""
    old = own_card(card.id)
    if old is None:
        return "new"
    same = old.sha256 == sha256_of(text.encode())
    if same and old.published == card.published:
        return "unchanged"
    if not replace:
        state = f"as published on {old.published}" if same else "with other figures"
        raise InputError(
            f"edition {card.id} is there already {state}",
            where=str(editions_folder() / f"{card.id}.csv"),
            do="give --published with the day of this state, which makes it an edition of its own, or "
            "--replace",
        )
    return "replaced"


def _against_packaged(brought: Tracker) -> tuple[str, ...]:
    """Return how headline figures differ from those that come with foedus, if of the same release."""
    shipped = packaged_tracker()
    if shipped.release.number != brought.release.number:
        return ()
    names = ("region_years", "donors", "months", "routes", "weapons")
    if all(getattr(shipped, name) == getattr(brought, name) for name in names):
        return ("All headline figures equal those that come with foedus.",)
    before, now = shipped.allocated("military"), brought.allocated("military")
    return (
        f"This is another state of Release {brought.release.number} than the one that comes with foedus: "
        f"military aid is EUR {written(now, 1, scale=-9)} bn and was {written(before, 1, scale=-9)} there "
        f"({written(now / before - 1, 1, scale=2, signed=True)} %).",
    )
