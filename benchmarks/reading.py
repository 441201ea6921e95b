"""How well and how fast articles are read, on a folder of articles with marked spans and altered sentences.

Run it with ``python benchmarks/reading.py DIR``. The folder holds ``*.txt`` articles, ``gold*.json``
(quotations
and claims with spans of two or more of them) and ``mutations*.jsonl`` (sentences with an expected verdict).
It
prints extraction, parse and verdict apart, with coverage:

- extraction: quotations found, missed and added; claims of the same kind found at the same place;
- parse: speakers right; kinds right;
- verdict: right, abstained, wrongly supported, wrongly contradicted, and the same on altered sentences.

``--speed`` prints the time of the tellings of all articles and the rate and highest memory of 1,000 articles
made
by repeating them. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from foedus.reading.compare import compare
from foedus.reading.documents import Document
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence, read_document
from foedus.reading.result import Reading

ARTICLES = 1_000


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


def speed(folder: Path) -> None:
    """Print how fast 1,000 articles stream through the command, and its highest memory."""
    import subprocess

    sources = [p.read_bytes() for p in articles(folder)]
    with tempfile.TemporaryDirectory() as name:
        for i in range(ARTICLES):
            (Path(name) / f"{i:04d}.txt").write_bytes(sources[i % len(sources)])
        for count in (ARTICLES // 4, ARTICLES):
            for path in sorted(Path(name).glob("*.txt"))[count:]:
                path.rename(path.with_suffix(".later"))
            begun = time.perf_counter()
            command = [sys.executable, "-c", CHILD, "read", name, "--json"]
            done = subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            spent = time.perf_counter() - begun
            memory = float(done.stderr.split()[-1])
            rate = f"{count} articles in {spent:.1f} s, {count / spent:.0f} a second with start-up"
            print(f"  {rate}, highest memory {memory:.0f} MB")
            for path in Path(name).glob("*.later"):
                path.rename(path.with_suffix(".txt"))


CHILD = """
import resource, sys
from foedus.cli import run_command
code = run_command(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
raise SystemExit(code)
"""


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder of articles")
    parser.add_argument(
        "--date", type=date.fromisoformat, help="the day of the articles; without it inferred"
    )
    parser.add_argument("--speed", action="store_true", help="print times and memory")
    options = parser.parse_args()
    ledger_index = LedgerIndex.load()
    for path in sorted(options.folder.glob("gold*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for day in {options.date, None}:
            score_gold(options.folder, gold, ledger_index, day)
    for path in sorted(options.folder.glob("mutations*.jsonl")):
        score_mutations(path, ledger_index)
    tellings(options.folder, ledger_index)
    if options.speed:
        print(f"\nSpeed (this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB)")
        speed(options.folder)


if __name__ == "__main__":
    main()
