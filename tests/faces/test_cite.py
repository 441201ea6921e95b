"""How foedus, its editions, figures and runs are cited, in each form and on each face."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.cli import run_command
from foedus.dashboard.linked_data import data_sets
from foedus.errors import InputError, NoDataError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.lists import edition_list
from foedus.files.yaml_text import plain_yaml
from foedus.report.cite_question import CiteQuestion
from foedus.report.citing import Cited, cited
from foedus.report.works import CitedWork, to_bibtex, to_csl
from foedus.runs import Run
from foedus.runs.execute import run_resolved
from foedus.scenario import resolve

ROOT = Path(__file__).parents[2]
DAY = "2026-11-01"
FIGURE = "defence_expenditure_share_of_gdp:POL:2024"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small run of a shipped scenario."""
    resolved = resolve("baseline", as_of=date(2026, 11, 1), ledger=Ledger.packaged())
    return run_resolved(resolved, draws=6, out=tmp_path_factory.mktemp("runs") / "stored")


def _value(text: str, at: int) -> tuple[str, int]:
    """Read a value in braces that starts at a place; return it and the place behind it."""
    assert text[at] == "{"
    depth, start = 0, at
    while True:
        if text[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            return text[start + 1 : at - 1], at


def parsed(bibtex: str) -> dict[str, dict[str, str]]:
    """Read BibTeX by its grammar: ``@kind{key, name = {value}, …}``; a key that comes twice is an error."""
    entries: dict[str, dict[str, str]] = {}
    at = 0
    while match := re.compile(r"\s*@(\w+)\{([^\s,{}\\%#~]+),").match(bibtex, at):
        key, at, fields = match[2], match.end(), {"kind": match[1]}
        while field := re.compile(r"\s*([a-z]+)\s*=\s*").match(bibtex, at):
            fields[field[1]], at = _value(bibtex, field.end())
            at += bibtex[at] == ","
        end = re.compile(r"\s*\}").match(bibtex, at)
        assert end
        at = end.end()
        assert key not in entries
        entries[key] = fields
    assert not bibtex[at:].strip()
    return entries


def _unescaped(text: str) -> str:
    """Return a value as TeX prints it."""
    text = text.removeprefix("{").removesuffix("}") if text.startswith("{") else text
    signs = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    pattern = r"\\textbackslash\{\}|\\textasciitilde\{\}|\\textasciicircum\{\}|\\([&%$#_{}])"
    return re.sub(pattern, lambda found: found[1] or signs[found[0]], text)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.text("{}\\%&_#$~^ab", max_size=12),
)
def test_any_title_stands_in_bibtex(title: str, note: str) -> None:
    """Whatever signs a title or a note has, the entry is whole and prints them."""
    work = CitedWork(
        "key", "dataset", title, "A & B", date(2024, 6, 17), url="https://a.example/%7B_#x", note=note
    )
    (entry,) = parsed(to_bibtex([work])).values()
    assert _unescaped(entry["title"]) == " ".join(title.split())
    assert _unescaped(entry.get("note", "")) == " ".join(note.split())
    assert entry["author"] == r"{A \& B}"
    assert entry["url"] == work.url


def _sound(result: Cited) -> None:
    """Hold a citation's forms against each other."""
    entries, items = parsed(result.bibtex()), result.csl()
    assert list(entries) == [item["id"] for item in items] == [work.key for work in result.works]
    assert "foedus" in entries
    for item, entry in zip(items, entries.values(), strict=True):
        assert {"id", "type", "title", "author"} <= set(item)
        assert item["type"] in {"software", "dataset", "report"}
        assert item["author"][0]["literal"]
        assert _unescaped(entry["title"]) == " ".join(item["title"].split())
        if "issued" in item:
            assert "-".join(f"{part:02d}" for part in item["issued"]["date-parts"][0]) == entry["date"]
    json.dumps(result.csl(), allow_nan=False)
    assert all((work.text() in result.text()) != (work.kind == "answer") for work in result.works)


@pytest.mark.parametrize("subject", ["", "nato-2024-06", FIGURE, "population", "population:Poland"])
def test_each_subject_is_cited(subject: str) -> None:
    """Every form names the same works, foedus among them; the day stands in the sentence."""
    result = foedus.cite(subject, as_of=DAY)
    _sound(result)
    assert DAY in result.sentence or "1 November 2026" in result.sentence
    assert result.as_of == date(2026, 11, 1)


def test_a_figure_names_its_edition_and_command() -> None:
    """A figure's citation is that of "Cite & share", with the edition that gives it on that day."""
    result = foedus.cite(FIGURE, as_of="2024-10-01")
    assert result.sentence.startswith(f"foedus {foedus.__version__}, “")
    assert [work.key for work in result.works][1:] == ["foedus", "nato-2024-06"]
    assert result.command.endswith("--country POL --year 2024 --edition nato-2024-06")
    assert foedus.cite(FIGURE, edition="nato-2025-08").works[-1].key == "nato-2025-08"


def test_a_run_names_what_it_rests_on(stored: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A run's citation has its own day, seed, draws and editions; the command gives it again."""
    result = foedus.cite(str(stored.folder))
    _sound(result)
    assert "seed 1, 6 draws" in result.sentence
    assert set(stored.manifest["editions"]) < {work.key for work in result.works}
    assert result.command == "foedus run baseline --seed 1 --draws 6 --as-of 2026-11-01"
    with pytest.raises(InputError, match="as_of: the run was asked as of 2026-11-01"):
        foedus.cite(str(stored.folder), as_of="2026-10-01")
    assert run_command(["cite", str(stored.folder), "--as", "bibtex"]) == 0
    assert parsed(capsys.readouterr().out) == parsed(result.bibtex())


def test_a_changed_scenario_has_no_command(tmp_path: Path) -> None:
    """A run of a scenario with other values is not the shipped one's, and its citation does not say so."""
    changed = {"levers.pledge.target": 0.03}
    resolved = resolve("baseline", as_of=date(2026, 11, 1), ledger=Ledger.packaged(), changes=changed)
    run = run_resolved(resolved, draws=3, out=tmp_path / "run")
    assert foedus.cite(str(run.folder)).command == ""


def test_runs_are_not_cited_over_the_web(stored: Run) -> None:
    """What lies on the server is nobody else's to ask after."""
    with pytest.raises(UnknownNameError):
        cited(CiteQuestion(subject=str(stored.folder)), runs=False)


@pytest.mark.parametrize(
    ("subject", "given_too", "error", "words"),
    [
        ("nato-2024-6", {}, UnknownNameError, "did you mean 'nato-2024-06'"),
        ("nato-2024-06", {"as_of": "2020-01-01"}, NoDataError, "had not been published by 2020-01-01"),
        ("nato-2024-06", {"edition": "nato-2024-06"}, InputError, "edition: only a figure is of an edition"),
        (
            "population:POL:2024:x",
            {},
            InputError,
            "subject: .* is no figure; write it as",
        ),
        ("population:Nowhere:2024", {}, InputError, "Nowhere"),
        ("population:POL:1066", {}, (InputError, NoDataError), "1066"),
    ],
)
def test_what_cannot_be_cited_is_said(
    subject: str, given_too: dict[str, Any], error: type[Exception], words: str
) -> None:
    """The sentence names the argument and what to do."""
    with pytest.raises(error, match=words):
        foedus.cite(subject, **given_too)


def test_the_command_prints_each_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Text, BibTeX and CSL-JSON are what Python gives."""
    result = foedus.cite(FIGURE, as_of=DAY)
    for form, text in (("text", result.text()), ("bibtex", result.bibtex().strip())):
        assert run_command(["cite", FIGURE, "--as-of", DAY, "--as", form]) == 0
        assert capsys.readouterr().out.strip() == text
    assert run_command(["cite", FIGURE, "--as-of", DAY, "--as", "csl"]) == 0
    assert json.loads(capsys.readouterr().out) == to_csl(result.works)


def test_foedus_is_cited_as_its_file_says() -> None:
    """Title, version, authors and day of release are those of CITATION.cff, and the version the package's."""
    content = plain_yaml((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    (work,) = foedus.cite().works
    assert (work.title, work.version) == (content["title"], str(content["version"]))
    assert work.version == foedus.__version__
    assert str(work.issued) == str(content["date-released"])


def test_editions_are_data_sets_for_search_engines() -> None:
    """Each edition has what schema.org asks of a data set; its years and quantities are the ledger's."""
    ledger = Ledger.packaged()
    graph = data_sets(ledger.editions.values(), edition_list(ledger).editions)["@graph"]
    assert {each["identifier"] for each in graph} == set(ledger.editions)
    assert all(
        {"name", "description", "publisher", "datePublished", "license", "url"} <= set(g) for g in graph
    )
    nato = next(each for each in graph if each["identifier"] == "nato-2024-06")
    assert nato["temporalCoverage"] == "2014/2024"
    assert "defence_expenditure_share_of_gdp" in {each["propertyID"] for each in nato["variableMeasured"]}
