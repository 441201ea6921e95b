"""How well and how fast articles are read, on a folder of articles with marked spans and open sentences.

Run it with ``python benchmarks/reading.py DIR``. The folder holds ``*.txt`` articles, ``gold*.json``
(quotations and claims with spans of two or more of them), ``mutations*.jsonl`` (altered sentences with an
expected verdict of one kind of claim) and ``sentences*.jsonl`` (sentences with an expected verdict on the
whole, or a speaker). It prints extraction, parse and verdict apart, with coverage:

- extraction: quotations found, missed and added; claims of the same kind found at the same place;
- parse: speakers right; kinds right;
- verdict: right, abstained, wrongly supported, wrongly contradicted, and the same on altered sentences.

``--speed`` prints the time of the versions of all articles, the rate in one process and with documents shared
out between two, the part of the time that the parser takes, and the highest memory. ``--beside DIR`` does the
same with the source of another version of foedus (its ``src`` folder), in the same run. Nothing here is a
test.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from foedus.reading.compare import compare
from foedus.reading.documents import Document
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence, read_document, read_text
from foedus.reading.result import Reading

ARTICLES = 60


def articles(folder: Path) -> list[Path]:
    """Give the articles of a folder."""
    return sorted(folder.glob("*.txt"))


def read_path(path: Path, ledger_index: LedgerIndex, day: date | None) -> Reading:
    """Read one article without changing its line ends."""
    with path.open(encoding="utf-8", newline="") as file:
        return read_document(Document(name=path.name, kind="text", raw=file.read()), ledger_index, day=day)


def overlap(a: tuple[int, int], b: list[int]) -> bool:
    """Tell whether two spans overlap."""
    return a[0] < b[1] and b[0] < a[1]


def score_gold(folder: Path, gold: dict[str, Any], ledger_index: LedgerIndex, day: date | None) -> None:
    """Print how quotations, speakers and claims compare with the marked ones."""
    print(f"\nMarked articles, day {day or 'inferred'}")
    for key, about in gold["documents"].items():
        reading = read_path(folder / about["file"], ledger_index, day)
        quotes = [q for q in gold["quotes"] if q["doc"] == key]
        mine = {q.span: q for q in reading.quotations}
        exact = [q for q in quotes if tuple(q["span"]) in mine]
        extra = [q for q in reading.quotations if not any(overlap(q.span, g["span"]) for g in quotes)]
        right = [q for q in exact if same_speaker(q["speaker"], mine[tuple(q["span"])])]
        dating = reading.dating
        print(f"  {key}  dated {dating.first} to {dating.last} ({dating.basis}); {reading.phase}")
        print(
            f"    extraction: {len(exact)} of {len(quotes)} quotations at the exact span, {len(extra)} extra"
        )
        print(f"    parse: speaker right in {len(right)} of {len(exact)}")
        for q in exact:
            if q not in right:
                print(
                    f"      speaker: {q['id']} marked {q['speaker']}, read {mine[tuple(q['span'])].speaker}"
                )
        score_claims([c for c in gold["claims"] if c["doc"] == key], reading)


def same_speaker(marked: str, quotation: Any) -> bool:
    """Tell whether the speaker read is the one marked."""
    speaker = quotation.speaker
    return speaker is not None and (speaker.name or speaker.mention) in marked


def score_claims(marked: list[dict[str, Any]], reading: Reading) -> None:
    """Print how claims compare with the marked ones."""
    found = right = abstained = wrong_supported = wrong_contradicted = 0
    checkable = [c for c in marked if c["verdict"] != "not_checkable"]
    lines = []
    for claim in marked:
        same = [c for c in reading.claims if overlap(c.span, claim["span"]) and c.kind == claim["kind"]]
        verdict = same[0].verdict if same else "not found"
        found += bool(same) and claim in checkable
        right += verdict == claim["verdict"] and claim in checkable
        abstained += verdict == "not_checkable" and claim in checkable
        wrong_supported += verdict == "supported" != claim["verdict"]
        wrong_contradicted += verdict == "contradicted" != claim["verdict"]
        if verdict != claim["verdict"]:
            reason = same[0].reason if same else "-"
            lines.append(
                f"      {claim['id']} {claim['kind']}: marked {claim['verdict']}, read {verdict} ({reason})"
            )
    outside = sum(c.verdict == "contradicted" for c in reading.claims)
    coverage = sum(c.verdict != "not_checkable" for c in reading.claims)
    print(f"    extraction: {found} of {len(checkable)} checkable claims found at their place and kind")
    print(
        f"    verdict: {right} right, {abstained} abstained with a reason, {wrong_supported} wrongly "
        f"supported, {wrong_contradicted} wrongly contradicted (of {len(checkable)} checkable)"
    )
    print(
        f"    coverage: {coverage} of {len(reading.claims)} claims read have a verdict, "
        f"{outside} of them contradicted"
    )
    print("\n".join(lines)) if lines else None


def score_mutations(path: Path, ledger_index: LedgerIndex) -> None:
    """Print how altered sentences are judged."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    kinds = right = decided = wrong_supported = wrong_contradicted = crashes = 0
    lines = []
    for row in rows:
        try:
            reading = check_sentence(row["text"], ledger_index, as_of=date.fromisoformat(row["as_of"]))
        except Exception as error:
            crashes += 1
            lines.append(f"    {row['id']} crashed: {error!r}")
            continue
        same = [c for c in reading.claims if c.kind == row["kind"]]
        kinds += bool(same) or row["expected"] == "not_checkable"
        verdict = same[0].verdict if same else "not_checkable"
        decided += verdict != "not_checkable"
        right += verdict == row["expected"]
        wrong_supported += verdict == "supported" != row["expected"]
        wrong_contradicted += verdict == "contradicted" != row["expected"]
        if verdict != row["expected"]:
            lines.append(f"    {row['id']} expected {row['expected']}, read {verdict}: {row['text']}")
    n = len(rows)
    print(f"\nAltered sentences, {path.name}: {n}")
    print(f"  parse: kind right in {kinds} ({kinds / n:.1%})")
    print(f"  verdict: right in {right} ({right / n:.1%}); coverage {decided / n:.1%}")
    print(f"  wrongly supported {wrong_supported} ({wrong_supported / n:.1%}), crashes {crashes}")
    print(f"  wrongly contradicted {wrong_contradicted} ({wrong_contradicted / n:.1%})")
    print("\n".join(lines)) if lines else None


def score_sentences(path: Path, ledger_index: LedgerIndex) -> None:
    """Print how whole sentences are judged, and whose quotations are."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    spoken = [r for r in rows if r["kind"].startswith("speaker")]
    claims = [r for r in rows if not r["kind"].startswith("speaker")]
    right = contradicted = supported = 0
    lines = []
    for row in claims:
        check = check_sentence(row["text"], ledger_index, as_of=date.fromisoformat(row["date"]))
        allowed = row["expected"].split(" or ")
        # What is supported in part says that a part was not read: no verdict on the whole.
        whole = "not_checkable" if check.verdict == "supported_in_part" else check.verdict
        right += whole in allowed
        contradicted += whole == "contradicted" and whole not in allowed
        supported += whole == "supported" and whole not in allowed
        if whole not in allowed:
            kinds = ", ".join(f"{c.kind} {c.verdict} ({c.reason})" for c in check.claims) or "no claim"
            read = f"{row['expected']}, read {check.verdict}: {row['text']} [{kinds}]"
            lines.append(f"    {row['kind'][:24]:24} {read}")
    print(f"\nOpen sentences, {path.name}: {len(claims)} with claims")
    print(f"  right {right}, wrongly contradicted {contradicted}, wrongly supported {supported}")
    print("\n".join(lines)) if lines else None
    lines = [line for row in spoken if (line := speaker_line(row, ledger_index))]
    print(f"  speakers: right {len(spoken) - len(lines)} of {len(spoken)}")
    print("\n".join(lines)) if lines else None


def speaker_line(row: dict[str, Any], ledger_index: LedgerIndex) -> str:
    """Return what is wrong with the speakers of a sentence, or nothing."""
    reading = read_text(row["text"], ledger_index, day=date.fromisoformat(row["date"]))
    named = [q.speaker for q in reading.quotations]
    names = [s.name or s.mention if s else "unattributed" for s in named]
    if names and all(n == row["expected"] or n.endswith(f" {row['expected']}") for n in names):
        return ""
    return f"    {row['expected']}, read {', '.join(names) or 'no quotation'}: {row['text']}"


def tellings(folder: Path, ledger_index: LedgerIndex) -> None:
    """Print how the articles stand to each other, and the time that takes after start-up."""
    paths = articles(folder)
    compare([read_path(p, ledger_index, None) for p in paths[:2]])
    begun = time.perf_counter()
    comparison = compare([read_path(p, ledger_index, None) for p in paths])
    spent = time.perf_counter() - begun
    print(f"\nTellings of {len(paths)} articles, read and compared in {spent:.2f} s after start-up")
    for pair in comparison.pairs:
        both = f"{paths[pair.first].name[:3]} {paths[pair.second].name[:3]}"
        print(f"  {both}: {pair.relation}, {len(pair.aligned)} aligned")


def speed(folder: Path, sources: list[Path]) -> None:
    """Print how fast articles are read by each version, in one process and in two, and the memory."""
    texts = [p.read_text(encoding="utf-8") for p in articles(folder)]
    words = sum(len(t.split()) for t in texts) / len(texts)
    print(f"\nSpeed, articles of {words:.0f} words on average")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "texts.json"
        path.write_text(json.dumps([texts[i % len(texts)] for i in range(ARTICLES)]), encoding="utf-8")
        for source in sources:
            for processes in (1, 2):
                print(f"  {source}: {_rate(path, source, processes)}")


def _rate(path: Path, source: Path, processes: int) -> str:
    """Read the texts shared out between processes, and return rate, parser's part and memory in words."""
    environment = {**os.environ, "PYTHONPATH": str(source), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", CHILD, str(path)]
    running = [
        subprocess.Popen(
            [*command, str(i), str(processes)], stdout=subprocess.PIPE, text=True, env=environment
        )
        for i in range(processes)
    ]
    answers = [json.loads(process.communicate()[0]) for process in running]
    count = sum(a["count"] for a in answers)
    spent = max(a["seconds"] for a in answers)
    busy = sum(a["busy"] for a in answers)
    parsing = sum(a["parsing"] for a in answers) / busy if busy else 0.0
    memory = max(a["memory"] for a in answers)
    return (
        f"{processes} process{'es' if processes > 1 else ''}, {count / spent:.1f} articles a second "
        f"({count / busy * processes:.1f} by the processor's own time), parser {parsing:.0%} of it, "
        f"{memory:.0f} MB a process"
    )


CHILD = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text
texts = json.loads(Path(sys.argv[1]).read_text())[int(sys.argv[2])::int(sys.argv[3])]
index = LedgerIndex.load()
parsing = 0.0
remembered = {}
try:
    from foedus.reading.trees import parse as parses
    remembered, model = parses._remembered, parses.parser()
    class Timed:
        def pipe(self, *args, **kwargs):
            global parsing
            begun = time.process_time()
            docs = list(model.pipe(*args, **kwargs))
            parsing += time.process_time() - begun
            return docs
    parses.parser = Timed
except (ImportError, AttributeError):
    pass
read_text(texts[0], index, day=date(2024, 10, 1))
parsing, busy, begun = 0.0, time.process_time(), time.perf_counter()
for text in texts:
    # Articles are repeated here and not elsewhere: nothing is remembered from one to the next.
    remembered.clear()
    read_text(text, index, day=date(2024, 10, 1))
print(json.dumps({
    "count": len(texts), "seconds": time.perf_counter() - begun, "busy": time.process_time() - busy,
    "parsing": parsing, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder of articles")
    parser.add_argument(
        "--date", type=date.fromisoformat, help="the day of the articles; without it inferred"
    )
    parser.add_argument("--speed", action="store_true", help="print times and memory")
    parser.add_argument(
        "--beside", type=Path, help="the src folder of another version, timed in the same run"
    )
    options = parser.parse_args()
    ledger_index = LedgerIndex.load()
    for path in sorted(options.folder.glob("gold*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for day in {options.date, None}:
            score_gold(options.folder, gold, ledger_index, day)
    for path in sorted(options.folder.glob("mutations*.jsonl")):
        score_mutations(path, ledger_index)
    for path in sorted(options.folder.glob("sentences*.jsonl")):
        score_sentences(path, ledger_index)
    if articles(options.folder):
        tellings(options.folder, ledger_index)
    if options.speed:
        own = Path(__file__).parents[1] / "src"
        speed(options.folder, [own, *([options.beside] if options.beside else [])])


if __name__ == "__main__":
    main()
