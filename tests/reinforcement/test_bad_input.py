"""Bad input: one sentence that says what, where and what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.cli import run_command
from foedus.errors import FoedusError, InputError
from foedus.reinforcement.flow import earliest_arrival
from foedus.reinforcement.problem import FlowProblem
from reinforcement.build import network

LINE = network([("Ayland", "host", 3, 10.0)], [("Ayland", 0, 100.0)], ["host"])
CUT_OFF = network(
    [("Ayland", "host", 3, 10.0), ("host", "Beeland", 1, 5.0)],
    [("Ayland", 0, 9.0), ("Beeland", 0, 9.0)],
    ["host"],
)
UNREACHED = network(
    [("Ayland", "host", 3, 10.0), ("Ceeland", "other host", 1, 5.0)],
    [("Ayland", 0, 10.0)],
    ["host", "other host"],
    needs=(5.0, 5.0),
)
PROBLEMS: tuple[tuple[FlowProblem, str], ...] = (
    (CUT_OFF, "no way leads from Beeland to any host"),
    (UNREACHED, "nothing reaches other host"),
    (replace(LINE, capacity=np.zeros(1)), "the throughput is nought everywhere"),
    (replace(LINE, capacity=np.array([-1.0])), "a throughput is negative"),
    (replace(LINE, days=np.array([0])), "less than a day"),
    (replace(LINE, releases=()), "nothing to move"),
    (replace(LINE, capacity=np.array([0.001])), "have not arrived after 480 days"),
)


@pytest.mark.parametrize(("problem", "said"), PROBLEMS, ids=[said for _, said in PROBLEMS])
def test_a_problem_without_an_answer_is_refused(problem: FlowProblem, said: str) -> None:
    """An origin with no way out, a host that nothing reaches, no throughput: the message names them."""
    with pytest.raises(InputError, match=said) as caught:
        earliest_arrival(problem, 30)
    assert caught.value.do


COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("--permit-days -1", "--permit-days", "give a number from 0 on"),
    ("--trains many", "--trains", "write ×2, x2 or 2"),
    ("--trains -2", "--trains", "write ×2"),
    ("--within 5", "--within", "give 10 or more"),
    ("--lose -1", "--lose", "give a number from 0 on"),
    ("--loads 2", "--loads", "1, 3"),
    ("--amount USA=3500troops", "pieces (vehicles, trailers, containers)", "write USA=1750"),
    ("--amount DEU=4brigades", "counted in brigades", "write DEU=8000"),
    ("--amount LTU=300000", "more than all forces of Lithuania", "persons may be meant"),
    ("--amount USA=5@700", "past the horizon of 480 days", "below 480"),
    ("--amount USA", "is no amount", "USA=2800@10"),
    ("--amount Atlantis=5", "'Atlantis'", "known country"),
    ("--amount Russia=100", "Russia has no hub", "leave it out"),
    ("--requirement forse-model", "did you mean 'force-model'", ""),
    ("nowhere", "'nowhere' is not a known scenario", ""),
    ("--exclude Atlantis", "--exclude", "'Atlantis'"),
    ("--as-of 2020-01-01", "was public on 2022-06-29", "later day"),
)


@pytest.mark.parametrize(("words", "first", "second"), COMMANDS, ids=[words for words, *_ in COMMANDS])
def test_a_command_says_what_is_wrong(
    words: str, first: str, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, nothing on standard output, one line that says what and what to do."""
    assert run_command(["reinforce", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert first in err
    assert second in err
    assert err.count("\n") == 1


def test_a_requirement_that_cannot_be_moved(tmp_path: Path) -> None:
    """A requirement of ships counts no pieces, and one that is ready past the longest horizon is refused."""
    ships, late = tmp_path / "ships.yaml", tmp_path / "late.yaml"
    ships.write_text("title: Ships\nneeds:\n  submarines: 4\n", encoding="utf-8")
    late.write_text(
        "title: Late\nneeds:\n  persons: {required: 90, within_days: {10: 40, 700: 50}}\n", encoding="utf-8"
    )
    from foedus.evidence import Ledger
    from foedus.reinforcement.amounts import amounts
    from foedus.reinforcement.question import reinforcement_question

    ledger = Ledger.packaged()
    with pytest.raises(FoedusError, match="counts neither persons nor brigades"):
        amounts(reinforcement_question(requirement=str(ships)), ledger)
    with pytest.raises(FoedusError, match="ready on day 700, past the horizon of 480 days"):
        amounts(reinforcement_question(requirement=str(late), within=800), ledger)
