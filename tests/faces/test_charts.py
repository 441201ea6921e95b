"""Charts: each is whole, says its source, reads without colour, and shows its interval where it forecasts."""

from __future__ import annotations

import builtins
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from foedus.api.evidence import figure
from foedus.errors import InputError, UnknownNameError
from foedus.evidence.charts import figure_chart
from foedus.extending import install
from foedus.plotting import theme
from foedus.plotting.chart import Chart
from foedus.plotting.narrow import NARROW, narrow
from foedus.plotting.shapes import shapes
from foedus.plotting.tokens import on_paper, token
from foedus.plotting.write import chart_html, chart_svg, check_chart_path, write_chart
from foedus.report.gallery import EXAMPLES
from foedus.results import Result
from foedus.runs.charts.paths import headline_chart
from foedus.runs.skill import shown, skill_line, years_without_skill

Gallery = dict[str, Result]


def drawn(gallery: Gallery, name: str, kind: str) -> Chart:
    """Draw an example of the gallery."""
    return gallery[name].chart(kind)


def subclasses(kind: type[Any]) -> set[type[Any]]:
    """Return every class below one."""
    return {below for own in kind.__subclasses__() for below in (own, *subclasses(own))}


ALL = [(cls.__name__, kind) for cls in EXAMPLES for kind in cls.charts()]


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Walk through every view of a specification."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in {"data", "datasets", "config"}:
                yield from parts(value)
    elif isinstance(node, list):
        for item in node:
            yield from parts(item)


@pytest.mark.parametrize(("name", "kind"), ALL)
def test_every_chart_is_whole(name: str, kind: str, gallery: Gallery) -> None:
    """Every chart holds against Vega-Lite's schema and has title, source, words, and data of its own."""
    picture = drawn(gallery, name, kind)
    assert picture.altair().to_dict()["concat"]
    assert picture.title
    assert picture.source.startswith("Source: ")
    assert len(picture.description) > 40
    assert picture.summary
    assert all(line.endswith(".") for line in picture.summary)
    text = json.dumps(picture.spec)
    assert re.findall(r"https?://[^\"]*", text) == ["https://vega.github.io/schema/vega-lite/v6.json"]
    assert '"url"' not in text
    assert picture.spec["title"]["text"][0].startswith("Source: ")


@pytest.mark.parametrize(("name", "kind"), ALL)
def test_every_chart_is_drawn_with_its_words(name: str, kind: str, gallery: Gallery) -> None:
    """The drawn picture is one image to a screen reader, labelled with title and description."""
    picture = drawn(gallery, name, kind)
    svg = chart_svg(picture)
    assert svg.startswith('<svg role="img" aria-label="')
    assert "<script" not in svg
    assert svg.count("role=") == svg.count("aria-label=") == 1
    assert "NaN" not in svg
    assert picture.source[:40] in re.sub(r"<[^>]*>", "", svg).replace("&amp;", "&")


@pytest.mark.parametrize(("name", "kind"), ALL)
def test_every_chart_has_a_narrow_form(name: str, kind: str, gallery: Gallery) -> None:
    """For a phone no two panels stand side by side, and every plot fits the width."""
    picture = drawn(gallery, name, kind)
    before = json.dumps(picture.spec)
    thin = narrow(picture)
    assert json.dumps(picture.spec) == before
    for part in parts(thin.spec):
        assert "hconcat" not in part
        if "mark" in part or "layer" in part:
            assert part.get("width", 0) <= 560 if "projection" not in part else part["width"] <= NARROW
    width = float(re.search(r'width="([\d.]+)"', chart_svg(thin))[1])  # type: ignore[index]
    assert width <= 420


def test_every_result_with_charts_is_in_the_gallery(results: dict[str, Any]) -> None:
    """The gallery has an example, with its command, of every result that has charts, and of no other."""
    assert set(results) == {cls.__name__ for cls in EXAMPLES}
    assert {cls for cls in subclasses(Result) if cls.charts()} == set(EXAMPLES)


def test_pictures_of_one_page_share_no_names(results: dict[str, Any]) -> None:
    """The names inside two pictures differ, so that neither clips the other."""
    first, second = (
        set(re.findall(r'\bid="([^"]+)"', chart_svg(results["Run"].chart(kind))))
        for kind in ("paths", "allies")
    )
    assert not first & second


def test_a_chart_is_drawn_alike_each_time(results: dict[str, Any]) -> None:
    """The same chart gives the same picture, whatever was drawn before it."""
    picture = results["Run"].chart("paths")
    first = chart_svg(picture)
    chart_svg(results["Status"].chart("map"))
    assert chart_svg(picture) == first


@pytest.mark.parametrize(("name", "kind"), [("Run", "paths"), ("Run", "allies"), ("Comparison", "paths")])
def test_forecasts_over_time_have_their_interval(name: str, kind: str, gallery: Gallery) -> None:
    """Every panel of a forecast draws an area from low to high as well as the line."""
    panels = [p for p in parts(drawn(gallery, name, kind).spec) if "layer" in p and "title" in p]
    assert len(panels) >= 4
    for panel in panels:
        areas = [layer for layer in panel["layer"] if layer["mark"].get("type") == "area"]
        assert areas
        assert all(layer["encoding"]["y2"] == {"field": "high"} for layer in areas)


def test_no_change_is_drawn_where_there_is_no_skill(made: Any) -> None:
    """Counts one year ahead have had no skill: no change is drawn there, without an interval."""
    entry = made.summary.measures["allies_at_guideline_count"]
    low, median, high = shown(entry)
    assert entry.shown[1] == "no change"
    assert (low[1], median[1], high[1]) == (None, entry.naive[1], None)
    assert low[-1] == entry.low[-1]
    without = [y for y, word in zip(made.years, entry.shown, strict=True) if word == "no change"]
    assert years_without_skill(made.summary, "allies_at_guideline_count") == without
    assert f"no change shown in {without[0]}" in json.dumps(made.chart().spec)


def test_all_years_without_skill_are_named(made: Any) -> None:
    """A measure that never had skill is drawn as no change throughout, and its sentence says why."""
    measures = {
        name: replace(entry, shown=("model", *("no change",) * (len(entry.median) - 1)))
        for name, entry in made.summary.measures.items()
    }
    picture = headline_chart(replace(made.summary, measures=measures))
    assert f"no change shown in {made.years[1]} to 2035" in json.dumps(picture.spec)
    assert "which the model has not beaten that far ahead" in picture.summary[0]


def test_skill_is_said_below_each_forecast(made: Any) -> None:
    """The source line of a forecast gives the skill at the farthest horizon measured, and names it."""
    line = skill_line(made.summary)
    assert line.startswith("Skill over the forecast of no change 5 years ahead (not measured 9 years ahead)")
    assert "counts at 2 % of GDP +" in line
    near = replace(made.summary, years=made.summary.years[:6])
    assert skill_line(near).startswith("Skill over the forecast of no change 5 years ahead: ")
    assert skill_line(replace(made.summary, skill="No.", skill_by_years_ahead=())) == "No."


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, as a grey print shows it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours by the rule of the web's accessibility guidelines."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_series_can_be_told_apart_in_grey() -> None:
    """Colours that share a panel differ in lightness, and the map's classes grow darker step by step."""
    for one, other in ((theme.BLUE, theme.ORANGE), (theme.BLUE, theme.SKY), (theme.INK, theme.ORANGE)):
        assert contrast(on_paper(one), on_paper(other)) > 2.3
    sequence = [on_paper(colour) for colour in theme.SEQUENCE]
    steps = [luminance(colour) for colour in sequence]
    assert steps == sorted(steps, reverse=True)
    assert all(contrast(a, b) > 1.25 for a, b in combinations(sequence[1:], 2))


def test_words_of_a_chart_are_legible() -> None:
    """Text stands at a contrast of at least 4.5 to its white ground."""
    assert all(
        contrast(on_paper(colour), "#ffffff") >= 4.5
        for colour in (theme.INK, theme.MUTED, theme.BLUE, token("mine"))
    )


def test_a_single_country_over_the_years_is_one_panel() -> None:
    """One country over several years is drawn in one panel with its unit on the axis."""
    answer = figure("defence_expenditure_share_of_gdp", country=["POL"])
    assert "Per cent" in json.dumps(figure_chart(answer).spec)


def test_too_many_countries_are_cut_and_the_chart_says_so() -> None:
    """Of more than twelve countries over the years, the twelve highest are drawn and the chart says so."""
    picture = figure_chart(figure("defence_expenditure_share_of_gdp", edition="nato-2024-06"))
    subtitle = " ".join(picture.spec["concat"][0]["title"]["subtitle"])
    assert "The 12 countries with the highest values of" in subtitle


def test_money_is_drawn_in_billions() -> None:
    """Large amounts are drawn in billions, and the chart names prices and unit."""
    answer = figure("gdp_constant_usd_2015", country=["DEU"], year="2024")
    picture = figure_chart(answer)
    assert "Billion US dollars" in json.dumps(picture.spec)


def test_a_guideline_splits_the_map(results: dict[str, Any]) -> None:
    """The map's classes are cut at the guideline, and every ally with land in the shapes has a colour."""
    picture = results["Status"].chart("map")
    assert "2.0 to 2.5 %" in json.dumps(picture.spec)
    drawn = {feature["id"] for feature in shapes()}
    assert {row.country for row in results["Status"].rows} <= drawn
    assert {"GRL", "UKR", "RUS", "XKX"} <= drawn


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "html"])
def test_a_chart_is_written_in_four_formats(kind: str, results: dict[str, Any], tmp_path: Path) -> None:
    """The ending of the name says the format."""
    path = tmp_path / f"chart.{kind}"
    results["Revision"].chart().save(path)
    head = {"png": b"\x89PNG", "svg": b"<svg", "pdf": b"%PDF", "html": b"<!DOCTYPE html>"}[kind]
    assert path.read_bytes().lstrip().startswith(head)


def test_a_png_is_sharp(results: dict[str, Any]) -> None:
    """A PNG has two pixels for each pixel of the chart unless asked otherwise."""
    wide, small = (
        struct.unpack(">I", results["Revision"].chart().png(scale)[16:20])[0] for scale in (2.0, 1.0)
    )
    assert wide == pytest.approx(2 * small, abs=2)


def test_a_chart_as_a_page_needs_no_network(results: dict[str, Any]) -> None:
    """A chart's own page holds its scripts, its language, and the chart in words."""
    page = chart_html(results["Revision"].chart())
    assert '<html lang="en">' in page
    assert "<title>Allies at 2.0 % in 2024" in page
    assert not re.search(r'<(?:script|link)[^>]+(?:src|href)="', page)
    assert "This chart in words" in page


def test_a_chart_file_must_be_one(tmp_path: Path, results: dict[str, Any]) -> None:
    """Another ending, a missing folder and a file that cannot be written are refused in one sentence."""
    with pytest.raises(InputError, match=r"'chart\.gif' is no chart file; end the name in \.png, \.svg"):
        check_chart_path(tmp_path / "chart.gif")
    with pytest.raises(InputError, match="its folder does not exist; make the folder first"):
        check_chart_path(tmp_path / "nowhere" / "chart.png")
    (tmp_path / "taken.svg").mkdir()
    with pytest.raises(InputError, match="this is a folder, not a file; name a file in it"):
        write_chart(results["Revision"].chart(), tmp_path / "taken.svg")


def test_a_chart_that_does_not_exist_is_refused(results: dict[str, Any]) -> None:
    """A kind that a result does not have, and a result without charts, are refused."""
    with pytest.raises(
        UnknownNameError, match="'maps' is not a known chart of this result; did you mean 'map'"
    ):
        results["Status"].chart("maps")
    with pytest.raises(InputError, match="there is no chart of a Result; draw another result"):
        Result.chart_function()


def test_the_skill_chart_needs_a_measured_skill(made: Any) -> None:
    """A run of a model whose skill has not been measured has no chart of it."""
    bare = type(made)(
        made.folder, made.manifest, replace(made.summary, skill_by_years_ahead=()), made.resolved
    )
    with pytest.raises(InputError, match="the skill of this run's model has not been measured; draw another"):
        bare.chart("skill")


def test_paths_are_drawn_of_allies_in_the_run(made: Any) -> None:
    """Up to twelve allies of the run can be drawn; others, and more, are refused."""
    assert made.chart("allies", country=["POL"]).summary[0].startswith("Poland: ")
    with pytest.raises(InputError, match="the run has no path of Iceland; name an ally in it"):
        made.chart("allies", country=["Iceland"])
    with pytest.raises(InputError, match="13 allies do not fit into one chart; name at most 12"):
        made.chart("allies", country=[c for c in made.countries if c != "ISL"][:13])


@pytest.mark.parametrize("library", ["altair", "vl_convert"])
def test_a_missing_library_is_named(
    library: str, results: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the libraries that draw, the message names the extra to install, and a notebook shows it."""
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == library:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        InputError, match="charts: the library that .* not installed; " + re.escape(install("charts"))
    ):
        results["Status"].chart().svg()
    assert escape(install("charts")) in results["Status"]._repr_html_()
