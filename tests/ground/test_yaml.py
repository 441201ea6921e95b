"""The one reader of YAML: the rules of version 1.2, the limits, and the lines of what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FileFormatError, ScenarioError
from foedus.files.lines import read_yaml
from foedus.files.yaml_text import dump_yaml, parse_yaml, plain_yaml
from foedus.scenario.changes import read_changes

SOURCE = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("y", "y"), ("Off", "Off"),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("Null", None),
        ("3e-2", 0.03), ("-1E+3", -1000.0), (".5", 0.5), ("5.", 5.0), ("+.inf", float("inf")),
        ("010", 10), ("0o17", 15), ("0x1F", 31), ("-7", -7), ("0", 0),
        ("1_000", "1_000"), ("1:30", "1:30"), ("0b11", "0b11"), ("1.2.3", "1.2.3"), ("-", None), ("+", "+"),
        ("2024-06-17", date(2024, 6, 17)), ("2024-6-17", "2024-6-17"), ("'2024-06-17'", "2024-06-17"),
        ("'NO'", "NO"), ('"3e-2"', "3e-2"), ("!!str 3", "3"), ("!!float 3", 3.0), ("!!int 0x10", 16),
        ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_values_are_those_of_version_12(text: str, value: object) -> None:
    """A word, a number or a day is what version 1.2 takes it for; a day alone is taken from 1.1."""
    read = plain_yaml(f"a: {text}" if text != "-" else "a:")
    assert read == {"a": value}
    assert type(read["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: the key 'a' stands twice"),
        ("a:\n  b: 1\n  b: 2", "line 3: the key 'b' stands twice"),
        ("1: a\n1: b", "line 2: the key 1 stands twice"),
        ("a: &x 1\nb: *x", r"line 2: the alias \*x is not allowed"),
        ("[" * 21 + "]" * 21, "line 1: the file nests deeper than 20 levels"),
        ("[" * 500_000, "nests deeper than 20 levels"),
        ("a: 1\n--- \nb: 2", "line 2: there is a second document"),
        ("a: !!python/object:os.system x", r"line 1: the tag !!python/object:os.system is not allowed"),
        ("a: !own x", "line 1: the tag !own is not allowed"),
        ("a: !!set {b}", "the tag !!set is not allowed"),
        ("a: !!int two", "line 1: 'two' is not a plain value"),
        ("a: 2024-02-30", "line 1: '2024-02-30' is not a plain value"),
        ("? [a]\n: b", "line 1: a key is no word"),
        ("a:\n\tb: 1", "line 2: the line begins with a tab; indent with spaces"),
        ("a: b: c", r"line 1: this is not YAML \(mapping values are not allowed in this context\)"),
        ("a: \x07", "this is not YAML"),
        ("a: '" + "x" * 1_000_000 + "'", "the text is larger than 1 MB"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, words: str) -> None:
    """Aliases, keys that stand twice, programs' tags, deep and long texts are refused, and where."""
    with pytest.raises(FileFormatError, match=words):
        plain_yaml(text, "a.yaml")


def test_keys_stay_as_they_are_written_in_a_scenario(tmp_path: Path) -> None:
    """A member is called NO and a year 2030 in a scenario's keys, and each has its line."""
    path = tmp_path / "a.yaml"
    path.write_text("members:\n  NO: 3e-2\n  2030: [1, {x: 2}]\n", encoding="utf-8")
    content, lines = read_yaml(path, "a.yaml")
    assert content == {"members": {"NO": 0.03, "2030": [1, {"x": 2}]}}
    assert lines == {
        (): 1, ("members",): 1, ("members", "NO"): 2, ("members", "2030"): 3,
        ("members", "2030", 0): 3, ("members", "2030", 1): 3, ("members", "2030", 1, "x"): 3,
    }  # fmt: skip
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="the file holds no mapping"):
        read_yaml(path, "a.yaml")


def test_a_change_is_read_by_the_same_rules() -> None:
    """`--set a=3e-2` is a number and `--set a=NO` a word; an alias is refused."""
    assert read_changes(["a.b=3e-2", "c=NO", "d=[1, 2]"]) == {"a.b": 0.03, "c": "NO", "d": [1, 2]}
    with pytest.raises(ScenarioError, match=r"'\*x' is not a value \(the alias \*x is not allowed\)"):
        read_changes(["a=*x"])


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False)
    | st.dates(date(1000, 1, 1))
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
    | st.sampled_from(["NO", "3e-2", "0o7", "yes", "1_0", "2024-06-17", "~", "1:30", ".5", "0x1", "null"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_what_is_written_reads_back(value: object) -> None:
    """Whatever plain values are written, they read back the same, by this reader and by one of 1.1."""
    text = dump_yaml({"a": value})
    assert plain_yaml(text) == {"a": value}
    assert yaml.safe_load(text) == {"a": value}


def test_only_one_module_reads_yaml() -> None:
    """No module of the package but the reader imports the library."""
    users = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "src").rglob("*.py")
        if "import yaml" in path.read_text(encoding="utf-8")
    }
    assert users == {"src/foedus/files/yaml_text.py"}


def test_without_the_compiled_parser_nothing_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped scenarios read the same where the compiled parser is not installed."""
    texts = [path.read_text(encoding="utf-8") for path in (SOURCE / "scenarios").glob("*.yaml")]
    quick = [parse_yaml(text, "a", ScenarioError) for text in texts]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert [parse_yaml(text, "a", ScenarioError) for text in texts] == quick
