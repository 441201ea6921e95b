"""What later editions may make of a count."""

from __future__ import annotations

import json
from datetime import date

import pytest

from foedus.cli.hindcast import hindcast_budgets
from foedus.cli.status import status_command
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.spending.revision import edition_errors, revision

LEDGER = Ledger.packaged()


def test_what_estimates_missed() -> None:
    """Estimates of the running year missed the newest print by 0.08 to 0.14 points, but 0.25 in July 2023;
    those of last year by 0.05 to 0.10."""
    found = {(e.edition, e.year): round(100 * e.mean_absolute, 2) for e in edition_errors(LEDGER)}
    assert found == {
        ("nato-2016-07", 2016): 0.08,
        ("nato-2017-06", 2017): 0.11,
        ("nato-2023-03", 2022): 0.10,
        ("nato-2023-07", 2023): 0.25,
        ("nato-2019-06", 2018): 0.05,
        ("nato-2019-06", 2019): 0.12,
        ("nato-2024-06", 2023): 0.07,
        ("nato-2024-06", 2024): 0.14,
        ("nato-2025-08", 2024): 0.06,
        ("nato-2025-08", 2025): 0.11,
    }


def test_what_23_was_worth_in_october_2024() -> None:
    """In October 2024 the errors of estimates of 2016 to 2023 gave 23 allies a range of 17 to 22, and later
    editions printed 18 and 17."""
    found = revision(LEDGER, year=2024, edition="nato-2024-06", as_of=date(2024, 10, 1))
    assert (found.printed, found.low, found.high) == (23, 17, 22)
    assert found.chance_lower > 0.9
    assert sum(found.distribution.values()) == pytest.approx(1.0)
    assert found.later == {}
    assert revision(LEDGER, year=2024, edition="nato-2024-06").later == {
        "nato-2025-08": 18,
        "nato-2026-07": 17,
    }


def test_an_edition_is_not_judged_by_its_own_errors() -> None:
    """The errors of the edition asked about are never among those that judge it."""
    for edition in ("nato-2019-06", "nato-2024-06", "nato-2025-08"):
        judges = {e.edition for e in revision(LEDGER, edition=edition).judged_by}
        assert judges
        assert edition not in judges
    assert {e.edition for e in revision(LEDGER).judged_by} >= {"nato-2024-06", "nato-2025-08"}


def test_what_is_past_stays() -> None:
    """A year that the edition prints as past keeps its count with certainty."""
    found = revision(LEDGER, year=2020, edition="nato-2024-06")
    assert (found.printed, found.low, found.high, found.chance_unchanged) == (9, 9, 9, 1.0)
    assert any("the count stays as it is" in n for n in found.notes)


def test_a_revision_that_cannot_be_given() -> None:
    """Before any estimate could be judged, or for a year that no edition holds, there is no distribution."""
    with pytest.raises(NoDataError, match="no earlier estimate can be held against a later edition"):
        revision(LEDGER.edition("nato-2019-06"))
    with pytest.raises(NoDataError, match="no edition with a whole table of shares answers for 1990"):
        revision(LEDGER, year=1990)


def test_status_prints_the_revision(capsys: pytest.CaptureFixture[str]) -> None:
    """``--revision`` adds the distribution to the text and to the object."""
    status_command(edition="nato-2024-06", year=2024, revision=True)
    out = capsys.readouterr().out
    assert "Revision: 23 as printed by nato-2024-06" in out
    assert "Since then nato-2025-08 printed 18" in out
    status_command(edition="nato-2024-06", year=2024, revision=True, json_output=True)
    assert json.loads(capsys.readouterr().out)["revision"]["printed"] == 23


def test_the_hindcast_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The hindcast prints the shipped table as shipped, computes the NATO part, and refuses an unknown
    basis."""
    hindcast_budgets(basis="shipped")
    assert "as shipped" in capsys.readouterr().out
    hindcast_budgets(basis="nato", json_output=True)
    found = json.loads(capsys.readouterr().out)
    assert found["computed_now"] == ["nato"]
    assert len(found["nato"]["rows"]) == 16
    assert {r["form"] for r in found["nato"]["rows"]} == {"first_print", "what_stands"}
    with pytest.raises(InputError, match="--basis: 'x' cannot be used; use 'sipri', 'nato' or 'shipped'"):
        hindcast_budgets(basis="x")


def test_who_is_printed_at_two_per_cent_is_lost_as_often_as_such_allies_were() -> None:
    """Allies printed at 2.00 in 2026 fall below about as often as such allies did."""
    found = revision(LEDGER)
    near, lost = (sum(getattr(error, name) for error in found.judged_by) for name in ("near", "lost"))
    for code in ("BEL", "ESP"):
        assert 1.0 - found.chance_by_country[code] == pytest.approx(lost / near, abs=0.06)
    assert found.printed == 30
    assert found.low <= found.median <= found.high <= 31
