"""A report: one self-contained page on a run, for people who look before they read."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.extending import install
from foedus.plotting.fit import Box
from foedus.plotting.narrow import narrow
from foedus.plotting.write import chart_svg
from foedus.report.aid_part import aid_by_year, aid_cards, aid_on_record
from foedus.report.brief import brief
from foedus.report.causes_part import rise_cards, rise_on_record
from foedus.report.citation import Pins, cite
from foedus.report.drivers_part import DRIVES, headline_drivers
from foedus.report.forces_part import BUYS, asked_for
from foedus.report.guarantee_part import GUARANTEE, GuaranteePart, what_stands_in
from foedus.report.reinforcement_part import HELPS, help_by_day
from foedus.report.tables import (
    allies_table,
    counts_table,
    headline_table,
    parameters_table,
    revised_table,
    skill_table,
    source_rows,
    status_table,
)
from foedus.runs.answer import REACHED
from foedus.units import level_words, per_cent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.aid.result import Aid
    from foedus.analysis.country import CountryFacts
    from foedus.attribution.result import Causes
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card
    from foedus.plotting.chart import Chart
    from foedus.results import Result
    from foedus.runs import Run
    from foedus.runs.headline import Headline
    from foedus.spending.status import Status
    from foedus.tables import Table

__all__ = ["SECTIONS", "report_html"]

BOX_DRAWS = 1_000
"""The most draws of the forecast in an ally's box."""

SECTIONS = (
    ("brief", "The answer"),
    ("headline", "By year"),
    ("allies", "Ally by ally"),
    ("now", "Where allies stand"),
    ("editions", "What changed between editions"),
    ("forces", "What plans ask for"),
    ("aid", "Aid to Ukraine"),
    ("causes", "Why spending rose"),
    ("skill", "How sure"),
    ("repeat", "To repeat this"),
    ("grades", "How much rests on assumptions"),
    DRIVES,
    ("sources", "Sources"),
)
"""The report's sections: anchor and name."""


def report_html(run: Run, ledger: Ledger | None = None, countries: Sequence[str] = ()) -> str:
    """Write the report of a run.

    Parameters
    ----------
    run : Run
        The run.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.
    countries : sequence of str, optional
        Allies that have a box of their own behind the first page, by name or code.

    Returns
    -------
    str
        A page that asks for nothing from anywhere: styles and pictures are inside, and there is no script.

    Raises
    ------
    InputError
        When the libraries that draw are not installed.
    """
    from foedus.evidence import Ledger
    from foedus.spending.status import status

    known = (ledger or Ledger.load()).as_of(run.resolved.as_of)
    summary = run.summary
    now = status(known, year=run.years[0], as_of=run.resolved.as_of)
    past = _last_revised(now, known)
    revised, revised_note = _revised(past, known)
    parts, drawn, cards = _later_parts(run, known)
    page: str = _template().render(
        **_first_page(run, known, now, countries),
        head=summary,
        manifest=run.manifest,
        **parts,
        style=_text("report.css"),
        headline=headline_table(summary),
        allies=allies_table(summary),
        status=status_table(now),
        alliance=now.table("alliance") if now.alliance else None,
        closed=now.closed_words(),
        now_notes=now.notes,
        counts=counts_table(past),
        revised=revised,
        revised_note=revised_note,
        grades_sentence=_grades(summary),
        parameters=parameters_table(run.resolved),
        skill=skill_table(summary),
        sources=source_rows(_cards(run, (now, past), known, cards)),
        charts=_figures(run, now, past) | drawn,
        command=_command(run),
        python=_python(run),
    )
    return page


def _later_parts(run: Run, known: Ledger) -> tuple[dict[str, Any], dict[str, dict[str, Any]], list[str]]:
    """Return the parts of later subjects, their drawings, and the cards behind them; a part is None where the
    scenario does not ask for it, or what it rests on was not out."""
    from foedus.analysis.buys import time_to_close_of_run

    asked, drives = asked_for(known), headline_drivers(run)
    bought, arriving, given = time_to_close_of_run(run), help_by_day(run, known), aid_on_record(known)
    rise, promised = rise_on_record(known), what_stands_in(run, known)
    by_choice = ((BUYS, bought), (HELPS, arriving), (GUARANTEE, promised))
    parts = {
        "sections": (*SECTIONS, *(section for section, part in by_choice if part)),
        "asked": asked,
        "drives": drives,
        "bought": bought,
        "arriving": arriving,
        "promised": promised,
        "rise": rise,
        "aid": {"record": given, "by_year": aid_by_year(run.summary)},
    }
    charts = {"asked": _figure(asked.chart("rules"))} if asked else {}
    charts |= {"drivers": _figure(drives.indices.chart())}
    charts |= _every_figure(bought) | _every_figure(arriving) | _guarantee_figures(promised)
    charts |= _aid_figures(given) | _rise_figures(rise)
    return parts, charts, [*aid_cards(given), *rise_cards(rise)]


def _every_figure(part: Result | None) -> dict[str, dict[str, Any]]:
    """Draw every chart of a part of the report; nothing where the report has no such part."""
    return {kind: _figure(part.chart(kind)) for kind in part.charts()} if part else {}


def _guarantee_figures(part: GuaranteePart | None) -> dict[str, dict[str, Any]]:
    """Draw regions, lines of belief and the ladder; nothing where the scenario names no guarantee."""
    if part is None:
        return {}
    drawn = {kind: part.thresholds.chart(kind) for kind in ("isoquants", "regions")}
    return {kind: _figure(chart) for kind, chart in {**drawn, "ladder": part.game.chart("ladder")}.items()}


def _aid_figures(given: Aid | None) -> dict[str, dict[str, Any]]:
    """Draw aid by month and by route; nothing where no release was out."""
    kinds = ("months", "routes") if given else ()
    return {f"aid_{kind}": _figure(given.chart(kind)) for kind in kinds if given}


def _rise_figures(rise: Causes | None) -> dict[str, dict[str, Any]]:
    """Draw the designs; nothing where the figures that they rest on were not out."""
    return {"designs": _figure(rise.chart("designs"))} if rise else {}


def _figures(run: Run, now: Status, past: Status) -> dict[str, dict[str, Any]]:
    """Draw the charts that every report has."""
    charts = {kind: _figure(run.chart(kind)) for kind in ("paths", "horizon")}
    charts |= {"key": _key_figure(run)}
    return charts | {"map": _figure(now.chart("map")), "editions": _figure(past.chart("editions"))}


def _first_page(run: Run, known: Ledger, now: Status, countries: Sequence[str]) -> dict[str, Any]:
    """Return what the first page shows, and the boxes of allies behind it."""
    lines, boxes = brief(run.summary, now), _boxes(run, known, countries)
    return {
        "answer": run.answer(),
        "findings": (lines[0], lines[3], lines[4]),
        "asks": lines[1],
        "citation": _citation(run, known),
        "running": _running_head(run),
        "countries": boxes,
        "country_charts": {box.country: _figure(box.chart()) for box in boxes},
    }


def _boxes(run: Run, known: Ledger, countries: Sequence[str]) -> list[CountryFacts]:
    """Ask what is known of each ally that has a box, with the run's day, draws and seed."""
    from foedus.analysis.country import country

    draws, seed = min(run.draw_count, BOX_DRAWS), run.manifest["seed"]
    return [
        country(name, as_of=run.resolved.as_of, draws=draws, seed=seed, ledger=known) for name in countries
    ]


def _citation(run: Run, known: Ledger) -> str:
    """Return how the run's answer is cited."""
    day, editions = run.resolved.as_of, tuple(run.resolved.editions)
    pins = Pins(day, run.manifest["foedus"], editions, run.manifest["seed"], run.draw_count)
    cards = [known.editions[name] for name in editions if name in known.editions]
    return cite(run.answer(), question=run.summary.question, cards=cards, pins=pins, path="/what-if").text


def _running_head(run: Run) -> str:
    """Return the head of every printed page, as a style sheet has a text in quotes."""
    words = f"foedus · {run.summary.title} · as of {run.resolved.as_of} · version {run.manifest['foedus']}"
    return "".join(c if c.isalnum() or c in " ·.,:;-–%()" else f"\\{ord(c):x} " for c in words)


def _text(name: str) -> str:
    """Read a file of the template."""
    return resources.files("foedus.report").joinpath("templates", name).read_text(encoding="utf-8")


def _template() -> Any:
    """Return the page's template; every value is escaped unless the template says that it is HTML."""
    try:
        import jinja2
    except ImportError as error:
        raise InputError(
            "the library that writes pages is not installed",
            where="foedus report",
            do=install("charts"),
        ) from error
    environment: Any = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"level": level_words, "whole_per_cent": lambda value: per_cent(value, 0)}
    return environment.from_string(_text("report.html"))


def _figure(picture: Chart) -> dict[str, Any]:
    """Draw a chart for wide and narrow pages, with its words."""
    return {
        "wide": chart_svg(picture),
        "narrow": chart_svg(narrow(picture)),
        "description": picture.description,
        "summary": picture.summary,
    }


def _key_figure(run: Run) -> dict[str, Any]:
    """Draw how many allies are at the pledge, alone and large, for wide and narrow pages."""
    from foedus.analysis.charts.pair import pair_in_box
    from foedus.analysis.charts.pair_side import PairSide

    side = PairSide(run.summary.title, run.summary)
    label = "Allies at the pledge"
    wide, slim = (pair_in_box(REACHED, label, side, None, box) for box in (Box(760, 300), Box(374, 260)))
    return {
        "wide": chart_svg(wide),
        "narrow": chart_svg(slim),
        "description": wide.description,
        "summary": wide.summary,
    }


def _last_revised(now: Status, known: Ledger) -> Status:
    """Return the status of the newest year that two editions hold whole, at most three years back; else that
    of the year itself."""
    from foedus.errors import NoDataError
    from foedus.spending.status import status

    for year in range(now.year, now.year - 4, -1):
        try:
            past = now if year == now.year else status(known, year=year, as_of=now.as_of)
        except NoDataError:
            break
        if len({c.edition for c in past.counts if c.basis == "published" and c.whole}) > 1:
            return past
    return now


def _revised(now: Status, known: Ledger) -> tuple[Table | None, str]:
    """Compare the shares of the year in the two newest editions that hold the whole table."""
    from foedus.spending.counts import SHARE, values_by_key

    whole = list(dict.fromkeys(c.edition for c in now.counts if c.basis == "published" and c.whole))
    if len(whole) < 2:
        held = f"only {whole[0]} held" if whole else "no edition held"
        return (
            None,
            f"By {known.day}, {held} the whole table of {now.year}: there is nothing to compare with.",
        )
    older, newer = whole[-2:]
    first, second = (values_by_key(known.table(edition), SHARE) for edition in (older, newer))
    members = {row.country for row in now.rows}
    rows = [
        (country, value, second[country, year])
        for (country, year), value in first.items()
        if year == now.year and country in members and (country, year) in second
    ]
    return revised_table(rows, now.year, older, newer), ""


def _grades(headline: Headline) -> str:
    """Write how many parameters have which grade."""
    words = {
        "measured": "read off figures",
        "estimated": "fitted to figures",
        "judged": "an expert's judgement",
        "assumed": "a convenience, or set by the scenario",
    }
    grades = headline.parameters_by_grade
    parts = [f"{grades[g]} {g} ({words[g]})" for g in words if grades.get(g)]
    return f"The run rests on {sum(grades.values())} parameters: {', '.join(parts)}."


def _cards(run: Run, shown: tuple[Status, ...], known: Ledger, more: Sequence[str]) -> list[Card]:
    """Return the cards of every edition that the report shows a figure of, and of some more."""
    counted = {name for each in shown for name in (each.card.id, *(c.edition for c in each.counts))}
    used = {*run.resolved.editions, *counted, *more}
    return [known.editions[name] for name in used if name in known.editions]


def _command(run: Run) -> str:
    """Return the command that makes the report again."""
    return (
        f"foedus report {run.resolved.name} --as-of {run.resolved.as_of} "
        f"--draws {run.draw_count} --seed {run.manifest['seed']}"
    )


def _python(run: Run) -> str:
    """Return the same in Python."""
    return (
        "import foedus\n\n"
        f'run = foedus.run("{run.resolved.name}", draws={run.draw_count}, seed={run.manifest["seed"]},\n'
        f'                 as_of="{run.resolved.as_of}")\n'
        'run.chart("paths")'
    )
