"""CPU seconds of short commands: user and system time of the process, the least of several runs.

    python benchmarks/commands.py
    python benchmarks/commands.py --against OTHER/src --times 10

With ``--against`` two states of the code take turns, so that both meet the same load. ``--modules`` prints
what ``foedus status`` imports that takes the most time. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = {
    "status": ["status"],
    "status --json": ["status", "--json"],
    "aid": ["aid"],
    "figure": ["figure", "equipment_share", "--country", "POL"],
    "run baseline, 1,000 draws": ["run", "baseline", "--draws", "1000", "--out"],
}
PROGRAM = [sys.executable, "-c", "from foedus.cli import main; main()"]


def cpu_seconds(words: list[str], source: Path) -> float:
    """Return the user and system time of one run of a command."""
    with tempfile.TemporaryDirectory() as folder:
        place = [str(Path(folder) / "run")] if words[-1] == "--out" else []
        before = os.times()
        environment = {**os.environ, "PYTHONPATH": str(source), "OMP_NUM_THREADS": "1"}
        subprocess.run([*PROGRAM, *words, *place], env=environment, capture_output=True, check=True)
        after = os.times()
    used = (after.children_user - before.children_user, after.children_system - before.children_system)
    return sum(used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="the src folder of another state of the code")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--modules", action="store_true")
    asked = parser.parse_args()
    own = Path(__file__).parents[1] / "src"
    sources = [own, *([asked.against] if asked.against else [])]
    for name, words in COMMANDS.items():
        best = {source: float("inf") for source in sources}
        for _ in range(asked.times):
            for source in sources:
                best[source] = min(best[source], cpu_seconds(words, source))
        print(f"{name:28s}", "   ".join(f"{best[source]:.2f} s" for source in sources))
    if asked.modules:
        environment = {**os.environ, "PYTHONPATH": str(own)}
        words = [sys.executable, "-X", "importtime", *PROGRAM[1:], "status"]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
        rows = [line.removeprefix("import time:").split("|") for line in done.stderr.splitlines()[1:]]
        for row in sorted(rows, key=lambda row: -int(row[0]))[:20]:
            print(f"{int(row[0]):8d} µs  {row[2].strip()}")


if __name__ == "__main__":
    main()
