"""How long a requirement of ten classes takes to share among 32 allies, divisible and with whole units."""

from __future__ import annotations

import time

from foedus.evidence import Ledger
from foedus.forces.apportionment import Sharing, apportion
from foedus.forces.requirement import Need, Requirement

NUMBERS = {
    "manoeuvre_brigades": 50,
    "tanks": 1400,
    "infantry_fighting_vehicles": 2000,
    "tube_artillery": 700,
    "rocket_artillery": 200,
    "long_range_air_defence_batteries": 24,
    "combat_aircraft": 400,
    "destroyers_and_frigates": 20,
    "submarines": 10,
    "shells_155mm": 1_000_000,
}
CASES = {
    "divisible, 0.5 s": Sharing(divisible=True),
    "divisible, cap 0.1, 0.5 s": Sharing(divisible=True, cap=0.1),
    "quarters, batteries, ships whole, 15 s": Sharing(),
    "brigades whole too, 15 s": Sharing(whole=("brigades",)),
    "the same, cap 0.15, 15 s": Sharing(whole=("brigades",), cap=0.15),
}


def main() -> None:
    ledger = Ledger.packaged()
    need = Requirement(title="Ten classes", needs={k: Need(required=float(n)) for k, n in NUMBERS.items()})
    apportion(need, Sharing(divisible=True), ledger=ledger)  # figures are read once
    for name, sharing in CASES.items():
        start = time.perf_counter()
        result = apportion(need, sharing, ledger=ledger)
        seconds = time.perf_counter() - start
        allies, unfair = len(result.rows), 100 * (result.unfairness or 0.0)
        print(f"{name:42s} {seconds:6.2f} s  {allies} allies, unfairness {unfair:.2f} %")


if __name__ == "__main__":
    main()
