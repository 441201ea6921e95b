"""Ask every page many odd questions in every form, and print what was not answered as it must be.

Run it with ``python benchmarks/fuzz_pages.py [--count 200] [--seed 1] [--page status]``. Every answer must
have a status below 500, and no chart a defect in its place.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

from dashboard import serve, wait_until_ready

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from foedus.dashboard.pages import PAGES
from odd_questions import KINDS, addressed, questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="questions of each page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", help="this page alone")
    given = parser.parse_args()
    process, address = serve()
    try:
        wait_until_ready(address)
        for page in PAGES:
            if given.page not in (None, page.slug):
                continue
            statuses: Counter[int] = Counter()
            start, slowest = time.perf_counter(), (0.0, "")
            for asked in questions(page, given.count, given.seed):
                for kind in KINDS:
                    path, headers = addressed(page, kind)
                    begun = time.perf_counter()
                    answer = httpx.get(address + path, params=asked, headers=headers, timeout=120)
                    slowest = max(slowest, (time.perf_counter() - begun, str(answer.url)))
                    statuses[answer.status_code] += 1
                    if answer.status_code >= 500 or "report it with the number" in answer.text:
                        print(f"  {answer.status_code} {answer.url} {kind}: {answer.text[-300:]}")
            spent = time.perf_counter() - start
            shares = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
            last = f"slowest {slowest[0]:.1f} s {slowest[1]}"
            print(f"{page.slug}: {shares} in {spent:.0f} s; {last}", flush=True)
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
