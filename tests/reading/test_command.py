"""The commands `foedus read` and `foedus check`."""

from __future__ import annotations

import io
import json
import sys

import pytest

from foedus.cli import run_command

TEXT = "“We have 31 allies,” Rutte said. NATO was founded in 1949, and the ministers spoke of it."


def ask(capsys, *words, code=0):
    """Run a command and give the one JSON object it prints."""
    assert run_command([*words, "--json"]) == code
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def refuse(capsys, *words):
    """Run a command that shall fail and give its one line."""
    assert run_command(list(words)) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("foedus: ")
    return captured.err


@pytest.fixture
def article(tmp_path):
    """Give a file with an article."""
    path = tmp_path / "an article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_check_in_json(capsys):
    """`foedus check` prints verdict, claims with spans, and evidence with edition and day."""
    text = "23 of 32 allies are at 2 % of GDP this year."
    answer = ask(capsys, "check", text, "--as-of", "2024-10-01")
    assert (answer["verdict"], answer["as_of"], answer["sentence"]) == ("supported", "2024-10-01", text)
    (claim,) = answer["claims"]
    assert claim["kind"] == "count_meeting_guideline"
    assert text[slice(*claim["span"])] == claim["text"]
    editions = {e["edition"]: (e["value"], e["published"], e["later"]) for e in claim["evidence"]}
    assert editions["nato-2024-06"] == (23.0, "2024-06-17", False)
    assert editions["nato-2025-08"] == (18.0, "2025-08-28", True)


def test_check_in_words(capsys):
    """Without --json the verdict stands first, with its reason."""
    assert run_command(["check", "NATO has 31 members.", "--as-of", "2024-10-01"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("contradicted, as of 2024-10-01: ")
    assert "32 allies on 2024-10-01" in out
    assert run_command(["check", "The weather was fine."]) == 0
    assert "no claim of a kind" in capsys.readouterr().out


def test_read_in_json(capsys, article):
    """`foedus read` prints document, date, quotations and claims with spans into the text."""
    answer = ask(capsys, "read", str(article), "--date", "2024-10-01")
    (document,) = answer["documents"]
    assert document["date"]["basis"] == "given"
    assert document["text"] == TEXT
    (quotation,) = document["quotations"]
    assert (quotation["tier"], quotation["speaker"]["name"]) == ("A", "Mark Rutte")
    assert [c["verdict"] for c in document["claims"]] == ["contradicted", "supported"]
    assert document["claims"][0]["voice"] == "quotation 1"
    for item in (*document["claims"], *document["quotations"]):
        assert TEXT[slice(*item["span"])] == item["text"]


def test_read_in_words(capsys, article):
    """Without --json the quotations stand with their speakers, and the claims with verdict and evidence."""
    assert run_command(["read", str(article), "--date", "2024-10-01"]) == 0
    out = capsys.readouterr().out
    assert "Mark Rutte (tier A): “We have 31 allies,”" in out
    assert "contradicted: We have 31 allies" in out


@pytest.mark.parametrize("words", [[], ["-"]])
def test_standard_input(capsys, monkeypatch, words):
    """Without a path, or with a dash, standard input is read."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    answer = ask(capsys, "read", *words, "--date", "2024-10-01")
    assert answer["documents"][0]["name"] == "standard input"


def test_compare_and_page(capsys, tmp_path, article):
    """--compare adds the tellings, and --html writes the page."""
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("31", "32"), encoding="utf-8")
    target = tmp_path / "page.html"
    words = ["read", str(article), str(other), "--date", "2024-10-01", "--compare", "--html", str(target)]
    answer = ask(capsys, *words)
    assert answer["page"] == str(target)
    assert answer["comparison"]["pairs"][0]["relation"] == "near verbatim"
    assert answer["comparison"]["differences"][0]["kind"] == "membership_count"
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run_command(words) == 0
    out = capsys.readouterr().out
    assert "near verbatim" in out
    assert "reworded" in out
    assert f"The reading page is {target}." in out


def test_one_bad_file_does_not_stop_the_others(capsys, tmp_path, article):
    """Readable documents are printed, each other is one line, and the exit code says so."""
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run_command(["read", str(tmp_path), "--json"]) == 2
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert len(answer["documents"]) == 1
    assert "the file is empty" in answer["failures"][0]["error"]
    assert "1 of 2 documents could not be read" in captured.err
    assert article.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["none.txt"], "there is no such file or folder"),
        (["--wrong"], "--wrong is not an option"),
        (["{article}", "--date", "yesterday"], "is not a day of the calendar"),
        (["{article}", "--compare"], "there is nothing to compare; give at least two articles"),
        (
            ["{article}", "--html", "{folder}/none/page.html"],
            "its folder does not exist; make the folder first",
        ),
    ],
)
def test_errors(capsys, article, words, message):
    """What cannot be done is one line."""
    filled = [w.format(article=article, folder=article.parent) for w in words]
    assert message in refuse(capsys, "read", *filled)


def test_a_single_bad_file_is_one_line(capsys, tmp_path):
    """One file that cannot be read is one line on standard error and nothing on standard output."""
    (tmp_path / "empty.txt").write_bytes(b"")
    assert "the file is empty" in refuse(capsys, "read", str(tmp_path / "empty.txt"))


def test_comparing_without_the_library(capsys, tmp_path, article, monkeypatch):
    """Without the library for lemmas, --compare says how to install it."""
    from foedus.reading import similarity

    similarity._lemma.cache_clear()
    monkeypatch.setitem(sys.modules, "simplemma", None)
    other = tmp_path / "other.txt"
    other.write_text(TEXT, encoding="utf-8")
    assert run_command(["read", str(article), str(other), "--compare", "--json"]) == 2
    assert "comparing articles needs the library simplemma" in capsys.readouterr().err
