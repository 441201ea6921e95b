"""Charts of aid to Ukraine: months stacked, donors by share of GDP, routes by year, and the map."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.aid.answer import KIND_WORDS
from foedus.aid.donors import REGIONS
from foedus.aid.notes import NO_RECORD
from foedus.aid.record import KINDS, ROUTES
from foedus.aid.tables import year_label
from foedus.aid.tracker import BRING
from foedus.errors import NoDataError
from foedus.plotting.chart import Chart
from foedus.plotting.rows import across, ally_axis, layers, plot, text
from foedus.plotting.theme import BLUE, GREY, INK, LIGHT, ORANGE, PAPER, PLUM, SEQUENCE, SKY, WIDTH, finish
from foedus.plotting.two_maps import two_maps
from foedus.units import billions, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.aid.result import Aid, DonorRow, MonthAid

__all__ = ["donors_chart", "map_chart", "months_chart", "routes_chart"]

REGION_COLOURS = {
    "european_states": BLUE,
    "eu_institutions": SKY,
    "united_states": ORANGE,
    "asia_pacific": PLUM,
    "other_donors": GREY,
}
KIND_COLOURS = {"military": BLUE, "financial": SKY, "humanitarian": PLUM}
ROUTE_COLOURS = {"stockpile": BLUE, "procurement": SKY, "nato_purl": ORANGE, "unspecified": LIGHT}

MOST_DONORS = 25
"""How many donors a chart shows."""

CLASSES = (0.001, 0.0025, 0.005, 0.01, 0.02)
"""Where the classes of the map end, as shares of GDP."""


def months_chart(result: Aid) -> Chart:
    """Draw what was allocated in every month.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.

    Returns
    -------
    Chart
        A bar for each month, stacked by region where donors by month were imported, else by kind.

    Raises
    ------
    NoDataError
        When donors were named and no files were imported.
    """
    if not result.months:
        raise NoDataError("months of single donors do not come with foedus", where="--chart", do=BRING)
    by_region = any(row.by_region for row in result.months)
    labels = REGIONS if by_region else {name: name.capitalize() for name in KINDS[result.kind]}
    colours = REGION_COLOURS if by_region else KIND_COLOURS
    rows = [
        {"month": str(row.month), "series": label, "order": i, "bn": _part(row, name, by_region) / 1e9}
        for row in result.months
        for i, (name, label) in enumerate(labels.items())
    ]
    rows = [row for row in rows if row["bn"]]
    drawn = {name: label for name, label in labels.items() if any(r["series"] == label for r in rows)}
    januaries = [str(row.month) for row in result.months if row.month.month == 1]
    axis = {"values": januaries, "labelExpr": "slice(datum.value, 0, 4)", "labelAngle": 0, "grid": False}
    order = [str(row.month) for row in result.months]
    x = {"field": "month", "type": "ordinal", "title": None, "axis": axis, "scale": {"domain": order}}
    scale = {"domain": list(drawn.values()), "range": [colours[name] for name in drawn]}
    body = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": x,
            "y": across("bn", "Billion euros") | {"stack": "zero"},
            "color": {"field": "series", "type": "nominal", "scale": scale},
            "order": {"field": "order"},
            "tooltip": [{"field": "month"}, {"field": "series"}, {"field": "bn", "format": ".2f"}],
        },
        "width": WIDTH - 60,
        "height": 300,
    }
    years = {row.month.year: 0.0 for row in result.months}
    for row in result.months:
        years[row.month.year] += row.allocated
    last = result.release.last
    return finish(
        body,
        title=_title(result, "allocated by month"),
        subtitle=f"Billions of {result.prices}, by {'region' if by_region else 'kind'}. {NO_RECORD}",
        source=_source(result),
        description=f"Bars of {KIND_WORDS[result.kind]} to Ukraine in {len(result.months)} months, stacked "
        f"by {'region' if by_region else 'kind'}.",
        summary=[f"{year_label(y, last)}: EUR {billions(v, 1)} bn." for y, v in years.items()],
    )


def _part(row: MonthAid, name: str, by_region: bool) -> float:
    """Return one part of a month's bar."""
    return row.by_region[name] if by_region else float(getattr(row, name))


def donors_chart(result: Aid) -> Chart:
    """Draw what donors allocated as a share of their GDP.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.

    Returns
    -------
    Chart
        A bar for each donor over GDP of 2021, and a dot over the last whole year's GDP by the IMF.
    """
    known = _by_share(result)
    shown = known[:MOST_DONORS]
    dot = any(row.share_of_gdp is not None for row in shown)
    rows = [
        {
            "name": row.name,
            "share": 100 * (row.share_of_gdp_2021 or 0.0),
            "later": None if row.share_of_gdp is None else 100 * row.share_of_gdp,
            "zero": 0.0,
            "end": 100 * max(row.share_of_gdp_2021 or 0.0, row.share_of_gdp or 0.0),
            "text": per_cent(row.share_of_gdp_2021, 2),
        }
        for row in shown
    ]
    x, y = across("zero", "Per cent of GDP"), ally_axis()
    parts = [layers({"type": "bar", "height": 11, "color": BLUE}, x=x, x2={"field": "share"}, y=y)]
    if dot:
        mark = {"type": "point", "filled": True, "size": 36, "color": ORANGE, "stroke": PAPER, "opacity": 1}
        parts.append(layers(mark, x=x | {"field": "later"}, y=y))
    parts += text("text", x | {"field": "end"}, y)
    left = len(known) - len(shown)
    later = f" Dot: of GDP {result.gdp[0][0]} by the IMF." if dot else ""
    more = f" {left} donors with less are left out." if left else ""
    without = "" if result.question.donor else " The EU institutions have no GDP."
    return finish(
        plot(rows, parts, WIDTH - 160),
        title=_title(result, "allocated since January 2022, by share of GDP"),
        subtitle=f"Bar: per cent of GDP 2021 as the release has it.{later}{more}{without}",
        source=_source(result, gdp=dot),
        description=f"Bars of {KIND_WORDS[result.kind]} to Ukraine over GDP of {len(shown)} donors.",
        summary=[f"{row['name']}: {row['text']} of GDP 2021." for row in rows],
    )


def _by_share(result: Aid) -> list[DonorRow]:
    """Return the donors with a share of GDP, the greatest first."""
    known = [row for row in result.donors if row.share_of_gdp_2021]
    if not known:
        raise NoDataError("no donor that is shown has a share of GDP", where="--chart", do="name countries")
    return sorted(known, key=lambda row: -(row.share_of_gdp_2021 or 0.0))


def routes_chart(result: Aid, *, least: float = 0.06) -> Chart:
    """Draw the routes of military aid by year.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.
    least : float, default 0.06
        The least share that is written in its part of a bar.

    Returns
    -------
    Chart
        A bar for each year, split by route; its share from stocks is written in it, its sum below.
    """
    if not result.routes:
        raise NoDataError("routes are told of all donors together", where="--chart", do="leave --donor out")
    last = result.release.last
    rows = _route_rows(result, least)
    scale = {"domain": list(ROUTES.values()), "range": [ROUTE_COLOURS[route] for route in ROUTES]}
    x = across("low", "Share of the four routes' sum", format="%") | {"scale": {"domain": [0, 1]}}
    y = ally_axis()
    y["axis"] |= {"labelLimit": 200}
    dark = {"condition": {"test": "datum.route == 'From stocks' && datum.high > 0.05", "value": PAPER}}
    colour = {"field": "route", "type": "nominal", "scale": scale}
    numbers = layers(
        {"type": "text", "fontSize": 11},
        x=x | {"field": "middle"},
        y=y,
        text={"field": "text"},
        color=dark | {"value": INK},
    )
    body = plot(
        rows,
        [layers({"type": "bar", "height": 22}, x=x, x2={"field": "high"}, y=y, color=colour), numbers],
        460,
    )
    body["height"] = 40 * len(result.routes)
    return finish(
        body,
        title="Military aid to Ukraine by route: "
        + " → ".join(per_cent(row.share("stockpile"), 1) for row in result.routes)
        + " from stocks",
        subtitle=f"Shares of the four routes' sum, in {result.prices}. Stocks are the donors' own; PURL buys "
        f"in the United States. {NO_RECORD}",
        source=_source(result),
        description=f"Bars of the routes of military aid in {len(result.routes)} years.",
        summary=[
            f"{year_label(row.year, last)}: {per_cent(row.share('stockpile'), 1)} from stocks, "
            f"{per_cent(row.share('procurement'), 1)} procurement, "
            f"{per_cent(row.share('nato_purl'), 1)} PURL, "
            f"{per_cent(row.share('unspecified'), 1)} unspecified, of EUR {billions(row.total, 1)} bn."
            for row in result.routes
        ],
    )


def _route_rows(result: Aid, least: float) -> list[dict[str, Any]]:
    """Return the parts of each year's bar; the share is written in a part that has room for it."""
    rows: list[dict[str, Any]] = []
    for row in result.routes:
        start = 0.0
        for i, (route, label) in enumerate(ROUTES.items()):
            share = row.share(route) or 0.0
            name = f"{year_label(row.year, result.release.last)}: {billions(row.total, 1)} bn"
            ends = {"low": start, "high": start + share, "middle": start + share / 2}
            inside = per_cent(share, 1) if share >= least else ""
            rows.append({"name": name, "route": label, "order": i, "text": inside, **ends})
            start += share
    return rows


def map_chart(result: Aid) -> Chart:
    """Draw the map of donors by share of GDP.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.

    Returns
    -------
    Chart
        North America and Europe; the darker, the greater the share. Other countries are pale.
    """
    known = _by_share(result)
    labels = _class_labels()
    shades = dict(zip(labels, SEQUENCE, strict=True))
    shown = {
        row.donor: {
            "ally": row.name,
            "class": labels[sum((row.share_of_gdp_2021 or 0.0) >= end for end in CLASSES)],
            "share": per_cent(row.share_of_gdp_2021, 2),
        }
        for row in known
    }
    return finish(
        two_maps(shown, shades, {"ally": "Donor", "share": "Of GDP 2021"}),
        title=_title(result, "allocated since January 2022, by share of GDP"),
        subtitle="Per cent of GDP 2021 as the release has it; the darker, the more. Countries that gave "
        "nothing are pale, and donors outside Europe and North America are not on the map. Scales differ.",
        source=f"{_source(result)} Shapes: Natural Earth, public domain, simplified.",
        description=f"Map of {KIND_WORDS[result.kind]} to Ukraine over GDP 2021 by donor.",
        summary=[f"{row.name}: {per_cent(row.share_of_gdp_2021, 2)}." for row in known],
    )


def _class_labels() -> Sequence[str]:
    """Return the words of the map's classes, from low to high."""
    digits = [in_per_cent(end, 2) for end in CLASSES]
    between = [f"{low} to {high} %" for low, high in pairwise(digits)]
    return [f"under {digits[0]} %", *between, f"{digits[-1]} % and more"]


def _title(result: Aid, what: str) -> str:
    """Return a title with the kind of aid, and the donors where few were named."""
    words = KIND_WORDS[result.kind]
    names = [row.name for row in result.donors] if result.question.donor else []
    whose = f" from {', '.join(names)}" if 0 < len(names) <= 3 else ""
    return f"{words[0].upper()}{words[1:]} to Ukraine{whose}, {what}"


def _source(result: Aid, *, gdp: bool = False) -> str:
    """Return the line that credits the release, and the edition of GDP where it is drawn."""
    edition = f"; GDP: {result.gdp[0][1]}" if gdp and result.gdp else ""
    day = f"{result.release.published:%-d %B %Y}"
    return f"Source: {result.release.cited}, {day} ({result.release.id}){edition}."
