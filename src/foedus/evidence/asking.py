"""Questions for figures put to the ledger: who is meant, which edition answers, what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import CARD_ID as STATE_NUMBERS
from foedus.axes import is_aggregate
from foedus.catalogue import Quantity, quantity
from foedus.errors import InputError, NoDataError
from foedus.evidence.answering import remarks_on
from foedus.evidence.beside import with_beside
from foedus.evidence.caveats import caveats_of
from foedus.evidence.computed import FigureSearch, look_up, membership_note, with_growth
from foedus.evidence.currency import in_euros, money_entry
from foedus.evidence.derived import EXTRA, Derived, Total, derived, total_of
from foedus.evidence.groups import CountryGroup, countries_of, group_on
from foedus.evidence.missing import Gaps, Missing, missing_figures
from foedus.evidence.query import FigureAnswer
from foedus.evidence.rows import FigureRows
from foedus.evidence.verbs import check_verbs

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger
    from foedus.evidence.question import FigureQuestion, LedgerQuestion

__all__ = ["figures_of", "indicator_entry", "whom"]


def indicator_entry(name: str) -> Quantity:
    """Return the catalogue entry of an indicator, refusing a quantity that only a run works out.

    Parameters
    ----------
    name : str
        A name in the catalogue.

    Returns
    -------
    Quantity
        The entry.

    Raises
    ------
    UnknownNameError
        When there is no such quantity; the nearest name is suggested.
    InputError
        When it is no indicator.
    """
    entry = quantity(name, where="indicator")
    if entry.kind != "indicator":
        raise InputError(
            f"{name} is what a run works out, and no figure that a publisher prints",
            where="indicator",
            do="ask `foedus run`, which reports it, or an indicator that `foedus indicators` lists",
        )
    return entry


def whom(question: LedgerQuestion, ledger: Ledger) -> tuple[tuple[str, ...] | None, tuple[CountryGroup, ...]]:
    """Return the countries and aggregates that a question is about, and the groups among its names.

    Parameters
    ----------
    question : LedgerQuestion
        The question.
    ledger : Ledger
        The figures: a group is looked up on the day asked, else on that of the edition asked for, else today.

    Returns
    -------
    (tuple of str or None, tuple of CountryGroup)
        Codes in the order given, None where nobody is named; and the groups.

    Raises
    ------
    UnknownNameError
        When nothing of a name is known.
    """
    if not question.country and not question.group:
        return None, ()
    card = ledger.editions.get(question.edition or "")
    day = question.as_of or (card.published if card else date.today())
    codes: dict[str, None] = {}
    groups: list[CountryGroup] = []
    if question.country:
        named, among = countries_of(question.country, on=day)
        codes |= dict.fromkeys(named)
        groups += among
    for name in question.group:
        groups.append(group_on(name, day))
        codes |= dict.fromkeys(groups[-1].countries)
    return tuple(codes), tuple(groups)


@dataclass(frozen=True)
class Reader:
    """What reads figures in the money that is asked for.

    Attributes
    ----------
    ledger : Ledger
        The figures that may answer.
    search : FigureSearch
        The question, with the indicator that tables hold.
    entry : Quantity
        The indicator, in the money that is asked for.
    """

    ledger: Ledger
    search: FigureSearch
    entry: Quantity

    def read(self) -> tuple[FigureRows, tuple[str, ...]]:
        """Return the figures, and what a reader must know of them."""
        frame, notes = look_up(self.ledger, self.search)
        if self.entry.unit != "eur":
            return frame, notes
        days = {edition: self.ledger.editions[edition].published for edition in frame["edition"]}
        frame, rates = in_euros(frame, self.entry, self.ledger.table, days)
        return frame, (*notes, *rates)

    def of(self, codes: tuple[str, ...], edition: str) -> FigureRows:
        """Return the figures of other countries in one edition."""
        search = replace(self.search, codes=codes, edition=edition, all_editions=False)
        return replace(self, search=search).read()[0]


def figures_of(question: FigureQuestion, ledger: Ledger | None = None) -> FigureAnswer:
    """Put a question for figures to the ledger: one edition, or all side by side.

    Parameters
    ----------
    question : FigureQuestion
        Which figures, and what to make of them.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    FigureAnswer
        Figures, what is missing, notes and source cards.

    Raises
    ------
    InputError
        When what is asked means nothing: a sum of shares, a rank over several years.
    UnknownNameError
        When the indicator, a country or the edition is not known.
    NoDataError
        When no edition that may answer holds a figure that was asked for.
    """
    from foedus.evidence.ledger import Ledger

    entry = indicator_entry(question.indicator)
    if question.currency:
        entry = money_entry(entry, question.currency)
    if question.all_editions and question.edition:
        raise InputError("--edition and --all-editions exclude each other", do="give one of them")
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(question.as_of) if question.as_of else ledger
    codes, groups = whom(question, ledger)
    check_verbs(question, entry, codes)
    search = FigureSearch(
        quantity(entry.name), codes, _span(question), question.edition, question.all_editions
    )
    reader = Reader(ledger, search, entry)
    frame, notes = _read(reader, question)
    frame, growths, beside = with_growth(ledger, frame)
    if any("totals count the members of the year" in line for line in notes):
        beside = ()
    result, total = _derive(reader, frame, question)
    asked = Gaps(entry, codes, _asked_years(question), frame["edition"][-1])
    missing = missing_figures(ledger, asked, set(frame.select("country", "year")))
    answer = FigureAnswer(
        entry,
        question.as_of,
        _frame(frame, result),
        (*notes, *beside, *_own_notes(question, entry, frame, total), *(g.sentence() for g in groups)),
        tuple(ledger.editions[name] for name in dict.fromkeys(frame["edition"])),
        growths if not question.sum else {},
        missing=missing,
        question=question,
        measure=result.measure,
        considered=result.considered,
        columns=result.columns,
    )
    return with_beside(answer, ledger, figures_of) if question.beside else answer


def _asked_years(question: FigureQuestion) -> tuple[int, ...]:
    """Return the years asked for, that from which changes count among them."""
    base = (question.change_from,) if question.change_from else ()
    return tuple(sorted({*question.year, *base}))


def _span(question: FigureQuestion) -> tuple[int, int] | None:
    """Return the first and the last year to read; None for all."""
    years = _asked_years(question) if question.year else ()
    return (years[0], years[-1]) if years else None


def _read(reader: Reader, question: FigureQuestion) -> tuple[FigureRows, tuple[str, ...]]:
    """Read the figures of the years asked for, with the remarks on these alone."""
    ledger, search = reader.ledger, reader.search
    try:
        frame, notes = reader.read()
    except NoDataError as error:
        raise _explained(reader, error) from error
    if question.all_editions:
        notes = (
            "Editions stand side by side; they are never joined into one series.",
            *caveats_of(frame),
            *notes,
        )
    years = _wanted_years(question, frame)
    wanted = frame.where(year=years)
    if len(wanted) == len(frame):
        return frame, notes
    if not len(wanted):
        names = ", ".join(map(str, sorted(set(years))))
        raise NoDataError(
            f"there is no figure of {question.indicator} for {names}", do="ask for another year"
        )
    if question.all_editions:
        return wanted, notes
    card = ledger.editions[frame["edition"][0]]
    before = set(remarks_on(card, frame, search.span))
    blanks = tuple(f" for {year}." for year in set(range(1900, 2200)) - set(years))
    remarks = [
        line
        for line in remarks_on(card, wanted, search.span)
        if not (line.startswith(f"{card.id} prints no figure") and line.endswith(blanks))
    ]
    return wanted, (*(line for line in notes if line not in before), *remarks)


def _wanted_years(question: FigureQuestion, frame: FigureRows) -> set[int]:
    """Return the years whose rows are wanted: those asked for, or all from the first of a change on."""
    if question.year:
        return set(_asked_years(question))
    return {year for year in frame["year"] if year >= (question.change_from or year)}


def _explained(reader: Reader, error: NoDataError) -> NoDataError:
    """Return the error for a question without an answer, with why and what would bring one."""
    search = reader.search
    if search.codes is None or search.edition or reader.entry.computed_from:
        return error
    cards = reader.ledger.carriers(reader.entry.name)
    if not cards:
        return error
    asked = Gaps(reader.entry, search.codes, (), cards[0].id)
    missing = missing_figures(reader.ledger, asked, ())
    told = _told(missing)
    return NoDataError(error.what, where=error.where, do=told, **error.data) if told else error


def _told(missing: Sequence[Missing]) -> str:
    """Return what would bring the figures, where that is known of all countries alike."""
    remedies = dict.fromkeys(each.do for each in missing)
    return next(iter(remedies)) if len(remedies) == 1 else ""


def _own_notes(
    question: FigureQuestion, entry: Quantity, frame: FigureRows, total: Total | None
) -> list[str]:
    """Return what a reader must know of what is made of figures."""
    years = frame["year"]
    lines = []
    if total is not None and is_aggregate(total.code) and total.code not in frame["country"]:
        lines.append(membership_note(total.code, min(years), max(years)))
    over_years = question.sum and question.by != "year" and len(set(years)) > 1
    if entry.price_basis == "current" and (over_years or question.change_from):
        lines.append("Amounts of different years are in the prices of their own years.")
    if question.codes:
        lines.append(f"The numbers of states are those of {STATE_NUMBERS}.")
    return [line for line in lines if line]


def _derive(reader: Reader, frame: FigureRows, question: FigureQuestion) -> tuple[Derived, Total | None]:
    """Make of figures what is asked for."""
    cards = {name: reader.ledger.editions[name] for name in dict.fromkeys(frame["edition"])}
    total: Total | None = None
    if question.share_of:
        day = question.as_of or max(card.published for card in cards.values())
        total = total_of(question.share_of, day, cards, reader.of)
    return derived(frame, question, reader.entry, total, cards), total


def _frame(frame: FigureRows, result: Derived) -> FigureRows:
    """Return rows under the columns of figures and those that verbs add."""
    held: set[Any] = set().union(*result.rows) if result.rows else set()
    codes = [column.key for column in result.columns if column.key not in EXTRA]
    extra = [name for name in (*EXTRA, *codes) if name in held and name not in frame.columns]
    if all(row.get("first_year") == row["year"] for row in result.rows):
        extra = [name for name in extra if name != "first_year"]
    return FigureRows((*frame.columns, *extra), ()).plus(result.rows)
