"""Questions to the ledger: figures, files of them, and the lists of what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.export import Export
    from foedus.evidence.institutions import InstitutionTable
    from foedus.evidence.lists import EditionList, IndicatorList, InstitutionList
    from foedus.evidence.query import FigureAnswer
    from foedus.evidence.question import Currency, ExportQuestion
    from foedus.evidence.sources import Sources
    from foedus.runs.exporting import RunExport

__all__ = ["editions", "export", "figure", "indicators", "institutions", "sources", "written"]


@public
def figure(
    indicator: str,
    *,
    country: str | Sequence[str] = (),
    group: str | Sequence[str] = (),
    year: int | str | Iterable[int | str] = (),
    as_of: date | str | None = None,
    edition: str | None = None,
    all_editions: bool = False,
    currency: Currency | None = None,
    codes: str | Sequence[str] = (),
    beside: str | Sequence[str] = (),
    sum: bool = False,
    by: Literal["year", "country"] | None = None,
    share_of: str | None = None,
    change_from: int | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    rank: bool = False,
    sort: Literal["name", "value"] | None = None,
    ledger: Ledger | None = None,
) -> FigureAnswer:
    """Return figures of an indicator with edition, status and source, and what is made of them.

    Parameters
    ----------
    indicator : str
        A name that :func:`foedus.indicators` lists.
    country : str or sequence of str
        Countries by name or code, aggregates such as NATO Europe (totals), groups such as EU.
    group : str or sequence of str
        Groups, each its countries one by one: NATO, NATO Europe, EU, G7, eastern flank.
    year : int, str or iterable of these
        A year, a range such as "2014-2024", ``range(2014, 2025)``, or a list.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side, never joined into one series.
    currency : {"lcu", "eur", "usd"}, optional
        National currency, euros at the edition's own rate, or US dollars.
    codes : str or sequence of str
        Also the numbers of states: "cow", "gw".
    beside : str or sequence of str
        Other indicators beside it, of the same rows.
    sum : bool, default False
        Add up the figures, over countries and years.
    by : {"year", "country"}, optional
        One sum for each of these.
    share_of : str, optional
        Also each figure as a part of this total.
    change_from : int, optional
        Also the change from this year in the same edition.
    at_least, at_most : float, optional
        Only rows at this level or above, or below; a share as a fraction.
    rank : bool, default False
        Rank the countries, the highest first.
    sort : {"name", "value"}, optional
        The order of the rows.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    FigureAnswer
        Figures, what is missing, notes and source cards.

    Raises
    ------
    InputError
        When an argument cannot be used, or what is asked means nothing; the message names the argument.
    NoDataError
        When no edition that may answer holds a figure that was asked for.
    """
    from foedus.evidence.asking import figures_of
    from foedus.evidence.question import FigureQuestion

    which = {"country": country, "group": group, "year": year, "as_of": as_of, "edition": edition}
    how = {"all_editions": all_editions, "currency": currency, "codes": codes, "beside": beside}
    verbs = {"sum": sum, "by": by, "share_of": share_of, "change_from": change_from}
    shown = {"at_least": at_least, "at_most": at_most, "rank": rank, "sort": sort}
    question = ask(FigureQuestion, indicator=indicator, **which, **how, **verbs, **shown)
    return figures_of(question, ledger)


@public
def export(
    indicators: str | Sequence[str],
    *,
    to: str | Path,
    country: str | Sequence[str] = (),
    group: str | Sequence[str] = (),
    year: int | str | Iterable[int | str] = (),
    as_of: date | str | None = None,
    edition: str | None = None,
    all_editions: bool = False,
    currency: Currency | None = None,
    codes: str | Sequence[str] = ("cow", "gw"),
    what: Literal["quantiles", "draws"] = "quantiles",
    ledger: Ledger | None = None,
) -> Export | RunExport:
    """Write indicators to a tidy file, one figure a row, with edition and source columns.

    Parameters
    ----------
    indicators : str or sequence of str
        Names that :func:`foedus.indicators` lists; tables of aid, such as aid_by_month; or a run, its folder
        or its name, and quantities of it.
    to : str or pathlib.Path
        The file; its ending .csv, .parquet or .xlsx says the format, of a run .nc, .parquet or .csv.
    country, group : str or sequence of str
        Whom, as in :func:`foedus.figure`.
    year : int, str or iterable of these
        When, as in :func:`foedus.figure`.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side.
    currency : {"lcu", "eur", "usd"}, optional
        National currency, euros at the edition's own rate, or US dollars.
    codes : str or sequence of str
        The numbers of states that stand beside the country.
    what : {"quantiles", "draws"}
        Of a run: quantiles over the draws, or every draw.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Export or RunExport
        What was written, and what was asked for and has no figure.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    StorageError
        When the file cannot be written.
    """
    from foedus.evidence.question import ExportQuestion

    question = ask(
        ExportQuestion,
        indicators=indicators,
        to=to,
        country=country,
        group=group,
        year=year,
        as_of=as_of,
        edition=edition,
        all_editions=all_editions,
        currency=currency,
        codes=codes,
        what=what,
    )
    return written(question, ledger)


def written(question: ExportQuestion, ledger: Ledger | None = None) -> Export | RunExport:
    """Write figures, or where tables of aid or a run are named these, to a file."""
    from foedus.catalogue import catalogue
    from foedus.errors import InputError
    from foedus.evidence.export import export_of

    first, *names = question.indicators
    if first not in catalogue():
        from foedus.runs.exporting import export_run, run_folder
        from foedus.runs.result import Run

        folder = run_folder(first)
        if folder is not None:
            _refuse_unused(question, ("country", "group", "year", "as_of", "edition", "currency"), "a run is")
            return export_run(Run.load(folder), Path(question.to), what=question.what, names=names)
    if question.what != "quantiles":
        raise InputError("only a run has draws", where="what", do="leave it out, or name a run's folder")

    if not all(name.startswith("aid_") for name in question.indicators):
        return export_of(question, ledger)
    from foedus.aid.export import export_aid

    _refuse_unused(question, ("group", "all_editions", "currency"), "tables of aid are")
    return export_aid(
        question.indicators,
        Path(question.to),
        donor=question.country,
        year=question.year,
        as_of=question.as_of,
        edition=question.edition,
    )


def _refuse_unused(question: ExportQuestion, names: Iterable[str], what: str) -> None:
    """Refuse what is asked of a file besides, where it has no meaning."""
    from foedus.errors import InputError

    unused = [name for name in names if getattr(question, name)]
    if unused:
        raise InputError(f"{what} not asked so", where=unused[0], do="leave it out")


@public
def indicators(
    *, origin: Literal["held", "import", "run"] | None = None, ledger: Ledger | None = None
) -> IndicatorList:
    """Return the quantities of the catalogue, those with figures first.

    Parameters
    ----------
    origin : {"held", "import", "run"}, optional
        Only those with figures at hand, those that an import brings, or those of a run.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    IndicatorList
        Each with the editions that hold figures of it.
    """
    from foedus.evidence.lists import indicator_list
    from foedus.evidence.question import IndicatorsQuestion

    question = ask(IndicatorsQuestion, origin=origin)
    return indicator_list(_ledger(ledger), question.origin)


@public
def editions(*, as_of: date | str | None = None, ledger: Ledger | None = None) -> EditionList:
    """Return the editions by day of publication, with how many figures each holds.

    Parameters
    ----------
    as_of : datetime.date or str, optional
        Only editions published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    EditionList
        The oldest first.
    """
    from foedus.evidence.lists import edition_list
    from foedus.evidence.question import EditionsQuestion

    question = ask(EditionsQuestion, as_of=as_of)
    return edition_list(_ledger(ledger), question.as_of)


@public
def sources(edition: str | None = None, *, ledger: Ledger | None = None) -> Sources:
    """Return the source cards: publisher, title, day, address, licence, basis, caveats.

    Parameters
    ----------
    edition : str, optional
        One edition; without it, all.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Sources
        The cards, oldest first.

    Raises
    ------
    UnknownNameError
        When there is no such edition.
    """
    from foedus.evidence.question import SourcesQuestion
    from foedus.evidence.sources import sources as cards_of

    question = ask(SourcesQuestion, edition=edition)
    return cards_of(_ledger(ledger), question.edition)


@public
def institutions(
    table: str | None = None, *, as_of: date | str | None = None
) -> InstitutionTable | InstitutionList:
    """Return a table of institutions as of a day; without a name, the list of the tables.

    Parameters
    ----------
    table : str, optional
        members, secretaries-general, summits, groups and others.
    as_of : datetime.date or str, optional
        Leave out what happened later.

    Returns
    -------
    InstitutionTable or InstitutionList
        The rows, or the names of the tables and what each holds.

    Raises
    ------
    UnknownNameError
        When there is no such table.
    """
    from foedus.evidence.institutions import institution_table
    from foedus.evidence.lists import institution_list
    from foedus.evidence.question import InstitutionsQuestion

    question = ask(InstitutionsQuestion, table=table, as_of=as_of)
    return (
        institution_list()
        if question.table is None
        else institution_table(question.table, as_of=question.as_of)
    )


def _ledger(ledger: Ledger | None) -> Ledger:
    """Return the ledger that was given, or the packaged editions with the user's own."""
    from foedus.evidence import Ledger

    return Ledger.load() if ledger is None else ledger
