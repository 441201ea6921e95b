"""What a number rests on: every leaf is a card or a number, and the amounts add up to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from foedus.analysis.chance_sizes import chance_sizes
from foedus.analysis.explain import explain, explain_run
from foedus.analysis.explain_parts import NumberDraws, number_draws
from foedus.analysis.explainer import Explainer
from foedus.analysis.explanation import CUT, Explanation, GivenFigure, NumberLeaf
from foedus.analysis.explanation_words import tree, tree_lines
from foedus.analysis.reached import Ground
from foedus.analysis.targets import Target
from foedus.cli import run_command
from foedus.engine.arrays import Array
from foedus.engine.blocks import Block
from foedus.engine.component import declared_names, needed_part
from foedus.engine.draws import generator
from foedus.engine.section import MeasureParts
from foedus.evidence import Ledger
from foedus.parameters.provenance import KNOWN, Provenance, grouped
from foedus.runs import Run, run
from foedus.scenario import Resolved, resolve
from foedus.scenario.chain import CHAIN
from foedus.scenario.find import shipped
from foedus.scenario.resolved import section_kinds

DAY = date(2026, 11, 26)
ROOT = Path(__file__).parents[2]
LEDGER = Ledger.packaged()
PRINTED = ("actual", "estimate", "projection", "record", "computed")
UNSOURCED = ("set", "convention", "parameter")
COUNT = "allies_at_pledge_count"


@cache
def explainer(name: str) -> Explainer:
    """Return what explains the numbers of a shipped scenario without drawing any."""
    return Explainer(resolve(name, as_of=DAY, ledger=LEDGER), LEDGER, draws=0)


@pytest.fixture(scope="module")
def baseline() -> Explanation:
    """Explain how many allies are at the pledge in 2028, on few draws."""
    return explain(COUNT, as_of=DAY, ledger=LEDGER, draws=120, year=2028)


def leaves(result: Explanation) -> Iterator[GivenFigure | NumberLeaf]:
    """Yield every figure and number of an explanation."""
    yield from result.figures
    yield from result.numbers
    for chance in result.chances:
        yield from (*chance.figures, *chance.numbers)
    for part in result.parts:
        yield from part.figures


@pytest.mark.parametrize("name", shipped())
def test_every_measure_ends_in_cards_and_numbers(name: str) -> None:
    """Every measure of a shipped scenario ends in held cards or graded numbers; no figure lacks both."""
    told = explainer(name)
    for measure in told.resolved.measure_names():
        result = told.explain(measure)
        ends = list(leaves(result))
        assert any(isinstance(leaf, NumberLeaf) or leaf.source for leaf in ends), measure
        for leaf in ends:
            if isinstance(leaf, NumberLeaf):
                assert leaf.grade
                assert leaf.source
                assert leaf.name in told.resolved.parameters
            elif leaf.status in UNSOURCED:
                assert leaf.source is None
                assert leaf.how
            else:
                assert leaf.status in PRINTED
                assert leaf.known in KNOWN
                assert leaf.source is not None
                assert leaf.source.publisher
                assert leaf.source.published is not None
                assert leaf.source.published <= DAY
        assert result.left_out.chances == result.left_out.numbers == result.left_out.figures == 0


@pytest.mark.parametrize("name", shipped())
def test_every_starting_value_says_where_it_is_from(name: str) -> None:
    """In a room that is in use every starting value and input has its edition, status and how it is known, is
    set by the scenario, or follows from numbers of the model."""
    told = explainer(name)
    resolved = told.resolved
    for room in section_kinds():
        section = getattr(resolved, room)
        said = {row.name for row in section.provenance}
        start: type = type(section.start())
        inputs: type = type(section.inputs(resolved.years[1], resolved.parameters))
        fields = {*declared_names(start), *declared_names(inputs)}
        if section.provenance:
            assert fields <= said | set(told.ground.behind_inputs), room
    for row in resolved.provenance:
        assert set(row.countries) <= set(resolved.countries)
        assert bool(row.edition) == (row.status in PRINTED)


@pytest.mark.parametrize("name", shipped())
def test_a_measure_reads_what_it_declares(name: str) -> None:
    """A measure stays as it is when all that it does not declare is lost, and its parts add up to it."""
    resolved = explainer(name).resolved
    block = Block(resolved.problem(), 1, 0, 500)
    for year, state in block.passing_years(resolved.needed()):
        if year == resolved.years[1]:
            whole = resolved.measures(state)
            for measure, values in whole.items():
                reads = resolved.reads(measure).quantities
                assert np.array_equal(resolved.measures(_only(state, reads))[measure], values), measure
                parts = resolved.parts(measure, state)
                if parts is not None:
                    assert parts.amounts.shape[1] == len(parts.names)
                    assert np.allclose(parts.amounts.sum(axis=1), values, rtol=1e-9), measure
            return


def _only(state: Mapping[str, Array], names: tuple[str, ...]) -> dict[str, Array]:
    """Return a year's quantities with all but some lost; what is no array stays."""
    return {name: values if name in names else np.full_like(values, np.nan) for name, values in state.items()}


def test_amounts_add_up_to_the_number(baseline: Explanation) -> None:
    """The amounts add up to the printed number, and their parts of the spread to all of it."""
    assert baseline.value is not None
    assert sum(part.amount for part in baseline.parts) == pytest.approx(baseline.value, rel=1e-12)
    assert sum(part.spread or 0.0 for part in baseline.parts) == pytest.approx(1.0)
    assert all(-1e-9 <= part.amount <= 1.0 + 1e-9 for part in baseline.parts)
    for measure in ("nato_gap_constant_usd", "europe_canada_expenditure_constant_usd"):
        drawn = number_draws(explainer("baseline").resolved, Target(measure), 2030, 90, 1)
        assert drawn.amounts()[0].sum() == pytest.approx(drawn.span[1], rel=1e-12)


def test_amounts_stay_within_their_range() -> None:
    """Of any draws the amounts add up to any level between the ends, and none leaves its own range."""
    amounts = generator(7).exponential(1.0, (400, 5)) * np.array([1.0, 3.0, 0.2, 8.0, 0.0])
    whole = amounts.sum(axis=1)
    for level in (whole.min(), *np.quantile(whole, (0.01, 0.3, 0.5, 0.99)), whole.max()):
        drawn = NumberDraws((level, level, level), whole, MeasureParts(tuple("abcde"), amounts))
        parts, shares = drawn.amounts()
        assert parts.sum() == pytest.approx(level, rel=1e-12)
        assert shares.sum() == pytest.approx(1.0)
        assert (parts >= amounts.min(axis=0) - 1e-9).all()
        assert (parts <= amounts.max(axis=0) + 1e-9).all()


def test_the_cut_is_where_it_says(baseline: Explanation) -> None:
    """Chances are listed the greatest first until they carry the cut, and no further."""
    totals = [chance.total or 0.0 for chance in baseline.chances]
    assert totals == sorted(totals, reverse=True)
    assert baseline.left_out.spread <= 1.0 - CUT + 1e-12
    last = totals[-1] / (sum(totals) / (1.0 - baseline.left_out.spread))
    assert 1.0 - baseline.left_out.spread - last < CUT
    whole = explainer("baseline").explain(COUNT)
    listed = {n.name for n in (*baseline.numbers, *(n for c in baseline.chances for n in c.numbers))}
    assert len(listed) + baseline.left_out.numbers == len({n.name for n in whole.numbers} | _under(whole))
    assert len(baseline.chances) + baseline.left_out.chances == len(whole.chances)


def _under(result: Explanation) -> set[str]:
    """Return the names of the numbers under chances."""
    return {number.name for chance in result.chances for number in chance.numbers}


def test_the_spread_is_parted_by_grade(baseline: Explanation) -> None:
    """The parts of the spread that rest on each grade add up to all of it."""
    assert sum(grade.spread or 0.0 for grade in baseline.grades) == pytest.approx(1.0)
    reached = Ground(explainer("baseline").resolved).reach(COUNT, explainer("baseline").resolved.reads(COUNT))
    assert sum(grade.numbers for grade in baseline.grades) == len(reached.parameters)


def test_edges_are_the_declarations() -> None:
    """Every edge is a field that a component or measure declares, and none is missing."""
    told = explainer("requirement-us-land")
    for measure in ("forces_gap_constant_usd", "short_30_day_land_persons"):
        result = told.explain(measure)
        reads = told.resolved.reads(measure)
        parts = needed_part(CHAIN, frozenset(reads.quantities))
        declared = {(part.name, name) for part in parts for name in declared_names(part.before)}
        declared |= {(part.name, name) for part in parts for name in declared_names(part.now)}
        clock = {"year", "shock_scale"}
        edges = {(e.reader, e.quantity) for e in result.edges if e.reader != measure}
        assert edges == {pair for pair in declared if pair[1] not in clock}


def test_numbers_behind_inputs_are_found() -> None:
    """An input of forces depends on the numbers that it differs with, and on no other."""
    behind = explainer("requirement-us-land").ground.behind_inputs
    assert {name.partition(".")[0] for name in behind["lead_time_middle"]} == {"lead_time"}
    assert "capacity.tanks" in behind["production_capacity"]
    assert "equipment_required" not in behind
    assert explainer("baseline").ground.behind_inputs == {}


def test_what_multiplies_a_chance_sets_its_size() -> None:
    """The numbers that a component multiplies a shock by set its size; its drift does not."""
    resolved = explainer("baseline").resolved
    sizes = chance_sizes(resolved, frozenset({"defence_expenditure_share_of_gdp"}), frozenset())
    assert sizes["compliance_error"] == ("budgets.compliance_spread",)
    assert {"budgets.own_error", "budgets.own_error_factor"} <= set(sizes["defence_share_error_own"])
    assert "budgets.tide_error" in sizes["defence_share_error_common"]
    assert not {"budgets.tide_mean", "budgets.reversion"} & {n for names in sizes.values() for n in names}


def test_figures_of_a_quantity_keep_their_own_sources() -> None:
    """Cells that share edition, status and knowledge stand together, year by year, and others apart."""
    cells = [("DEU", 2024, "a", "actual", "retrieved"), ("FRA", 2024, "a", "estimate", "retrieved")]
    cells += [("DEU", 2025, "a", "actual", "retrieved"), ("FRA", 2025, "a", "actual", "retrieved")]
    groups = grouped("share", cells, of="share")
    assert {(g.status, g.years, g.countries) for g in groups} == {
        ("actual", (2024, 2024), ("DEU",)),
        ("actual", (2025, 2025), ("DEU", "FRA")),
        ("estimate", (2024, 2024), ("FRA",)),
    }


def test_the_start_is_figures_alone() -> None:
    """The first year is no forecast: no chance, no number, and each ally's own figure."""
    resolved = explainer("baseline").resolved
    result = explain(COUNT, as_of=DAY, ledger=LEDGER, draws=20, year=resolved.years[0])
    assert result.chances == result.numbers == ()
    assert result.low == result.value == result.high == sum(part.amount for part in result.parts)
    shares = [f for p in result.parts for f in p.figures if f.name == "defence_expenditure_share_of_gdp"]
    assert {f.countries for f in shares} == {(p.name,) for p in result.parts}
    assert {f.status for f in shares} <= {"actual", "estimate"}


def test_one_ally_has_its_own_figures() -> None:
    """A number of one ally names the figures of that ally and no other's."""
    result = explainer("baseline").explain("defence_expenditure_share_of_gdp", country="Poland", year=2028)
    assert result.country == "POL"
    assert {c for f in result.figures for c in f.countries} == {"POL"}
    assert result.parts == ()


def test_a_kept_run_is_explained_with_its_own_number(tmp_path: Path) -> None:
    """A run that was kept has its number, and says where its starting values are from without the ledger."""
    kept = run(draws=60, as_of=DAY, out=tmp_path / "run", ledger=LEDGER)
    result = explain_run(COUNT, kept.folder, draws=40, ledger=LEDGER, year=2027)
    assert result.value == kept.summary.measures[COUNT].median[1]
    assert sum(part.amount for part in result.parts) == pytest.approx(result.value or 0.0)
    manifest = json.loads((kept.folder / "run.json").read_text(encoding="utf-8"))
    rows = [Provenance(*row) for row in manifest["scenario"]["spending"]["provenance"]]
    assert manifest["format"] >= 4
    share = [row for row in rows if row.name == "defence_expenditure_share_of_gdp"]
    assert {code for row in share for code in row.countries} <= set(kept.countries)
    assert all(row.edition in manifest["editions"] for row in share if row.edition)
    assert Run.load(kept.folder).resolved.provenance == kept.resolved.provenance


def test_a_run_of_before_says_so() -> None:
    """A scenario of a run that kept the list of editions alone still opens, and the explanation says it."""
    resolved = explainer("baseline").resolved
    content = json.loads(resolved.canonical())
    for room in section_kinds():
        content[room].pop("provenance")
    older = Resolved.from_json(content)
    assert older.provenance == ()
    result = Explainer(older, LEDGER, draws=0).explain(COUNT)
    assert result.figures == ()
    assert [note.step for note in result.notes] == ["editions_alone"]
    assert all(edition in result.notes[0].text for edition in older.editions)


def test_the_tree_reaches_from_the_number_to_the_cards(baseline: Explanation) -> None:
    """The tree in words has the number on top, a line for each chance, and the cards at its ends."""
    lines = tree_lines(tree(baseline))
    assert lines[0].startswith("Allies at or above the pledge, 2028: ")
    assert all(any(chance.label in line for line in lines) for chance in baseline.chances)
    assert any("nato-2026-07, NATO, 2026-07-10" in line for line in lines)
    assert lines[-1].startswith("└─ left out: ")


def test_programs_are_told_the_format(baseline: Explanation) -> None:
    """The JSON has the format's name and version, is whole, and its keys stand in the reference."""
    content = json.loads(json.dumps(baseline.payload(), allow_nan=False))
    assert (content["format"], content["version"]) == ("foedus-explanation", 1)
    page = (ROOT / "docs/reference/explanation.md").read_text(encoding="utf-8")
    keys = {
        *content,
        *content["left_out"],
        *(key for part in ("edges", "grades") for key in content[part][0]),
    }
    keys |= {key for chance in content["chances"] for key in chance}
    keys |= {key for number in content["numbers"] for key in number}
    keys |= {key for figure in content["figures"] for key in (*figure, *(figure["source"] or {}))}
    keys |= {key for part in content["parts"] for key in part}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["allies_at_plege_count"], "did you mean 'allies_at_pledge_count'"),
        (["defence_expenditure_share_of_gdp"], "name an ally with --country"),
        ([COUNT, "--year", "2050"], "2050 is not a year of baseline"),
        (["defence_expenditure_share_of_gdp", "--country", "Sweeden"], "Sweeden"),
        (["defence_expenditure_share_of_gdp", "--country", "Japan"], "Japan is not a country of baseline"),
        ([COUNT, "--draws", "-1"], "-1 is out of range"),
        ([COUNT, "--run", "nowhere"], "nowhere"),
        (["nothing", "baseline", "--run", "nowhere", "--seed", "2"], "a run has its own scenario"),
    ],
)
def test_bad_input_is_one_sentence(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be explained is refused in a sentence that says what to do, with exit code 2."""
    day = [] if "--run" in options else ["--as-of", str(DAY)]
    assert run_command(["explain", *options, *day]) == 2
    assert said in capsys.readouterr().err
