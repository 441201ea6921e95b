"""What is said of one ally is what the ledger, the baseline and each question say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.analysis.country import CountryFacts, country
from foedus.analysis.country_words import ordinal, spoken_name
from foedus.cli import run_command
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.runs.outcome import outcome
from foedus.scenario import resolve
from foedus.spending.measures import SHARE
from foedus.spending.status import status
from foedus.units import per_cent

DAY = date(2026, 11, 1)
LEDGER = Ledger.packaged()
KEPT: dict[Any, Any] = {}


def _keep(key: Any, make: Any) -> Any:
    """Make once what every ally of a day shares."""
    if key not in KEPT:
        KEPT[key] = make()
    return KEPT[key]


def _facts(code: str, day: date = DAY) -> CountryFacts:
    """Return what is said of an ally."""
    return country(code, as_of=day, draws=200, ledger=LEDGER, keep=_keep)


STANDING = status(LEDGER, as_of=DAY)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([row.country for row in STANDING.rows]))
def test_every_ally_has_the_share_that_status_gives(code: str) -> None:
    """Share, place and levels are those of `foedus status`, and the headline names the ally."""
    facts = _facts(code)
    row = next(row for row in STANDING.rows if row.country == code)
    ranked = [r.country for r in STANDING.rows if r.share is not None]
    assert (facts.share, facts.year) == (row.share, STANDING.year)
    assert facts.rank == (ranked.index(code) + 1 if code in ranked else None)
    assert spoken_name(code, opening=True) in facts.headline()
    assert facts.headline().endswith(".")
    if row.share is not None:
        assert per_cent(row.share) in facts.headline()
        assert f"of the {len(ranked)} allies with a figure" in facts.headline()


def test_the_forecast_is_that_of_the_baseline() -> None:
    """The forecast's ends are quantiles of the baseline's own draws, and it starts at the share."""
    facts = _facts("ITA")
    run = outcome(resolve("baseline", as_of=DAY, ledger=LEDGER), draws=200, seed=1)
    i = run.resolved.countries.index("ITA")
    assert facts.forecast is not None
    assert facts.forecast.median[-1] == pytest.approx(np.median(run.quantities[SHARE][-1, :, i]), rel=1e-6)
    assert facts.forecast.unchanged == pytest.approx(facts.share, abs=5e-5)
    assert facts.forecast.low[-1] < facts.forecast.median[-1] < facts.forecast.high[-1]


def test_odds_stand_beside_no_change() -> None:
    """The odds that the pledge is reached say at once what no change says."""
    beside = " ".join(_facts("ITA").answer().beside)
    assert "3.5 % by 2035" in beside
    assert "nothing changes: no" in beside


def test_an_ally_without_forces_has_no_number() -> None:
    """Iceland has no share, no forecast and no pledge, and the answer says why."""
    facts = _facts("ISL")
    assert facts.answer().number == ""
    assert "no armed forces" in facts.headline()
    assert (facts.forecast, facts.pledge) == (None, None)


def test_an_ally_at_the_pledge_pays_nothing_for_it() -> None:
    """Who is at the mark already is told that it costs nothing more."""
    facts = _facts("LTU")
    cost = next(fact for fact in facts.facts if fact.name == "pledge_cost")
    assert (cost.value, cost.beside) == ("nothing", "at it already")
    assert "already" in facts.headline()


def test_a_year_stands_by_every_edition() -> None:
    """How a year was revised is told edition by edition, the oldest first, as of the day."""
    rows = [(row.edition, per_cent(row.share)) for row in _facts("ITA").by_edition if row.year == 2024]
    assert rows == [("nato-2024-06", "1.49 %"), ("nato-2025-08", "1.50 %"), ("nato-2026-07", "1.52 %")]
    earlier = _facts("ITA", date(2025, 9, 1))
    assert {row.edition for row in earlier.by_edition} <= {"nato-2023-07", "nato-2024-06", "nato-2025-08"}


def test_every_fact_says_its_year_and_edition() -> None:
    """A fact of the ledger has a year and an edition that holds it; what is computed has none."""
    for fact in _facts("ITA").facts:
        assert (fact.edition in LEDGER.editions) == (fact.year is not None)
        assert fact.written not in ("", "–")


def test_where_a_day_allows_no_run_the_figures_still_answer() -> None:
    """Before the first Outlook that is held there is no forecast, which is said; the share is there."""
    facts = _facts("ITA", date(2019, 1, 1))
    assert facts.share is not None
    assert facts.forecast is None
    assert "There is no forecast as of 2019-01-01" in facts.notes[-1]


@pytest.mark.parametrize(("name", "day"), [("Austria", DAY), ("Finland", date(2022, 1, 1))])
def test_who_is_no_ally_on_the_day_is_refused(name: str, day: date) -> None:
    """A country that is no ally on the day is refused by name."""
    with pytest.raises(InputError, match=f"{name} is not an ally on"):
        _facts(name, day)


def test_places_are_written_as_they_are_said() -> None:
    """First to third, the teens, and what comes after."""
    said = [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31, 111)]
    assert said == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "22nd",
        "23rd",
        "31st",
        "111th",
    ]


def test_the_command_prints_what_the_payload_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """The command's JSON has the headline that the text opens with, and a sentence for each question."""
    words = ["country", "Italy", "--as-of", str(DAY), "--draws", "50"]
    assert run_command([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["country"] == "ITA"
    assert {card["question"] for card in answer["cards"]} == {
        "status",
        "pledge",
        "what-if",
        "decide",
        "accession",
        "aid",
    }
    assert run_command(words) == 0
    assert answer["headline"] in capsys.readouterr().out
