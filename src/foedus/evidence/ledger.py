"""The ledger: the one door to the figures, which knows every figure's edition and the day it came out.

A figure is keyed by (indicator, country, year, edition). A question names an edition, or a day as of which it
is asked, or neither; then the newest edition answers and the answer says so. One answer comes from one
edition: figures of different editions are never joined into one series. An edition that holds only single
quoted points of an indicator does not outvote an older edition that holds the whole table.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from foedus.axes import country_codes
from foedus.catalogue import Quantity, quantity
from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence.answering import WHOLE, best_points, coverage, newest_whole, remarks_on
from foedus.evidence.cards import Card
from foedus.evidence.figure_tables import Loader, rows_of, table_loader
from foedus.evidence.figures import Figures
from foedus.evidence.institutions import members_on
from foedus.evidence.kept import KeptAnswers
from foedus.evidence.missing import nothing_held
from foedus.evidence.packaged import packaged_cards, packaged_table
from foedus.evidence.publications import SERIES, holding, newest_publication, require_held
from foedus.evidence.rows import FigureRows

__all__ = ["Figures", "Ledger"]

T = TypeVar("T")


@dataclass(frozen=True)
class Ledger:
    """The figures of every edition, or of those published by a day.

    Attributes
    ----------
    editions : mapping of str to Card
        The source cards of the editions that may answer, oldest first.
    day : datetime.date or None
        The day as of which questions are asked.
    only : str or None
        The single edition that may answer.
    imported : frozenset of str
        Editions that come from the user's data folder.
    """

    editions: Mapping[str, Card]
    _loaders: Mapping[str, Loader]
    day: date | None = None
    only: str | None = None
    imported: frozenset[str] = frozenset()
    _kept: KeptAnswers = field(default_factory=KeptAnswers, init=False, compare=False, repr=False)

    @classmethod
    def packaged(cls) -> Ledger:
        """Return the ledger of the editions that come with foedus.

        Returns
        -------
        Ledger
            All packaged editions.
        """
        cards = {card.id: card for card in packaged_cards()}
        loaders = {
            # A card without a checksum describes no table.
            id_: table_loader(packaged_table(id_), id_, sha256=card.sha256 or "")
            for id_, card in cards.items()
            if card.kind == "figures"
        }
        return cls(editions=_by_date(cards), _loaders=MappingProxyType(loaders))

    @classmethod
    def load(cls) -> Ledger:
        """Return the ledger of the packaged editions and those in the user's data folder.

        Returns
        -------
        Ledger
            An imported edition takes the place of a packaged one of the same id.

        Raises
        ------
        FileFormatError
            When a card in the user's folder cannot be read.
        """
        from foedus.evidence.userdata import user_editions

        ledger = cls.packaged()
        imports = user_editions()
        if not imports:
            return ledger
        cards = {**ledger.editions, **{card.id: card for card, _ in imports}}
        loaders = {
            **ledger._loaders,
            **{c.id: table_loader(path, c.id, sha256=c.sha256) for c, path in imports},
        }
        return replace(
            ledger,
            editions=_by_date(cards),
            _loaders=MappingProxyType(loaders),
            imported=frozenset(card.id for card, _ in imports),
        )

    def as_of(self, day: date) -> Ledger:
        """Keep only the editions published by a day.

        Parameters
        ----------
        day : datetime.date
            The day.

        Returns
        -------
        Ledger
            A ledger that knows what was published by then, and nothing later.
        """

        def make() -> Ledger:
            seen = {id_: card for id_, card in self.editions.items() if card.published <= day}
            return replace(self, editions=MappingProxyType(seen), day=day)

        return self.keep(("as of", day), make)

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made of these figures before, or make it: figures never change.

        Parameters
        ----------
        key : hashable
            What was asked.
        make : callable
            Makes it; nobody may change what it gives.

        Returns
        -------
        object
            The same object for the same key, as long as it is kept.
        """
        result: T = self._kept.get(key, make)
        return result

    def edition(self, name: str) -> Ledger:
        """Keep one edition.

        Parameters
        ----------
        name : str
            The edition's id.

        Returns
        -------
        Ledger
            A ledger that answers from this edition alone.

        Raises
        ------
        UnknownNameError
            When there is no such edition.
        NoDataError
            When it had not been published by the day of this ledger, or came out but is not held.
        """
        if name not in self.editions:
            if name in self._loaders and self.day is not None:
                raise NoDataError(
                    f"edition {name} had not been published by {self.day}",
                    do="ask as of a later day, or leave the edition or the day out",
                )
            require_held(name, self)
            raise UnknownNameError("edition", name, self._loaders, do="`foedus editions` lists them")
        return replace(self, editions=MappingProxyType({name: self.editions[name]}), only=name)

    def members(self, on: date | None = None) -> list[str]:
        """Return the allies of a day.

        Parameters
        ----------
        on : datetime.date, optional
            The day; without it the day of this ledger, and without that today.

        Returns
        -------
        list of str
            Alpha-3 codes in alphabetical order.
        """
        return members_on(on or self.day or date.today())

    def carriers(self, indicator: str) -> list[Card]:
        """Return the editions of the series that publish an indicator, the preferred series first.

        Parameters
        ----------
        indicator : str
            A name in the catalogue.

        Returns
        -------
        list of Card
            Within a series the newest first; only editions that may answer.

        Raises
        ------
        UnknownNameError
            When the catalogue has no such indicator.
        """
        series = quantity(indicator).observed_in
        known = [card for card in self.editions.values() if card.id in self._loaders]
        # A statement quotes figures of a table; it stands last, and answers only when asked for by name.
        order = {name: i for i, name in enumerate(series)}
        named = [card for card in known if card.series in order or card.id == self.only]
        return sorted(named, key=lambda c: (order.get(c.series, len(order)), -c.published.toordinal(), c.id))

    def has_figures(self, edition: str) -> bool:
        """Whether an edition is a table of figures; a record is not."""
        return edition in self._loaders

    def table(self, edition: str) -> FigureRows:
        """Return every figure of one edition.

        Parameters
        ----------
        edition : str
            The edition's id; it must be one that may answer.

        Returns
        -------
        FigureRows
            Columns edition, indicator, country, year, value, status, known, note, rests_on, printed_to.
        """
        self.edition(edition)
        return self._loaders[edition]()

    def figures(
        self,
        indicator: str,
        *,
        country: Iterable[str] | None = None,
        year: int | tuple[int, int] | None = None,
        edition: str | None = None,
    ) -> Figures:
        """Return the figures of an indicator from one edition.

        Parameters
        ----------
        indicator : str
            A name in the catalogue.
        country : iterable of str, optional
            Names or codes of the countries wanted; without it, all.
        year : int or (int, int), optional
            A year, or first and last year; without it, all.
        edition : str, optional
            The edition that shall answer; without it the newest that holds the whole table.

        Returns
        -------
        Figures
            The figures, the edition's card and the notes.

        Raises
        ------
        UnknownNameError
            When the indicator, a country or the edition is not known.
        NoDataError
            When no edition that may answer holds a figure that was asked for.
        """
        names = None if country is None else tuple(country)
        span = (year, year) if isinstance(year, int) else year
        key = ("figures", indicator, names, span, edition)
        return self.keep(key, lambda: self._figures(indicator, names, span, edition))

    def _figures(
        self,
        indicator: str,
        names: tuple[str, ...] | None,
        span: tuple[int, int] | None,
        edition: str | None,
    ) -> Figures:
        """Look figures up; see :meth:`figures`."""
        ledger = self.edition(edition) if edition else self
        entry = quantity(indicator)
        codes = country_codes(names) if names is not None else None

        def rows(card: Card) -> FigureRows:
            return ledger._matching(card, indicator, codes, span)

        cards = ledger.carriers(indicator)
        answer = newest_whole(cards, indicator, span, rows) or best_points(cards, indicator, span, rows)
        if answer is None:
            raise ledger._nothing(indicator, codes, span)
        card, frame = answer
        newer = [c for c in cards if c.series == card.series and c.published > card.published]
        notes = ledger._notes(entry, card, frame, [(c, rows(c)) for c in newer[:1]], span)
        return Figures(quantity=entry, card=card, frame=frame, notes=notes)

    def every_edition(
        self,
        indicator: str,
        *,
        country: Iterable[str] | None = None,
        year: int | tuple[int, int] | None = None,
    ) -> FigureRows:
        """Return the figures of an indicator in every edition, side by side and never joined.

        Parameters
        ----------
        indicator : str
            A name in the catalogue.
        country : iterable of str, optional
            Names or codes of the countries wanted.
        year : int or (int, int), optional
            A year, or first and last year.

        Returns
        -------
        FigureRows
            Columns edition, indicator, country, year, value, status, known, note, rests_on, printed_to; the
            oldest edition first.

        Raises
        ------
        NoDataError
            When no edition holds such a figure.
        """

        codes = country_codes(country) if country is not None else None
        span = (year, year) if isinstance(year, int) else year
        cards = sorted(self.carriers(indicator), key=lambda c: (c.published, c.id))
        frames = [self._matching(card, indicator, codes, span) for card in cards]
        frames = [frame for frame in frames if len(frame)]
        if not frames:
            raise self._nothing(indicator, codes, span)
        return FigureRows.joined(frames)

    def _matching(
        self, card: Card, indicator: str, codes: list[str] | None, span: tuple[int, int] | None
    ) -> FigureRows:
        """Return the rows of one edition that answer a question."""
        return rows_of(self._loaders[card.id], indicator, None if codes is None else tuple(codes), span)

    def _notes(
        self,
        entry: Quantity,
        card: Card,
        frame: FigureRows,
        newer: list[tuple[Card, FigureRows]],
        span: tuple[int, int] | None,
    ) -> tuple[str, ...]:
        """Write why this edition answers and what the reader must know of its figures."""
        notes = []
        if self.only is None:
            cut = f" published by {self.day}" if self.day else ""
            notes.append(f"{card.id}, published {card.published}, is the newest edition{cut} that answers.")
            notes += self._published_since(card, entry.name, span) or [
                f"{other.id}, published {other.published}, is newer but holds only {len(points)} of these "
                f"figures; ask for it by name."
                for other, points in newer
                if len(points)
            ]
        if coverage(card, entry.name, span) < WHOLE:
            notes.append(f"{card.id} does not hold the whole table of {entry.name} for these years.")
        notes += remarks_on(card, frame, span)
        if card.id in self.imported:
            notes.append(f"{card.id} was imported into the user's data folder.")
        return tuple(notes)

    def _published_since(self, card: Card, indicator: str, span: tuple[int, int] | None) -> list[str]:
        """Write what NATO had published after the edition that answers, and how much of it is held."""
        newest = newest_publication(self.day)
        if card.series != SERIES[0] or newest is None or newest.published <= card.published:
            return []
        years = [year for year in (span[1] if span else None, newest.last_year) if year]
        held = holding(self, newest.edition, indicator=indicator, year=min(years, default=None))
        return [held.sentence(self.day)]

    def _nothing(self, indicator: str, codes: list[str] | None, span: tuple[int, int] | None) -> NoDataError:
        """Make the error for a question that no edition answers."""
        carriers = [card.id for card in self.carriers(indicator)]
        return nothing_held(indicator, codes, span, only=self.only, day=self.day, carriers=carriers)


def _by_date(cards: Mapping[str, Card]) -> Mapping[str, Card]:
    """Order cards by day of publication."""
    return MappingProxyType(dict(sorted(cards.items(), key=lambda item: (item[1].published, item[0]))))
