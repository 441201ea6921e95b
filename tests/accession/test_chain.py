"""Membership in the chain: a scenario opens an accession."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.accession.forecast import LAST_DAY
from foedus.accession.resolve import border_km
from foedus.accession.section import MEASURES as ACCESSION_MEASURES
from foedus.analysis.pledge import probability_at_target
from foedus.errors import FoedusError
from foedus.evidence import Ledger
from foedus.runs import run
from foedus.scenario import resolve
from foedus.scenario.resolved import Resolved
from foedus.spending.measures import MEASURES

DAY = date(2026, 11, 22)
TEXT = """
title: Ukraine accedes
question: What changes?
extends: baseline
levers:
  accession:
    UKR: 2028-07-03
uncertainties:
  shock_scale: 0.0
  applicants:
    UKR:
      share_of_gdp: 0.10
      military_personnel: 600000
  holders: [HUN]
"""


def _resolve(tmp_path: Path, text: str = TEXT) -> Resolved:
    path = tmp_path / "accession.yaml"
    path.write_text(text, encoding="utf-8")
    return resolve(str(path), as_of=DAY, ledger=Ledger.packaged())


def test_an_applicant_is_a_country_without_membership(tmp_path: Path) -> None:
    """An applicant stands on the country axis with GDP and a share, and is no ally at the start."""
    found = _resolve(tmp_path)
    at = found.countries.index("UKR")
    assert len(found.countries) == 33
    assert found.accession.membership[at] == 0.0
    assert sum(found.accession.membership) == 32
    assert found.spending.defence_expenditure_share_of_gdp[at] == 0.10
    assert found.spending.gdp_constant_usd[at] > 1e11
    assert any(n.step == "accession" and "conditional on the signature" in n.text for n in found.notes)
    assert "accession-2026-11" in found.editions
    assert Resolved.from_json(found.to_json()).canonical() == found.canonical()


def test_nothing_changes_where_nobody_accedes() -> None:
    """A scenario without an accession has the measures of every run, and everybody is an ally."""
    found = resolve("baseline", as_of=DAY, ledger=Ledger.packaged())
    assert found.measure_names() == MEASURES
    assert np.isnan(found.accession.days_to_entry).all()
    assert set(found.accession.start().membership) == {1.0}


def test_totals_change_when_an_accession_completes(tmp_path: Path) -> None:
    """In the year of entry spending, personnel and the border jump by what the applicant brings, and no
    earlier."""
    path = tmp_path / "accession.yaml"
    path.write_text(TEXT, encoding="utf-8")
    made = run(str(path), draws=20, as_of=DAY, out=tmp_path / "run", ledger=Ledger.packaged())
    measures = {name: made.summary.measures[name].median for name in (*MEASURES, *ACCESSION_MEASURES)}
    allies = np.array(measures["allies_count"])
    assert list(allies) == sorted(allies)
    assert (allies[0], allies[-1]) == (32, 33)
    entry = int(np.argmax(allies == 33))
    assert made.years[entry] >= 2029
    for name, jump in (("allies_personnel", 600000), ("border_with_russia_and_belarus_km", 1944 + 1111)):
        steps = np.diff(measures[name])
        assert steps[entry - 1] == pytest.approx(jump)
        # The last bit of a sum may differ with the processor: far less than a person or a metre.
        assert np.abs(np.delete(steps, entry - 1)).max() < 1e-3
    spending = np.diff(measures["nato_expenditure_constant_usd"])
    assert spending[entry - 1] > 1.5 * np.delete(spending, entry - 1).max() or spending[entry - 1] > 2e10


def test_entry_comes_as_the_forecast_has_it(tmp_path: Path) -> None:
    """Over many draws, the chain's share of entries by a year's end is that of the forecast of the round."""
    path = tmp_path / "accession.yaml"
    path.write_text(TEXT.replace("  shock_scale: 0.0\n", ""), encoding="utf-8")
    made = run(str(path), draws=1000, as_of=DAY, out=tmp_path / "run", ledger=Ledger.packaged())
    knots = np.array(made.resolved.accession.days_to_entry[made.countries.index("UKR")])
    allies = made.draws("allies_count")
    for year in (2029, 2030):
        by = (date(year, 12, 31) - date(2028, 7, 3)).days
        expected = float(np.interp(np.log(by), np.log(knots), [0.05, 0.25, 0.5, 0.75, 0.95]))
        share = float((allies[list(made.years).index(year)] == 33).mean())
        assert share == pytest.approx(expected, abs=0.06)


def test_holders_delay_entry(tmp_path: Path) -> None:
    """A scenario that names a holder has later entry than one that names none, where entry comes at all."""
    without = _resolve(tmp_path, TEXT.replace("  holders: [HUN]\n", ""))
    held, free = (np.array(r.accession.days_to_entry) for r in (_resolve(tmp_path), without))
    comes = free < LAST_DAY
    assert comes.sum() >= 3
    assert (held[comes] > free[comes]).all()
    assert not (held < free).any()
    assert np.isnan(held).sum() == 5 * 32


def test_the_border_is_that_of_its_neighbours() -> None:
    """Six allies and Ukraine have a land border with Russia or Belarus in the record."""
    assert set(border_km()) == {"EST", "FIN", "LTU", "LVA", "NOR", "POL", "UKR"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    UKR: 2028-07-03", "    SWE: 2028-07-03", "Sweden is an ally on 2026-11-22; name an applicant"),
        (
            "    UKR: 2028-07-03",
            "    GEO: 2028-07-03",
            "nothing is said of Georgia, which NATO's tables do not",
        ),
        ("    UKR: 2028-07-03", "    UKR: 2026-07-03", "the signature on 2026-07-03 lies before 2026-11-22"),
        ("    UKR: 2028-07-03", "    UKR: someday", "'someday' is not a day of the calendar"),
        ("    UKR: 2028-07-03", "    Ukrane: 2028-07-03", "'Ukrane' is not a known country"),
        ("accession:\n    UKR: 2028-07-03", "accession: soon", "accession = 'soon' cannot be used"),
        ("[HUN]", "[JPN]", "'JPN' is not a known ally on that day"),
        ("share_of_gdp: 0.10", "share_of_gdp: 10", "share_of_gdp = 10 cannot be used"),
        ("share_of_gdp: 0.10", "share: 0.10", "'share' is not a known key"),
    ],
)
def test_an_accession_that_cannot_be_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """An ally as applicant, nothing said of it, a past signature or a foreign holder is refused with its
    place."""
    assert old in TEXT
    with pytest.raises(FoedusError) as caught:
        _resolve(tmp_path, TEXT.replace(old, new))
    assert message in str(caught.value)
    assert "accession.yaml" in str(caught.value)


def test_nobody_knew_the_rounds_before_they_ended(tmp_path: Path) -> None:
    """A run as of a day before the last round of the record ended cannot use what was learned from it."""
    path = tmp_path / "accession.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(
        FoedusError, match="learned from rounds to 2024-03-07, which nobody knew on 2023-01-01"
    ):
        resolve(str(path), as_of=date(2023, 1, 1), ledger=Ledger.packaged())


def test_every_caller_gives_the_accession_to_the_chain(tmp_path: Path) -> None:
    """A scenario has one problem, with signature and days to entry in it: a pledge cannot drop them."""
    resolved = _resolve(tmp_path)
    at = resolved.countries.index("UKR")
    given = next(i for i in resolved.problem().inputs[0] if hasattr(i, "accession_signed_year"))
    assert given.accession_signed_year[at] == pytest.approx(2028.5, abs=0.02)
    assert np.isfinite([getattr(given, f"accession_days_{q}")[at] for q in (5, 25, 50, 75, 95)]).all()
    assert np.isnan(np.delete(given.accession_signed_year, at)).all()
    assert probability_at_target(resolved, draws=20, seed=1).shape == (33,)
