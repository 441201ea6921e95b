"""Single keys of a scenario, changed without a file."""

from __future__ import annotations

import pytest

from foedus.errors import FoedusError, ScenarioError, UnknownNameError
from foedus.scenario import resolve
from foedus.scenario.changes import changed, read_changes
from foedus.scenario.find import find


def test_a_change_reaches_the_scenario() -> None:
    """A changed key has its value, everything else stays, and name and title say that it is changed."""
    plain, other = resolve("baseline"), resolve("baseline", changes={"levers.pledge.target": 0.04})
    assert (other.spending.pledge_target, other.spending.pledge_deadline) == (
        0.04,
        plain.spending.pledge_deadline,
    )
    assert (other.name, other.title) == ("baseline-changed", f"{plain.title}, changed: target = 0.04")
    assert resolve("baseline", changes={}).sha256 == plain.sha256


def test_values_are_read_as_in_a_file() -> None:
    """Numbers, words and truth are read as YAML reads them; a parameter's name keeps its full stop."""
    texts = ["levers.pledge.target=0.04", "horizon = 2040", "levers.announced_plans=false"]
    assert read_changes(texts) == {
        "levers.pledge.target": 0.04,
        "horizon": 2040,
        "levers.announced_plans": False,
    }
    found = changed(find("baseline"), {"parameters.economy.gdp_growth_bias": 0.001})
    assert found.content.parameters == {"economy.gdp_growth_bias": 0.001}


REFUSED = [
    (["x"], ScenarioError, "'x' is not KEY=VALUE; write for example levers.pledge.target=0.04"),
    (["a=1", "a=2"], ScenarioError, "'a' is given twice; keep one of them"),
    (["a={"], ScenarioError, "'{' is not a value (this is not YAML"),
    (["title.x=1"], ScenarioError, "'title' has no keys; check 'title.x'"),
    (["levers.pledge.targt=1"], UnknownNameError, "did you mean 'levers.pledge.target'?"),
    (["nonsense=1"], UnknownNameError, "the keys here are title"),
    (["levers.pledge.target=4"], ScenarioError, "write 0.04 for 4 %"),
    (["levers.pledge.target=.nan"], ScenarioError, "levers.pledge.target = nan cannot be used"),
]


@pytest.mark.parametrize(("texts", "kind", "words"), REFUSED)
def test_what_cannot_be_changed_is_refused(texts: list[str], kind: type[FoedusError], words: str) -> None:
    """A change that is none, a key that does not exist and a value that cannot stand there get a sentence."""
    with pytest.raises(kind) as caught:
        resolve("baseline", changes=read_changes(texts))
    assert str(caught.value).startswith("--set: ")
    assert words in str(caught.value)
