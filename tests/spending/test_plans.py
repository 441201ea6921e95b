"""Announced plans: each with its day, none of them a later figure, and what is no plan is refused."""

from datetime import date

import pytest

from foedus.cli import run_command
from foedus.errors import FoedusError, InputError
from foedus.evidence import Ledger
from foedus.evidence.cards import KNOWN
from foedus.spending.plans import COLUMNS, announcements, parse_announcement, plans_by, read_announcements

SHARE = "defence_expenditure_share_of_gdp"
LEDGER = Ledger.packaged()


def test_no_plan_equals_a_figure_first_printed_after_its_day() -> None:
    """What a government announced on a day is no figure that a publisher printed only later."""
    editions = [card for card in LEDGER.editions.values() if card.series == "nato-defence-expenditure"]
    for plan in announcements():
        printed = [
            (card.published, LEDGER.figures(SHARE, edition=card.id).value(plan.country, plan.year))
            for card in editions
        ]
        equal = [day for day, value in printed if value is not None and value == plan.share]
        assert not equal or min(equal) <= plan.announced, plan
    assert not [p for p in announcements() if p.country == "DEU" and p.share == 0.0269]


def test_estonia_and_lithuania_have_plans_for_2026() -> None:
    """Two independent reports make a plan known through the press: Estonia's 5, then 5.4 %, Lithuania's 5."""

    def known(day: str) -> dict[tuple[str, int], float]:
        return {(p.country, p.year): p.share for p in plans_by(date.fromisoformat(day))}

    assert known("2025-03-17").get(("EST", 2026)) is None
    assert known("2025-03-18")["EST", 2026] == 0.05
    assert known("2025-04-26")["EST", 2026] == 0.054
    assert known("2025-09-15")["LTU", 2026] == 0.05
    assert known("2025-12-11")["LTU", 2026] == 0.0538


def test_how_a_plan_is_known_follows_from_its_reports() -> None:
    """One report alone is unverified, unless it transcribes a document; two or more make it press."""
    for plan in announcements():
        assert plan.known in KNOWN
        alone = plan.reports == 1 and "transcription" not in plan.source
        assert (plan.known == "unverified") == alone, plan
    assert {p.known for p in plans_by(date(2026, 11, 1))} == {"press", "retrieved"}
    assert [p.year for p in plans_by(date(2026, 11, 1)) if p.country == "SWE"] == [2026, 2030]
    assert 2028 in [p.year for p in plans_by(date(2026, 11, 1), verified=False) if p.country == "SWE"]


def test_an_amount_is_an_announcement_and_no_share() -> None:
    """France announced an amount; no run follows it as a share, and no share is computed from it."""
    (france,) = (plan for plan in announcements() if plan.country == "FRA")
    assert (france.share, france.amount, france.currency) == (None, 64e9, "EUR")
    assert "FRA" not in {plan.country for plan in plans_by(date(2026, 11, 1))}


GOOD = {"country": "Poland", "year": "2030", "share": "0.05", "announced": "2026-01-01", "known": "press"}


def test_a_row_of_ones_own_is_read_alike() -> None:
    """A row needs a country, a year, a day and a share or an amount; a name is as good as a code."""
    plan = parse_announcement(GOOD, "plans.csv, line 2")
    assert (plan.country, plan.year, plan.share, plan.reports) == ("POL", 2030, 0.05, 1)
    assert plans_by(date(2026, 1, 1), rows=[plan])[0].share == 0.05
    assert plans_by(date(2025, 12, 31), rows=[plan]) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"announced": ""}, "plans.csv, line 2: the plan of POL has no day; write the day"),
        ({"announced": "2026-02-30"}, "'2026-02-30' is not a day of the calendar"),
        ({"share": "0.21"}, "the plan of POL is 21 % of GDP, which is not above 0 and up to 20 %"),
        ({"share": "5"}, "the plan of POL is 500 % of GDP"),
        ({"share": "0"}, "the plan of POL is 0 % of GDP"),
        ({"share": "nan"}, "the plan of POL is nan % of GDP"),
        ({"share": "five"}, "share 'five' is not a number"),
        ({"share": ""}, "the plan of POL has neither share nor amount"),
        ({"share_high": "0.04"}, "the plan of POL has a high end below its low end"),
        ({"amount": "1e9"}, "the plan of POL has an amount without a currency"),
        ({"year": "30"}, "'30' is not a year"),
        ({"country": "Polnad"}, "'Polnad' is not a known country"),
        ({"known": "heard"}, "'heard' does not say how a plan is known"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_sentence(change: dict[str, str], message: str) -> None:
    """A plan without a day, above a fifth of GDP, or otherwise not a plan is bad input, exit code 2."""
    with pytest.raises(InputError) as caught:
        parse_announcement({**GOOD, **change}, "plans.csv, line 2")
    assert message in str(caught.value)
    assert caught.value.exit_code == 2
    assert str(caught.value).count("\n") == 0


def test_a_file_of_ones_own(tmp_path) -> None:
    """A CSV file with the columns of the record is read; what is no such table is refused with the header."""
    path = tmp_path / "own.csv"
    path.write_text("country,year,share,announced\nPOL,2030,0.05,2026-01-01\n", encoding="utf-8")
    assert [p.known for p in read_announcements(path)] == ["unverified"]
    path.write_text("country,year,share\nPOL,2030,0.05\n", encoding="utf-8")
    with pytest.raises(FoedusError, match=f"no column announced; begin it with {','.join(COLUMNS)}"):
        read_announcements(path)
    with pytest.raises(FoedusError, match="the file cannot be read"):
        read_announcements(tmp_path / "none.csv")


def test_plans_of_ones_own_are_known_beside_the_record(tmp_path, monkeypatch, capsys) -> None:
    """A table in the data folder adds plans; a row that is none refuses a run, in one sentence."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    before = len(announcements())
    own = tmp_path / "plans.csv"
    own.write_text("country,year,share,announced,known\nITA,2028,0.03,2026-01-01,press\n", encoding="utf-8")
    assert len(announcements()) == before + 1
    assert [p.share for p in plans_by(date(2026, 2, 1)) if p.country == "ITA"] == [0.03]
    for row in ("ITA,2028,0.03,,press", "ITA,2028,0.3,2026-01-01,press"):
        own.write_text(f"country,year,share,announced,known\n{row}\n", encoding="utf-8")
        assert run_command(["pledge", "--country", "ITA", "--draws", "10"]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "plans.csv, line 2: the plan of ITA" in error
