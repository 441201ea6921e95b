"""Source cards: for each edition of a source, who published it, when, where, and what is known to be wrong.

A card is a YAML file, ``<edition>.yaml``, beside the edition's table of figures ``<edition>.csv``, or
``<edition>.csv.gz`` where it is compressed. Those that come with foedus stand in ``evidence/editions``;
imported editions are kept in the user's data folder in the same formats. Tables that are no series of figures
stand in ``evidence/records/<record>``, with one ``card.yaml`` for the folder.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foedus.errors import FileFormatError
from foedus.files.yaml_text import dump_yaml, plain_yaml

__all__ = [
    "FIGURE_SCHEMA",
    "KNOWN",
    "OPTIONAL_COLUMNS",
    "RECORD_KNOWN",
    "STATUSES",
    "Card",
    "Download",
    "Known",
    "Status",
    "dump_card",
    "read_card",
]

Known = Literal["retrieved", "press", "unverified"]
"""How a row is known: read in the publisher's own table or a copy of it, quoted by others, or not checked."""

Status = Literal["actual", "estimate", "projection"]
"""What the publisher says the figure is."""

KNOWN: tuple[Known, ...] = ("retrieved", "press", "unverified")
RECORD_KNOWN: tuple[str, ...] = (*KNOWN, "announced")
"""How a row of a record is known; what is announced is a plan, and no figure can be one."""

STATUSES: tuple[Status, ...] = ("actual", "estimate", "projection")

FIGURE_SCHEMA: tuple[tuple[str, str], ...] = (
    ("indicator", "str"),
    ("country", "str"),
    ("year", "int"),
    ("value", "float"),
    ("status", "str"),
    ("known", "str"),
    ("note", "str"),
    ("rests_on", "str"),
    ("printed_to", "float"),
)
"""The columns of an edition's table, in order. Values are in the catalogue's units: fractions, single US
dollars, single persons. A figure that is not known has no row. ``note`` may be empty. ``rests_on`` says which
copies or reports a figure rests on, and is empty where the publisher's own file was read. ``printed_to`` is
the unit of the last printed digit, and is empty where the table gives all digits; the others are never
empty."""

OPTIONAL_COLUMNS: tuple[str, ...] = ("rests_on", "printed_to")
"""The columns that a table's file leaves out where no row has anything in them."""


class Download(BaseModel):
    """Where the publisher offers the edition's own file.

    Attributes
    ----------
    url : str
        The file's address.
    filename : str
        Its name.
    importer : str
        Which importer reads it: "nato", "imf" or "sipri".
    sha256 : str or None
        The file's checksum where it is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    filename: str
    importer: Literal["nato", "imf", "sipri"]
    sha256: str | None = None


class Card(BaseModel):
    """What is known about one edition of a source.

    Attributes
    ----------
    id : str
        The edition's name, for example "nato-2024-06".
    kind : {"figures", "record"}
        Whether its table is a series of figures, or tables of another shape. Programs are not given it.
    tables : tuple of str
        Of a record, the names of its tables without their ending, in the order in which its checksum joins
        them. Programs are not given it.
    series : str
        The publication it is an edition of, for example "nato-defence-expenditure".
    publisher, title, url, licence : str
        As the publisher names them; `url` is the page a reader can open.
    published : datetime.date
        The day the edition came out: questions asked as of an earlier day do not see it.
    published_known : {"retrieved", "press", "unverified"}
        How that day is known.
    basis : str
        The definition the figures follow, where editions differ in it.
    complete : mapping of str to (int, int)
        For each indicator whose table the edition holds whole, the first and last year. What is not listed
        is single quoted points.
    members_on : datetime.date or None
        The day whose membership the edition's tables cover.
    copies : tuple of str
        The public copies that the table was read from, where the publisher's own file was not at hand.
    rests_on : mapping of str to int
        How many figures rest on what: one copy, two copies, one source, a derivation; the words before the
        colon of a figure's own `rests_on`. Empty where the publisher's own file was read.
    sha256 : str or None
        Checksum of the table of figures.
    source_sha256 : str or None
        Checksum of the publisher's own file, where it was at hand.
    download : Download or None
        Where to fetch it.
    caveats : tuple of str
        What is wrong with the figures, one sentence each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    kind: Literal["figures", "record"] = Field(default="figures", exclude=True)
    tables: tuple[str, ...] = Field(default=(), exclude=True)
    series: str
    publisher: str
    title: str
    published: date
    published_known: Known = "unverified"
    url: str
    licence: str
    basis: str = ""
    complete: dict[str, tuple[int, int]] = Field(default_factory=dict)
    members_on: date | None = None
    copies: tuple[str, ...] = ()
    rests_on: dict[str, int] = Field(default_factory=dict)
    sha256: str | None = None
    source_sha256: str | None = None
    download: Download | None = None
    caveats: tuple[str, ...] = ()

    @property
    def one_copy(self) -> int:
        """How many of the figures rest on one copy or source, so that a slip in it would not be seen."""
        return sum(count for words, count in self.rests_on.items() if words.startswith("one "))

    def covers(self, indicator: str, year: int) -> bool:
        """Whether the edition holds the whole table of an indicator for a year."""
        span = self.complete.get(indicator)
        return span is not None and span[0] <= year <= span[1]


def read_card(path: Path) -> Card:
    """Read a source card.

    Parameters
    ----------
    path : pathlib.Path
        The card's file.

    Returns
    -------
    Card
        The card.

    Raises
    ------
    FileFormatError
        When the file is not a card.
    """
    try:
        content: Any = plain_yaml(path.read_text(encoding="utf-8"))
        return Card.model_validate(content)
    except (FileFormatError, ValidationError, UnicodeDecodeError) as error:
        first = error.what if isinstance(error, FileFormatError) else str(error).splitlines()[0]
        raise FileFormatError(
            f"this is not a source card ({first})", where=str(path), do="remove it or import the file again"
        ) from error


def dump_card(card: Card) -> str:
    """Write a source card as YAML text, leaving out what is empty.

    Parameters
    ----------
    card : Card
        The card.

    Returns
    -------
    str
        YAML.
    """
    content = card.model_dump(mode="json", exclude_defaults=True)
    content["complete"] = {k: list(v) for k, v in card.complete.items()}
    return dump_yaml(content)
