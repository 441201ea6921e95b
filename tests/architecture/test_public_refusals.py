"""The public functions answer what a person may type, or refuse it with a sentence in Python's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.api.questions import question_of
from foedus.errors import FoedusError
from foedus.results import Result

NAMES = st.sampled_from(["POL", "Sweden", "Atlantis", "NATO Europe", "", "x" * 300, "a\0b", "../x.yaml"])
DAYS = st.sampled_from(["2024-10-01", "1800-01-01", "2999-01-01", "yesterday", "2026-06-01", ""])
LISTS = st.lists(NAMES, max_size=2)
DRAWS = st.sampled_from([0, 1, 100, -5])
SEED = st.sampled_from([0, 1, -1, 2**70])


def answer(name: str, subject: tuple[Any, ...], **values: Any) -> Result | FoedusError:
    """Return a function's answer, or its refusal; a raw exception goes on."""
    try:
        result = getattr(foedus, name)(*subject, **values)
    except FoedusError as error:
        result = error
    assert isinstance(result, Result) or (result.what and "--" not in str(result)), str(result)
    return result


ASKED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "decide": {
        "file": st.sampled_from(["successor-2023", "nowhere", "x.csv", "x.xlsx"]) | NAMES,
        "issue": st.sampled_from(["Shall they?", ""]),
        "member": st.sampled_from(["HUN=0,high", "HUN", "=,", "A=1,2,3"]) | LISTS,
        "against": NAMES | LISTS,
        "suppose": NAMES | LISTS,
        "allow": NAMES | LISTS,
        "by": DAYS,
        "reversion": st.sampled_from([0.0, -1.0, float("nan"), 1e9]),
        "rule": st.sampled_from(["qmv", "dice", "majority"]),
        "quota": st.sampled_from([0.7, 0.0, 2.0]),
        "draws": DRAWS,
        "seed": SEED,
    },
    "accession": {
        "applicant": st.sampled_from(["Georgia", "UKR", "Sweden", "Japan"]) | NAMES,
        "invited": DAYS,
        "signed": DAYS,
        "as_of": DAYS,
        "holders": st.sampled_from(["TUR:0.5", "HUN", "TUR:x"]) | LISTS,
        "observed": st.sampled_from(["none.csv", "."]) | NAMES,
    },
    "aid": {
        "donor": st.sampled_from(["Germany", "EUI", "europe"]) | LISTS,
        "kind": st.sampled_from(["military", "song"]),
        "as_of": DAYS,
        "edition": NAMES,
        "compare": st.sampled_from([(2025, "2022-2024"), "2025", "x, y", (), 5]),
        "forecast": st.sampled_from([0, 1, 2, 6, -1]),
    },
    "sustain": {
        "scenario": st.sampled_from(["aid-us-stops", "none.yaml"]) | NAMES,
        "rate": st.sampled_from(["shells_155mm=100000", "x=1", "shells_155mm", "=", "shells_155mm=nan"]),
        "months": st.sampled_from([0, 1, 241]),
        "draws": st.sampled_from([0, 1, 10]),
        "seed": SEED,
        "as_of": DAYS,
    },
    "apportion": {
        "requirement": st.sampled_from(["replace-us-2025", "none.yaml"]) | NAMES,
        "who": st.sampled_from(["europe", "everybody"]),
        "cap": st.sampled_from([0.0, 0.3, 2.0, float("nan")]),
        "exclude": NAMES,
        "at_least": st.sampled_from(["POL", "POL:song=1", "="]),
        "year": st.sampled_from([0, 1900, 2024]),
        "as_of": DAYS,
    },
    "gap": {
        "requirement": st.sampled_from(["press-minimum-2024", "none.yaml"]) | NAMES,
        "scenario": st.sampled_from(["none.yaml", "nowhere"]) | NAMES,
        "changes": st.sampled_from(["x", "levers.nothing=1", {"a": object()}]),
        "draws": DRAWS,
        "as_of": DAYS,
    },
    "reinforce": {
        "requirement": st.sampled_from(["forse-model", "none.yaml"]),
        "exclude": st.sampled_from(["Atlantis", "everybody"]),
        "amounts": st.sampled_from(["USA", "Atlantis=5", "=", "USA=5@700", "USA=nan"]),
        "trains": st.sampled_from(["many", "-2", float("nan"), True]),
        "loads": st.sampled_from([0, 2, "x"]),
        "on_day": st.sampled_from([0, 999]),
        "as_of": st.sampled_from(["2020-01-01", "2999-01-01"]),
        "draws": st.sampled_from([0, -5, 10**9]),
    },
    "read": {
        "article": st.sampled_from(["NATO has 31 members.", "a b.txt", "a\0 b", "x y " * 99]) | LISTS,
        "date": DAYS,
        "compare": st.booleans(),
    },
    "check": {"sentence": st.sampled_from(["NATO has 31 members.", "a\0b"]) | NAMES, "as_of": DAYS},
}


@pytest.mark.parametrize("name", ASKED)
@settings(deadline=None, max_examples=5)
@given(data=st.data())
def test_a_function_answers_or_refuses(name: str, data: st.DataObject) -> None:
    """Whatever plausible is asked, there is a result or one sentence without an option of the command."""
    # A question of reinforcement that can be put takes seconds: here it names no requirement that there is.
    needed = (
        ["requirement"]
        if name == "reinforce"
        else [field for field, info in question_of(name).model_fields.items() if info.is_required()]
    )
    fields = {*needed, *data.draw(st.lists(st.sampled_from(sorted(ASKED[name])), max_size=3))}
    answer(name, (), **{field: data.draw(ASKED[name][field]) for field in sorted(fields)})


def test_a_decision_is_asked_by_name_by_path_and_in_words(tmp_path: Path) -> None:
    """A shipped name, a sheet's path and members in words are answered; the sentence names the argument."""
    shipped = foedus.decide("successor-2023", draws=100)
    assert shipped.payload()["rule"] == "consensus"
    sheet = tmp_path / "own.csv"
    sheet.write_text("actor,position\nA,1\nB,2\n", encoding="utf-8")
    assert foedus.decide(sheet).table("issues").rows[0]["actors"] == 2
    asked = foedus.decide(issue="Shall they?", member=["HUN=0,high", "USA=100,0.9,100"], draws=100)
    assert {row["name"] for row in asked.table("members").rows} == {"HUN", "USA"}
    assert str(answer("decide", ("successor-2023",), draws=1)).startswith("draws: 1 draws say nothing")
    assert str(answer("decide", ("successor-2023",), rule="qmv")).startswith("rule: ")
    assert "give a file, or issue with member" in str(answer("decide", ()))


def test_an_applicant_is_asked_about_by_name() -> None:
    """A name and days as text are answered; what cannot be is said of the argument."""
    assert foedus.accession("Georgia", signed="2026-11-01", holders="HUN", as_of="2026-11-22").holders == (
        "HUN",
    )
    assert str(answer("accession", ("Sweden",))).startswith("applicant: Sweden is a member already")
    assert str(answer("accession", ())).startswith("applicant: no applicant is named")
    assert str(answer("accession", ("UKR",), as_of="2015-01-01")).startswith("as_of: the estimate rests on")


def test_articles_are_texts_paths_and_folders(tmp_path: Path) -> None:
    """A text, a path and a folder are read; what cannot be read beside them is said and loses nothing."""
    (tmp_path / "a.txt").write_text("NATO has 31 members.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    text = foedus.read("NATO has 31 members.", date="2024-10-01")
    path = foedus.read(tmp_path / "a.txt", date="2024-10-01")
    both = foedus.read([tmp_path, "NATO has 32 members."], date="2024-10-01")
    verdicts = [[c.verdict for d in r.documents for c in d.claims] for r in (text, path, both)]
    assert verdicts == [["contradicted"], ["contradicted"], ["contradicted", "supported"]]
    assert len(both.failures) == 1
    assert "empty" in both.payload()["failures"][0]["error"]
    assert "no such file" in str(answer("read", ("article.txt",)))
    assert "no such file" in str(answer("read", ("my article.txt",)))
    assert str(answer("read", ())).startswith("article: there is no article")
    assert foedus.check("NATO has 31 members.", as_of="2023-05-01").verdict == "supported"
    assert str(answer("check", ("",))).startswith("there is no sentence")
