"""The page of the guarantee: its lines and borders, what its controls ask, and the section of a report."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.analysis.deter import deter, standing_flank
from foedus.cli import run_command
from foedus.dashboard.pages.guarantee_page import GUARANTEE_PAGE, GuaranteePageQuestion
from foedus.dashboard.state import AppState
from foedus.evidence import Ledger
from foedus.guarantee.belief_map import STRONGEST, WEAKEST, belief_map
from foedus.guarantee.exchange import gains_at, needed
from foedus.guarantee.question import DeterQuestion
from foedus.guarantee.ranges import read_range, stated_ranges, with_ranges
from foedus.guarantee.threshold import Region, region
from foedus.questions import ask
from foedus.report.guarantee_part import what_stands_in

LEDGER = Ledger.packaged()


@pytest.fixture(scope="module")
def state():
    """Return what pages share, with the packaged editions."""
    return AppState(LEDGER)


@settings(max_examples=25, deadline=None)
@given(
    attacker=st.floats(0.3, 5.0),
    arrivals=st.tuples(st.floats(0.0, 3.0), st.floats(0.0, 3.0)).map(sorted),
    cost=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)).map(sorted),
)
def test_lines_fall_with_strength_and_stay_within_their_borders(attacker, arrivals, cost):
    """Every line falls from one to zero, is one short of the first border and zero past the second."""
    given_ranges = (
        read_range(f"attacker_over_local={attacker:.4f}"),
        read_range(f"arrivals_over_local={arrivals[0]:.4f}..{arrivals[1]:.4f}"),
        read_range(f"cost_over_value={cost[0]:.4f}..{cost[1]:.4f}"),
    )
    drawn = belief_map(with_ranges(stated_ranges(), given_ranges))
    for lines in (drawn.centre[None, :], drawn.corners):
        assert (np.diff(lines, axis=1) <= 1e-9).all()
    suffices, unneeded = drawn.corner_borders[:, :, None]
    assert (suffices <= unneeded + 1e-12).all()
    near = 1.04  # the width of a cell
    assert (drawn.corners[(drawn.strengths > unneeded * near)] <= 1e-12).all()
    short = (drawn.strengths < suffices / near) & (drawn.strengths < unneeded)
    assert (drawn.corners[short] >= 1.0 - 1e-12).all()
    assert (drawn.low <= drawn.centre + 1e-12).all()
    assert (drawn.centre <= drawn.high + 1e-12).all()


def test_the_step_is_what_the_command_prints():
    """Belief at the strength asked about is the middle of the command, and the step its exchange rate."""
    result = deter(ask(DeterQuestion, range=("attacker_over_local=2",)), ledger=LEDGER)
    drawn = belief_map(result.ranges)
    row = result.rows[0]
    assert drawn.at == pytest.approx(0.5)
    assert drawn.start == pytest.approx(row.middle)
    assert drawn.start - drawn.after == pytest.approx(result.replaced("european_strength")[0])
    at = int(np.abs(drawn.strengths - 0.5).argmin())
    assert drawn.centre[at] == pytest.approx(row.middle, abs=0.01)


def test_borders_are_where_the_region_changes():
    """On either side of a border that lies on the map the middle of all ranges is in another region."""
    ranges = with_ranges(stated_ranges(), (read_range("arrivals_over_local=0.3"),))
    drawn = belief_map(ranges)
    assert WEAKEST < drawn.unneeded.middle < STRONGEST
    base = {span.name: np.array([span.middle]) for span in ranges}
    per_attacker = base["arrivals_over_local"] / base["attacker_over_local"]

    def at(strength):
        values = {
            "attacker_over_local": np.array([1.0 / strength]),
            "arrivals_over_local": per_attacker / strength,
        }
        return gains_at({**base, **values})

    assert region(at(1.03 * drawn.unneeded.middle))[0] == Region.NOT_NEEDED
    assert 0.0 < needed(at(drawn.unneeded.middle / 1.03))[0] < 1.0


def test_controls_ask_for_ranges_whichever_end_is_moved_past_the_other():
    """Nothing moved is the command's own question; ends that have crossed are put in order."""
    assert GuaranteePageQuestion().ranges() == ()
    assert GuaranteePageQuestion(us_least=2.0, us_most=1.0).ranges() == ("arrivals_over_local=1..2",)
    assert GuaranteePageQuestion(cost_most=0.3).ranges() == ("cost_over_value=0.05..0.3",)
    command = GUARANTEE_PAGE.command(GuaranteePageQuestion(attacker=2.0, days=20.0, ally="EST"))
    assert command == "foedus deter --country EST --range attacker_over_local=2 days_in_time=20"


def test_the_page_says_what_its_command_prints(state, capsys):
    """The page's number is that of its command, its first line is on the order, and no ally is left out."""
    question = GuaranteePageQuestion(attacker=2.0, us_most=1.0)
    view = GUARANTEE_PAGE.answer(state, question)
    assert run_command([*GUARANTEE_PAGE.command(question).split()[1:], "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert view.answer.number in printed["headline"]
    assert view.answer.unit in printed["headline"]
    assert view.answer.condition == "The game's order of who would pay does not beat distance to Russia."
    assert set(view.allies) == {row["country"] for row in printed["rows"]}
    sure = " ".join(line for section in view.sure for line in section.lines)
    assert all(f"{span.label[0].upper()}{span.label[1:]}: " in sure for span in stated_ranges())


def test_a_move_answers_at_once(state):
    """A slider's move, chart and all, takes no more than 0.3 s of the processor."""
    GUARANTEE_PAGE.answer(state, GuaranteePageQuestion())
    moves = []
    for most in (0.5, 1.5, 2.5):
        before = time.process_time()
        GUARANTEE_PAGE.answer(state, GuaranteePageQuestion(us_most=most)).charts[0].make()
        moves.append(time.process_time() - before)
    assert min(moves) < 0.3


def test_a_scenario_worked_out_once_gives_the_same_thresholds():
    """What is asked of a scenario that is worked out already is what is asked of its name."""
    question = ask(DeterQuestion, scenario="us-guarantee-conditional", range=("value=0.8",))
    once = deter(question, ledger=LEDGER, standing=standing_flank("us-guarantee-conditional", None, LEDGER))
    assert once == deter(question, ledger=LEDGER)


def test_a_report_says_what_stands_in_where_the_scenario_names_the_guarantee():
    """The section is there for a conditional guarantee, with its notes, and not for the baseline."""
    conditional = foedus.run("us-guarantee-conditional", draws=20, ledger=LEDGER)
    part = what_stands_in(conditional, LEDGER)
    assert part.thresholds.scenario.name == "us-guarantee-conditional"
    assert part.thresholds.notes[0].startswith("The scenario's guarantee is")
    assert not part.game.beats_distance
    assert what_stands_in(foedus.run("baseline", draws=20, ledger=LEDGER), LEDGER) is None
