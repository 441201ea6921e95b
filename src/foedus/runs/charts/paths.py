"""Charts of a run: the headline's paths, each ally's path, and where each ally stands at the horizon.

Where the model has had no skill, the path drawn is the forecast of no change, and the panel says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.axes import country_codes, country_name
from foedus.errors import InputError
from foedus.plotting.chart import Chart
from foedus.plotting.panels import Band, Line, PanelFrame, axis_of, band_panel, grid, scaled
from foedus.plotting.theme import BLUE, GREY, INK, ORANGE, PAPER, SKY, WIDTH, altair, data, finish
from foedus.rounding import written
from foedus.runs.skill import doubt, shown, skill_line, years_without_skill
from foedus.spending.measures import SHARE
from foedus.units import billions, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.runs import Run
    from foedus.runs.headline import Headline

__all__ = ["ally_paths_chart", "horizon_chart", "run_chart"]

PANELS = (
    ("allies_at_pledge_count", "Allies at the pledge"),
    ("allies_at_guideline_count", "Allies at 2 %"),
    ("nato_expenditure_constant_usd", "Defence expenditure, NATO"),
    ("nato_gap_constant_usd", "Missing to the pledge"),
)
MODEL, NAIVE = "median, and middle 80 % of the draws", "no change: shares stay as in the first year"
LEGEND = (Band(MODEL, (), (), ()), Line(NAIVE, ()))


def run_source(headline: Headline, editions: Sequence[str] = ()) -> str:
    """Return the line that says what a run rests on.

    Parameters
    ----------
    headline : Headline
        The headline of a run.
    editions : sequence of str
        The editions used.

    Returns
    -------
    str
        Scenario, draws, day, editions.
    """
    used = f", from {', '.join(editions)}" if editions else ""
    return (
        f"Source: foedus, scenario {headline.scenario}, {headline.draws:,} draws, "
        f"as of {headline.as_of}{used}. {skill_line(headline)}"
    )


def _amount(unit: str, value: float) -> str:
    """Write a value in words."""
    return written(value) if unit == "count" else f"{billions(value, 0)} bn"


def _sentence(headline: Headline, name: str, label: str) -> str:
    """Write a measure at the horizon in words."""
    entry = headline.measures[name]
    low, middle, high, naive = (_amount(entry.unit, v) for v in (*entry.interval(), entry.naive[-1]))
    where = f"{label} in {headline.years[-1]}"
    if not entry.shows_model():
        return (
            f"{where}: {naive} by the forecast of no change, which the model has not beaten that far ahead."
        )
    words = doubt(entry)
    but = f" The model was {words}." if words else ""
    return f"{where}: {middle} ({low} to {high}); no change: {naive}.{but}"


def run_chart(run: Run) -> Chart:
    """Draw the headline of a run: allies at the pledge and at 2 %, spending, and what is missing.

    Parameters
    ----------
    run : Run
        The run.

    Returns
    -------
    Chart
        Four panels, each with the interval and the forecast of no change.
    """
    return headline_chart(run.summary, tuple(run.resolved.editions))


def headline_chart(headline: Headline, editions: Sequence[str] = ()) -> Chart:
    """Draw the headline of a run from its plain values; see :func:`run_chart`.

    Parameters
    ----------
    headline : Headline
        What :func:`foedus.runs.headline.headline` returns.
    editions : sequence of str
        The editions used.

    Returns
    -------
    Chart
        Four panels.
    """
    years, pledge = headline.years, headline.terms.pledge
    panels = []
    for name, label in PANELS:
        entry = headline.measures[name]
        panels.append(
            band_panel(
                years,
                [Band(MODEL, *shown(entry))],
                [Line(NAIVE, entry.naive)],
                frame=PanelFrame(
                    _heading(headline, name, label),
                    entry.unit,
                    price_year=headline.price_year,
                    deadline=pledge.deadline,
                ),
            )
        )
    words = [_sentence(headline, name, label) for name, label in PANELS]
    target = f"{per_cent(pledge.target, 1)} of GDP by {pledge.deadline}"
    return finish(
        grid(panels, 2, LEGEND),
        title=headline.title,
        subtitle=f"{headline.question} Pledge: {target}.",
        source=run_source(headline, editions),
        description=f"Four line charts with intervals, {years[0]} to {years[-1]}; pledge: {target}. "
        f"{words[0]}",
        summary=words,
    )


def _heading(headline: Headline, name: str, label: str) -> str:
    """Head a panel, and say in which years the model has had no skill."""
    text = (
        label.replace("the pledge", f"{per_cent(headline.terms.pledge.target, 1)}")
        if name.endswith("count")
        else label
    )
    still = years_without_skill(headline, name)
    if still:
        span = str(still[0]) if len(still) == 1 else f"{still[0]} to {still[-1]}"
        text += f" (no change shown in {span})"
    return text


def horizon_chart(run: Run) -> Chart:
    """Draw each ally's share of GDP at the start and at the horizon.

    Parameters
    ----------
    run : Run
        The run.

    Returns
    -------
    Chart
        A hollow mark at the start, a filled one at the median of the horizon with the middle 80 % of draws.
    """
    headline = run.summary
    pledge, first, last = headline.terms.pledge, headline.years[0], headline.years[-1]
    ranked = sorted(headline.horizon.allies.items(), key=lambda item: -item[1].median)
    rows: list[dict[str, Any]] = [
        {"ally": country_name(code), "target": 100 * pledge.target_of(code)}
        | {key: 100 * value for key, value in vars(ally).items()}
        | {
            f"{key}_shown": in_per_cent(value, digits)
            for key, value, digits in zip(
                ("start", "low", "median", "high"), (ally.start, *ally.interval()), (2, 1, 1, 1), strict=True
            )
        }
        for code, ally in ranked
    ]
    at = sum(ally.median >= pledge.target for ally in headline.horizon.allies.values())
    title = f"Where each ally stands in {last}: {headline.title[0].lower()}{headline.title[1:]}"
    return finish(
        _dots(rows, {"start": str(first), "end": f"{last}, median and middle 80 %", "target": "pledged"}),
        title=title,
        subtitle=f"Share of GDP in {first} and, by the model, in {last}. "
        f"Bars: the middle 80 % of {headline.draws:,} draws.",
        source=run_source(headline, tuple(run.resolved.editions)),
        description=f"Dot chart of each ally's share of GDP in {first} and {last} with intervals. "
        f"The median of {at} of {len(rows)} allies is at {per_cent(pledge.target, 1)} in {last}.",
        summary=[
            f"{r['ally']}: {written(r['start'], 2)} % in {first}, "
            f"{r['median_shown']} % ({r['low_shown']} to {r['high_shown']}) in {last}."
            for r in rows
        ],
    )


def _dots(rows: list[dict[str, Any]], words: Mapping[str, str]) -> Any:
    """Draw a row for each ally: its start, its end with the interval, and its target."""
    alt = altair()
    y = alt.Y("ally:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, labelLimit=150, grid=True))
    base = alt.Chart(data(rows)).encode(y=y)
    x = alt.X(
        "median:Q",
        title="Defence expenditure, % of GDP",
        axis=alt.Axis(tickCount=7),
        scale=alt.Scale(zero=True),
    )
    domain = list(words.values())
    layers = [base.mark_rule(color=SKY, strokeWidth=7, opacity=0.7).encode(x=alt.X("low:Q"), x2="high:Q")]
    for column, key, shape in (
        ("target", "target", "stroke"),
        ("start", "start", "circle"),
        ("median", "end", "circle"),
    ):
        layers.append(
            base.mark_point(
                filled=key == "end", size=130 if shape == "stroke" else 55, opacity=1, strokeWidth=1.8
            )
            .transform_calculate(what=f"'{words[key]}'")
            .encode(
                x=x if column == "median" else alt.X(f"{column}:Q"),
                angle=alt.value(90) if shape == "stroke" else alt.value(0),
                shape=alt.value(shape),
                color=alt.Color(
                    "what:N",
                    scale=alt.Scale(domain=domain, range=[GREY, BLUE, ORANGE]),
                    legend=alt.Legend(symbolType="circle", symbolFillColor=PAPER),
                ),
                tooltip=[
                    "ally:N",
                    *(alt.Tooltip(f"{k}_shown:N", title=k) for k in ("start", "low", "median", "high")),
                ],
            )
        )
    return alt.layer(*layers).properties(width=WIDTH - 170, height=len(rows) * 17)


def ally_paths_chart(run: Run, country: Sequence[str] | None = None) -> Chart:
    """Draw some allies' shares of GDP over the years against what each pledged.

    Parameters
    ----------
    run : Run
        The run.
    country : sequence of str, optional
        The allies, at most twelve; without it, the six that spend most.

    Returns
    -------
    Chart
        One panel for each, with the interval.

    Raises
    ------
    InputError
        When more than twelve are asked for, or one is not in the run.
    """
    codes = _chosen(run, country)
    low, middle, high = run.quantiles(SHARE)
    headline = run.summary
    panels, words = [], []
    places = [run.countries.index(code) for code in codes]
    top = 1.08 * float(
        max(high[:, places].max(), max(run.resolved.spending.pledge_targets[k] for k in places))
    )
    for code in codes:
        k = run.countries.index(code)
        start = run.resolved.spending.defence_expenditure_share_of_gdp[k]
        target = run.resolved.spending.pledge_targets[k]
        panels.append(
            band_panel(
                run.years,
                [Band(MODEL, low[:, k], middle[:, k], high[:, k])],
                [Line(NAIVE, [start] * len(run.years))],
                frame=PanelFrame(
                    country_name(code),
                    "fraction",
                    size=(170, 125),
                    top=top,
                    mark=(target, f"pledged {per_cent(target, 1)}"),
                    deadline=headline.terms.pledge.deadline,
                ),
            )
        )
        ends = scaled("fraction", [start, low[-1, k], middle[-1, k], high[-1, k]])
        words.append(
            f"{country_name(code)}: {written(ends[0], 2)} % in {run.years[0]}, "
            f"{written(ends[2], 2)} % ({written(ends[1], 2)} to {written(ends[3], 2)}) in {run.years[-1]}; "
            f"pledged {per_cent(target, 1)}."
        )
    return finish(
        grid(panels, 3, LEGEND),
        title=f"Allies on the way to the pledge: {headline.title[0].lower()}{headline.title[1:]}",
        subtitle=f"Defence expenditure, {axis_of('fraction')}.",
        source=run_source(headline, tuple(run.resolved.editions)),
        description=f"Line charts with intervals of the share of GDP of {len(codes)} allies. {words[0]}",
        summary=words,
    )


def _chosen(run: Run, country: Sequence[str] | None) -> list[str]:
    """Return the allies to draw."""
    taking = [
        c
        for c, participates in zip(run.countries, run.resolved.spending.participates, strict=True)
        if participates
    ]
    if not country:
        money = zip(
            run.resolved.spending.defence_expenditure_share_of_gdp,
            run.resolved.spending.gdp_constant_usd,
            strict=True,
        )
        spent = {c: s * g for c, (s, g) in zip(run.countries, money, strict=True)}
        return sorted(taking, key=lambda c: -spent[c])[:6]
    codes = country_codes(country, where="--country")
    for code in codes:
        if code not in taking:
            raise InputError(
                f"the run has no path of {country_name(code)}", where="--country", do="name an ally in it"
            )
    if len(codes) > 12:
        raise InputError(
            f"{len(codes)} allies do not fit into one chart", where="--country", do="name at most 12"
        )
    return codes
