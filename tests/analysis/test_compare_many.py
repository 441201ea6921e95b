"""Many scenarios from common draws: each against the first, and the regret of choices under given beliefs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.accession import entry_time
from foedus.analysis.align import check_alike, resolve_all_alike
from foedus.analysis.compare import compare
from foedus.analysis.compare_many import MOST, ManyComparison, compare_many
from foedus.analysis.differences import Change
from foedus.analysis.regret import regrets
from foedus.cli import run_command
from foedus.errors import InputError, UnknownNameError
from foedus.scenario import resolve

DAY = date(2026, 11, 26)

JOINING_DAY = date(2026, 11, 19)
"""A day on which no other test asks for the days to entry, which are computed here from few draws."""

NAMES = ("baseline", "hague-five-years-late", "a-higher-goal")
MONEY = "europe_canada_expenditure_constant_usd"


@pytest.fixture(scope="module")
def many() -> ManyComparison:
    return compare_many(NAMES, regret=MONEY, best="most", draws=300, as_of=DAY)


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_time, "DRAWS", 12)


def test_each_difference_is_that_of_the_pair(many: ManyComparison) -> None:
    """Every scenario less the first is what a comparison of the two gives."""
    pair = compare(*NAMES[:2], draws=300, as_of=DAY, structures=False)
    assert many.scenarios[1].differences == pair.differences
    assert many.scenarios[1].changes == pair.changes
    assert many.scenarios[0].differences == {}
    assert [s.name for s in many.scenarios] == list(NAMES)


def test_levers_and_beliefs_stand_apart(many: ManyComparison) -> None:
    """The table of what differs names the kind, levers before beliefs."""
    rows = many.table("changes").rows
    assert {(r["scenario"], r["kind"]) for r in rows} >= {(NAMES[1], "lever"), (NAMES[2], "lever")}
    assert many.table("differences").rows[0]["first"].endswith(")")


def test_regret_is_nought_for_the_best(many: ManyComparison) -> None:
    """Regret is not negative, in every draw some choice has none, and a later deadline is regretted most
    where more spending is better."""
    regret = many.regret
    assert regret is not None
    assert all(0.0 <= row.low <= row.median <= row.high <= row.greatest for row in regret.rows)
    assert sum(row.best for row in regret.rows) >= 1.0
    assert regret.rows[-1].scenario == NAMES[1]
    assert "regretted least" in many.headline()
    assert "regret" in [table.name for table in many.tables()]


def _changes(**said: tuple[str, str]) -> tuple[Change, ...]:
    return tuple(Change(kind, name, "first", value) for name, (kind, value) in said.items())


def test_regret_is_taken_under_each_belief_and_never_averaged() -> None:
    """Of two choices under two beliefs each group has its own regret; over the beliefs stands the worst."""
    late, low = ("lever", "2040"), ("uncertainty", "0.2")
    changes = [(), _changes(deadline=late), _changes(belief=low), _changes(deadline=late, belief=low)]
    values = [np.array([3.0, 1.0]), np.array([1.0, 2.0]), np.array([10.0, 10.0]), np.array([4.0, 4.0])]
    result = regrets(MONEY, "most", list("ABCD"), changes, values, 2035)
    assert result is not None
    by_name = {row.scenario: row for row in result.rows}
    assert {row.beliefs for row in result.rows} == {"", "belief 0.2"}
    assert (by_name["A"].greatest, by_name["B"].greatest) == (1.0, 2.0)
    assert (by_name["C"].greatest, by_name["D"].greatest) == (0.0, 6.0)
    assert by_name["A"].best == 0.5
    assert result.worst["deadline 2040"] == 6.0
    assert result.worst[""] == pytest.approx(0.9)
    other_way = regrets(MONEY, "least", list("ABCD"), changes, values, 2035)
    assert other_way is not None
    assert {r.scenario: r.greatest for r in other_way.rows}["C"] == 6.0


def test_nobody_chooses_among_beliefs() -> None:
    """Scenarios that differ in beliefs, numbers or forms alone have no regret; nor has a lone choice, and a
    choice that was not compared under every belief has no worst."""
    values = [np.arange(3.0), np.ones(3), np.zeros(3)]
    beliefs = [(), _changes(belief=("uncertainty", "1")), _changes(form=("structure", "convergence"))]
    assert regrets(MONEY, "most", list("ABC"), beliefs, values, 2035) is None
    uneven = [(), _changes(deadline=("lever", "2040")), _changes(belief=("uncertainty", "1"))]
    result = regrets(MONEY, "most", list("ABC"), uneven, values, 2035)
    assert result is not None
    assert {row.scenario for row in result.rows} == {"A", "B"}
    assert result.worst == {}


def test_a_comparison_of_beliefs_says_that_there_is_no_regret(tmp_path: Path) -> None:
    """A scenario file that sets a belief alone is compared, and the note says why it has no regret."""
    file = tmp_path / "slow.yaml"
    file.write_text(
        "title: Slow\nquestion: What if?\nextends: baseline\nuncertainties: {growth_shift: -0.01}\n"
    )
    result = compare_many(["baseline", str(file)], regret=MONEY, best="most", draws=20, as_of=DAY)
    assert result.regret is None
    assert any("nobody has a choice" in note for note in result.notes)
    with pytest.raises(InputError, match="there is no regret to draw"):
        result.chart("regret")


@pytest.mark.usefixtures("few_draws")
def test_an_applicant_is_carried_and_other_countries_are_refused() -> None:
    """Scenarios resolved together have the same countries, an applicant of one carried by the others; two
    that were resolved apart are refused in one sentence that names the country."""
    alike = resolve_all_alike(["baseline", NAMES[1], "ukraine-accedes"], as_of=JOINING_DAY)
    assert len({scenario.countries for scenario in alike}) == 1
    assert [scenario.accession.carried for scenario in alike] == [("UKR",), ("UKR",), ()]
    apart = resolve("baseline", as_of=JOINING_DAY), resolve("ukraine-accedes", as_of=JOINING_DAY)
    with pytest.raises(InputError, match="differ in countries: only one of them has Ukraine"):
        check_alike(*apart)
    with pytest.raises(InputError, match="differ in as_of"):
        check_alike(apart[0], replace(apart[0], as_of=date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["baseline", *NAMES[1:], "--regret", MONEY], "say most or least"),
        (["baseline", *NAMES[1:], "--regret", "moeny", "--best", "most"], "is not a known measure"),
        (["baseline", *NAMES[1:], "--set", "horizon=2034"], "for a comparison of two scenarios"),
        (["baseline", NAMES[1], "baseline"], "baseline is named twice"),
        (["baseline", NAMES[1], "a-higher-gaol"], "did you mean 'a-higher-goal'"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mistake is one sentence, exit code 2."""
    assert run_command(["compare", *words, "--draws", "10", "--as-of", DAY.isoformat()]) == 2
    assert message in capsys.readouterr().err


def test_too_many_are_refused() -> None:
    """One scenario alone, or more than the most, cannot be compared."""
    for names in (["baseline"], [f"s{i}" for i in range(MOST + 1)]):
        with pytest.raises(InputError, match="scenarios cannot be compared"):
            compare_many(names)
    with pytest.raises(UnknownNameError, match="measure of all these scenarios"):
        compare_many(NAMES[:2], regret="nothing", best="most", draws=10, as_of=DAY)


def test_the_command_prints_all_and_its_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    """Three scenarios on the command line give differences, what differs and the regret."""
    words = [
        "compare",
        *NAMES,
        "--regret",
        MONEY,
        "--best",
        "most",
        "--draws",
        "40",
        "--as-of",
        DAY.isoformat(),
    ]
    run_command(words)
    text = capsys.readouterr().out
    for part in ("Each less the first, draw by draw", "levers are decided", "Regret: Defence expenditure"):
        assert part in text
    run_command([*words, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert [s["name"] for s in answer["scenarios"]] == list(NAMES)
    assert answer["regret"]["best"] == "most"
