"""Print how fast and how near to the best packages are, and what large questions and files cost.

``python benchmarks/packages.py [--exact]``: packages with opt-outs everywhere (32 members, 8 issues), the
value of the search against its bound and, with ``--exact``, against the proved optimum; a question with 200
members; a million draws; and a spreadsheet of 1,000 issues. Times are of one core.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from foedus.decisions.find import shipped_decisions
from foedus.decisions.models import voting
from foedus.decisions.packages import AIMS, Agenda, Aim, solve_package

SEEDS = 8


def agenda(seed: int, *, opt_out: bool = True) -> Agenda:
    """Give 32 members on 8 issues; a fifth of the positions are at the reversion."""
    rng = np.random.default_rng(seed)
    return Agenda(
        issues=tuple(f"issue {j}" for j in range(8)),
        members=tuple(f"member {i}" for i in range(32)),
        reversion=np.zeros(8),
        position=rng.uniform(0, 100, (8, 32)) * (rng.random((8, 32)) > 0.2),
        salience=rng.uniform(0, 1, (8, 32)),
        influence=rng.uniform(1, 10, 32),
        opt_out=np.full(8, opt_out),
    )


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Give the least processor time of three runs, and the result."""
    times = []
    for _ in range(3):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def packages(exact: bool) -> None:
    """Search packages with opt-outs everywhere, and prove them where that is asked for."""
    print("Packages of 32 members and 8 issues, three opt-outs on each")
    head = f"{'seed':>4} {'aim':18}{'CPU s':>8}{'value':>10}{'bound':>10}{'gap':>9}"
    print(f"{head}{'exact s':>9}{'below the best':>16}")
    cases: list[tuple[int, Aim]] = [(seed, "weighted") for seed in range(1, SEEDS + 1)]
    for seed, aim in [*cases, *((1, aim) for aim in AIMS[1:])]:
        asked = agenda(seed)
        took, packed = timed(lambda asked=asked, aim=aim: solve_package(asked, aim))
        line = f"{seed:4} {aim:18}{took:8.3f}{packed.value:10.5f}{packed.bound:10.5f}{100 * packed.gap:8.2f}%"
        if exact and aim == "weighted":
            start = time.process_time()
            best = solve_package(asked, aim, exact=True)
            below = 100 * (1 - packed.value / best.value)
            line += f"{time.process_time() - start:9.2f}{below:15.3f}%"
        print(line)
    for aim in AIMS:
        asked = agenda(1, opt_out=False)
        took, packed = timed(lambda asked=asked, aim=aim: solve_package(asked, aim))
        print(f"   1 {aim:18}{took:8.3f}{packed.value:10.5f}  without opt-outs, the optimum")


def run(*words: str) -> tuple[float, float]:
    """Give the processor seconds and the greatest memory, MB, of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = (
        "import resource, sys\nfrom foedus.cli import run_command\n"
        "code = run_command(sys.argv[1:])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", work, *words], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, float(done.stderr.split()[-1])


def large(folder: Path) -> None:
    """Ask large questions."""
    rng = np.random.default_rng(1)
    for members in (32, 100, 200):
        x, w = rng.uniform(0, 100, (1000, members)), rng.uniform(0.1, 1, (1000, members))
        took, _ = timed(lambda x=x, w=w: voting.condorcet_probabilities(x, w))
        print(f"Condorcet election, {members} members, 1,000 draws: {took:.2f} CPU s")
    random.seed(1)
    members = "".join(
        f"  - {{who: [M{i}], position: [{a}, {a + 10}], salience: [0.3, 0.9], "
        f"influence: {random.randint(1, 50)}}}\n"
        for i, a in enumerate(random.randint(0, 90) for _ in range(200))
    )
    question = folder / "large.yaml"
    question.write_text(
        f"title: t\nquestion: q\nscale: {{zero: a, hundred: b}}\nreversion: 0\nmembers:\n{members}",
        encoding="utf-8",
    )
    sheet = folder / "issues.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["issue", "actor", "position", "salience", "influence", "reversion", "outcome"])
        for i in range(1000):
            back, happened = random.choice([0, 50]), random.randint(0, 100)
            for k in range(28):
                numbers = (random.randint(0, 100), random.randint(0, 100), random.randint(1, 100))
                rows.writerow([f"i{i}", f"A{k}", *numbers, back, happened])
    episode = str(shipped_decisions()["nsatu-2024"])
    for name, words in (
        ("a question with 200 members in bands", [str(question)]),
        ("a shipped question, 10,000 draws", [episode]),
        ("a shipped question, 1,000,000 draws", [episode, "--draws", "1000000"]),
        ("1,000 issues of 28 actors, printed", [str(sheet)]),
        ("1,000 issues of 28 actors, to a file", [str(sheet), "--to", str(folder / "results.csv")]),
        ("1,000 issues of 28 actors, scored", [str(sheet), "--score"]),
    ):
        took, memory = run("decide", *words)
        print(f"foedus decide, {name}: {took:.1f} CPU s, {memory:.0f} MB")


def main() -> int:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--exact", action="store_true", help="also prove the best packages, some seconds each"
    )
    packages(parser.parse_args().exact)
    with tempfile.TemporaryDirectory() as folder:
        large(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
