"""The leaves of an explanation: source cards, figures with where they are from, and numbers of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from foedus.analysis.explanation import GivenFigure, NumberLeaf, SourceLeaf
from foedus.catalogue import catalogue
from foedus.evidence.source_card import HOW_KNOWN
from foedus.results import Note
from foedus.scenario.chain import all_parameters

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.parameters import Provenance
    from foedus.scenario import Resolved

__all__ = ["Leaves"]

CARD_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
"""What may be the id of a card in the source of a number."""


@dataclass(frozen=True)
class Leaves:
    """Where the figures and numbers of a scenario are from.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    ledger : Ledger
        Where the source cards are.
    """

    resolved: Resolved
    ledger: Ledger

    @cached_property
    def _rows(self) -> dict[str, list[Provenance]]:
        """The provenance of each quantity."""
        rows: dict[str, list[Provenance]] = {}
        for row in self.resolved.provenance:
            rows.setdefault(row.name, []).append(row)
        return rows

    def known(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those quantities of which it is kept where they are from."""
        return tuple(name for name in dict.fromkeys(names) if name in self._rows)

    def source(self, edition: str) -> SourceLeaf:
        """Return the leaf of a source card."""
        card = self.ledger.editions.get(edition)
        if card is None:
            return SourceLeaf(edition)
        day_known = HOW_KNOWN[card.published_known]
        return SourceLeaf(card.id, card.publisher, card.title, card.url, card.published, f"day {day_known}")

    def figures(self, names: Iterable[str], country: str = "") -> tuple[GivenFigure, ...]:
        """Return where figures are from.

        Parameters
        ----------
        names : iterable of str
            Starting values, inputs and figures of measures; one of a room that is not in use has none.
        country : str, optional
            Only what concerns a country.

        Returns
        -------
        tuple of GivenFigure
            In the order of the names.
        """
        rows = (row for name in dict.fromkeys(names) for row in self._rows.get(name, ()))
        return tuple(
            self._figure(row._replace(countries=(country,)) if country and row.countries else row)
            for row in rows
            if not country or not row.countries or country in row.countries
        )

    def _figure(self, row: Provenance) -> GivenFigure:
        """Return one leaf of a figure."""
        return GivenFigure(
            name=row.name,
            label=catalogue()[row.name].label,
            status=row.status,
            known=row.known,
            of=row.of,
            how=row.how,
            years=row.years,
            countries=row.countries,
            source=self.source(row.edition) if row.edition else None,
        )

    def numbers(self, names: Iterable[str]) -> tuple[NumberLeaf, ...]:
        """Return numbers of the model as the scenario has them."""
        settings, parameters = self.resolved.parameters, all_parameters()
        return tuple(
            NumberLeaf(
                name=name,
                value=settings[name].value,
                range=parameters[name].range if name in parameters else (),
                unit=settings[name].unit,
                grade=settings[name].grade,
                source=settings[name].source,
                cards=self._named(settings[name].source),
            )
            for name in names
            if name in settings
        )

    def _named(self, source: str) -> tuple[SourceLeaf, ...]:
        """Return the cards that the source of a number names."""
        names = dict.fromkeys(CARD_NAME.findall(source))
        return tuple(self.source(name) for name in names if name in self.ledger.editions)

    def notes(self) -> tuple[Note, ...]:
        """Return that a run of an earlier format does not say where its starting values are from."""
        if self._rows:
            return ()
        held = ", ".join(self.resolved.editions)
        text = f"the run is of a format that keeps the list of editions alone: {held}. Run it again."
        return (Note("editions_alone", text),)
