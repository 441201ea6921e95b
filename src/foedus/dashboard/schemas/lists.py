"""The answers of the addresses that list what can be named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from foedus.catalogue import Quantity
from foedus.dashboard.lists_api import CountryEntry, ScenarioEntry
from foedus.dashboard.schemas.shapes import Declared, declared, rows, worded
from foedus.decisions.shipped import ShippedDecision
from foedus.evidence.publications import StatedCount

__all__ = ["LISTS"]

_QUANTITY = declared(
    "QuantityHeld",
    Quantity,
    editions=worded(tuple[str, ...], "The editions that hold figures of it, the newest first."),
    newest=worded(str, "The newest of them; empty where there is none."),
    held=worded(int, "How many they are."),
    origin=worded(str, "Where its figures come from: held, import or run."),
)
_EDITION = declared(
    "EditionHeld",
    edition=str,
    series=str,
    published=date,
    published_known=worded(str, "How the day is known."),
    figures=worded(int, "How many figures it holds."),
    years=worded(tuple[int, int] | None, "The first and the last year of its figures."),
    indicators=tuple[str, ...],
    complete=worded(Mapping[str, tuple[int, int]], "The years for which it holds a whole table."),
    imported=worded(bool, "Whether it was imported into this server."),
    title=str,
)
_PUBLICATION = declared(
    "PublicationKnown",
    edition=str,
    published=date,
    published_text=str,
    published_known=str,
    day_known=worded(str, "How exactly the day is known."),
    title=str,
    in_ledger=bool,
    year=worded(int | None, "The newest year of its figures; null where that is not known."),
    shares_held=int,
    shares_printed=int,
    stated_count=worded(StatedCount | None, "The publisher's own count of allies at 2 %."),
    source=str,
)

LISTS: Mapping[str, Declared] = {
    "scenarios": declared("ScenariosAnswer", scenarios=tuple[ScenarioEntry, ...]),
    "decisions": declared("DecisionsAnswer", decisions=tuple[ShippedDecision, ...]),
    "indicators": declared("IndicatorsAnswer", indicators=rows(_QUANTITY)),
    "editions": declared(
        "EditionsAnswer",
        editions=rows(_EDITION),
        publications=worded(rows(_PUBLICATION), "What NATO is known to have published, held or not."),
    ),
    "countries": declared("CountriesAnswer", countries=tuple[CountryEntry, ...]),
    "cite": declared(
        "CiteAnswer",
        subject=str,
        command=worded(str, "The command that gives the same answer; empty where there is none."),
        text=worded(str, "The citation in a sentence."),
        bibtex=worded(str, "foedus and the editions, as BibTeX."),
        csl=worded(tuple[Mapping[str, Any], ...], "The same as items of the Citation Style Language."),
    ),
    "version": declared(
        "VersionAnswer",
        version=worded(str, "The version of foedus."),
        api=worded(str, "The version of the API, as in its address."),
    ),
}
"""By address."""
