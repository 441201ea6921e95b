"""Tables for a page: headings that a screen reader follows, numbers flush right, units in the headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.catalogue import catalogue
from foedus.units import billions, per_cent, points

if TYPE_CHECKING:
    from foedus.evidence.cards import Card
    from foedus.scenario import Resolved
    from foedus.spending.status import Status

__all__ = [
    "Table",
    "allies_table",
    "counts_table",
    "headline_table",
    "parameters_table",
    "revised_table",
    "skill_table",
    "status_table",
]


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes
    ----------
    caption : str
        What it holds.
    headers : sequence of str
        Headings, with units.
    rows : sequence of sequence of str
        Cells, as they shall be printed; the first of each row heads it.
    right : sequence of int
        The columns set flush right.
    """

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()


def _value(entry: Mapping[str, Any], key: str, i: int) -> str:
    """Write one value of a measure: a count, or billions."""
    value = entry[key][i]
    return f"{value:.0f}" if entry["unit"] == "count" else billions(value, 0)


def headline_table(head: Mapping[str, Any]) -> Table:
    """Lay out the headline: every measure at the start, halfway and at the horizon, with the naive forecast.

    Parameters
    ----------
    head : mapping
        The headline of a run.

    Returns
    -------
    Table
        One row for each measure. Where the model has had no skill that far ahead, the naive forecast stands
        in its place and the cell says so.
    """
    years = head["years"]
    chosen = sorted({0, len(years) // 2, len(years) - 1})
    rows = []
    for entry in head["measures"].values():
        unit = "" if entry["unit"] == "count" else f", bn US dollars at {head['price_year']} prices"
        cells = [entry["label"] + unit]
        for i in chosen:
            low, middle, high, naive = (_value(entry, key, i) for key in ("low", "median", "high", "naive"))
            shown = middle if low == high else f"{middle} ({low} to {high})"
            cells.append(
                f"{naive} (no change)" if entry.get("shown", ["model"] * len(years))[i] != "model" else shown
            )
        rows.append([*cells, naive])
    headers = ["Measure", *(str(years[i]) for i in chosen), f"{years[-1]}, no change"]
    return Table(
        f"Median, and in brackets the middle 80 % of {head['draws']:,} draws",
        headers,
        rows,
        range(1, len(headers)),
    )


def allies_table(head: Mapping[str, Any]) -> Table:
    """Lay out each ally's share of GDP at the start and at the horizon, the highest first.

    Parameters
    ----------
    head : mapping
        The headline of a run.

    Returns
    -------
    Table
        One row for each ally.
    """
    pledge = head["pledge"]
    ranked = sorted(head["allies_at_horizon"].items(), key=lambda item: -item[1]["median"])
    rows = [
        [
            country_name(code),
            per_cent(ally["start"]),
            per_cent(ally["median"]),
            f"{100 * ally['low']:.2f} to {100 * ally['high']:.2f}",
            per_cent(pledge["exceptions"].get(code, pledge["target"]), 1),
        ]
        for code, ally in ranked
    ]
    first, last = head["years"][0], head["years"][-1]
    headers = ["Ally", str(first), f"{last}, median", f"{last}, middle 80 %", "Pledged"]
    return Table("Defence expenditure as a share of GDP, per cent", headers, rows, range(1, 5))


def status_table(result: Status) -> Table:
    """Lay out who meets the guideline, the highest share first.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Table
        One row for each ally.
    """
    basis = next((row.gap_price_basis for row in result.rows if row.gap_price_basis), "USD")
    rows = [
        [
            row.name,
            per_cent(row.share),
            {True: "yes", False: "no", None: "–"}[row.meets],
            points(row.gap),
            billions(row.gap_usd, 2, signed=True),
            per_cent(row.equipment_share, 1),
            row.status or "–",
            row.known or "–",
        ]
        for row in result.rows
    ]
    headers = [
        "Ally",
        "Share of GDP",
        f"At {per_cent(result.guideline, 1)}",
        "Gap, points",
        f"Gap, bn {basis}",
        "Equipment",
        "Status",
        "Known",
    ]
    caption = f"Defence expenditure in {result.year}, by {result.card.id}"
    if all(row.equipment_share is None for row in result.rows):
        headers, rows = _without(headers, 5), [_without(row, 5) for row in rows]
        return Table(caption, headers, rows, (1, 3, 4))
    return Table(caption, headers, rows, (1, 3, 4, 5))


def _without(cells: list[str], column: int) -> list[str]:
    """Leave one cell out."""
    return cells[:column] + cells[column + 1 :]


def counts_table(result: Status) -> Table:
    """Lay out the count of allies at the guideline by every edition and basis.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Table
        One row for each, in the order of publication.
    """
    rows = [
        [
            c.edition,
            c.published,
            c.basis,
            str(c.meeting) if c.whole else f"{c.meeting} or more",
            str(c.reported or "–"),
            c.why or "–",
        ]
        for c in result.counts
    ]
    headers = ["Edition", "Published", "Basis", "Meeting", "Of", "Why it differs"]
    caption = f"Allies at {per_cent(result.guideline, 1)} of GDP in {result.year} by edition"
    return Table(caption, headers, rows, (3, 4))


def revised_table(rows: Iterable[tuple[str, float, float]], year: int, older: str, newer: str) -> Table:
    """Lay out how the shares of one year moved from one edition to the next, the largest move first.

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
    moved = sorted(rows, key=lambda r: -abs(r[2] - r[1]))
    cells = [
        [country_name(c), per_cent(a), per_cent(b), points(b - a)] for c, a, b in moved if abs(b - a) > 5e-5
    ]
    headers = ["Country", older, newer, "Change, points"]
    return Table(f"Share of GDP of {year} in two editions", headers, cells, (1, 2, 3))


def parameters_table(resolved: Resolved) -> Table:
    """Lay out the parameters that a run rests on, those least well known first.

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
    return Table("The model's parameters, the least well known first", headers, rows, (1,))


def skill_table(head: Mapping[str, Any]) -> Table | None:
    """Lay out the model's skill over the forecast of no change, by years ahead.

    Parameters
    ----------
    head : mapping
        The headline of a run.

    Returns
    -------
    Table or None
        None when no skill has been measured.
    """
    rows = head.get("skill_by_years_ahead")
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
            r["target"],
            r["ahead"],
        ): f"{100 * r['skill']:+.0f} ({100 * r['low']:+.0f} to {100 * r['high']:+.0f})"
        for r in rows
    }
    ahead = sorted({r["ahead"] for r in rows})
    body = [[str(h), *(cells.get((t, h), "–") for t in words)] for h in ahead]
    caption = "Skill over the forecast of no change, per cent; above nought the model was better"
    return Table(caption, ["Years ahead", *words.values()], body, range(1, 5))


def source_rows(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Give the source cards for a page, oldest first.

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
