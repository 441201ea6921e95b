"""What is tried over ranges: combinations with every corner, exchange rates, and what can be said of them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.analysis.deter import deter, deter_game
from foedus.cli import run_command
from foedus.engine.draws import generator
from foedus.evidence import Ledger
from foedus.guarantee.cells import areas
from foedus.guarantee.exchange import ALIKE, agreement, foremost, gains_at, needed, tried
from foedus.guarantee.flank import flank_allies, nearness
from foedus.guarantee.question import DeterQuestion
from foedus.guarantee.ranges import COMBINATIONS, LABELS, grid, middle, read_range, stated_ranges, with_ranges
from foedus.guarantee.strengths import FlankStrength, narrowed
from foedus.guarantee.threshold import Region
from foedus.questions import ask
from foedus.spending.rules import EXPOSED

LEDGER = Ledger.packaged()


@pytest.fixture(scope="module")
def points():
    """Return the combinations of the stated ranges."""
    return grid(stated_ranges())


@pytest.fixture(scope="module")
def over(points):
    """Return what they come to."""
    return tried(points.values)


def test_every_corner_is_among_16384_combinations(points):
    """Six open ranges have 64 corners, and each is a combination."""
    assert {len(values) for values in points.values.values()} == {COMBINATIONS}
    corners = np.stack([values[points.corner] for values in points.values.values()], axis=1)
    assert len(np.unique(corners, axis=0)) == points.corner.sum() == 2**6


@settings(max_examples=30)
@given(st.lists(st.sampled_from(list(LABELS)), unique=True, max_size=7))
def test_any_choice_of_open_ranges_gives_as_many_combinations(names):
    """Ranges that are closed give their points to the others; one combination is left where none is open."""
    ranges = tuple(
        read_range(f"{s.name}=1..2" if s.name in names else f"{s.name}=1") for s in stated_ranges()
    )
    points = grid(ranges)
    assert points.corner.size == (COMBINATIONS if names else 1)
    assert points.corner.sum() == 2 ** len(names)
    for name, values in points.values.items():
        assert (values.min(), values.max()) == ((1.0, 2.0) if name in names else (1.0, 1.0))


def test_laws_hold_in_all_combinations(points, over):
    """More European strength, arrivals or extra cost never raise the belief needed, and a larger gain never
    lowers it."""
    base = needed(gains_at(points.values))
    values = points.values
    assert (needed(gains_at(values, local=1.1)) <= base + 1e-12).all()
    assert (needed(gains_at(values, arrivals=1.1)) <= base + 1e-12).all()
    dearer = {**values, "extra_cost_over_value": 1.1 * values["extra_cost_over_value"]}
    assert (needed(gains_at(dearer)) <= base + 1e-12).all()
    assert (needed(gains_at({**values, "value": 1.1 * values["value"]})) >= base - 1e-12).all()
    replaced = over.replaced[:, over.region == Region.MATTERS]
    assert (replaced >= -1e-12).all()
    assert np.isnan(over.replaced[:, over.region != Region.MATTERS]).all()


def test_as_many_troops_in_europe_replace_as_much_or_more_than_from_outside(points):
    """An equal amount on the spot lowers the belief needed at least as far, in all combinations."""
    values = points.values
    amount = 0.1
    more_arrive = 1.0 + amount / values["arrivals_over_local"]
    assert (
        needed(gains_at(values, local=1.0 + amount)) <= needed(gains_at(values, arrivals=more_arrive)) + 1e-12
    ).all()


def test_exchange_rate_of_the_published_case():
    """At two to one ten per cent more Europe replaces 2.1 points, and ten per cent more arrivals one."""
    given_ = [
        "attacker_over_local=2",
        "arrivals_over_local=1",
        "decisiveness=1",
        "cost_over_value=0.2",
        "extra_cost_over_value=0.6",
        "days_in_time=10",
    ]
    values = middle(with_ranges(stated_ranges(), [read_range(text) for text in given_]))
    result = tried(values)
    assert result.threshold[0] == pytest.approx(0.6087, abs=5e-5)
    european, day, american = result.replaced[:, 0]
    assert european == pytest.approx(0.6087 - 0.5878, abs=1e-4)
    assert american == pytest.approx(0.6087 - 0.5992, abs=1e-4)
    # Of ten days one more brings a tenth.
    assert day == pytest.approx(american)
    assert foremost(result.replaced)[0] == 0


def test_two_that_replace_as_much_come_first_alike():
    """A tie is said and not broken."""
    assert foremost(np.array([[0.1, 0.1], [0.1, 0.2], [0.05, 0.2]])).tolist() == [ALIKE, ALIKE]


def test_what_all_most_or_half_say_is_said_with_what_it_depends_on():
    """One dissent makes it most, none all, and what turns it is the range that parts the answers."""
    values = {"a": np.array([0.0, 0.0, 1.0, 1.0]), "b": np.array([0.0, 1.0, 0.0, 1.0])}
    all_of = np.ones(4, dtype=bool)
    assert agreement(np.array([2, 2, 2, 2], np.int8), values, all_of) == (2, "in all", "")
    assert agreement(np.array([0, 0, 1, 1], np.int8), values, all_of)[1:] == ("it depends", "a")
    assert agreement(np.array([0, 1, 0, 0], np.int8), values, all_of)[:2] == (0, "in most")
    assert agreement(np.array([0, 1], np.int8), values, np.zeros(4, dtype=bool)[:2]).answer == -1


def test_the_flank_is_hosts_and_neighbours():
    """Every ally that budgets hold exposed borders Russia or Belarus by the record, and is on the flank."""
    assert {c for c, near in nearness().items() if near.borders} == set(EXPOSED)
    assert set(flank_allies()) == {*EXPOSED, "BGR", "HUN", "ROU", "SVK"}


def test_answer_says_in_all_or_in_most_and_no_share(capsys):
    """The answer for people has the exchange rate, the level's span and no share of combinations."""
    assert run_command(["deter"]) == 0
    text = capsys.readouterr().out
    assert "It depends" in text or "it depends" in text
    assert "No probability of war" in text
    assert " combinations tried" not in text
    assert text.count("even grid") == 1


def test_range_given_narrows_the_answer():
    """Ranges of one value each leave one number, which the answer says is so in all."""
    given_ = (
        *("attacker_over_local=2", "arrivals_over_local=1", "decisiveness=1"),
        *("cost_over_value=0.2", "extra_cost_over_value=0.6", "days_in_time=20"),
    )
    (row,) = deter(ask(DeterQuestion, country=("Estonia",), range=given_), ledger=LEDGER).rows
    assert row.lowest == row.middle == row.highest == pytest.approx(0.6087, abs=5e-5)
    assert row.region_words == "matters, in all"
    assert row.first.how == "in all"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--country", "Portugal"], "not on the flank"),
        (["--range", "decisiveness=3..1"], "upside down"),
        (["--range", "value=0..1"], "above zero"),
        (["--range", "value=-1"], "above zero"),
        (["--range", "costs=1..2"], "costs"),
        (["--range", "decisiveness"], "is no range"),
        (["--range", "days_in_time=0..3"], "within"),
        (["--game", "--paying-adds", "2"], "paying-adds"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(capsys, words, message):
    """What cannot be asked is said in one line, with nothing printed."""
    assert run_command(["deter", *words]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert message in err
    assert err.count("\n") == 1


def test_json_is_one_object_with_the_words(capsys):
    """Programs get regions, exchange rates and verdicts by name."""
    assert run_command(["deter", "--country", "Latvia", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["country"] == "LVA"
    assert row["region"]["name"] == "matters"
    assert row["first"]["how"] in {"in all", "in most", "it depends"}
    assert {part["lever"] for part in row["replaced"]} == {"european_strength", "day_earlier", "us_forces"}


def test_game_begins_with_how_its_order_did():
    """The first line says whether the order beats distance to Russia, and the orders are printed with it."""
    game = deter_game(ledger=LEDGER)
    verb = "beats" if game.beats_distance else "does not beat"
    assert game.headline().startswith(f"The game's order {verb} distance to Russia")
    assert [row["name"] for row in game.table("orders").rows].index("game") == 0
    ladder = game.table("ladder").rows
    assert [row["middle"] for row in ladder] == sorted(row["middle"] for row in ladder)
    assert ladder[-1]["threshold"].endswith("to over 100)")


def test_forces_narrow_ranges_by_ally(tmp_path):
    """Where a scenario names a requirement, strengths are those of forces and differ by ally; a given range
    stays as it was given."""
    path = tmp_path / "soon.yaml"
    path.write_text(
        "title: Soon\nquestion: What is on the spot soon?\nextends: baseline\nhorizon: 2027\n"
        "levers:\n  plans:\n    requirement: replace-us-land-2025\n"
    )
    asked = ask(
        DeterQuestion, scenario=str(path), country=("Estonia", "Poland"), range=("decisiveness=1..2",)
    )
    small, large = deter(asked, ledger=LEDGER).rows
    assert set(small.of_forces) == {"attacker_over_local", "arrivals_over_local"}
    assert small.arrivals[0] > large.arrivals[1]
    stated = next(span for span in stated_ranges() if span.name == "arrivals_over_local")
    assert large.arrivals[1] - large.arrivals[0] < stated.high - stated.low


@given(st.floats(0.5, 2.0), st.floats(0.0, 5.0))
def test_the_attacker_does_not_grow_with_strength_on_the_spot(growth, arrivals):
    """Its ratio falls as strength on the spot grows, help is what forces say, the rest stays as stated."""
    strength = FlankStrength(np.full(5, growth), np.full(5, arrivals))
    ranges = {span.name: span for span in narrowed(stated_ranges(), strength, "a case")}
    attacker, help_ = ranges["attacker_over_local"], ranges["arrivals_over_local"]
    assert (attacker.low, attacker.high) == pytest.approx((1.0 / growth, 4.0 / growth))
    assert (help_.low, help_.high) == pytest.approx((arrivals, arrivals))
    assert ranges["decisiveness"] in stated_ranges()


def test_no_case_inside_the_ranges_lies_outside_what_is_printed(points):
    """Of 4,000 cases drawn inside the ranges none needs less or more belief than the combinations tried."""
    source = generator(4)
    inside = {span.name: source.uniform(span.low, span.high, 4000) for span in stated_ranges()}
    levels, needs = (needed(gains_at(values)) for values in (points.values, inside))
    assert levels.min() <= needs.min()
    assert needs.max() <= levels.max()


def test_no_us_forces_replace_nothing():
    """Help of nothing lowers no threshold, however much of it there is more, and a day earlier."""
    (row,) = deter(ask(DeterQuestion, country=("POL",), range=("arrivals_over_local=0",)), ledger=LEDGER).rows
    assert row.arrivals == (0.0, 0.0)
    assert [part.high for part in row.replaced][1:] == [0.0, 0.0]
    assert row.first_words == "+10 % European strength, in all"


def test_before_the_edition_that_orders_are_scored_on_none_is_scored(capsys):
    """As of an earlier day the first line says that the order has not been held against the past."""
    assert run_command(["deter", "--game", "--as-of", "2023-12-01"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("How such an order told who reached 2 % is not known on this day")


def test_a_guarantee_that_covers_not_all_is_said():
    """The answer says whom the scenario's guarantee covers."""
    result = deter(ask(DeterQuestion, scenario="us-guarantee-withdrawn", country=("Estonia",)), ledger=LEDGER)
    assert "withdrawn" in result.notes[0]


def test_areas_of_a_map_cover_every_point_once():
    """Drawn from the lowest row up, the last rectangle over a point is of its own area."""
    source = generator(6)
    kinds = source.integers(0, 3, (7, 9))
    across, down = np.arange(9.0).tolist(), np.arange(7.0).tolist()
    drawn = areas({str(kind): kinds == kind for kind in range(3)}, across, down)
    for i, y in enumerate(down):
        for j, x in enumerate(across):
            over = [a for a in drawn if a.left <= x <= a.right and a.low <= y <= a.high]
            assert over[-1].name == str(kinds[i, j])


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        (("cost_over_value=1000",), "not needed"),
        (("cost_over_value=0", "extra_cost_over_value=0"), "cannot suffice"),
    ],
)
def test_where_the_guarantee_matters_nowhere_nothing_stands_in_for_it(ranges, words):
    """The answer says so in place of an exchange rate, and no corner is claimed."""
    result = deter(ask(DeterQuestion, country=("Poland",), range=ranges), ledger=LEDGER)
    assert words in result.headline()
    assert not result.rows[0].in_every_corner
    assert not result.rows[0].replaced
    assert result.table("replaced").rows


def test_the_lever_that_replaces_most_is_named():
    """Against an overwhelming attacker what comes in great numbers replaces most, and is named."""
    spans = ("attacker_over_local=1000", "arrivals_over_local=1000", "decisiveness=1", "days_in_time=30")
    result = deter(ask(DeterQuestion, country=("Poland",), range=spans), ledger=LEDGER)
    assert "+10 % US forces in time replaces most, in all combinations" in result.headline()
