"""Decision files: what they must say, and the one clear error for each that does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from foedus.decisions.find import TEMPLATE, find_decision, shipped_decisions
from foedus.decisions.kinds import instruments_open_to, open_instruments
from foedus.decisions.models.question import INSTRUMENTS
from foedus.decisions.parse import asked_decision, one_question
from foedus.decisions.parts import QuestionKind
from foedus.decisions.reputation import alliance_objections, eu_vetoes, holding_out, order_of_holding_out
from foedus.decisions.schema import DecisionFile, decision_from, read_decision
from foedus.errors import FoedusError, InputError, ScenarioError, UnknownNameError

SHIPPED = shipped_decisions()
OPEN = ["higher-goal", "invite-ukraine", "next-secretary-general"]
PAST = [name for name in SHIPPED if name not in {TEMPLATE, *OPEN}]


def _content(**changes: Any) -> dict[str, Any]:
    content: dict[str, Any] = {
        "title": "A test",
        "question": "Shall it pass?",
        "scale": {"zero": "nothing", "hundred": "all"},
        "reversion": 0,
        "members": [
            {"who": ["Poland"], "position": 100, "salience": "high"},
            {"who": ["HUN", "SVK"], "position": [0, 20], "salience": 0.9},
        ],
    }
    return {k: v for k, v in (content | changes).items() if v is not None}


def _two(**first: Any) -> list[dict[str, Any]]:
    return [
        {"who": ["POL"], "position": 100, "salience": 0.9} | first,
        {"who": ["HUN"], "position": 0, "salience": 0.9},
    ]


def test_fourteen_episodes_are_shipped() -> None:
    """Fourteen questions of the past are shipped, each with sources and what happened, and one template."""
    assert len(PAST) == 14
    assert TEMPLATE in SHIPPED


@pytest.mark.parametrize("name", PAST)
def test_an_episode_says_where_it_comes_from(name: str) -> None:
    """An episode has sources, a basis for every position, its members, and a record inside its own scale."""
    file = read_decision(SHIPPED[name], name)
    assert file.sources
    assert all(group.basis for group in file.members)
    assert file.record is not None
    assert set(file.record.objectors) <= set(file.names)
    assert set(file.record.worked) <= set(file.record.tried)
    assert set(file.record.tried) <= set(file.instruments)
    assert file.record.opened < file.record.decided
    reaches = file.record.outcome >= file.least
    assert file.record.adopted == reaches


@pytest.mark.parametrize("name", PAST)
def test_the_members_of_an_episode_are_those_of_the_day(name: str) -> None:
    """The members of an episode are the allies on the day of the decision."""
    from foedus.evidence import Ledger

    file = read_decision(SHIPPED[name], name)
    assert file.record is not None
    assert set(file.names) == set(Ledger.packaged().members(on=file.record.decided))


def test_a_file_gives_bands_and_names() -> None:
    """Countries go by their codes, words stand for bands of salience, and a number is a band of no width."""
    file = decision_from(_content(influence={"Hungary": [2, 4]}), "test")
    assert file.names == ["POL", "HUN", "SVK"]
    assert (file.members[0].salience.low, file.members[0].salience.high) == (0.8, 1.0)
    assert file.members[1].position.middle == 10.0
    assert file.influence_of("HUN", file.members[1]).middle == 3.0
    assert file.influence_of("SVK", file.members[1]).middle == 1.0
    assert file.least == 100.0
    assert decision_from(_content(instruments=["dilute"]), "test").least == 50.0
    assert decision_from(_content(instruments=["dilute"], adopted_from=30), "test").least == 30.0


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"members": _two(position=120)}, "the position 120 is off the scale; positions lie between 0 and 100"),
    ({"members": _two(position=[-5, 20])}, "the position -5 to 20 is off the scale"),
    ({"members": _two(position=[60, 20])}, "the band 60 to 20 runs backwards; write the lower end first"),
    ({"members": _two(position=[1, 2, 3])}, r"\[1, 2, 3\] is not a band; write its two ends"),
    ({"members": _two(position=True)}, "True is not a number; write a number or a band"),
    ({"members": _two(position="far")}, "'far' is not a number; write a number, a band, or low, medium"),
    ({"members": _two(position=float("nan"))}, "a value is not a finite number; write a number or a band"),
    ({"members": _two(salience=float("inf"))}, "a value is not a finite number"),
    ({"members": _two(salience=80)}, "the salience 80 is not a fraction; write 0.8 for 80 %"),
    ({"members": _two(influence=-1)}, "the influence -1 is negative; give a number from 0 on"),
    ({"reversion": None}, "the reversion is missing; under consensus say what holds when nothing is decided"),
    ({"members": _two()[:1]}, "one member decides alone; give at least two members"),
    ({"members": _two(who=["Hungary"])}, "HUN stands twice among the members; name each once"),
    (
        {"members": [m | {"salience": 0} for m in _two()]},
        "the salience of every member is zero; give those that care a salience above it",
    ),
    ({"members": [m | {"influence": 0} for m in _two()]}, "the influence of every member is zero"),
    (
        {
            "members": [
                {"who": [f"m{i}" for i in range(150)], "position": 1, "salience": 1},
                {"who": [f"n{i}" for i in range(150)], "position": 1, "salience": 1},
            ]
        },
        "300 members are more than 200; group them",
    ),
    ({"influence": {"FRA": 3}}, "influence names FRA, not among the members; add or mend the name"),
    ({"blocs": {"east": ["POL", "Poland"]}}, "the bloc east names a member twice"),
    ({"blocs": {"east": ["POL"], "west": ["POL"]}}, "a member stands in two blocs; keep it in one"),
    ({"rule": "qualified_majority"}, "qualified_majority needs a quota; give it with qualified_majority"),
    ({"quota": 0.6}, "consensus has no quota; give it with qualified_majority"),
    ({"members": _two(weight=3)}, "votes do not count under consensus; leave the weights out"),
    ({"instruments": ["change_of_venue"]}, "a change of venue and a venue go together"),
    (
        {"rule": "unanimity", "instruments": ["prerogative"]},
        "where each must say yes nobody can be gone round",
    ),
    ({"proposal": 0}, "the proposal is the reversion; there is nothing to decide"),
    (
        {"proposal": 50, "adopted_from": 80},
        "adopted_from 80 does not lie between the reversion and the proposal",
    ),
    ({"adopted_from": 0}, "adopted_from is the reversion itself; choose a draft that changes something"),
    ({"reversal": 3}, "'reversal' is not a known key; did you mean 'reversion'?"),
    ({"reversion": True}, r"reversion = 'True' cannot be used \(input should be a valid number\)"),
    ({"reversion": float("nan")}, "reversion = 'nan' cannot be used"),
    ({"title": None}, "the key 'title' is missing; add it"),
    ({"instruments": ["bribe"]}, r"0 = 'bribe' cannot be used \(input should be 'side_payment'"),
    ({"kind": "treaty"}, r"kind = 'treaty' cannot be used \(input should be 'text', 'person', 'invitation'"),
    (
        {"opened": "2026-11-01", "by": "2026-10-31"},
        "by 2026-10-31 lies before 2026-11-01, when the question was opened; mend the days",
    ),
    ({"opened": "2026-11-01", "deadline": "2026-10-31"}, "deadline 2026-10-31 lies before 2026-11-01"),
    ({"by": "soon"}, "by = 'soon' cannot be used"),
    ({"members": _two(accepts=[-5, 100])}, "accepts runs from -5 to 100, off the scale; drafts lie between"),
    (
        {"members": _two(accepts=[0, 60])},
        "the drafts accepted, 0 to 60, leave out the position itself",
    ),
    ({"members": _two(known="perhaps")}, r"known = 'perhaps' cannot be used \(input should be 'verified'"),
    ({"members": _two(positon=3)}, "'positon' is not a known key; did you mean 'position'?"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG, ids=[m[:40] for _, m in WRONG])
def test_a_wrong_file_has_one_clear_error(changes: dict[str, Any], message: str) -> None:
    """Each mistake gives one sentence that says what is wrong and what to do."""
    with pytest.raises(ScenarioError, match=message) as caught:
        decision_from(_content(**changes), "test")
    assert caught.value.data["count"] == 1


@pytest.mark.parametrize("kind", ["text", "person", "invitation", "operation", "money"])
def test_a_kind_opens_instruments(kind: str) -> None:
    """Without a list a question has the instruments of its kind; a list narrows them and adds none."""
    opened = decision_from(_content(kind=kind), "test")
    assert (
        opened.allowed == opened.instruments == instruments_open_to(kind, rule="consensus", has_venue=False)
    )
    assert "defer" in opened.allowed
    assert ("dilute" in opened.allowed) == (kind not in {"person", "invitation"})
    listed = decision_from(_content(kind=kind, instruments=["defer", "prerogative"]), "test")
    assert listed.allowed == (("defer", "prerogative") if kind == "operation" else ("defer",))
    assert decision_from(_content(kind=kind, instruments=[]), "test").allowed == ()


def test_the_table_of_kinds_is_graded() -> None:
    """Every instrument that is open to a kind has a grade and a reason, and each kind has some."""
    table = open_instruments()
    assert {row.kind for row in table} == set(get_args(QuestionKind))
    assert {row.grade for row in table} <= {"judged", "assumed"}
    assert all(row.instrument in INSTRUMENTS and len(row.reason.split()) > 2 for row in table)
    assert len({(row.kind, row.instrument) for row in table}) == len(table)


def test_nobody_is_gone_round_under_unanimity() -> None:
    """An operation has another venue and the prerogative by consensus, and neither under unanimity."""
    venue = {"name": "v", "without": ["HUN"]}
    by_consensus = decision_from(_content(kind="operation", venue=venue), "test")
    assert {"change_of_venue", "prerogative"} <= set(by_consensus.allowed)
    assert not {"change_of_venue", "prerogative"} & set(
        instruments_open_to("operation", rule="unanimity", has_venue=True)
    )


def test_a_person_is_indivisible() -> None:
    """Nothing less than the proposal answers a question about a person, or one that says so."""
    assert decision_from(_content(kind="person"), "test").is_indivisible
    assert decision_from(_content(kind="operation", adopted_from=100), "test").is_indivisible
    assert not decision_from(_content(kind="text"), "test").is_indivisible
    assert not decision_from(_content(), "test").is_indivisible


def test_an_error_names_its_line(tmp_path: Path) -> None:
    """The message names the file and the line of the mistake."""
    path = tmp_path / "q.yaml"
    path.write_text(yaml.safe_dump(_content(members=_two(position=120)), sort_keys=False), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"q\.yaml, line \d+: the position 120 is off the scale"):
        find_decision(str(path))


def test_an_issue_is_checked_too() -> None:
    """A further issue that names a stranger, or misspells a key, is refused with the nearest name."""
    issue = {"name": "x", "scale": {"zero": "a", "hundred": "b"}, "reversion": 0}
    stance = {"position": 5, "salience": 0.5}
    with pytest.raises(ScenarioError, match="the issue x names FRA, not among the members"):
        decision_from(_content(issues=[issue | {"members": [stance | {"who": ["FRA"]}]}]), "test")
    wrong = issue | {"members": [stance | {"who": ["POL"], "salence": 1}]}
    with pytest.raises(ScenarioError, match=r"'salence' is not a known key; did you mean 'salience'\?"):
        decision_from(_content(issues=[wrong]), "test")


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """A file of ten megabytes is refused by its size, before it is read as YAML."""
    path = tmp_path / "large.yaml"
    path.write_bytes(b"title: " + b"x" * 10_000_000)
    with pytest.raises(ScenarioError, match=r"large\.yaml: the file is larger than 1 MB"):
        find_decision(str(path))


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    """Aliases, by which a small file can swell without bound, are refused at the first."""
    path = tmp_path / "bomb.yaml"
    rows = ["a: &a [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"line 2: the alias \*a is not allowed"):
        find_decision(str(path))


def test_a_name_that_is_not_there() -> None:
    """A shipped name misspelt is answered with the nearest, a path that is not there with its name."""
    with pytest.raises(UnknownNameError, match="did you mean 'nsatu-2024'"):
        find_decision("nsatu-2023")
    with pytest.raises(ScenarioError, match=r"there is no decision file 'gone\.yaml'; check the path"):
        find_decision("gone.yaml")


def test_a_question_in_words() -> None:
    """A question and members in words make the decision that a file would."""
    file = asked_decision(
        "Send it?", ["HUN+SVK=0-10,high,5", "USA=100,0.9,100"], allow="opt_out, dilute", reversion=5.0
    )
    assert isinstance(file, DecisionFile)
    assert file.names == ["HUN", "SVK", "USA"]
    assert file.members[0].position.high == 10.0
    assert file.instruments == ("opt_out", "dilute")


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ("HUN", "'HUN' is not NAMES=POSITION,SALIENCE"),
        ("HUN=3", "is not NAMES=POSITION,SALIENCE"),
        ("HUN=x,high", "'x' in 'HUN=x,high' is not a number; write a number such as 10 or 0.8"),
        ("HUN=0,often", "'often' in 'HUN=0,often' is not a number"),
    ],
)
def test_a_member_in_words_is_checked(member: str, message: str) -> None:
    """A member that cannot be read is refused with an example of one that can."""
    with pytest.raises(InputError, match=message):
        asked_decision("Send it?", [member])


def test_one_question_is_asked() -> None:
    """Neither no question nor two are answered, nor one without members."""
    made = decision_from(_content(), "test")
    for name, issue in ((None, None), ("nsatu-2024", "Send it?")):
        with pytest.raises(InputError, match="one question is needed; give a file, or --issue"):
            one_question(name, issue=issue, build=lambda: made)
    assert one_question(None, issue="x", build=lambda: made) is made
    with pytest.raises(InputError, match="a question needs members"):
        asked_decision("Send it?", [])
    assert issubclass(InputError, FoedusError)


def test_the_record_of_objections_is_counted() -> None:
    """The table of who held out has each ally's objections and decisions over the shipped records."""
    files = [read_decision(SHIPPED[n], n) for n in PAST]
    for ally, (objected, took_part) in alliance_objections().items():
        assert objected == sum(f.record is not None and ally in f.record.objectors for f in files)
        assert took_part == sum(ally in f.names for f in files)
    assert sum(eu_vetoes().values()) == 47


def test_the_order_of_holding_out() -> None:
    """Hungary, high in both records, stands above all; an order knows no distances."""
    order = holding_out()
    assert max(order, key=lambda ally: order[ally]) == "HUN"
    assert order["TUR"] > order["ISL"]
    counts = {"A": (4, 10), "B": (0, 10), "C": (0, 10)}
    assert order_of_holding_out(counts, {}) == {"A": 1.0, "B": 0.25, "C": 0.25}
    vetoes = {"A": 1, "B": 2}
    assert (
        order_of_holding_out({}, vetoes)
        == order_of_holding_out({}, vetoes | {"B": 50})
        == {"A": 0.0, "B": 1.0}
    )


@pytest.mark.parametrize(
    "name", ["side_payment", "opt_out", "sequence", "change_of_venue", "prerogative", "defer"]
)
def test_the_odds_are_counted_on_the_records(name: str) -> None:
    """The odds of an instrument are (worked + 1) / (tried + 2) over the records of the shipped episodes."""
    from foedus.decisions.parameters import FOLDER

    records = [read_decision(SHIPPED[n], n).record for n in PAST]
    tried = sum(r is not None and name in r.tried for r in records)
    worked = sum(r is not None and name in r.worked for r in records)
    assert FOLDER.component("decisions")[f"{name}_odds"].value == pytest.approx(
        (worked + 1) / (tried + 2), abs=5e-4
    )
