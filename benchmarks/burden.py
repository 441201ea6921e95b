"""The rank correlations of burden sharing on SIPRI's figures, beside those published.

Run it with ``python benchmarks/burden.py DATA``, where DATA is a data folder (as ``FOEDUS_DATA``) into which
``foedus data import sipri`` has put an edition of SIPRI's database.
"""

from __future__ import annotations

import os
import sys

PUBLISHED = {2010: 0.274, 2011: 0.350, 2014: 0.326, 2024: -0.075}


def main() -> None:
    """Compute and print."""
    os.environ["FOEDUS_DATA"] = sys.argv[1]
    from foedus.evidence import Ledger
    from foedus.spending.burden import burden

    ledger = Ledger.load()
    print("year  rho     published  p      allies  without the US")
    for year in range(1999, 2025):
        found = burden(ledger, year=year, basis="sipri")
        every = found.correlations[0]
        without = next(c for c in found.correlations if c.name == "without the United States")
        known = f"{PUBLISHED[year]:+.3f}" if year in PUBLISHED else ""
        print(
            f"{year}  {every.value:+.3f}  {known:9s}  {every.p:.3f}  {every.allies:6d}  {without.value:+.3f}"
        )


if __name__ == "__main__":
    main()
