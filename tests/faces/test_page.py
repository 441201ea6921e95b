"""The report: one small file without a network, whose brief and tables say what the run says."""

from __future__ import annotations

import builtins
import json
import os
import re
import sys
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from foedus.cli import run_command
from foedus.errors import InputError, StorageError
from foedus.evidence import Ledger
from foedus.questions import latest_day
from foedus.report import pdf as printing
from foedus.report.aid_part import aid_on_record
from foedus.report.brief import brief
from foedus.report.causes_part import rise_on_record
from foedus.report.page import SECTIONS, report_html
from foedus.report.pdf import print_pdf
from foedus.report.tables import headline_table, skill_table, status_table
from foedus.runs import Run
from foedus.spending.status import status
from foedus.tables import Table
from foedus.units import per_cent


@pytest.fixture(scope="module")
def page(made: Run) -> str:
    """Give the report of the small run."""
    return report_html(made)


def cells(table: Table) -> list[list[str]]:
    """Give a table's cells as they are printed."""
    return [[column.write(row) for column in table.columns] for row in table.rows]


class Reader(HTMLParser):
    """Collects tags, with what each refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep one tag."""
        self.tags.append((tag, dict(attrs)))


def test_the_report_asks_for_nothing(page: str) -> None:
    """The page has no script and no address but the links to its sources; its policy forbids any request."""
    reader = Reader()
    reader.feed(page)
    names = [tag for tag, _ in reader.tags]
    assert "script" not in names
    assert "link" not in names
    assert "img" not in names
    assert not [attrs for _, attrs in reader.tags if "src" in attrs]
    assert "default-src 'none'" in page
    assert "url(http" not in page
    assert "@import" not in page


def test_the_report_is_small(page: str) -> None:
    """The page is smaller than 3 MB."""
    assert len(page.encode()) < 3_000_000


def test_the_report_has_every_part(page: str) -> None:
    """Every section is there once and in the contents, and no two elements share an id."""
    reader = Reader()
    reader.feed(page)
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for anchor, _ in SECTIONS:
        assert ids.count(anchor) == 1
        assert f'href="#{anchor}"' in page


def test_tables_can_be_read_aloud(page: str) -> None:
    """Every table has a caption, and headings for its columns and rows."""
    for table in re.findall(r"<table[ >].*?</table>", page, re.DOTALL):
        assert table.count("<caption>") == 1
        assert '<th scope="col"' in table
        assert '<th scope="row"' in table


def test_the_first_page_has_answer_findings_and_citation(made: Run, page: str) -> None:
    """Before all else stand the answer with its number, the key chart, three findings and how to cite it."""
    first = page[page.index('<section id="brief">') : page.index('<section id="headline">')]
    answer = made.answer()
    assert f'<strong class="number">{answer.number}</strong>' in first
    assert answer.claim in unescape(first)
    assert first.count("<figure>") == 1
    listed = re.search(r'<ol class="brief">(.*?)</ol>', first, re.DOTALL)[1]  # type: ignore[index]
    assert len(re.findall(r"<li>(.*?)</li>", listed)) == 3
    assert f"as of {made.resolved.as_of.day} {made.resolved.as_of:%B %Y}" in unescape(first).lower().replace(
        f"{made.resolved.as_of:%B}".lower(), f"{made.resolved.as_of:%B}"
    )
    assert "How to cite" in first


def test_the_brief_has_five_sentences(made: Run, results: dict[str, Any]) -> None:
    """The brief has five sentences, with the figures of the headline."""
    now = status(year=made.years[0], as_of=made.resolved.as_of)
    lines = brief(made.summary, now)
    assert len(lines) == 5
    entry = made.summary.measures["allies_at_pledge_count"]
    assert f"{entry.median[-1]:.0f} allies at 3.5 %" in lines[2]
    assert f"{entry.low[-1]:.0f} to {entry.high[-1]:.0f}" in lines[2]
    assert f"In {made.years[0]}" in lines[0]
    first, *others = now.levels
    assert first.count_words in lines[0]
    assert all(f"{level.meeting} at least" in lines[0] for level in others)
    assert f"({now.card.id})" in lines[0]
    grades = made.summary.parameters_by_grade
    judged = grades.get("assumed", 0) + grades.get("judged", 0)
    assert f"Of the model's {sum(grades.values())} parameters {judged} are assumed or judged" in lines[4]


def test_the_brief_shows_no_change_where_there_is_no_skill(made: Run, results: dict[str, Any]) -> None:
    """Where the model has had no skill at the horizon, the brief and the table give no change and say why."""
    measures = {
        name: replace(entry, shown=(*entry.shown[:-1], "no change"))
        for name, entry in made.summary.measures.items()
    }
    head = replace(made.summary, measures=measures)
    lines = brief(head, results["Status"])
    naive = made.summary.measures["allies_at_pledge_count"].naive[-1]
    assert "no skill in such counts so far ahead, so the forecast of no change stands" in lines[2]
    assert f"stands: {naive:.0f} allies" in lines[2]
    assert "by the forecast of no change billion" in lines[3]
    assert all("(no change" in row[3] for row in cells(headline_table(head)))


def test_every_edition_used_is_among_the_sources(made: Run, page: str) -> None:
    """Every edition that the run used, or that a table counts by, has its card in the source list."""
    now = status(year=made.years[0], as_of=made.resolved.as_of)
    for edition in (*made.resolved.editions, *(count.edition for count in now.counts)):
        assert f"Edition {edition}, published" in page


def test_words_of_a_scenario_are_text(made: Run) -> None:
    """A title with markup is shown and not obeyed."""
    head = replace(made.summary, title="<script>alert(1)</script>")
    page = report_html(Run(made.folder, made.manifest, head, made.resolved))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_one_edition_alone_has_nothing_to_compare(tmp_path: Path) -> None:
    """Where one edition alone holds the whole year, the report says that there is nothing to compare."""
    from datetime import date
    from types import MappingProxyType

    from foedus.runs import run

    every = Ledger.packaged()
    series = "nato-defence-expenditure"
    held = {n: c for n, c in every.editions.items() if n == "nato-2024-06" or c.series != series}
    ledger = replace(every, editions=MappingProxyType(held))
    made = run("baseline", draws=20, as_of=date(2024, 10, 1), ledger=ledger, out=tmp_path / "run")
    assert "there is nothing to compare with" in report_html(made, ledger=ledger)
    # With the first print of 2023 that was found, there is a year to compare.
    page = report_html(made, ledger=every)
    assert "Share of GDP of 2023 in two editions" in page
    assert "there is nothing to compare with" not in page


def test_skill_is_a_table(made: Run) -> None:
    """The skill table has a row for each number of years ahead; without measured skill there is none."""
    table = skill_table(made.summary)
    assert table is not None
    assert [row[0] for row in cells(table)] == ["1", "2", "3", "5", "10"]
    assert skill_table(replace(made.summary, skill_by_years_ahead=())) is None


def test_an_empty_column_is_left_out(results: dict[str, Any]) -> None:
    """An edition without equipment shares has no column of them, and the money columns stay."""
    full = results["Status"]
    bare = replace(
        full, rows=tuple(replace(row, equipment_share=None, equipment_edition="") for row in full.rows)
    )
    headings, without = ([c.label for c in status_table(each).columns] for each in (full, bare))
    assert set(headings) - set(without) == {"Equipment"}
    assert {"Gap to 2.0 %, bn constant 2021 USD", "Gap to 3.5 %, bn constant 2021 USD"} <= set(without)


def test_growth_of_the_same_members_stands_in_the_report(made: Run, page: str) -> None:
    """The report gives the growth of every aggregate of totals and among the same members."""
    now = status(year=made.years[0], as_of=made.resolved.as_of)
    assert f"The Alliance in {now.year}" in page
    assert "Growth, same members" in page
    for row in now.alliance:
        assert per_cent(row.growth_same_members) in page


def test_the_command_writes_the_page(
    made: Run, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command writes the page of a run's folder, the same page each time, and says its size."""
    out = tmp_path / "report.html"
    assert run_command(["report", str(made.folder), "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert out.read_text(encoding="utf-8") == page
    assert said["bytes"] == len(page.encode())
    assert said["scenario"] == "baseline"
    assert said["pdf"] is None


def test_the_command_runs_a_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a scenario, the command runs it first."""
    out = tmp_path / "late.html"
    call = ["report", "hague-five-years-late", "--as-of", "2026-11-01", "--draws", "20", "--out", str(out)]
    assert run_command(call) == 0
    assert capsys.readouterr().out.startswith("The pledge of The Hague, five years late: ")
    assert "The pledge of The Hague, five years late" in out.read_text(encoding="utf-8")


def test_questions_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scenario that puts a question to allies has it in its report, with how often it is adopted."""
    out = tmp_path / "goal.html"
    assert (
        run_command(["report", "a-higher-goal", "--as-of", "2026-11-01", "--draws", "20", "--out", str(out)])
        == 0
    )
    assert re.search(
        r"2033: spending goal of 4 % of GDP, adopted in \d+ % of the draws", out.read_text("utf-8")
    )
    capsys.readouterr()


def test_a_page_must_be_one(made: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another ending, and a place that cannot be written, are refused in one line."""
    assert run_command(["report", str(made.folder), "--out", str(tmp_path / "report.txt")]) == 2
    assert "--out: 'report.txt' is no page; end the name in .html." in capsys.readouterr().err
    assert run_command(["report", str(made.folder), "--out", str(tmp_path / "no" / "report.html")]) == 2
    assert "its folder does not exist; make the folder first" in capsys.readouterr().err


def test_without_templates_no_page(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library that writes pages, the message names the extra."""
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"the library that writes pages is not installed; run `pip install"):
        report_html(made)


def browser(folder: Path, body: str) -> None:
    """Put a stand-in for a browser on the path."""
    program = folder / "chromium"
    program.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    program.chmod(0o755)


WRITES = "open([a for a in sys.argv if a.startswith('--print-to-pdf=')][0][15:], 'wb').write(b'%PDF-1.4')"


def test_a_report_is_printed(
    made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --pdf the page is handed to a browser with the network off, and the PDF stands beside it."""
    browser(tmp_path, WRITES)
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "report.html"
    assert run_command(["report", str(made.folder), "--out", str(out), "--pdf"]) == 0
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF-1.4"
    assert capsys.readouterr().out.endswith(f"printed to {tmp_path / 'report.pdf'}\n")


def test_printing_says_what_went_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser, a browser that fails, one that hangs and a target that cannot be written are named."""
    page = tmp_path / "report.html"
    page.write_text("<p>A page</p>")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(printing, "PLACES", ())
    with pytest.raises(InputError, match="--pdf: no Chromium, Chrome or Edge was found to print with; open"):
        print_pdf(page, tmp_path / "report.pdf")
    browser(tmp_path, "print('no display', file=sys.stderr); sys.exit(1)")
    with pytest.raises(StorageError, match=r"the browser made no PDF \(no display\); open the page"):
        print_pdf(page, tmp_path / "report.pdf")
    browser(tmp_path, "import time; time.sleep(20)")
    monkeypatch.setattr(printing, "MOST_SECONDS", 0.5)
    with pytest.raises(StorageError, match=r"the browser made no PDF \(it took more than"):
        print_pdf(page, tmp_path / "report.pdf")
    browser(tmp_path, WRITES)
    monkeypatch.setattr(printing, "MOST_SECONDS", 60)
    with pytest.raises(InputError, match="its folder does not exist"):
        print_pdf(page, tmp_path / "no" / "report.pdf")


def test_a_browser_in_its_usual_place_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no browser is on the path, the usual places are looked at."""
    place = tmp_path / "Google Chrome"
    place.write_text("")
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(printing, "PLACES", (str(place),))
    assert printing.find_browser() == str(place)


@pytest.mark.browser_long
def test_the_printed_report_has_eight_pages_and_its_appendices(made: Run, tmp_path: Path) -> None:
    """The first page has answer, findings and citation; at most eight pages come before the appendices,
    each with the running head and its number."""
    from pypdf import PdfReader

    source = tmp_path / "report.html"
    source.write_text(report_html(made), encoding="utf-8")
    print_pdf(source, tmp_path / "report.pdf")
    texts = [each.extract_text() for each in PdfReader(tmp_path / "report.pdf").pages]
    first = next(i for i, text in enumerate(texts) if "Appendix: how much rests on assumptions" in text)
    assert first <= 8
    assert "Three findings" in texts[0]
    assert "How to cite" in texts[0]
    for number, text in enumerate(texts, start=1):
        assert f"{number} of {len(texts)}" in text
        assert f"foedus · {made.summary.title} · as of {made.resolved.as_of}" in text


def test_a_day_that_has_not_come_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No report and no site is written as of a day that is nowhere yet."""
    for words in (["report", "--out", str(tmp_path / "r.html")], ["site", "build", str(tmp_path / "site")]):
        assert run_command([*words, "--as-of", "2999-01-01"]) == 2
        assert "--as-of: 2999-01-01 has not come yet; give a day up to today" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_such_a_day_is_reported_by_what_is_known_today() -> None:
    """What a report says of aid and of the rise, for a run of a day ahead, is what it says today."""
    ahead, today = Ledger.packaged().as_of(date(2999, 1, 1)), Ledger.packaged().as_of(latest_day())
    assert aid_on_record(ahead) == aid_on_record(today)
    assert rise_on_record(ahead) == rise_on_record(today)
