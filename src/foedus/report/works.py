"""Works that are cited, as BibTeX and the Citation Style Language have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from foedus.evidence.cards import Card
from foedus.files.shipped import shipped_file
from foedus.files.yaml_text import plain_yaml
from foedus.report.citation import Citation

__all__ = ["CitedWork", "answer_work", "edition_work", "software_work", "to_bibtex", "to_csl"]

WorkKind = Literal["answer", "software", "dataset", "report"]

_BIBTEX: Mapping[WorkKind, str] = {
    "answer": "misc",
    "software": "software",
    "dataset": "misc",
    "report": "techreport",
}

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
"""Signs that TeX reads as its own."""


@dataclass(frozen=True)
class CitedWork:
    """One work that is cited.

    Attributes
    ----------
    key : str
        What a text refers to it by; each once in a list.
    kind : {"answer", "software", "dataset", "report"}
        What it is; an answer is a data set to reference managers.
    title, author : str
        As its publisher names them.
    issued : datetime.date or None
        The day it came out.
    version, url, note : str
        Empty where there is none.
    """

    key: str
    kind: WorkKind
    title: str
    author: str
    issued: date | None = None
    version: str = ""
    url: str = ""
    note: str = ""

    def text(self) -> str:
        """Return the work in a line."""
        day = f" ({self.issued.isoformat()})" if self.issued else ""
        version = f", version {self.version}" if self.version else ""
        parts = (f"{self.author}{day}: {self.title}{version}", self.note, self.url)
        return " ".join(f"{part.rstrip('.')}." if part != self.url else part for part in parts if part)


def software_work(day: date) -> CitedWork:
    """Return foedus itself, as its file of citation names it, and the day as of which it was asked."""
    content = plain_yaml(shipped_file("CITATION.cff").read_text(encoding="utf-8"))
    released = content.get("date-released")
    return CitedWork(
        key="foedus",
        kind="software",
        title=content["title"],
        author=", ".join(author["name"] for author in content["authors"]),
        issued=date.fromisoformat(str(released)) if released else None,
        version=str(content["version"]),
        url=str(content.get("repository-code", "")),
        note=f"As of {day}; Apache License 2.0",
    )


def edition_work(card: Card) -> CitedWork:
    """Return an edition of a source."""
    kind: WorkKind = "report" if "defence-expenditure" in card.series else "dataset"
    return CitedWork(
        key=card.id,
        kind=kind,
        title=card.title,
        author=card.publisher,
        issued=card.published,
        url=card.url,
        note=f"Edition {card.id}. {card.licence}",
    )


def answer_work(citation: Citation) -> CitedWork:
    """Return an answer as a work of its own, by its title and day."""
    again = f" The same again: {citation.command}" if citation.command else ""
    return CitedWork(
        key=citation.file_stem,
        kind="answer",
        title=citation.title,
        author="foedus",
        issued=citation.pins.as_of,
        version=citation.pins.version,
        note=f"{citation.sentence}{again}",
    )


def to_bibtex(works: Iterable[CitedWork]) -> str:
    """Return works as BibTeX: text escaped, titles in braces that keep capitals."""
    return "\n\n".join(map(_entry, works)) + "\n"


def _entry(work: CitedWork) -> str:
    """Return one work as BibTeX."""
    title, author, note = (_escaped(text) for text in (work.title, work.author, work.note))
    fields = {"author": f"{{{author}}}", "title": f"{{{title}}}"}
    if work.issued is not None:
        fields |= {"year": str(work.issued.year), "month": str(work.issued.month), "date": str(work.issued)}
    if work.kind == "report":
        fields["institution"] = f"{{{author}}}"
    fields |= {name: value for name, value in (("version", work.version), ("note", note)) if value}
    if work.url:
        fields["url"] = re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", work.url)
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{_BIBTEX[work.kind]}{{{work.key},\n{lines}\n}}"


def _escaped(text: str) -> str:
    """Return a text as TeX prints it."""
    return "".join(_ESCAPES.get(sign, sign) for sign in " ".join(text.split()))


def to_csl(works: Iterable[CitedWork]) -> list[dict[str, Any]]:
    """Return works as items of the Citation Style Language."""
    return [_item(work) for work in works]


def _item(work: CitedWork) -> dict[str, Any]:
    """Return one work as an item."""
    day = work.issued
    further = {"version": work.version, "URL": work.url, "note": work.note}
    return {
        "id": work.key,
        "type": "dataset" if work.kind == "answer" else work.kind,
        "title": work.title,
        "author": [{"literal": work.author}],
        **({"issued": {"date-parts": [[day.year, day.month, day.day]]}} if day else {}),
        **{name: value for name, value in further.items() if value},
    }
