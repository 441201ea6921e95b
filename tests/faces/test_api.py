"""The JSON API: the commands' own numbers, refusals with a sentence, and limits."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import polars
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from faces.contract import DOCUMENT, OPERATIONS, examples, faults
from foedus.cli import run_command
from foedus.dashboard.formats import ARROW, as_arrow, as_csv_text, main_rows
from foedus.dashboard.pages import PAGES
from foedus.dashboard.pages.what_if import WhatIf
from foedus.dashboard.schemas.answers import ANSWERS
from foedus.dashboard.schemas.document import columns_of
from foedus.dashboard.schemas.main_rows import MAIN_ROWS
from foedus.runs.headline import MeasureSummary

API = "/api/v1"


def _cli(capsys: pytest.CaptureFixture[str], command: str) -> Any:
    """Run a command with --json and read what it prints."""
    capsys.readouterr()
    assert run_command([*shlex.split(command)[1:], "--json"]) == 0
    return json.loads(capsys.readouterr().out)


SAME = [
    ("cite?subject=nato-2024-06&as_of=2026-11-01", "foedus cite nato-2024-06 --as-of 2026-11-01", "cite"),
    ("status", "foedus status", "status"),
    (
        "attribution?period=2022-25&control=with-pacific&edition=nato-2024-06",
        "foedus attribution --period 2022-25 --control with-pacific --edition nato-2024-06",
        "attribution",
    ),
    ("status?year=2024&as_of=2024-10-01", "foedus status --year 2024 --as-of 2024-10-01", "status"),
    (
        "status?guideline=0.035&basis=computed&edition=nato-2024-06",
        "foedus status --guideline 0.035 --basis computed --edition nato-2024-06",
        "status",
    ),
    (
        "status?year=2026&country=NATO%20Europe&country=POL",
        "foedus status --year 2026 --country 'NATO Europe' --country POL",
        "status",
    ),
    (
        "figures?indicator=defence_expenditure_real_change&country=NATO_EUR_CAN&year=2023-2026",
        "foedus figure defence_expenditure_real_change --country NATO_EUR_CAN --year 2023-2026",
        "figures",
    ),
    (
        "figures?indicator=part_of_nato_defence_expenditure&country=USA&country=NATO_EUR&year=2024-2026",
        "foedus figure part_of_nato_defence_expenditure --country USA --country NATO_EUR --year 2024-2026",
        "figures",
    ),
    (
        "figures?indicator=equipment_share&country=POL&country=Spain&year=2014-2024",
        "foedus figure equipment_share --country POL --country Spain --year 2014-2024",
        "figures",
    ),
    (
        "figures?indicator=defence_expenditure_share_of_gdp&country=HRV&year=2024&all_editions=true",
        "foedus figure defence_expenditure_share_of_gdp --country HRV --year 2024 --all-editions",
        "figures",
    ),
    ("run?draws=300", "foedus run --draws 300", "run"),
    (
        "run?scenario=hague-five-years-late&draws=200&seed=7",
        "foedus run hague-five-years-late --draws 200 --seed 7",
        "run",
    ),
    (
        "run?draws=200&set=levers.pledge.target%3D0.04&set=uncertainties.growth_shift%3D-0.01",
        "foedus run --draws 200 --set levers.pledge.target=0.04 --set uncertainties.growth_shift=-0.01",
        "run",
    ),
    ("run?draws=200&as_of=2024-10-01", "foedus run --draws 200 --as-of 2024-10-01", "run"),
    (
        "compare?first=baseline&second=hague-five-years-late&draws=200",
        "foedus compare baseline hague-five-years-late --draws 200",
        "compare",
    ),
    (
        "compare-many?scenario=baseline&scenario=hague-five-years-late&regret=nato_gap_constant_usd&best=least"
        "&draws=60",
        "foedus compare baseline hague-five-years-late --regret nato_gap_constant_usd --best least "
        "--draws 60",
        "compare",
    ),
    (
        "discover?threshold=allies_at_pledge_count%20%3C%2010&year=2030&draws=200",
        'foedus sensitivity --discover "allies_at_pledge_count < 10" --year 2030 --draws 200',
        "discover",
    ),
    (
        "explain?measure=nato_gap_constant_usd&year=2030&draws=40",
        "foedus explain nato_gap_constant_usd --year 2030 --draws 40",
        "explain",
    ),
    (
        "sensitivity?measure=allies_at_pledge_count&year=2028&draws=40",
        "foedus sensitivity --measure allies_at_pledge_count --year 2028 --draws 40",
        "sensitivity",
    ),
    ("pledge?target=0.03&by=2032", "foedus pledge --target 0.03 --by 2032", "pledge"),
    ("burden?year=2024", "foedus burden --year 2024", "burden"),
    (
        "scorecard?of=Stoltenberg&as_of=2024-10-01",
        "foedus scorecard --of Stoltenberg --as-of 2024-10-01",
        "scorecard",
    ),
    ("decide?file=template&draws=500", "foedus decide template --draws 500", "decide"),
    (
        "buys?requirement=replace-us-2025&production=2&draws=60",
        "foedus gap replace-us-2025 --scenario baseline --set levers.industry.production.factor=2 --draws 60",
        "buys",
    ),
    (
        "decide?file=invite-ukraine&draws=500&suppose=SVK&suppose=HUN&allow=none",
        "foedus decide invite-ukraine --draws 500 --suppose SVK,HUN --allow none",
        "decide",
    ),
    (
        "decide?issue=Shall%20they%3F&against=HUN&unsure=TUR&kind=operation&draws=200",
        "foedus decide --issue 'Shall they?' --against HUN --unsure TUR --kind operation --draws 200",
        "decide",
    ),
    ("country?ally=Italy&draws=100", "foedus country Italy --draws 100", "country"),
    (
        "accession?applicant=Ukraine&signed=2026-01-15&as_of=2026-06-01&holders=Hungary",
        "foedus accession --applicant Ukraine --signed 2026-01-15 --as-of 2026-06-01 --holders Hungary",
        "accession",
    ),
    (
        "check?sentence=NATO%20has%2031%20members.&as_of=2023-05-01",
        "foedus check 'NATO has 31 members.' --as-of 2023-05-01",
        "check",
    ),
    ("run?scenario=ukraine-accedes&draws=200", "foedus run ukraine-accedes --draws 200", "run"),
    (
        "apportion?requirement=force-model&rule=mix&cap=0.3&exclude=ISL",
        "foedus apportion force-model --rule mix --cap 0.3 --exclude ISL",
        "apportion",
    ),
    ("gap?requirement=press-minimum-2024", "foedus gap press-minimum-2024", "gap"),
    (
        "aid?donor=DEU&donor=EUI&kind=military&as_of=2026-08-31",
        "foedus aid --donor DEU EUI --kind military --as-of 2026-08-31",
        "aid",
    ),
    (
        "aid?real=true&compare=2025&compare=2022-2024",
        "foedus aid --real --compare-years 2025 2022-2024",
        "aid",
    ),
    ("aid-forecast?ahead=3&kind=military", "foedus aid --forecast 3 --kind military", "aid"),
    ("sustain?scenario=aid-us-stops&draws=200", "foedus sustain aid-us-stops --draws 200", "sustain"),
    (
        "reinforcement?permit_days=45&day=20&draws=20",
        "foedus reinforce --on-day 20 --permit-days 45 --draws 20 --cases 6",
        "reinforcement",
    ),
    (
        "deter?country=EST&range=decisiveness%3D1..2&as_of=2026-09-01",
        "foedus deter --country EST --range decisiveness=1..2 --as-of 2026-09-01",
        "deter",
    ),
    ("deter-game?paying_adds=0.1", "foedus deter --game --paying-adds 0.1", "deter"),
    ("reliability", "foedus reliability", "reliability"),
    ("spiral?years=5&less=0.2", "foedus spiral --years 5 --less 0.2", "spiral"),
    ("sources?edition=nato-2024-06", "foedus sources nato-2024-06", "sources"),
    ("words", "foedus words", "words"),
]


@pytest.mark.parametrize(("asked", "command", "name"), SAME)
def test_the_api_gives_the_commands_numbers(
    client: httpx.Client, capsys: pytest.CaptureFixture[str], asked: str, command: str, name: str
) -> None:
    """The API answers with the object that the command prints, number by number."""
    answer = client.get(f"{API}/{asked}")
    assert answer.status_code == 200, answer.text
    printed = _cli(capsys, command)
    printed.pop("folder", None)  # where the command keeps a run is its own affair
    given = answer.json()
    # The day and the editions stand in every answer, also where the command leaves them to the question.
    assert given["as_of"] == (printed.get("as_of") or given["as_of"]), name
    assert given == {"editions": given["editions"], **printed, "as_of": given["as_of"]}, name
    assert faults(asked.partition("?")[0], given) == []


SETTINGS = [
    WhatIf(draws=200),
    WhatIf(draws=200, target=0.04),
    WhatIf(draws=200, target=0.03, deadline=2032),
    WhatIf(draws=200, growth=-0.01),
    WhatIf(draws=200, growth=0.015, target=0.025),
    WhatIf(draws=200, compliance=0.0),
    WhatIf(draws=200, compliance=0.7, deadline=2030),
    WhatIf(draws=200, threat_until=2029),
    WhatIf(draws=200, plans=False, seed=3),
    WhatIf(draws=200, scenario="hague-five-years-late", target=0.032),
]


@pytest.mark.parametrize("question", SETTINGS, ids=lambda q: q.model_dump_json(exclude_defaults=True))
def test_the_page_shows_what_its_command_prints(
    client: httpx.Client, capsys: pytest.CaptureFixture[str], question: WhatIf
) -> None:
    """The sliders' table holds the numbers that the command beside it prints, and so does its Python."""
    page = next(page for page in PAGES if page.slug == "what-if")
    printed = _cli(capsys, page.command(question))
    measures = printed.get("second", printed)["measures"]
    asked = {**question.given(), "part": "years", "whole": "yes"}
    text = client.get("/what-if.csv", params=asked).text
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines()))
    for column, measure in (
        ("nato_expenditure_constant_usd", "nato_expenditure_constant_usd"),
        ("nato_gap_constant_usd_naive", "nato_gap_constant_usd"),
    ):
        at = rows[0].index(column)
        shown = [float(row[at]) for row in rows[1:]]
        entry = measures[measure]
        held = MeasureSummary(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
        model = (
            entry["naive"] if column.endswith("_naive") else [held.interval(i)[1] for i in range(len(shown))]
        )
        still = zip(entry["shown"], model, entry["naive"], strict=True)
        assert shown == [naive if word == "no change" else value for word, value, naive in still]
    names: dict[str, Any] = {}
    exec(page.python(question).replace("\nfoedus.", "\nresult = foedus."), names)
    summary = names["result"].second if "second" in printed else names["result"].summary
    assert summary.to_json()["measures"] == measures


ARTICLE = (
    "Allies meet in Brussels\n17 June 2024\n\nIn 2024, 23 allies are expected to spend at least 2% of GDP on "
    'defence, Jens Stoltenberg said. "NATO has 31 members," he said. <script>alert("x")</script>\n'
)


def test_an_article_is_read_as_the_command_reads_it(
    client: httpx.Client, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An article sent as a file gives the object that `foedus read --json` prints of the same file."""
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    printed = _cli(capsys, f"foedus read {path}")
    printed["documents"][0]["name"] = "a.txt"
    sent = client.post(f"{API}/read", files={"files": ("a.txt", path.read_bytes())})
    assert sent.status_code == 200
    given = sent.json()
    assert given.pop("as_of") == str(date.today())
    assert "institutions-2026-11" in given.pop("editions")
    assert given == printed


def test_an_article_with_a_script_is_shown_inert(client: httpx.Client) -> None:
    """An article's text is escaped wherever it is shown: no tag of it becomes one of the page."""
    for within in ({}, {"X-Foedus-Part": "all"}):
        answer = client.post("/article", data={"text": ARTICLE}, headers=within)
        assert answer.status_code == 200
        parts = answer.json() if within else {"parts": {"page": answer.text}, "panels": {}}
        text = "".join((*parts["parts"].values(), *parts["panels"].values()))
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text
        assert "contradicted" in text


def test_what_is_no_article_is_refused(client: httpx.Client) -> None:
    """Nothing, too many files, one to compare, no day of the calendar, no text: each gets a sentence."""
    many = [("files", (f"{i}.txt", b"x")) for i in range(7)]
    cases: list[tuple[dict[str, Any], str]] = [
        ({"data": {"text": " "}}, "there is no article; paste a text or choose a file."),
        ({"files": many}, "7 articles were sent; send 6 at most."),
        ({"files": many[:1], "data": {"compare": "true"}}, "there is nothing to compare"),
        ({"data": {"text": "x", "day": "2024-13-01"}}, "is not a day of the calendar"),
        ({"files": [("files", ("a.pdf", b"%PDF-1.4 nothing"))]}, "a.pdf: "),
        ({"files": [("files", ("a.txt", b""))]}, "a.txt: the file is empty"),
    ]
    for sent, words in cases:
        for path in (f"{API}/read", "/article"):
            answer = client.post(path, **sent, headers={"X-Foedus-Part": "900"})
            assert answer.status_code in {400, 422}, answer.text
            assert words in answer.text.replace("&#39;", "'")


def test_what_cannot_be_answered_gets_a_sentence(client: httpx.Client) -> None:
    """A path, a huge number, NaN, an unknown name or parameter: each is refused with one sentence."""
    cases = [
        ("run?scenario=/etc/passwd", 404, "'/etc/passwd' is not a known scenario; use "),
        ("run?scenario=../../baseline.yaml", 404, "is not a known scenario"),
        ("compare?first=baseline&second=/elsewhere/x.yaml", 404, "is not a known scenario"),
        ("run?draws=1000000000000", 422, "less than or equal to 5000"),
        ("run?seed=99999999999999999999999", 422, "seed"),
        ("status?guideline=NaN", 422, "finite"),
        ("status?guideline=1e400", 422, "finite"),
        ("status?year=x", 422, "year = 'x' cannot be used"),
        ("status?as_of=2024-13-01", 422, "as_of"),
        ("status?edition=../x", 404, "is not a known edition"),
        ("status?nonsense=1", 422, "'nonsense' is not a known parameter"),
        ("run?set=levers.pledge.target%3D.nan", 400, "levers.pledge.target = nan cannot be used"),
        ("run?set=levers.pledge.targt%3D0.04", 404, "did you mean 'levers.pledge.target'?"),
        ("figures?indicator=gdp", 404, "is not a known indicator"),
        ("figures?indicator=x%00y", 404, "indicator"),
        ("nothing", 404, "there is no such page."),
    ]
    for asked, status, words in cases:
        answer = client.get(f"{API}/{asked}")
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), asked
        assert words in answer.json()["error"], asked
        assert "\n" not in answer.json()["error"]
    assert client.post(f"{API}/status").json() == {"error": "this address does not take that method."}


def test_a_large_body_is_refused(client: httpx.Client) -> None:
    """Twenty megabytes get 413 and a sentence, wherever they are sent."""
    for path in (f"{API}/status", "/status"):
        answer = client.post(path, content=b"x" * 20_000_000)
        assert answer.status_code == 413
        assert answer.json() == {"error": "the request is larger than 4 MB; send less at once."}


def test_a_foreign_host_name_is_refused(client: httpx.Client) -> None:
    """A name that somebody else points at this machine is not answered."""
    answer = client.get("/status", headers={"host": "elsewhere.example:80"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("this server is not asked by that name")


def test_every_answer_carries_the_policy(client: httpx.Client) -> None:
    """Pages, files, errors and the API all forbid scripts and requests of others."""
    for path in ("/status", "/static/foedus.js", "/nothing", f"{API}/sources", "/status.csv"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_pages_have_no_inline_script_or_style(client: httpx.Client) -> None:
    """No page holds a script, a style or a handler, nor an address that a browser would fetch."""
    for page in PAGES:
        text = client.get(f"/{page.slug}").text
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick=" not in text
        assert 'src="http' not in text
        assert 'rel="stylesheet" href="http' not in text


def test_the_files_hold_the_answer(client: httpx.Client) -> None:
    """Every page gives tables as CSV and XLSX and charts as PNG and SVG; an unknown part is refused."""
    for page in PAGES:
        asked = {"sentence": "NATO has 32 members."} if page.slug == "article" else {}
        book = client.get(f"/{page.file_slug}.xlsx", params=asked)
        assert book.content[:2] == b"PK"
        assert client.get(f"/{page.file_slug}.csv", params=asked).text.startswith("\ufeff")
        refused = client.get(f"/{page.file_slug}.csv?part=nothing")
        assert refused.status_code == 404
        assert client.get(f"/{page.file_slug}.exe").status_code == 404
    assert client.get("/status.png?year=2024").content[:4] == b"\x89PNG"
    assert client.get("/status.svg?year=2024&part=map").text.startswith("<svg")


OF_FIGURES = [
    {"country", "indicator", "sum", "by", "currency"},
    {"indicator", "sum", "by", "currency", "country", "year"},
    {"indicator", "share_of", "year"},
    {"indicator", "rank", "year"},
    {"indicator", "all_editions", "year", "country"},
    {"indicator", "include_history", "year", "country"},
]
APART = {
    "figure": OF_FIGURES,
    "figures": OF_FIGURES[:-1],
    "aid": [{"compare", "real"}],
    "decide": [
        {"issue", "against", "unsure", "kind", "rule", "quota"},
        {"issue", "member", "proposal", "reversion"},
    ],
}
"""Parameters of one address that are asked apart from the others, since they exclude one another."""
ASKED = {address for address, operation in OPERATIONS.items() if "requestBody" not in operation}


def _cases(address: str) -> list[list[tuple[str, Any]]]:
    """Return the examples of an address in questions that can be put: all at once, or those apart."""
    pairs = examples(address)
    apart = set().union(*APART.get(address, []))
    groups = [[pair for pair in pairs if pair[0] in group] for group in APART.get(address, [])]
    return [[pair for pair in pairs if pair[0] not in apart], *groups]


def test_every_answer_is_declared() -> None:
    """Every address has a declared answer and every parameter an example; each column has a type or words."""
    assert set(OPERATIONS) == set(ANSWERS)
    parameters = [(name, p) for name, o in OPERATIONS.items() for p in o.get("parameters", ())]
    assert [(name, p["name"]) for name, p in parameters if "example" not in p] == []
    named = DOCUMENT["components"]["schemas"]
    bare = [f"{n}.{p}" for n, s in named.items() for p, t in s.get("properties", {}).items() if not t]
    assert bare == []


@pytest.mark.parametrize("operation", sorted(ASKED))
def test_every_example_is_accepted_and_answered_as_described(client: httpx.Client, operation: str) -> None:
    """Each parameter has an example that its operation takes; the answer has the published types, a day and
    editions, and its main table the published columns, of the same types where it has no rows."""
    for case in _cases(operation):
        answer = client.get(f"{API}/{operation}", params=case)
        assert answer.status_code == 200, answer.text
        content = answer.json()
        assert faults(operation, content) == []
        assert date.fromisoformat(content["as_of"]) <= date.today()
        assert "editions" in content
    if operation not in MAIN_ROWS:
        return
    rows, columns = main_rows(content, MAIN_ROWS[operation]), columns_of(operation)
    assert {name for row in rows for name in row} <= set(columns)
    table = list(csv.reader(as_csv_text(rows, columns).splitlines()))
    assert table[0] == list(columns)
    held, empty = (polars.read_ipc_stream(io.BytesIO(as_arrow(part, columns))) for part in (rows, []))
    assert held.schema == empty.schema
    assert held.height == len(rows)


def test_an_answer_comes_in_the_form_that_is_accepted(client: httpx.Client) -> None:
    """One address gives JSON, CSV or Arrow, each with a tag of its own; what nobody writes is refused."""
    asked = f"{API}/status?year=2024&country=POL"
    plain, table, stream = (
        client.get(asked, headers={"accept": kind})
        for kind in ("text/html, */*;q=0.8", "text/csv, application/json;q=0.5", ARROW)
    )
    assert plain.headers["content-type"] == "application/json"
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert stream.headers["content-type"] == ARROW
    assert {a.headers["vary"] for a in (plain, table, stream)} == {"accept, accept-encoding"}
    assert len({a.headers["etag"] for a in (plain, table, stream)}) == 3
    shares = [row["share"] for row in plain.json()["rows"]]
    assert [float(row["share"]) for row in csv.DictReader(table.text.splitlines())] == shares
    assert polars.read_ipc_stream(io.BytesIO(stream.content))["share"].to_list() == shares
    again = client.get(asked, headers={"accept": "text/csv", "if-none-match": table.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    refused = client.get(asked, headers={"accept": "image/png"})
    assert refused.status_code == 406
    assert refused.json()["error"].endswith(f"accept application/json or text/csv or {ARROW}.")
    assert client.get(f"{API}/version", headers={"accept": "text/csv"}).status_code == 406


def test_every_version_of_a_figure_has_its_days(client: httpx.Client) -> None:
    """The history is every edition's figure, each valid until the next one came out; a day cuts it."""
    asked = {"indicator": "defence_expenditure_share_of_gdp", "country": "HRV", "year": "2024"}
    versions = client.get(f"{API}/figure", params={**asked, "include_history": "true"}).json()["figures"]
    assert [v["edition"] for v in versions] == ["nato-2024-06", "nato-2025-08", "nato-2026-07"]
    assert [v["valid_from"] for v in versions] == ["2024-06-17", "2025-08-28", "2026-07-10"]
    assert [v["valid_to"] for v in versions] == ["2025-08-28", "2026-07-10", None]
    for version in versions:
        # What a question as of the day finds is the version that was valid on it.
        one = client.get(f"{API}/figure", params={**asked, "as_of": version["valid_from"]}).json()
        assert [f["value"] for f in one["figures"]] == [version["value"]]
    cut = client.get(f"{API}/figure", params={**asked, "include_history": "true", "as_of": "2025-09-01"})
    assert [v["valid_to"] for v in cut.json()["figures"]] == ["2025-08-28", None]
    assert cut.json()["as_of"] == "2025-09-01"


def test_a_parameter_given_twice_is_refused(client: httpx.Client) -> None:
    """Where one value is taken a second is no question; where several are, each counts."""
    twice = client.get(f"{API}/status?year=2024&year=2023")
    assert twice.status_code == 422
    assert twice.json() == {"error": "the parameter 'year' is given more than once; give it once."}
    several = client.get(f"{API}/status?year=2024&country=POL&country=ESP").json()
    assert {row["country"] for row in several["rows"]} == {"POL", "ESP"}


def _wrong(parameter: dict[str, Any]) -> str:
    """Return a value that means nothing to a parameter, and passes what its type alone refuses."""
    text = json.dumps(parameter["schema"])
    if "date" in text:
        return "1900-01-01"
    return "-5" if '"integer"' in text or '"number"' in text else "nowhere"


@pytest.mark.parametrize("operation", sorted(ASKED))
def test_no_refusal_names_an_option_or_a_command(client: httpx.Client, operation: str) -> None:
    """What is refused is told in parameters and addresses, and every operation that is named answers."""
    needed = [(p["name"], p["example"]) for p in OPERATIONS[operation].get("parameters", ()) if p["required"]]
    for parameter in OPERATIONS[operation].get("parameters", ()):
        given = {**dict(needed), parameter["name"]: _wrong(parameter)}
        answer = client.get(f"{API}/{operation}", params=given)
        if answer.status_code != 200:
            sentence = answer.json()["error"]
            assert "`foedus " not in sentence, sentence
            assert not re.search(r"(^|\s)--\w", sentence), sentence
            for named in re.findall(r"`(/api/v1/[^`]+)`", sentence):
                assert client.get(named).status_code == 200, sentence


schema = schemathesis.openapi.from_dict(DOCUMENT)


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_the_api_never_fails(case: Any, address: str) -> None:
    """Whatever its description allows or forbids, the API answers as described and never with a 5xx."""
    checks = (not_a_server_error, status_code_conformance, response_schema_conformance)
    case.call_and_validate(base_url=address, checks=checks)
