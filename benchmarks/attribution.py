"""Compute the estimates of why spending rose from the figures that may not be packaged, and hold the shipped
ones against them.

``python benchmarks/attribution.py SHARES [--write]``

SHARES is a table of SIPRI's shares with the columns iso3, year and milex_share_gdp (per cent); GDP is the
packaged outlook's. It prints the estimates, how far the shipped ones differ, and the processor time. With
``--write`` the tables of ``evidence/records/attribution`` are written anew and their card is stamped.

``python benchmarks/attribution.py --forces HOSTS`` writes the record of US forces by host and year from a
compilation with the columns iso3c, year, troops_ad and the services: the checks of
:mod:`foedus.forces.us_checks` say what is halved and left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from foedus.attribution.estimates import TABLES, DesignEstimates, packaged_estimates, table_rows
from foedus.attribution.panel import GDP, GDP_GROWTH, GrowthPanel, panel_of
from foedus.attribution.periods import ALLIES_OF_2009
from foedus.evidence import Ledger
from foedus.files.checksum import sha256_of
from foedus.forces.us_checks import doubled_hosts, doubled_periods

RECORDS = Path(__file__).parents[1] / "src" / "foedus" / "evidence" / "records"
OUTLOOK = "imf-weo-2026-04"
SIPRI = "sipri-2026"
KNOWN = "retrieved"
SERVICES = ("army_ad", "navy_ad", "air_force_ad", "marine_corps_ad")
FIRST_YEAR = 1990


def panel(path: Path) -> GrowthPanel:
    """Read the shares and join them with the packaged outlook."""
    with path.open(encoding="utf-8") as file:
        shares = {
            (row["iso3"], int(row["year"])): float(row["milex_share_gdp"]) / 100.0
            for row in csv.DictReader(file)
            if row["milex_share_gdp"]
        }
    table = Ledger.packaged().table(OUTLOOK)
    gdp, growth = (
        {(c, y): v for c, y, v in table.where(indicator=name).select("country", "year", "value")}
        for name in (GDP, GDP_GROWTH)
    )
    return panel_of(shares, gdp, growth)


def text_of(rows: Sequence[Sequence[str]]) -> str:
    """Write rows as a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write(record: str, tables: dict[str, str]) -> None:
    """Write a record's tables and stamp its card."""
    folder = RECORDS / record
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    card = folder / "card.yaml"
    digest = sha256_of("".join(tables.values()).encode())
    stamped = re.sub(r"sha256: \S*", f"sha256: {digest}", card.read_text(encoding="utf-8"))
    card.write_text(stamped, encoding="utf-8")


def show(estimates: DesignEstimates) -> None:
    """Print the estimates, a line each."""
    for e in estimates.estimates:
        print(
            f"{e.design:16}{e.variant:9}{e.period.words:8} {e.estimate:+6.2f} se {e.se:5.2f} p {e.p:.3f} "
            f"perm {e.permutation_p:.3f} n {e.treated}/{e.controls} loo {e.loo_low:+.1f}..{e.loo_high:+.1f} "
            f"placebo {e.placebo_low:+.1f}..{e.placebo_high:+.1f} form {e.placebo_form:+.1f} "
            f"rank {e.placebo_rank}/{e.placebo_count + 1} rejected {e.placebo_rejected} "
            f"power {e.power_2:.2f} {e.power_5:.2f} least {e.least_effect:.1f} fit {e.fit_error:.2f} "
            f"others {e.other_low:.1f}..{e.other_high:.1f} {e.fails}"
        )
    for g in estimates.groups:
        print(g.group, g.first, g.last, f"{g.growth:.2f}", g.members)
    for s in estimates.simulation:
        print(
            s.design,
            s.first,
            s.effect,
            f"bias {s.bias:+.3f} Welch {s.coverage:.3f} normal {s.normal_coverage:.3f} power {s.power:.2f}",
        )
    for k in estimates.pull:
        print(
            f"{k.rival} h{k.years_ahead} {k.error:.3f} {k.rival_error:.3f} "
            f"skill {k.skill:.2f} ({k.low:.2f} to {k.high:.2f}) n {k.forecasts}"
        )


def forces(hosts: Path) -> dict[str, str]:
    """Return the record of US forces by year as text."""
    counts: dict[str, list[int]] = defaultdict(list)
    totals: dict[str, float] = defaultdict(float)
    printed: dict[tuple[str, int], int] = {}
    with hosts.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["year"]) < FIRST_YEAR or not row["troops_ad"]:
                continue
            key = row["iso3c"], int(row["year"])
            # One host goes by two names in the source, once with the count and once without.
            printed[key] = max(printed.get(key, 0), int(row["troops_ad"]))
            counts[row["iso3c"]] += [int(row[name] or 0) for name in SERVICES]
            totals[row["year"]] += float(row["troops_ad"])
    halved, left_out = doubled_hosts(counts), doubled_periods(dict(sorted(totals.items())))
    print(halved.message, "·", left_out.message)
    double = {row["country"] for row in halved.rows}
    out = {int(row["year"]) for row in left_out.rows}
    rows = [["host", "year", "printed", "persons", "mended", "known"]]
    for (host, year), count in sorted(printed.items(), key=lambda item: (item[0][1], item[0][0])):
        if year not in out and host in ALLIES_OF_2009:
            mended = host in double
            persons = count // 2 if mended else count
            rows.append([host, str(year), str(count), str(persons), "halved" * mended, "retrieved"])
    return {"us_forces_by_year": text_of(rows)}


def main() -> None:
    """Compute, compare and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shares", type=Path, nargs="?")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--forces", type=Path)
    asked = parser.parse_args()
    if asked.forces:
        write("us_forces_by_year", forces(asked.forces))
    if asked.shares is None:
        return
    from foedus.attribution.recompute import recompute

    figures = panel(asked.shares)
    start = time.process_time()
    estimates = recompute(figures, SIPRI, OUTLOOK)
    print(f"{time.process_time() - start:.2f} CPU s")
    show(estimates)
    if asked.write:
        tables = {"about": text_of([["sipri", "outlook", "known"], [SIPRI, OUTLOOK, KNOWN]])}
        for name in TABLES:
            heading, *rows = table_rows(getattr(estimates, name))
            tables[name] = text_of([[*heading, "known"], *([*row, KNOWN] for row in rows)])
        write("attribution", tables)
    else:
        shipped = packaged_estimates()
        gaps = [
            abs(a.estimate - b.estimate) for a, b in zip(estimates.estimates, shipped.estimates, strict=True)
        ]
        print(f"the largest difference from a shipped estimate is {max(gaps):.4f} points")


if __name__ == "__main__":
    main()
