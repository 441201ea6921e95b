"""The answer as a whole: permits, trains, losses, and what it says of itself."""

from __future__ import annotations

from functools import cache
from inspect import signature
from itertools import pairwise

import numpy as np
import pytest

from foedus.cli.reinforce import reinforce_command
from foedus.engine.draws import generator
from foedus.evidence import Ledger
from foedus.reinforcement.amounts import amounts
from foedus.reinforcement.question import ReinforcementQuestion, reinforcement_question
from foedus.reinforcement.reinforce import SolvedCase, reinforce
from foedus.reinforcement.result import Reinforcement
from foedus.reinforcement.simulate import arrivals, day_by_draw, routes
from foedus.results import to_jsonable

LEDGER = Ledger.packaged()
PERMITS = (45.0, 5.0, 3.0, 0.25)
SMALL = ("DEU=300", "FRA=200")


@cache
def _half(permit_days: float, ready: int) -> float:
    """Return the day by whose end half of a small force has arrived."""
    question = reinforcement_question(
        amounts=tuple(f"{text}@{ready}" for text in SMALL), permit_days=permit_days, horizon=20
    )
    day = SolvedCase.solved(question, amounts(question, LEDGER)).day(0.5)
    assert day is not None
    return day


def test_permits_move_the_median_by_their_difference_where_nothing_else_binds() -> None:
    """A force that is ready at once waits for its permit alone: 45, 5, 3 and a quarter day, to the hour."""
    for longer, shorter in pairwise(PERMITS):
        assert _half(longer, 0) - _half(shorter, 0) == pytest.approx(longer - shorter)


def test_permits_move_the_median_by_less_where_readiness_binds() -> None:
    """A force that is ready on day 10 gains 35 of 40 days, and nothing below that."""
    assert _half(45.0, 10) - _half(5.0, 10) == pytest.approx(35.0)
    assert _half(5.0, 10) == _half(3.0, 10) == _half(0.25, 10)


@pytest.fixture(scope="module")
def answer() -> Reinforcement:
    """Return an answer on a small force with lost links."""
    question = reinforcement_question(
        amounts=("ITA=900", *SMALL, "POL=100"), lose=3, cases=3, draws=40, horizon=15
    )
    return reinforce(question, ledger=LEDGER)


def test_an_answer_holds_together(answer: Reinforcement) -> None:
    """Hosts get equal parts of all, shares come in order, gains stay below what duals promise."""
    assert answer.pieces == 1500.0
    assert {round(host.pieces, 6) for host in answer.hosts} == {round(1500.0 / len(answer.hosts), 6)}
    days = [span.day for span in answer.spans]
    assert days == sorted(day for day in days if day is not None)
    assert answer.rows[-1].share == pytest.approx(1.0)
    assert all(row.arrived <= row.ready + 1e-6 for row in answer.rows)
    assert all(0.0 < row.gain <= row.bound + 1e-6 for row in answer.bottlenecks)
    assert [row.gain for row in answer.bottlenecks] == sorted(
        (row.gain for row in answer.bottlenecks), reverse=True
    )
    assert 0.0 < answer.permit_days_mean <= 1.0
    for span, loss in zip(answer.spans, answer.losses, strict=True):
        assert loss.middle is None or loss.middle >= 0.0
        assert span.low is not None
        assert span.middle is not None
        assert span.low <= span.middle


def test_an_answer_says_what_is_assumed(answer: Reinforcement) -> None:
    """Every face prints that throughputs are assumed, and keeps the two quantities of 45 days apart."""
    assert any("assumed" in note for note in answer.notes)
    assert any("notice" in note and "does not" in note for note in answer.notes)
    assert "assumed" in answer.answer().beside[1]
    payload = to_jsonable(answer.payload())
    assert payload["headline"] == answer.headline()
    assert {row["country"] for row in payload["senders"]} == {"ITA", "DEU", "FRA", "POL"}
    assert {"days", "hosts", "binding", "permits", "losses", "senders", "curve"} == {
        table.name for table in answer.tables()
    }


def test_a_requirement_is_shared_by_the_rule_and_by_tiers() -> None:
    """The tiers within 30 days are 300,000 persons; a third is ready on day 10, and more within 180."""
    thirty, all_tiers = (amounts(reinforcement_question(within=days), LEDGER) for days in (30, 180))
    assert sum(s.persons or 0.0 for s in thirty.senders) == pytest.approx(300_000.0)
    assert sum(s.persons or 0.0 for s in all_tiers.senders) == pytest.approx(800_000.0)
    assert thirty.ready[10] == pytest.approx(thirty.pieces / 3.0)
    late = amounts(reinforcement_question(readiness_days=5), LEDGER)
    assert set(late.ready) == {15.0, 35.0}
    without = amounts(reinforcement_question(exclude=("United States",)), LEDGER)
    assert "USA" not in {sender.country for sender in without.senders}
    assert without.pieces == pytest.approx(thirty.pieces)
    population = amounts(reinforcement_question(rule="population"), LEDGER)
    assert population.senders[0].pieces < thirty.senders[0].pieces


def test_the_command_asks_what_the_question_asks() -> None:
    """An option that is not given has the value that the question has without it."""
    asked = ReinforcementQuestion()
    options = {
        name: option.default
        for name, option in signature(reinforce_command).parameters.items()
        if name in ReinforcementQuestion.model_fields and option.default is not None
    }
    assert len(options) >= 10
    assert options == {name: getattr(asked, name) for name in options}
    assert asked.permit_days == 3.0


def test_fixed_routes_are_little_later_than_the_flow() -> None:
    """On draws of throughput fixed routes are at most two days late at half, five at nine tenths."""
    question = reinforcement_question(hosts="any")
    case = SolvedCase.solved(question, amounts(question, LEDGER))
    random = generator(1)
    classes = sorted({arc.of_class for arc in case.network.arcs})
    drawn = case.network.drawn_capacity({name: random.random(20)[:2] for name in classes})
    total = np.full(2, case.flow.problem.total)
    curve = arrivals(routes(case.flow), drawn, 150).sum(0)
    for draw in range(2):
        case.programme.widen(drawn[:, draw])
        best = case.programme.solve()
        for share, most in ((0.5, 2), (0.9, 5)):
            late = day_by_draw(curve, share, total)[draw] - (best.day_of(share) or 0)
            assert 0 <= late <= most
