"""The flat Python API: every function has the arguments of its question, and errors in its own words."""

from __future__ import annotations

import inspect
import typing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.api.questions import ASKING, question_of
from foedus.errors import FoedusError, InputError
from foedus.questions import Day, Names, Question, Years, ask
from foedus.results import Result

BESIDE = ("ledger", "out", "workers", "scheduler", "progress", "remark", "run")
"""What a function takes that is no part of a question."""


@pytest.mark.parametrize("name", ASKING)
def test_a_function_takes_what_its_question_asks(name: str) -> None:
    """Names, order of the subject, defaults and annotations are those of the question's model."""
    kind = question_of(name)
    signature = inspect.signature(getattr(foedus, name))
    own = [p for p in signature.parameters.values() if p.name not in BESIDE]
    assert {p.name for p in own} == set(kind.model_fields)
    subjects = [p.name for p in own if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert subjects == [*([kind.SUBJECT] if kind.SUBJECT else []), *kind.FURTHER]
    for parameter in own:
        field = kind.model_fields[parameter.name]
        if field.is_required() or parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            assert parameter.default is inspect.Parameter.empty
        else:
            assert ask(kind, **_needed(kind), **{parameter.name: parameter.default}) == ask(
                kind, **_needed(kind)
            )
        assert parameter.annotation is not inspect.Parameter.empty
        assert field.description
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(word in (getattr(foedus, name).__doc__ or "") for word in ("Parameters\n", "Returns\n"))


def _needed(kind: type[Question]) -> dict[str, Any]:
    """Return a text for each field without a default."""
    return {name: "x" for name, field in kind.model_fields.items() if field.is_required()}


class Everything(Question):
    """A question with a field of each ready type."""

    names: Names = ()
    years: Years = ()
    day: Day = None


@pytest.mark.parametrize(
    ("given_as", "years"),
    [
        (2024, (2024,)),
        ("2014-2016", (2014, 2015, 2016)),
        (range(2014, 2017), (2014, 2015, 2016)),
        ([2016, "2014-2015", 2014], (2014, 2015, 2016)),
        ("2024, 2020", (2020, 2024)),
        (None, ()),
    ],
)
def test_years_are_read_as_they_are_written(given_as: Any, years: tuple[int, ...]) -> None:
    """A year, a span, a range and a list are the years they name, in order and each once."""
    assert ask(Everything, years=given_as).years == years


def test_one_name_is_one_name() -> None:
    """A text is one name and not its letters; commas part names, but not inside brackets."""
    assert ask(Everything, names="POL").names == ("POL",)
    assert ask(Everything, names="Italy, Spain").names == ("Italy", "Spain")
    assert ask(Everything, names=["Italy", "Spain", "Italy"]).names == ("Italy", "Spain")
    assert ask(Everything, names="NATO Europe (less, say, Canada)").names == (
        "NATO Europe (less, say, Canada)",
    )


def test_a_day_that_has_not_come_is_refused() -> None:
    """A day after today cannot have an answer; the sentence names the argument and what to do."""
    with pytest.raises(InputError, match=r"^day: .*2999-01-01.*not come yet.*; give a day up to today"):
        ask(Everything, day="2999-01-01")


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.binary(max_size=4),
    st.lists(st.one_of(st.integers(), st.text(max_size=4), st.none()), max_size=3),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.dates(),
    st.datetimes(),
    st.just(range(3)),
    st.just(object()),
)


@pytest.mark.parametrize("name", ASKING)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_nonsense_is_refused_with_a_sentence(name: str, data: st.DataObject) -> None:
    """Whatever an argument is given, it makes a question or a sentence that names it, no raw exception."""
    kind = question_of(name)
    field = data.draw(st.sampled_from(sorted([*kind.model_fields, "anything"])))
    value = data.draw(ODD)
    error = _refusal(kind, {field: value})
    assert error is None or (error.what and "--" not in str(error).replace(str(value), ""))


def _refusal(kind: type[Question], values: dict[str, Any]) -> FoedusError | None:
    """Return the error of a question that cannot be put, or None; a raw exception goes on."""
    try:
        ask(kind, **_needed(kind) | values)
    except FoedusError as error:
        return error
    return None


def test_annotations_are_whole() -> None:
    """The annotations of the public functions can be resolved by a program."""
    for name in ASKING:
        assert typing.get_type_hints(question_of(name))


SMALL: dict[str, dict[str, Any]] = {
    "status": {},
    "pledge": {"country": "DEU", "draws": 1},
    "burden": {},
    "country": {"country": "DEU", "draws": 1},
    "run": {"draws": 1},
    "compare": {"changes": {"uncertainties.growth_shift": -0.01}, "draws": 1},
    "ensemble": {"scenario": "baseline", "draws": 1},
    "sensitivity": {"measure": "allies_at_pledge_count", "draws": 2},
    "explain": {"draws": 0},
    "hindcast": {"basis": "shipped"},
}
"""A small question for each function."""

PLAUSIBLE: dict[str, list[Any]] = {
    "country": ["Wakanda", [], "POL,,", "NATO Europe", ["USA", "Poland"]],
    "as_of": ["1900-01-01", "2019-06-24", "today"],
    "allies_of": ["1900-01-01", "1949-04-04"],
    "year": [1900, 2099, "2024", [2024, 2025], 2024.5],
    "by": [1999, 2100, "soon"],
    "edition": ["nothing-2024-01", "../x", ""],
    "draws": [0, 1, "many", 10**9],
    "seed": [-1, 0, 2**63],
    "scenario": ["nowhere", "no\0thing", "x.yaml", "", []],
    "first": ["nowhere", ""],
    "second": ["nowhere", "baseline", ["baseline"]],
    "measure": ["nothing", "", []],
    "changes": [{"levers.pledge.target": "x"}, {"levers.pledg": 1}, "horizon=2020", {"horizon": None}, 3],
    "regret": ["nothing", ""],
    "discover": ["", "x", "allies_at_pledge_count <"],
    "ranges": [{"nothing": (0, 1)}, {"budgets.compliance": 1}, "x"],
    "target": [-1, 0.0, 3.5, float("nan"), "2 %"],
    "guideline": [0, 1, "2 %"],
    "basis": ["nothing", "sipri"],
    "forecast": ["weather"],
    "points": [3],
}
"""What somebody may well give an argument, though not all of it can be answered."""


SLOW = ("compare", "pledge", "country", "sensitivity", "explain")
"""What costs a second each: given the first of the values alone, which is refused."""


@pytest.mark.parametrize("name", SMALL)
def test_a_function_answers_or_refuses(name: str) -> None:
    """Whatever is plausible gets a result, or a sentence in Python's words: no raw exception leaves."""
    for field in question_of(name).model_fields:
        for value in PLAUSIBLE.get(field, ())[: 1 if name in SLOW else None]:
            said = _answer_or_sentence(name, SMALL[name] | {field: value})
            assert "--" not in said, (field, value, said)
            assert not any(f"`foedus {other} " in said for other in foedus.__all__), (field, value, said)


def _answer_or_sentence(name: str, arguments: dict[str, Any]) -> str:
    """Return what a function answers, or the sentence with which it refuses; a raw exception goes on."""
    try:
        answer = getattr(foedus, name)(**arguments)
    except FoedusError as error:
        return str(error)
    assert isinstance(answer, Result)
    return answer.headline()


@pytest.mark.parametrize(
    ("args", "kwargs", "words"),
    [
        (
            (),
            {"countries": "POL"},
            "'countries' is not an argument of foedus.status; did you mean 'country'?",
        ),
        ((), {"quux": 1}, "'quux' is not an argument of foedus.status; use country, year, "),
        (
            ("POL", 2024),
            {},
            "foedus.status takes country alone without a name, and 2 were given; name the others: year, ",
        ),
        (("POL",), {"country": "ITA"}, "country: it is given twice; give it once."),
    ],
)
def test_a_call_that_does_not_fit_is_a_sentence(
    args: tuple[Any, ...], kwargs: dict[str, Any], words: str
) -> None:
    """An argument that is unknown, unnamed or given twice is refused like any other bad input."""
    with pytest.raises(InputError) as caught:
        foedus.status(*args, **kwargs)
    assert words in str(caught.value)


def test_a_missing_subject_is_a_sentence() -> None:
    """What must be given is named."""
    with pytest.raises(InputError, match=r"^indicator: it is missing; give it to foedus\.figure"):
        foedus.figure()
