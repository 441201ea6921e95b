"""How long ten thousand draws over sixty months of stocks take, by scenario. Asked: under one second.

python benchmarks/sustain.py [DRAWS [MONTHS]]
"""

from __future__ import annotations

import sys
import time

from foedus.analysis.support import sustain_scenario

SCENARIOS = ("baseline", "aid-us-stops", "aid-donor-doubles", "aid-common-fund", "production-doubled")


def main() -> None:
    draws, months = (int(text) for text in (*sys.argv[1:], *("10000", "60")[len(sys.argv) - 1 :]))
    sustain_scenario("baseline", draws=10)  # tables and numbers are read once
    for name in SCENARIOS:
        start = time.process_time()
        result = sustain_scenario(name, draws=draws, months=months)
        seconds = time.process_time() - start
        print(f"{name:20s} {seconds:5.2f} s  {result.answer().sentence()}")


if __name__ == "__main__":
    main()
