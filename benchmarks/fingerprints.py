"""What foedus answers, as one JSON file, to hold two states of the code against each other.

Run it with ``python benchmarks/fingerprints.py OUT.json`` before a change that shall move nothing and after
it, on one machine and one day, and compare the two with ``--against``:

    python benchmarks/fingerprints.py after.json --against before.json

It keeps the checksum of every array and the whole headline of the shipped scenarios on two days, what every
command prints with ``--json`` and in words, the charts as SVG, and what every page and every address of the
API answers with its defaults. Checksums of code, of inputs and of runs are left out: they may differ where the
numbers do not.

``--slow`` adds the hindcast of accessions (two minutes), ``--sipri FILE`` the hindcast of spending on the
publisher's workbook, ``--articles DIR`` a folder of articles to read. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

DAYS = ("2026-11-01", "2024-10-01")
SCENARIOS = ("baseline", "a-higher-goal", "hague-five-years-late", "ukraine-accedes")
DECISIONS = (
    "defence-pledge-2014",
    "eagle-defender-2020",
    "finland-sweden-invitation-2022",
    "libya-command-2011",
    "macedonia-invitation-2008",
    "missiles-communique-1983",
    "nsatu-2024",
    "secretary-general-2024",
    "successor-2023",
    "sweden-ratification-2024",
    "template",
    "turkey-planning-2003",
    "ukraine-georgia-map-2008",
    "ukraine-vilnius-2023",
    "ukraine-washington-2024",
)
SHARE = "defence_expenditure_share_of_gdp"

# ruff: noqa: E501

ARTICLES = {
    "one.txt": """Allies look to a new chief in Brussels
October 1, 2024

BRUSSELS — Mark Rutte took over as NATO's Secretary General on Tuesday. “We have 32 allies,” Rutte said. Jens
Stoltenberg, of Norway, had led the alliance for 10 years. NATO was founded in 1949, and an attack on one is an
attack on all under Article 5. This year 23 of 32 allies spend 2% of GDP on defence, up from three in 2014. Poland
spends 4.12 % of GDP. Finland joined in April 2023 and Sweden in March 2024. The U.S. presidential election is on
November 5. Germany spends 2.12 % of GDP on defence, up from 1.19 % in 2014.
""",
    "two.txt": """Rutte takes the helm of NATO
October 2, 2024

Former Dutch Prime Minister Mark Rutte became the head of NATO on Oct. 1, 2024. “We have 32 allies, and all must
do more,” Rutte told reporters. The 32-member alliance was founded in 1949 by 12 countries. Stoltenberg, who led
the alliance for nine years, said: “Ukraine's rightful place is in NATO.” 20 allies meet the guideline. At the
Vilnius summit in 2023 leaders agreed that 2% of GDP is a floor. Estonia spends 3.43% of its GDP.
""",
}

COMMANDS = (
    "status",
    "status --year 2024 --as-of 2024-07-01",
    "status --year 2024 --as-of 2024-10-01 --country POL DEU",
    "status --year 2024 --edition nato-2024-06 --revision",
    "status --year 2024 --basis computed --edition nato-2024-06",
    "status --year 2014 --basis computed-current --edition nato-2024-06",
    f"figure {SHARE} --country POL --year 2024 --all-editions",
    f"figure {SHARE} --year 2024 --as-of 2026-11-01",
    "figure equipment_share --country POL Spain --year 2014-2024",
    "indicators",
    "editions",
    "editions --as-of 2024-10-01",
    "sources",
    "sources nato-2025-08",
    "institutions",
    "institutions --as-of 2024-03-01",
    "burden",
    "burden --year 2024 --as-of 2026-11-01",
    "pledge --as-of 2026-11-01",
    "pledge --target 0.035 --by 2034 --country POL DEU ITA --as-of 2026-11-01",
    "hindcast budgets --basis nato",
    "hindcast budgets --basis shipped",
    "decide --list",
    "decide ukraine-vilnius-2023 --package",
    "decide template --package --draws 500",
    "decide --issue Test --member HUN+SVK=10,high,5 --member USA=80-100,0.9,100 --allow side_payment",
    "accession --applicant UKR --as-of 2026-11-22",
    "accession --applicant Ukraine --signed 2026-01-15 --as-of 2026-06-01 --holders Hungary",
    "accession --applicant SWE --as-of 2022-05-20",
    "accession --record",
    "check 'NATO has 31 members.' --as-of 2023-05-01",
    "check '23 of 32 allies are at 2 % of GDP this year.' --as-of 2024-10-01",
    "check 'Mark Rutte is the Secretary General of NATO.' --as-of 2024-10-02",
    "check 'Sweden joined NATO in 2023.' --as-of 2024-10-02",
    "compare baseline --set levers.pledge.target=0.03 --set uncertainties.growth_shift=-0.01 --as-of 2026-11-01",
    "compare baseline --set budgets.compliance=0.5 --as-of 2026-11-01",
    "compare baseline --set uncertainties.compliance=0.5 --as-of 2026-11-01",
    "run baseline --set levers.pledge.target=0.04 --set uncertainties.threat_until=2030 --as-of 2026-11-01",
    "run baseline --set levers.pledge.aim=0.04",
    "run no-such-scenario",
    "compare baseline",
    "pledge --by 1990",
    "decide no-such-decision",
    "accession --applicant Atlantis",
    "accession --applicant DEU",
    "status --edition nato-1066",
)
"""Commands, each run in words and with ``--json``."""

CHARTS = {
    "status --year 2024 --as-of 2026-11-01": ("bars", "map", "editions"),
    f"figure {SHARE} --year 2024 --all-editions": ("figure",),
    "run baseline --as-of 2026-11-01": ("paths", "horizon", "allies", "skill"),
    "run ukraine-accedes --as-of 2026-11-01": ("paths",),
    "pledge --as-of 2026-11-01": (None,),
    "burden": (None,),
    "compare baseline hague-five-years-late --as-of 2026-11-01": (None,),
    "decide ukraine-vilnius-2023": (None,),
    "accession --applicant UKR --as-of 2026-11-22": (None,),
}
"""For a command the kinds of charts that are drawn of it."""

ADDRESSES = (
    "",
    "run?scenario=ukraine-accedes&draws=200&as_of=2026-11-01",
    "run?scenario=a-higher-goal&draws=200&as_of=2026-11-01",
    "compare?first=baseline&second=ukraine-accedes&draws=200&as_of=2026-11-01",
    "decide?file=ukraine-vilnius-2023&draws=500",
    "check?sentence=NATO%20has%2031%20members.&as_of=2023-05-01",
    "accession?applicant=Ukraine&signed=2026-01-15&as_of=2026-06-01&holders=Hungary",
    "figures?indicator=equipment_share&country=POL&country=Spain&year=2014-2024",
    "figures?indicator=defence_expenditure_share_of_gdp&country=HRV&year=2024&all_editions=true",
)

VOLATILE = {"run_sha256", "input_sha256", "scenario_sha256", "code_sha256", "folder", "python"}


def sha256(text: str | bytes) -> str:
    """Return the checksum of a text."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def still(value: Any) -> Any:
    """Return plain values without what may differ where the numbers do not."""
    if isinstance(value, dict):
        return {k: "*" if k in VOLATILE else still(v) for k, v in value.items()}
    return [still(v) for v in value] if isinstance(value, list) else value


class Book:
    """The fingerprints, and the commands that make them."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing, in a folder of its own."""
        self.folder = folder
        self.entries: dict[str, Any] = {}

    def still_text(self, text: str) -> str:
        """Return a text without checksums and this machine's folders."""
        text = text.replace(str(self.folder), "FOLDER")
        return re.sub(r"\b[0-9a-f]{12,64}\b", "*", text)

    def call(self, words: str, *more: str) -> tuple[int, str, str]:
        """Run a command and return its exit code and what it prints."""
        import shlex

        from foedus.cli import run_command

        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = run_command([*shlex.split(words), *more])
            except SystemExit as stop:
                code = int(stop.code or 0)
        return code, out.getvalue(), self.still_text(err.getvalue())

    def command(self, words: str) -> None:
        """Keep what a command says in words and in JSON."""
        code, out, err = self.call(words)
        self.entries[f"foedus {words}"] = {"code": code, "out": self.still_text(out), "err": err}
        code, out, err = self.call(words, "--json")
        try:
            payload: Any = json.dumps(still(json.loads(out)), ensure_ascii=False)
            payload = payload.replace(str(self.folder), "FOLDER")
        except json.JSONDecodeError:
            payload = self.still_text(out)
        self.entries[f"foedus {words} --json"] = {"code": code, "out": payload, "err": err}

    def charts(self, words: str, kind: str | None) -> None:
        """Keep a chart's picture."""
        path = self.folder / "chart.svg"
        path.unlink(missing_ok=True)
        kinds = ["--chart-kind", kind] if kind else []
        code, _, err = self.call(words, "--chart", str(path), *kinds)
        drawn = sha256(self.still_text(path.read_text(encoding="utf-8"))) if path.exists() else err
        self.entries[f"chart {words} {kind or ''}"] = {"code": code, "svg": drawn}

    def run(self, scenario: str, day: str) -> None:
        """Keep a run's arrays and headline."""
        name = f"{scenario} as of {day}"
        folder = self.folder / "runs" / name.replace(" ", "-")
        code, _, err = self.call(f"run {scenario} --as-of {day}", "--out", str(folder))
        if code:
            self.entries[f"run {name}"] = {"code": code, "err": err}
            return
        arrays = {p.name: sha256(p.read_bytes()) for p in sorted((folder / "arrays").glob("*.npy"))}
        headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
        self.entries[f"run {name}"] = {"arrays": arrays, "headline": headline}
        page = self.folder / "report.html"
        self.call(f"report {folder}", "--out", str(page))
        html = self.still_text(page.read_text(encoding="utf-8"))
        self.entries[f"report {name}"] = sha256(html)
        keep = os.environ.get("FINGERPRINT_PAGES")
        if keep:
            Path(keep).mkdir(parents=True, exist_ok=True)
            (Path(keep) / f"report-{name.replace(' ', '-')}.html").write_text(html, encoding="utf-8")

    def addresses(self) -> None:
        """Keep what pages and the API answer."""
        from fastapi.testclient import TestClient

        from foedus.dashboard.app import create_app
        from foedus.dashboard.pages import PAGES, ROUTES

        # The server answers only to names of the loopback.
        client = TestClient(create_app(), base_url="http://127.0.0.1")
        keep = os.environ.get("FINGERPRINT_PAGES")
        defaults = [r.name for r in ROUTES]
        for address in [*defaults, *filter(None, ADDRESSES)]:
            answer = client.get(f"/api/v1/{address}")
            try:
                body = json.dumps(still(answer.json()), ensure_ascii=False)
            except ValueError:
                body = self.still_text(answer.text)
            self.entries[f"api {address}"] = {"code": answer.status_code, "body": body}
        for page in PAGES:
            answer = client.get(f"/{page.slug}")
            html = self.still_text(answer.text)
            self.entries[f"page {page.slug}"] = {"code": answer.status_code, "sha256": sha256(html)}
            if keep:
                (Path(keep) / f"page-{page.slug}.html").write_text(html, encoding="utf-8")
        text = ARTICLES["one.txt"]
        answer = client.post("/api/v1/read", data={"text": text, "date": "2024-10-02"})
        self.entries["api read"] = {"code": answer.status_code, "body": answer.text}
        description = client.get("/api/v1/openapi.json")
        self.entries["api description"] = {"code": description.status_code, "body": description.text}
        pages = [v["code"] for k, v in self.entries.items() if k.startswith("page")]
        if set(pages) != {200}:
            raise SystemExit(f"not every page answered: {pages}")


def collect(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Return every fingerprint."""
    book = Book(folder)
    for scenario in SCENARIOS:
        for day in DAYS:
            book.run(scenario, day)
        if scenario != "baseline":
            book.command(f"compare baseline {scenario} --as-of {DAYS[0]}")
        book.command(f"run {scenario} --as-of {DAYS[0]}")
    for words in COMMANDS:
        book.command(words)
    for name in DECISIONS:
        book.command(f"decide {name}")
    for words, kinds in CHARTS.items():
        for kind in kinds:
            book.charts(words, kind)
    texts = folder / "articles"
    texts.mkdir()
    for name, text in ARTICLES.items():
        (texts / name).write_text(text, encoding="utf-8")
    for source in [texts, *([options.articles] if options.articles else [])]:
        files = sorted(source.glob("*.txt"))
        for path in files:
            book.command(f"read '{path}' --date 2024-10-02")
        page = folder / "reading.html"
        every = " ".join(f"'{p}'" for p in files)
        book.command(f"read {every} --date 2024-10-02 --compare --html '{page}'")
        book.entries[f"reading page {source.name}"] = sha256(
            book.still_text(page.read_text(encoding="utf-8"))
        )
    book.addresses()
    if options.sipri:
        book.call(f"data import sipri '{options.sipri}'")
        book.command("hindcast budgets --basis sipri")
        book.command("burden --year 2024 --basis sipri")
    if options.slow:
        book.command("accession --hindcast")
    return {k.replace(str(folder), "FOLDER"): v for k, v in book.entries.items()}


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Yield the places where two sets of fingerprints differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(k for k in after if k not in before)]:
            if key not in before or key not in after:
                yield f"{path}/{key}: only {'before' if key in before else 'after'}"
            else:
                yield from differences(before[key], after[key], f"{path}/{key}")
    elif before != after:
        one, two = str(before), str(after)
        at = next(
            (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
        )
        yield f"{path}: at {at}: {one[max(0, at - 60) : at + 60]!r} is now {two[max(0, at - 60) : at + 60]!r}"


def main() -> int:
    """Write the fingerprints, and compare them where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--sipri", type=Path)
    parser.add_argument("--articles", type=Path)
    options = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of evidence of equal weight in a reading follows that of a set.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOEDUS_DATA"] = str(Path(folder) / "data")
        os.environ["COLUMNS"] = "120"
        entries = collect(options, Path(folder))
    options.out.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(entries)} fingerprints in {options.out}")
    if options.against is None:
        return 0
    found = list(differences(json.loads(options.against.read_text(encoding="utf-8")), entries))
    print("\n".join(found) or "nothing differs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
