"""What holds when some members are supposed to agree, whatever the others want."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cli import run_command
from foedus.decisions.decide import decide
from foedus.decisions.draws import draw_stances
from foedus.decisions.find import find_decision
from foedus.decisions.models.silence import play
from foedus.decisions.parse import narrowed
from foedus.decisions.schema import DecisionFile, decision_from
from foedus.decisions.setup import setup, terms
from foedus.errors import InputError, UnknownNameError

NUMBERS = terms()
INSTRUMENTS = ["side_payment", "opt_out", "dilute", "sequence", "prerogative", "defer"]
LAWS = settings(max_examples=30, deadline=None)

points = st.integers(0, 20).map(lambda n: 5.0 * n)
bands = st.tuples(points, points).map(sorted).map(list)
member = st.fixed_dictionaries(
    {
        "position": bands,
        "salience": st.integers(1, 10).map(lambda n: n / 10),
        "influence": st.sampled_from([0, 1, 5, 20]),
        "linkage": st.sampled_from([0.0, 0.4]),
    }
)
members = st.lists(member, min_size=2, max_size=7).filter(lambda rows: any(r["influence"] for r in rows))
allowed = st.lists(st.sampled_from(INSTRUMENTS), unique=True)
agreed = st.sets(st.integers(0, 6))
rules = st.sampled_from(["consensus", "majority"])
ends = st.sampled_from([(0.0, 100.0), (100.0, 0.0), (10.0, 60.0)])


def _file(stances: list[dict[str, Any]], instruments: list[str], **more: Any) -> DecisionFile:
    """Return a decision of members called M0, M1, and so on."""
    content = {
        "title": "t",
        "question": "q",
        "scale": {"zero": "a", "hundred": "b"},
        "reversion": 0.0,
        "members": [{"who": [f"M{i}"], **stance} for i, stance in enumerate(stances)],
        "instruments": instruments,
        **more,
    }
    return decision_from(content, "test")


def _adopted(file: DecisionFile, agrees: set[int], draws: int = 200) -> Any:
    """Return in which draws a decision is adopted with some members agreeing."""
    case = setup(file, suppose=[f"M{i % len(file.names)}" for i in sorted(agrees)])
    assert case.question is not None
    drawn = case.supposing(draw_stances(case.bands, draws=draws, seed=7))
    return play(case.question, drawn.stances, drawn.chance, NUMBERS).adopted_at >= 0


@LAWS
@given(members, allowed, agreed, st.integers(0, 6), rules, ends)
def test_agreeing_never_lowers_adoption(
    stances: list[dict[str, Any]],
    instruments: list[str],
    agrees: set[int],
    one_more: int,
    rule: str,
    scale: tuple[float, float],
) -> None:
    """One more member that agrees leaves no draw unadopted in which the question was adopted before."""
    file = _file(stances, instruments, rule=rule, reversion=scale[0], proposal=scale[1])
    before, after = _adopted(file, agrees), _adopted(file, agrees | {one_more})
    assert not (before & ~after).any()


@LAWS
@given(members, allowed)
def test_what_all_agree_to_is_adopted(stances: list[dict[str, Any]], instruments: list[str]) -> None:
    """Where every member agrees the question passes in every draw."""
    file = _file(stances, instruments)
    assert _adopted(file, set(range(len(stances)))).all()


@LAWS
@given(members, allowed)
def test_who_wants_it_already_changes_nothing_by_agreeing(
    stances: list[dict[str, Any]], instruments: list[str]
) -> None:
    """A member wholly for the proposal that ties its consent to nothing agrees already, draw by draw."""
    wants = {"position": 100.0, "salience": 0.5, "influence": 5, "linkage": 0.0}
    file = _file([*stances, wants], instruments)
    assert np.array_equal(_adopted(file, set()), _adopted(file, {len(stances)}))


@LAWS
@given(members, allowed, agreed)
def test_nobody_that_agrees_objects(
    stances: list[dict[str, Any]], instruments: list[str], agrees: set[int]
) -> None:
    """Who is supposed to agree has no chance of objecting, and stands at the proposal in the answer."""
    file = _file(stances, instruments)
    names = sorted({f"M{i % len(stances)}" for i in agrees})
    answer = decide(file, draws=100, suppose=names)
    rows = {row.name: row for row in answer.holdouts}
    assert answer.supposed == tuple(names)
    assert all(rows[name].probability_objects == 0.0 and rows[name].position == 100.0 for name in names)
    assert not {t.name for t in answer.turning_points} & set(names)


def test_the_chance_if_one_agreed_is_that_of_supposing_it() -> None:
    """What a row says of one more member that agrees is what the supposition itself gives in those draws."""
    file = find_decision("secretary-general-2024")
    answer = decide(file, draws=1000)
    first = answer.holdouts[0]
    supposed = decide(file, draws=1000, suppose=[first.name])
    assert first.adopted_if_agrees == supposed.probability_adopted
    assert first.without_if_agrees == supposed.probability_without


def test_the_band_holds_the_chance() -> None:
    """With bands the chances at both ends of them lie around that within; without, there is no band."""
    answer = decide(find_decision("secretary-general-2024"), draws=500)
    low, high = answer.band_without or (1.0, 0.0)
    assert low < (answer.probability_without or 0.0) < high
    plain = decide(
        _file([{"position": 100.0, "salience": 0.5}, {"position": 0.0, "salience": 0.5}], []), draws=100
    )
    assert plain.band_without is None
    assert plain.holdouts[0].objects_high is None


def test_the_headline_opens_with_the_supposition() -> None:
    """A chance that rests on a supposition says so first, and that the base rate knows of none."""
    answer = decide(find_decision("secretary-general-2024"), draws=300, suppose=["Romania", "HUN"])
    assert answer.headline().startswith("If Hungary and Romania agree, put to all 32 as it is, ")
    assert "the model has not been shown to beat that" in " ".join(answer.answer().beside)
    assert answer.brief[0].startswith("If Hungary and Romania agree, ")


def test_a_stranger_cannot_agree() -> None:
    """Who is no member of the question is refused by name."""
    with pytest.raises(UnknownNameError, match="Atlantis"):
        decide(find_decision("nsatu-2024"), draws=100, suppose=["Atlantis"])


def test_instruments_of_a_file_can_be_narrowed_and_not_widened() -> None:
    """Fewer instruments of a file's own are allowed; one that is not open to it is refused."""
    file = find_decision("secretary-general-2024")
    assert narrowed(file, None) is file
    assert narrowed(file, "none").allowed == ()
    assert narrowed(file, "defer").allowed == ("defer",)
    with pytest.raises(InputError, match="opt_out is not open to this question"):
        narrowed(file, "opt_out,defer")


def test_the_command_supposes_and_narrows(capsys: pytest.CaptureFixture[str]) -> None:
    """The command has both options with a file, and the payload says who is supposed to agree."""
    words = ["decide", "secretary-general-2024", "--draws", "200", "--suppose", "ROU,HUN", "--allow", "none"]
    assert run_command([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["supposed"] == ["HUN", "ROU"]
    assert answer["probability_adopted"] == answer["probability_without"]
