"""Estimate ratification times on the ten rounds and write the packaged parameters and draws.

python benchmarks/accession_fit.py            print what would be written
python benchmarks/accession_fit.py --write    write it into src/foedus/accession/parameters/functions

``--form lognormal`` estimates the other form, and writes its numbers and draws beside the first's.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from pathlib import Path

import numpy as np

from foedus.accession.backtest import held_out, late_last_ratification, leave_one_out
from foedus.accession.estimate import SAMPLED, Estimate, estimate
from foedus.accession.packaged import HELD_OUT, LEAVE_ONE_OUT, SUMMARY, basis_sha256
from foedus.accession.record import rounds
from foedus.accession.skill import accession_skill

PARAMETERS = Path(__file__).parents[1] / "src/foedus/accession/parameters/functions"


def with_values(text: str, found: Estimate) -> str:
    """Put the medians of the draws, and the allies' own pace, into the text of the parameter file."""
    for name, values in found.draws.items():
        median = f"{np.median(values):.3g}"
        median = median if "." in median else f"{median}.0"
        text = re.sub(rf"(^{name}:\n(?:  .*\n)*?  value: )\S+", rf"\g<1>{median}", text, flags=re.MULTILINE)
    pace = "".join(f"    {ally}: {value:.2f}\n" for ally, value in found.ally_pace.items())
    return re.sub(
        r"(^ally_pace:\n(?:  .*\n)*?    default: 0\.0\n)(?:    [A-Z]{3}: .*\n)*",
        rf"\g<1>{pace}",
        text,
        flags=re.MULTILINE,
    )


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def write_rows(name: str, rows: list[dict[str, object]]) -> None:
    """Write a table beside the parameters; what is None stays empty, and numbers keep all their digits."""
    lines = [",".join(rows[0]), *(",".join("" if v is None else str(v) for v in r.values()) for r in rows)]
    (PARAMETERS / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--proposals", type=int, default=8192)
    parser.add_argument("--form", choices=("weibull", "lognormal"), default="weibull")
    options = parser.parse_args()
    found = estimate(rounds(), proposals=options.proposals, form=options.form)
    print(f"rounds {', '.join(found.rounds)}; {found.effective_draws:.0f} effective of {options.proposals}")
    for name, values in found.draws.items():
        print(name, *(f"{v:.4g}" for v in np.quantile(values, [0.05, 0.5, 0.95])))
    if options.write:
        name = "ratification" if options.form == "weibull" else f"ratification_{options.form}"
        file = PARAMETERS / f"{name}.yaml"
        file.write_text(with_values(file.read_text(encoding="utf-8"), found), encoding="utf-8")
        table = np.column_stack([found.draws[name] for name in SAMPLED])
        lines = [",".join(SAMPLED), *(",".join(f"{v:.4g}" for v in row) for row in table)]
        (PARAMETERS / f"{name}_draws.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if options.form != "weibull":
            return
        held, left = held_out(), leave_one_out()
        for name, forecasts in ((HELD_OUT, held), (LEAVE_ONE_OUT, left)):
            write_rows(name, [asdict(row) for row in forecasts])
        late = {"late_last_ratification": late_last_ratification(), "basis_sha256": basis_sha256()}
        write_rows(SUMMARY, [{"name": name, "value": value} for name, value in late.items()])
        skill = [asdict(s) for s in accession_skill(held, left)]
        lines = [",".join(skill[0]), *(",".join(_cell(v) for v in row.values()) for row in skill)]
        (PARAMETERS / "ratification_skill.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
