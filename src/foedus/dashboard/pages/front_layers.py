"""The layers of the front page's map: what each question says in one sentence, and of every ally.

A later subject adds one function to :data:`LAYERS`; where it has no answer as of the day it gives None, and
no card is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.dashboard.origins import RunNumber
from foedus.errors import FoedusError
from foedus.results import Answer
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.decisions.effects import Holdout
    from foedus.evidence.cards import Card
    from foedus.tables import Table

__all__ = ["LAYERS", "Layer"]


@dataclass(frozen=True)
class Layer:
    """One question on the front page.

    Attributes
    ----------
    name, address : str
        What it is called, and where it is answered in full.
    sentence : str
        What its card says.
    rests : str
        What the sentence rests on, in a few words.
    answer : Answer
        The answer that heads the page while it colours the map.
    rows : sequence of mapping
        Every ally with its class and what is said of it; ``short`` is its figure in a tile.
    classes : tuple of (str, str)
        Marks and words of the legend, from low to high.
    colours : mapping of str to str
        The token of each class's colour.
    note, source, absent : str
        What the map shows, where it comes from, and what the hatched allies lack.
    make : callable
        Gives the question's own chart, for files.
    cards, tables : tuple
        Its sources and tables.
    number : RunNumber, optional
        The run's number that the sentence says; None where it says a figure.
    """

    name: str
    address: str
    sentence: str
    rests: str
    answer: Answer
    rows: Sequence[Mapping[str, Any]]
    classes: tuple[tuple[str, str], ...]
    colours: Mapping[str, str]
    note: str
    source: str
    absent: str
    make: Callable[[], Any]
    cards: tuple[Card, ...] = ()
    tables: tuple[Table, ...] = ()
    number: RunNumber | None = None


SEQUENCE = {"above": "us-4", "higher": "us-3", "highest": "us"}
"""Classes of a chance, from low to high."""


def _spend(state: AppState, day: date | None) -> Layer | None:
    """Write who meets the guideline."""
    from foedus.spending.charts.share_map import CLASS_MARKS, COLOURS, class_labels, class_rows
    from foedus.spending.status import status

    result = state.drawn(("front status", day), lambda: status(state.ledger, as_of=day))
    shares = {row.country: row.share for row in result.rows}
    rows = [{**row, "short": _short(shares[row["country"]])} for row in class_rows(result)]
    return Layer(
        name="Who meets what",
        address="status",
        sentence=result.answer().sentence(),
        rests=f"{result.card.publisher}, {result.card.published:%-d %B %Y}",
        answer=result.answer(),
        rows=rows,
        classes=tuple(zip(CLASS_MARKS, class_labels(result.guideline), strict=True)),
        colours=dict(zip(CLASS_MARKS, COLOURS, strict=True)),
        note=f"Defence spending, % of GDP, {result.year}",
        source="Shapes: Natural Earth, public domain, simplified.",
        absent="no figure",
        make=partial(result.chart, "map"),
        cards=(result.card,),
        tables=result.tables()[:1],
    )


def _short(share: float | None) -> str:
    """Write a share as a tile has it."""
    return "–" if share is None else written(share, 1, scale=2)


def _next(state: AppState, day: date | None) -> Layer | None:
    """Write how far the pledge carries, and how likely each ally is at it."""
    import numpy as np

    from foedus.runs.answer import headline_answer
    from foedus.runs.charts.paths import headline_chart
    from foedus.spending.measures import SHARE, at_level

    try:
        resolved = state.resolved("baseline", as_of=day)
    except FoedusError:
        return None
    run = state.outcome(resolved, draws=1000, seed=1)
    targets = np.array(resolved.spending.pledge_targets)
    parts = at_level(run.quantities[SHARE][-1].astype(np.float64), targets).mean(axis=0)
    takes_part = dict(zip(resolved.countries, resolved.spending.participates, strict=True))
    rows = [
        _chance_row(code, float(part) if takes_part[code] else None, "at the pledge in the baseline")
        for code, part in zip(resolved.countries, parts, strict=True)
    ]
    summary, year = run.summary, resolved.years[-1]
    answer = headline_answer(summary)
    return Layer(
        name="How far a pledge carries",
        address="what-if",
        number=RunNumber("allies_at_pledge_count", as_of=day),
        sentence=answer.sentence(),
        rests=f"Model, {summary.draws:,} draws",
        answer=answer,
        rows=rows,
        classes=_chance_classes(),
        colours=SEQUENCE,
        note=f"Part of the draws in which an ally is at the pledge in {year}",
        source="Shapes: Natural Earth, public domain, simplified.",
        absent="no share",
        make=partial(headline_chart, summary, tuple(resolved.editions)),
        cards=tuple(c for n, c in state.ledger.editions.items() if n in resolved.editions),
    )


def _chance_row(code: str, chance: float | None, what: str) -> dict[str, Any]:
    """Return an ally's class by a chance, and what is said of it."""
    name = country_name(code)
    if chance is None:
        return {"country": code, "ally": name, "class": "none", "said": f"{name}: no figure", "short": "–"}
    kind = "above" if chance < 0.25 else "higher" if chance < 0.5 else "highest"
    said = f"{name}: {per_cent(chance, 0)} {what}"
    return {"country": code, "ally": name, "class": kind, "said": said, "short": written(chance, scale=2)}


def _chance_classes() -> tuple[tuple[str, str], ...]:
    """Return the legend of chances."""
    return (("band", "below 25 %"), ("above", "25 to 50 %"), ("highest", "50 % or more"))


def _pass(state: AppState, day: date | None) -> Layer | None:
    """Write whether an invitation to Ukraine could pass, and who might object; known as of today alone."""
    from foedus.dashboard.pages.decide import decided
    from foedus.decisions.question import DecideQuestion

    if day is not None and day < date.today():
        return None
    answer = decided(state, DecideQuestion(file="invite-ukraine"))
    rows = [_seat_row(row) for row in answer.holdouts]
    as_is, offered = (
        f"{per_cent(chance, 0)}{_span(band)}"
        for chance, band in (
            (answer.probability_without, answer.band_without),
            (answer.probability_adopted, answer.band_adopted),
        )
    )
    sentence = f"Inviting Ukraine, put to all as it is: {as_is}; with what the broker may offer {offered}."
    return Layer(
        name="What is pending",
        address="decide?file=invite-ukraine",
        sentence=sentence,
        rests=f"Judged; {answer.unverified} of {len(answer.holdouts)} positions unverified",
        answer=answer.answer(),
        rows=rows,
        classes=(("highest", "accepts"), ("below", "may object"), ("short", "objects, 25 % or more")),
        colours={"highest": "us", "below": "mine-2", "short": "short"},
        note="How likely an ally is to break silence on inviting Ukraine",
        source="Shapes: Natural Earth, public domain, simplified.",
        absent="no position",
        make=partial(answer.chart, "seats"),
        tables=answer.tables()[:1],
    )


def _span(band: tuple[float, float] | None) -> str:
    """Write the range of a chance; empty where it has none."""
    return f" ({written(band[0], scale=2)} to {written(band[1], scale=2)})" if band else ""


def _seat_row(row: Holdout) -> dict[str, Any]:
    """Return an ally's class by its chance of objecting, and what is said of it."""
    name, low, high = country_name(row.name), row.objects_low or 0.0, row.objects_high or 0.0
    if high < 0.005:
        kind, what, short = "highest", "accepts under every reading", "–"
    else:
        kind = "below" if row.probability_objects < 0.25 else "short"
        what = f"objects with {per_cent(row.probability_objects, 0)}{_span((low, high))}"
        short = written(row.probability_objects, scale=2)
    return {"country": row.name, "ally": name, "class": kind, "said": f"{name}: {what}", "short": short}


def _join(state: AppState, day: date | None) -> Layer | None:
    """Write when Ukraine would be a member, and how long each ally takes to ratify."""
    from foedus.accession.predict import accession

    try:
        answer = state.drawn(("front accession", day), lambda: accession("UKR", as_of=day))
    except FoedusError:
        return None
    rows = []
    for row in answer.allies:
        days = row.days_p50
        kind = "none" if days is None else "above" if days < 120 else "higher" if days < 150 else "highest"
        said = f"{row.name}: {written(days)} days to ratify, the last of all with {per_cent(row.is_last, 0)}"
        rows.append(
            {"country": row.country, "ally": row.name, "class": kind, "said": said, "short": written(days)}
        )
    half = next(row for row in answer.lengths if abs(row.level - 0.5) < 1e-9)
    when = f"by {half.date:%B %Y}" if half.date else "not within fifteen years"
    return Layer(
        name="Who is joining",
        address="accession",
        sentence=f"Signed today, Ukraine is as likely as not a member {when}.",
        rests="Ten rounds of accession; given a signature",
        answer=answer.answer(),
        rows=rows,
        classes=(("band", "under 120 days"), ("above", "120 to 150"), ("highest", "150 or more")),
        colours=SEQUENCE,
        note="Days from a signature to an ally’s ratification, with even chance",
        source="Shapes: Natural Earth, public domain, simplified.",
        absent="no day",
        make=partial(answer.chart, "calendar"),
        tables=answer.tables()[:1],
    )


def _aid(state: AppState, day: date | None) -> Layer | None:
    """Write what Europe and the United States allocated to Ukraine, and what each ally did of its GDP."""
    from foedus.aid.aid import aid
    from foedus.aid.question import AidQuestion
    from foedus.aid.share_map import CLASS_MARKS, COLOURS, NO_ENTRY, class_labels, class_rows
    from foedus.aid.stage_words import front_answer, whole_spans
    from foedus.evidence.institutions import members_on

    try:
        result = state.drawn(("front aid", day), lambda: aid(AidQuestion(as_of=day), ledger=state.ledger))
        military = AidQuestion(as_of=day, kind="military", compare=whole_spans(result))
        compared = state.drawn(("front military aid", day), lambda: aid(military, ledger=state.ledger))
    except FoedusError:
        return None
    answer = front_answer(result, compared)
    return Layer(
        name="Who helps",
        address="aid",
        sentence=answer.sentence(),
        rests=f"Kiel tracker, Release {result.release.number}, to {date(*result.release.last, 1):%B %Y}",
        answer=answer,
        rows=class_rows(result, members_on(day or date.today())),
        classes=tuple(zip(CLASS_MARKS, class_labels(), strict=True)),
        colours=dict(zip(CLASS_MARKS, COLOURS, strict=True)),
        note="Aid allocated to Ukraine, % of GDP 2021",
        source=f"{result.release.cited}. Shapes: Natural Earth, public domain, simplified.",
        absent=NO_ENTRY,
        make=partial(result.chart, "map"),
        cards=tuple(c for n, c in state.ledger.editions.items() if n == result.release.id),
        tables=result.tables()[:1],
    )


LAYERS: Mapping[str, Callable[[AppState, date | None], Layer | None]] = {
    "spend": _spend,
    "next": _next,
    "pass": _pass,
    "join": _join,
    "aid": _aid,
}
"""The layers in the order of their cards."""
