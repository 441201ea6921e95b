"""One ally: what it spends by which edition, where a pledge leaves it, and what each question says of it.

The figures are the ledger's; the forecast is that of the shipped baseline, with no change beside it; what
each question says is one sentence of that question's own answer. A subject adds a fact with one function in
:data:`FACTS`, and a sentence with one in :data:`foedus.analysis.country_cards.CARDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from foedus.aid.country_facts import aid_facts
from foedus.analysis.country_case import (
    CountryCase,
    ShareForecast,
    baseline_run,
    pledge_asked,
    pledge_facts,
    share_forecast,
)
from foedus.analysis.pledge_row import PledgeRow
from foedus.axes import country_code, country_name
from foedus.errors import FoedusError, InputError
from foedus.evidence import Ledger
from foedus.evidence.country_facts import CountryFact, ledger_facts, member_since
from foedus.results import Answer, Result
from foedus.spending.measures import SHARE
from foedus.spending.status import Status, StatusRow, status

if TYPE_CHECKING:
    from foedus.analysis.country_cards import QuestionCard
    from foedus.analysis.question import CountryQuestion
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["FACTS", "CountryFacts", "EditionShare", "country", "country_of"]

T = TypeVar("T")

WHOLE = "NATO"
"""The aggregate that stands among the allies' paths where the edition prints it."""

FACTS: tuple[Callable[[Ledger, str, date], Iterable[CountryFact]], ...] = (ledger_facts, aid_facts)
"""What gives facts of a country: one function a subject, in the order of print."""


@dataclass(frozen=True)
class EditionShare:
    """A country's share of GDP in one year by one edition.

    Attributes
    ----------
    year : int
        The year.
    share : float
        A fraction of GDP, as printed.
    status, known : str
        What the publisher calls it, and how it is known.
    edition : str
        The edition.
    published : datetime.date
        Its day.
    """

    year: int
    share: float
    status: str
    known: str
    edition: str
    published: date


@dataclass(frozen=True)
class CountryFacts(Result):
    """The answer about one ally.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    member_since : datetime.date or None
        The day it became a party to the treaty.
    as_of : datetime.date
        The day whose knowledge is used.
    year : int
        The year of the share that heads the answer.
    share : float or None
        Defence expenditure over GDP, a fraction; None for an ally without a figure.
    status : str
        What the publisher calls it.
    rank, ranked : int or None, int
        Its place among the allies with a figure, and how many these are.
    levels : mapping of float to bool
        Whether it is at each level that allies have adopted, where that can be told.
    edition : str
        The edition that holds the share.
    by_edition : tuple of EditionShare
        Its share of this year and the two before by every edition, oldest year and edition first.
    path : mapping of str to mapping of int to float
        The share by year of every ally in that edition, this one among them, and of NATO as a whole.
    facts : tuple of CountryFact
        What the ledger holds of it, and what the pledge asks.
    forecast : ShareForecast or None
        Where the baseline leaves it; None where the day allows no run, or it has no share.
    pledge : PledgeRow or None
        What the pledge asks of it.
    cards : tuple of QuestionCard
        One sentence for each question that says something of it.
    notes : tuple of str
        What the reader must know.
    """

    ROWS: ClassVar[str] = "by_edition"

    country: str
    name: str
    member_since: date | None
    as_of: date
    year: int
    share: float | None
    status: str
    rank: int | None
    ranked: int
    levels: Mapping[float, bool]
    edition: str
    by_edition: tuple[EditionShare, ...]
    path: Mapping[str, Mapping[int, float]]
    facts: tuple[CountryFact, ...]
    forecast: ShareForecast | None
    pledge: PledgeRow | None
    cards: tuple[QuestionCard, ...]
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return what the ally spends, its place, and what the pledge asks, in one sentence or two."""
        from foedus.analysis.country_words import country_headline

        return country_headline(self)

    def answer(self) -> Answer:
        """Return the share as the number, and what the pledge asks beside it."""
        from foedus.analysis.country_words import country_answer

        return country_answer(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the facts, the shares by edition, the forecast, and what each question says."""
        from foedus.analysis.country_words import country_tables

        return country_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs; the other allies' paths are left to their own answers."""
        fields = super().payload()
        path = fields.pop("path")
        return fields | {
            "headline": self.headline(),
            "levels": [{"level": level, "meets": meets} for level, meets in self.levels.items()],
            "share_by_year": path.get(self.country, {}),
            "facts": [{**vars(fact), "written": fact.written} for fact in self.facts],
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import country as charts

        return {"share": charts.country_chart}


@dataclass
class _Kept:
    """What is made once for one answer, where nothing keeps more."""

    items: dict[Hashable, Any] = field(default_factory=dict)

    def __call__(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self.items:
            self.items[key] = make()
        result: T = self.items[key]
        return result


def country(
    name: str,
    *,
    as_of: date | None = None,
    draws: int = 1000,
    seed: int = 1,
    ledger: Ledger | None = None,
    keep: Callable[[Hashable, Callable[[], Any]], Any] | None = None,
) -> CountryFacts:
    """Return what is known of one ally, and what each question says of it.

    Parameters
    ----------
    name : str
        The ally, by name or code.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    draws, seed : int
        Draws and seed of the forecast.
    ledger : Ledger, optional
        The figures.
    keep : callable, optional
        Keeps what several allies share, by a key; without it, nothing outlives the answer.

    Returns
    -------
    CountryFacts
        Share, facts, forecast, and one sentence a question.

    Raises
    ------
    InputError
        When the country is not an ally on the day.
    NoDataError
        When no edition of the day holds a share.
    """
    code, day = country_code(name, where="country"), as_of or date.today()
    known = ledger or Ledger.load()
    keeping = keep or _Kept()
    standing: Status = keeping(("country status", day), lambda: status(known, as_of=day))
    row = next((row for row in standing.rows if row.country == code), None)
    if row is None:
        raise InputError(
            f"{country_name(code)} is not an ally on {standing.members_on}",
            where="country",
            do="name an ally; `foedus figure` shows any country",
        )
    case = CountryCase(known, code, day, standing, keeping)
    return _facts_of(case, row, draws, seed)


def country_of(
    question: CountryQuestion,
    ledger: Ledger | None = None,
    *,
    keep: Callable[[Hashable, Callable[[], Any]], Any] | None = None,
) -> CountryFacts:
    """Return what is known of the ally of a question; see :func:`country`."""
    asked = question.model_dump(exclude={"country"})
    return country(question.country, **asked, ledger=ledger, keep=keep)


def _facts_of(case: CountryCase, row: StatusRow, draws: int, seed: int) -> CountryFacts:
    """Put together what is known of an ally."""
    from foedus.analysis.country_cards import cards_of

    code, day, standing, known = case.country, case.day, case.standing, case.ledger
    run, notes = baseline_run(case, draws, seed)
    forecast, asked = (
        (None, None) if run is None else (share_forecast(run, code, seed), pledge_asked(run, code))
    )
    ranked = [r.country for r in standing.rows if r.share is not None]
    return CountryFacts(
        country=code,
        name=country_name(code),
        member_since=member_since(code),
        as_of=day,
        year=standing.year,
        share=row.share,
        status=row.status,
        rank=ranked.index(code) + 1 if code in ranked else None,
        ranked=len(ranked),
        levels={g.level: g.standing == "at" for g in row.levels if g.standing in {"at", "below"}},
        edition=standing.card.id,
        by_edition=_by_edition(case),
        path=case.keep(("country path", day), lambda: _path(case)),
        facts=(*(fact for give in FACTS for fact in give(known, code, day)), *pledge_facts(asked, run)),
        forecast=forecast,
        pledge=asked,
        cards=cards_of(case, asked, forecast),
        notes=(*([row.note] if row.note else []), *notes),
    )


def _by_edition(case: CountryCase) -> tuple[EditionShare, ...]:
    """Return the country's share of the last three years by every edition that holds it."""
    ledger, year = case.ledger.as_of(case.day), case.standing.year
    try:
        frame = ledger.every_edition(SHARE, country=[case.country], year=(year - 2, year))
    except FoedusError:
        return ()
    rows = [
        EditionShare(
            row["year"],
            row["value"],
            row["status"],
            row["known"],
            row["edition"],
            ledger.editions[row["edition"]].published,
        )
        for row in frame.to_dicts()
    ]
    return tuple(sorted(rows, key=lambda r: (r.year, r.published)))


def _path(case: CountryCase) -> dict[str, dict[int, float]]:
    """Return every ally's share by year in the edition that answers."""
    table = case.ledger.table(case.standing.card.id)
    allies = {WHOLE, *(row.country for row in case.standing.rows)}
    shares = table.where(indicator=SHARE).sort("year")
    path: dict[str, dict[int, float]] = {}
    for row in shares.to_dicts():
        if row["country"] in allies and row["year"] <= case.standing.year:
            path.setdefault(row["country"], {})[row["year"]] = row["value"]
    return path
