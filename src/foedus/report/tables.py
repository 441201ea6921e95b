"""Tables for a page: headings that a screen reader follows, numbers flush right, units in the headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.catalogue import catalogue
from foedus.rounding import written
from foedus.runs.skill import doubt
from foedus.tables import Column, Table
from foedus.units import billions, in_per_cent, per_cent, points

if TYPE_CHECKING:
    from foedus.evidence.cards import Card
    from foedus.runs.headline import Headline
    from foedus.scenario import Resolved
    from foedus.spending.status import Status

__all__ = [
    "allies_table",
    "counts_table",
    "headline_table",
    "parameters_table",
    "revised_table",
    "skill_table",
    "status_table",
]


def _of_text(
    caption: str, headers: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int]
) -> Table:
    """Return a table of cells that are text already, some of its columns flush right."""
    columns = tuple(
        Column(str(i), header, align="right" if i in right else "left") for i, header in enumerate(headers)
    )
    cells = tuple({str(i): cell for i, cell in enumerate(row)} for row in rows)
    return Table("", caption, columns, cells)


def _value(unit: str, value: float) -> str:
    """Write one value of a measure: a count, or billions."""
    return written(value) if unit == "count" else billions(value, 0)


def _unit_words(unit: str, price_year: int) -> str:
    """Write the unit behind the name of a measure."""
    if unit == "count":
        return ""
    return ", bn euros of the day" if unit == "eur" else f", bn US dollars at {price_year} prices"


def headline_table(headline: Headline) -> Table:
    """Return the headline: every measure at the start, halfway and at the horizon, with the naive forecast.

    Parameters
    ----------
    headline : Headline
        The headline of a run.

    Returns
    -------
    Table
        One row for each measure. Where the model has had no skill that far ahead, the naive forecast stands
        in its place and the cell says so; where it is not sure, both stand side by side.
    """
    years = headline.years
    chosen = sorted({0, len(years) // 2, len(years) - 1})
    rows = []
    for entry in headline.measures.values():
        unit = _unit_words(entry.unit, headline.price_year)
        cells = [entry.label + unit]
        for i in chosen:
            low, middle, high = (_value(entry.unit, value) for value in entry.interval(i))
            naive = _value(entry.unit, entry.naive[i])
            shown = middle if low == high else f"{middle} ({low} to {high})"
            if not entry.shows_model(i):
                span = entry.naive_range(i)
                ends = (
                    f"; such prints became {' to '.join(_value(entry.unit, v) for v in span)}" if span else ""
                )
                shown = f"{naive} (no change{ends})"
            words = doubt(entry, i)
            cells.append(f"{shown}; no change {naive}: {words}" if words else shown)
        rows.append([*cells, naive])
    headers = ["Measure", *(str(years[i]) for i in chosen), f"{years[-1]}, no change"]
    return _of_text(
        f"Median, and in brackets the middle 80 % of {headline.draws:,} draws",
        headers,
        rows,
        range(1, len(headers)),
    )


def allies_table(headline: Headline) -> Table:
    """Return each ally's share of GDP at the start and at the horizon, the highest first.

    Parameters
    ----------
    headline : Headline
        The headline of a run.

    Returns
    -------
    Table
        One row for each ally.
    """
    ranked = sorted(headline.horizon.allies.items(), key=lambda item: -item[1].median)
    rows = [
        [
            country_name(code),
            per_cent(ally.start),
            per_cent(ally.interval()[1], 1),
            f"{in_per_cent(ally.interval()[0], 1)} to {in_per_cent(ally.interval()[2], 1)}",
            per_cent(headline.terms.pledge.target_of(code), 1),
        ]
        for code, ally in ranked
    ]
    first, last = headline.years[0], headline.years[-1]
    headers = ["Ally", str(first), f"{last}, median", f"{last}, middle 80 %", "Pledged"]
    return _of_text("Defence expenditure as a share of GDP, per cent", headers, rows, range(1, 5))


def status_table(result: Status) -> Table:
    """Return who meets the guideline, the highest share first.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Table
        One row for each ally; no equipment where the edition has none.
    """
    from foedus.spending.status_tables import equipment_columns, level_columns

    table = result.table("allies")
    return table.select(
        *("name", "share"),
        *level_columns(result),
        *equipment_columns(result),
        Column("status", "Status", blank="–"),
        Column("known", "Known", blank="–"),
        title=f"Defence expenditure in {result.year}, by {result.card.id}",
    )


def counts_table(result: Status) -> Table:
    """Return the count of allies at the guideline by every edition and basis.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Table
        One row for each, in the order of publication.
    """
    return result.table("editions").select(
        *("edition", "published", "basis"),
        Column("at_least", "Meeting", align="right"),
        "reported",
        Column("why", "Why it differs", blank="–"),
        title=f"Allies at {per_cent(result.guideline, 1)} of GDP in {result.year} by edition",
    )


def revised_table(rows: Iterable[tuple[str, float, float]], year: int, older: str, newer: str) -> Table:
    """Return how the shares of one year moved from one edition to the next, the largest move first.

    Parameters
    ----------
    rows : iterable of (str, float, float)
        Country, and its share in the older and in the newer edition, fractions.
    year : int
        The year of the shares.
    older, newer : str
        The editions.

    Returns
    -------
    Table
        One row for each country whose printed share moved.
    """
    ranked = sorted(rows, key=lambda r: -abs(r[2] - r[1]))
    moved = tuple(
        {"name": country_name(c), "older": a, "newer": b, "change": b - a}
        for c, a, b in ranked
        if abs(b - a) > 5e-5
    )
    columns = (
        Column("name", "Country"),
        Column("older", older, "per_cent"),
        Column("newer", newer, "per_cent"),
        Column("change", "Change, points", "points"),
    )
    return Table("revised", f"Share of GDP of {year} in two editions", columns, moved)


def parameters_table(resolved: Resolved) -> Table:
    """Return the parameters that a run rests on, those least well known first.

    Parameters
    ----------
    resolved : Resolved
        The scenario.

    Returns
    -------
    Table
        One row for each parameter, with value, unit, grade and source.
    """
    order = ("assumed", "judged", "estimated", "measured")
    ranked = sorted(resolved.parameters_in_use().items(), key=lambda p: (order.index(p[1].grade), p[0]))
    rows = []
    for name, setting in ranked:
        value = setting.value
        if isinstance(value, tuple) and isinstance(value[0], tuple):
            text = f"{len(value[0])} values for each country"
        elif isinstance(value, tuple):
            low, high = min(value), max(value)
            text = f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}, by country"
        else:
            text = f"{value:.4g}"
        rows.append([name, text, setting.unit, setting.grade, setting.source])
    headers = ["Parameter", "Value", "Unit", "Grade", "Source"]
    return _of_text("The model's parameters, the least well known first", headers, rows, (1,))


def skill_table(headline: Headline) -> Table | None:
    """Return the model's skill over the forecast of no change, by years ahead.

    Parameters
    ----------
    headline : Headline
        The headline of a run.

    Returns
    -------
    Table or None
        None when no skill has been measured.
    """
    rows = headline.skill_by_years_ahead
    if not rows:
        return None
    words = {
        "share": "Share of GDP",
        "meets": "An ally at 2 %",
        "count": "Allies at 2 %",
        "spending": "Money",
    }
    cells = {
        (
            r.target,
            r.ahead,
        ): f"{points(r.skill, 0)} ({points(r.low, 0)} to {points(r.high, 0)})"
        for r in rows
    }
    ahead = sorted({r.ahead for r in rows})
    body = [[str(h), *(cells.get((t, h), "–") for t in words)] for h in ahead]
    caption = "Skill over the forecast of no change, per cent; above nought the model was better"
    return _of_text(caption, ["Years ahead", *words.values()], body, range(1, 5))


def source_rows(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Return the source cards for a page, oldest first.

    Parameters
    ----------
    cards : iterable of Card
        The cards.

    Returns
    -------
    list of dict
        One for each, with the labels of what it holds whole.
    """
    return [
        {
            "card": card,
            "whole": [
                f"{catalogue()[name].label}, {span[0]} to {span[1]}"
                for name, span in card.complete.items()
                if name in catalogue()
            ],
        }
        for card in sorted(cards, key=lambda c: (c.published, c.id))
    ]
