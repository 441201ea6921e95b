"""A scenario takes its figures from what had been published by the day it is asked as of."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.errors import NoDataError, ScenarioError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.pinning import pinned
from foedus.runs.outcome import outcome
from foedus.scenario import Resolved, resolve
from foedus.spending.gdp import economy_as_of
from foedus.spending.start_shares import start_shares

LEDGER = Ledger.packaged()
TODAY = date(2026, 6, 1)
GOOD = "title: T\nquestion: Q?\nhorizon: 2030\nlevers: {pledge: {target: 0.03, deadline: 2030}}\n"


def _write(folder: Path, text: str) -> str:
    path = folder / "case.yaml"
    path.write_text(text)
    return str(path)


def _steps(resolved: Resolved) -> list[str]:
    return [note.step for note in resolved.notes]


def test_the_newest_whole_edition_starts_it() -> None:
    """In June 2026 the start is 2025 by the edition of August 2025, in that edition's prices of 2021."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    assert set(resolved.editions) == {"nato-2025-08", "imf-weo-2026-04"}
    assert (resolved.start_year, resolved.price_year, resolved.horizon) == (2025, 2021, 2035)
    assert len(resolved.countries) == 32
    assert resolved.spending.growth_projected_from == 2026
    assert all(len(sha) == 64 for sha in resolved.editions.values())


def test_figures_are_the_editions_own() -> None:
    """Shares and spending are as NATO prints them, growth as the Outlook does; GDP is their base."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    poland = resolved.countries.index("POL")
    share = LEDGER.figures("defence_expenditure_share_of_gdp", year=2025, edition="nato-2025-08")
    spending = LEDGER.figures("defence_expenditure_constant_usd_2021", year=2025, edition="nato-2025-08")
    growth = LEDGER.figures("gdp_real_growth", year=2027, edition="imf-weo-2026-04")
    start = resolved.spending.start()
    assert start.defence_expenditure_share_of_gdp[poland] == share.value("POL", 2025)
    assert start.defence_expenditure_constant_usd[poland] == pytest.approx(
        spending.value("POL", 2025), rel=1e-14
    )
    assert resolved.spending.gdp_real_growth_path[1][poland] == growth.value("POL", 2027)


def test_growth_is_extended_with_a_flag() -> None:
    """After the Outlook's last year growth stays at that year's, and a note says so."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    assert "growth_extended" in _steps(resolved)
    path = dict(zip(resolved.years[1:], resolved.spending.gdp_real_growth_path, strict=True))
    assert path[2031] == path[2032] == path[2035]
    assert path[2030] != path[2031]


def test_nothing_is_extended_within_the_outlook(tmp_path: Path) -> None:
    """A horizon within the Outlook leaves no such note."""
    resolved = resolve(_write(tmp_path, GOOD), as_of=TODAY, ledger=LEDGER)
    assert "growth_extended" not in _steps(resolved)
    assert resolved.spending.pledge_from == 2026


def test_iceland_is_carried_without_a_share() -> None:
    """Iceland has no forces: it is carried with GDP and without a share, and a note says so."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    iceland = resolved.countries.index("ISL")
    assert not resolved.spending.participates[iceland]
    assert math.isnan(resolved.spending.defence_expenditure_share_of_gdp[iceland])
    assert resolved.spending.gdp_constant_usd[iceland] > 1e10
    assert sum(resolved.spending.participates) == 31
    assert next(n.text for n in resolved.notes if n.step == "left_out").startswith("ISL: no share of GDP")


def test_luxembourgs_other_base_is_flagged() -> None:
    """Luxembourg's share is over another base from 2023 on; a start before that has no such note."""
    assert "luxembourg_base" in _steps(resolve("baseline", as_of=TODAY, ledger=LEDGER))
    assert "luxembourg_base" not in _steps(resolve("baseline", as_of=date(2019, 12, 1), ledger=LEDGER))


def _without_outlooks() -> Ledger:
    """Return the ledger without any World Economic Outlook."""
    cards = {name: card for name, card in LEDGER.editions.items() if card.series != "imf-weo"}
    return replace(LEDGER, editions=MappingProxyType(cards))


@pytest.mark.parametrize(
    ("day", "edition", "members", "first", "gdp"),
    [
        (date(2019, 12, 1), "nato-2019-06", 29, 2013, "gdp_constant_usd_2015"),
        (date(2024, 7, 1), "nato-2024-06", 32, 2015, "gdp_constant_usd_2015"),
        (date(2026, 9, 1), "nato-2026-07", 32, 2017, "gdp_constant_usd_2021"),
    ],
)
def test_without_an_outlook_growth_is_the_recent_average(
    day: date, edition: str, members: int, first: int, gdp: str
) -> None:
    """Where no Outlook is at hand the path is the average growth of NATO's GDP in the edition's prices."""
    resolved = resolve("baseline", as_of=day, ledger=_without_outlooks())
    assert set(resolved.editions) == {edition}
    assert len(resolved.countries) == members
    assert resolved.price_year == int(gdp[-4:])
    poland = resolved.countries.index("POL")
    assert len({row[poland] for row in resolved.spending.gdp_real_growth_path}) == 1
    note = next(n.text for n in resolved.notes if n.step == "growth_from_recent_average")
    assert f"average of {first} to {resolved.start_year} in {edition}" in note
    figures = LEDGER.figures(gdp, country=["POL"], edition=edition)
    begin, end = figures.value("POL", first - 1), figures.value("POL", resolved.start_year)
    assert begin is not None
    assert end is not None
    years = resolved.start_year - first + 1
    growth = resolved.spending.gdp_real_growth_path[0][poland]
    assert (1 + growth) ** years == pytest.approx(end / begin, rel=1e-12)


@pytest.mark.parametrize(
    ("day", "outlook", "is_of_october", "projected_from"),
    [
        (date(2019, 7, 1), "imf-weo-2019-04", False, 2019),
        (date(2024, 7, 1), "imf-weo-2024-04", False, 2024),
        (date(2024, 12, 1), "imf-weo-2024-10", True, 2024),
        (date(2025, 12, 1), "imf-weo-2025-10", True, 2025),
        (date(2026, 9, 1), "imf-weo-2026-04", False, 2026),
    ],
)
def test_a_day_gets_the_outlook_of_that_day(
    day: date, outlook: str, is_of_october: bool, projected_from: int
) -> None:
    """Growth is that of the newest Outlook published by the day; its first year is that of publication."""
    resolved = resolve("baseline", as_of=day, ledger=LEDGER)
    assert outlook in resolved.editions
    spending = resolved.spending
    assert (spending.outlook_is_of_october, spending.growth_projected_from) == (is_of_october, projected_from)
    year = resolved.start_year + 1
    growth = LEDGER.figures("gdp_real_growth", edition=outlook).value("POL", year)
    assert spending.gdp_real_growth_path[0][resolved.countries.index("POL")] == growth
    inputs = spending.inputs_alone(year)
    assert inputs.gdp_real_growth_years_ahead == year - projected_from + 1
    assert inputs.gdp_outlook_is_of_october == float(is_of_october)


def test_a_short_outlook_is_continued_by_an_older_one() -> None:
    """The Outlook of April 2020 ends in 2021: growth of the years after is that of October 2019."""
    resolved = resolve("baseline", as_of=date(2020, 5, 1), ledger=LEDGER)
    notes = {note.step: note.text for note in resolved.notes}
    assert notes["growth_from_older_outlook"] == (
        "growth of 2022 to 2024 is that of imf-weo-2019-10: imf-weo-2020-04 ends in 2021."
    )
    poland = resolved.countries.index("POL")
    path = dict(zip(resolved.years[1:], resolved.spending.gdp_real_growth_path, strict=True))
    for year, edition in ((2021, "imf-weo-2020-04"), (2022, "imf-weo-2019-10")):
        growth = LEDGER.figures("gdp_real_growth", edition=edition).value("POL", year)
        assert path[year][poland] == growth
    assert path[2024] == path[2025]


def test_before_the_first_edition_there_is_no_start() -> None:
    """As of a day before the first edition, the error says so and what to do."""
    with pytest.raises(
        NoDataError,
        match="the start of the scenario: no whole table of shares of GDP had been published by 2014-01-01",
    ):
        resolve("baseline", as_of=date(2014, 1, 1), ledger=LEDGER)


def test_shares_alone_start_no_run() -> None:
    """In 2018 shares of 2017 were known and no GDP: the error says which."""
    with pytest.raises(NoDataError, match="no World Economic Outlook had been published by 2018-01-01"):
        resolve("baseline", as_of=date(2018, 1, 1), ledger=LEDGER)


@pytest.mark.parametrize(
    ("day", "edition", "year", "at_guideline"),
    [
        (date(2021, 7, 1), "nato-2021-06", 2021, 10),
        (date(2023, 8, 1), "nato-2023-07", 2023, 11),
        (date(2024, 4, 10), "nato-2023-07", 2023, 11),
    ],
)
def test_an_edition_held_of_most_allies_starts_a_run(
    day: date, edition: str, year: int, at_guideline: int
) -> None:
    """Where an edition is held of two thirds of the allies, a run starts in its year with NATO's own count,
    and who is not in it stands at its last printed share."""
    resolved = resolve("baseline", as_of=day, ledger=LEDGER)
    assert (resolved.start_year, edition in resolved.editions) == (year, True)
    assert resolved.no_change()["allies_at_guideline_count"][0] == at_guideline


def test_shares_of_too_few_allies_to_start_there_are_figures() -> None:
    """In July 2022 thirteen shares of 2022 were held: the run starts in 2021, and in every draw of 2022
    those allies stand at what was printed."""
    resolved = resolve("baseline", as_of=date(2022, 7, 1), ledger=LEDGER)
    assert resolved.start_year == 2021
    assert {"nato-2021-06", "nato-2019-06"} <= set(resolved.editions)
    printed = LEDGER.figures("defence_expenditure_share_of_gdp", edition="nato-2022-06", year=2022)
    held = dict(printed.frame.select("country", "value"))
    held = {c: share for c, share in held.items() if c in resolved.countries}
    assert len(held) == 13
    text = next(n.text for n in resolved.notes if n.step == "later_shares")
    assert f"2022 by nato-2022-06 for {', '.join(sorted(held))}." in text
    shares = outcome(resolved, draws=50).quantities["defence_expenditure_share_of_gdp"]
    for code, share in held.items():
        column = shares[:, :, resolved.countries.index(code)]
        np.testing.assert_allclose(column[1], share, rtol=1e-6)
        assert column[2].std() > 0.0
    naive = resolved.spending.no_change(resolved.years, resolved.parameters)
    before, then = (state["defence_expenditure_share_of_gdp"][0] for state in naive[:2])
    for code, old, new in zip(resolved.countries, before, then, strict=True):
        assert new == held.get(code, pytest.approx(old, nan_ok=True))


def test_an_ally_without_figures_is_left_out_and_named() -> None:
    """In January 2021 the newest edition lacks North Macedonia, which is left out beside Iceland by name."""
    resolved = resolve("baseline", as_of=date(2021, 1, 1), ledger=LEDGER)
    absent = [
        c for c, there in zip(resolved.countries, resolved.spending.participates, strict=True) if not there
    ]
    assert absent == ["ISL", "MKD"]
    assert any(note.step == "left_out" and note.text.startswith("ISL, MKD:") for note in resolved.notes)


def test_a_pledge_that_had_not_been_made_is_said_to_be_supposed() -> None:
    """As of July 2024 nobody had pledged 3.5 %: the note says so; a year later it is silent."""
    before = resolve("baseline", as_of=date(2024, 7, 1), ledger=LEDGER)
    text = next(note.text for note in before.notes if note.step == "pledge_supposed")
    assert text == "no pledge of 3.5 % of GDP had been made by 2024-07-01: the scenario supposes one."
    assert "pledge_supposed" not in _steps(resolve("baseline", as_of=date(2025, 7, 1), ledger=LEDGER))


def test_a_target_that_an_announcement_outweighs_is_said_to_change_nothing() -> None:
    """Spain follows its announced 2.1 %: that another target does nothing is said, where it does nothing."""

    def resolved(**changes: object) -> Resolved:
        levers = {f"levers.{key}": value for key, value in changes.items()}
        return resolve("baseline", as_of=date(2026, 11, 1), ledger=LEDGER, changes=levers)

    other = {"pledge.exceptions": {"ESP": 0.035}}
    (text,) = (n.text for n in resolved(**other).notes if n.step == "exception_announced")
    assert text.startswith("the target of 3.5 % for ESP changes nothing: it has announced 2.1 % for 2035")
    assert "exception_announced" not in _steps(resolved())
    assert "exception_announced" not in _steps(resolved(**other, announced_plans=False))
    assert "exception_announced" not in _steps(resolved(**{"pledge.exceptions": {"ITA": 0.03}}))


def test_no_gdp_at_all_is_an_error() -> None:
    """Where no outlook and no GDP of NATO's for the start year is known, the error says so."""
    ledger = _without_outlooks().as_of(date(2025, 12, 1))
    with pytest.raises(
        NoDataError,
        match="no World Economic Outlook had been published by 2025-12-01, nor an edition of NATO's",
    ):
        resolve("baseline", as_of=date(2025, 12, 1), ledger=ledger)


def test_an_ally_whose_gdp_is_missing_is_an_error() -> None:
    """An ally with a share and without GDP anywhere is not filled in: the error names it."""
    ledger = LEDGER.as_of(date(2026, 9, 1))
    shares = replace(start_shares(ledger, ("EST", "POL"), TODAY), spending=(math.nan, math.nan))
    only = replace(ledger, editions={k: c for k, c in ledger.editions.items() if k == "nato-2026-07"})
    lacking = _without("nato-2026-07", "gdp_constant_usd_2021", "POL", only)
    with pytest.raises(
        NoDataError, match="edition nato-2026-07 lacks GDP in constant prices of POL; ask as of"
    ):
        economy_as_of(lacking, ("EST", "POL"), {"EST", "POL"}, shares, 2030)


def _without(edition: str, indicator: str, country: str, ledger: Ledger = LEDGER) -> Ledger:
    """Return the ledger with one country's figures of an indicator left out of an edition."""
    table = LEDGER.table(edition)
    rest = table.where(lambda row: (row["country"], row["indicator"]) != (country, indicator))
    return replace(ledger, _loaders=MappingProxyType({**LEDGER._loaders, edition: lambda: rest}))


def _with_card(edition: str, **changes: object) -> Ledger:
    """Give the ledger with one card changed."""
    card = LEDGER.editions[edition].model_copy(update=changes)
    return replace(LEDGER, editions=MappingProxyType({**LEDGER.editions, edition: card}))


def test_an_outlook_that_ends_too_early_is_an_error() -> None:
    """An Outlook that ends before the first simulated year cannot give a path."""
    complete = {**LEDGER.editions["imf-weo-2026-04"].complete, "gdp_real_growth": (1980, 2025)}
    with pytest.raises(
        NoDataError, match="ends in 2025, before the first year to be simulated, 2026; import"
    ):
        resolve("baseline", as_of=TODAY, ledger=_with_card("imf-weo-2026-04", complete=complete))


def test_a_table_without_any_ally_is_an_error() -> None:
    """A card that promises a year its table does not hold is refused."""
    share = "defence_expenditure_share_of_gdp"
    complete = {share: (2012, 2014)}
    ledger = _with_card("nato-2025-08", complete=complete)
    table = LEDGER.table("nato-2025-08")
    loaders = {
        **LEDGER._loaders,
        "nato-2025-08": lambda: table.with_columns(country="CHE"),
    }
    with pytest.raises(NoDataError, match="edition nato-2025-08 has no share of GDP of any ally for 2014"):
        resolve("baseline", as_of=TODAY, ledger=replace(ledger, _loaders=MappingProxyType(loaders)))


def test_a_share_that_was_not_read_in_the_table_is_flagged() -> None:
    """A start that rests on a quoted figure says which ally's it is."""
    table = LEDGER.table("nato-2025-08")
    keys = table.select("country", "year", "known")
    weak = table.with_columns(known=["press" if key[:2] == ("POL", 2025) else key[2] for key in keys])
    loaders = {**LEDGER._loaders, "nato-2025-08": lambda: weak}
    resolved = resolve("baseline", as_of=TODAY, ledger=replace(LEDGER, _loaders=MappingProxyType(loaders)))
    notes = {n.step: n.text for n in resolved.notes}
    assert notes["not_retrieved"].startswith("POL: not read in the publisher's own file")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("horizon: 2030\n", ""), "case.yaml: the key 'horizon' is missing; add it."),
        (
            GOOD.replace("target: 0.03, ", ""),
            "case.yaml, line 4: the key 'levers.pledge.target' is missing; add it.",
        ),
        (
            GOOD.replace(", deadline: 2030", ""),
            "case.yaml, line 4: the key 'levers.pledge.deadline' is missing; add it.",
        ),
        (
            GOOD.replace("horizon: 2030", "horizon: 2020"),
            "case.yaml, line 3: the horizon 2020 is not after 2025, the last year of the figures; "
            "choose a year from 2026 on.",
        ),
    ],
)
def test_an_incomplete_scenario_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    """What the model needs and the file does not say is named with the file."""
    with pytest.raises(ScenarioError) as caught:
        resolve(_write(tmp_path, text), as_of=TODAY, ledger=LEDGER)
    assert str(caught.value).endswith("/" + message)


def test_what_the_parent_lacks_too_is_said(tmp_path: Path) -> None:
    """A key that neither file gives is said to be missing from both."""
    (tmp_path / "parent.yaml").write_text(GOOD.replace("horizon: 2030\n", ""))
    text = "title: T\nquestion: Q?\nextends: parent.yaml\n"
    with pytest.raises(ScenarioError, match="'horizon' is missing and its parent has none; add it"):
        resolve(_write(tmp_path, text), as_of=TODAY, ledger=LEDGER)


def test_an_exception_is_for_an_ally(tmp_path: Path) -> None:
    """An exception for a country that is no ally on the day is refused."""
    text = GOOD.replace("deadline: 2030", "deadline: 2030, exceptions: {CHE: 0.01}")
    with pytest.raises(UnknownNameError, match=r"case\.yaml, line 4: 'CHE' is not a known ally on that day"):
        resolve(_write(tmp_path, text), as_of=TODAY, ledger=LEDGER)


def test_an_exception_has_its_own_target() -> None:
    """Spain is held to 2.1 % and everybody else to 3.5 %."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    targets = dict(zip(resolved.countries, resolved.spending.pledge_targets, strict=True))
    assert targets.pop("ESP") == 0.021
    assert set(targets.values()) == {0.035}


def test_a_value_of_the_scenarios_own_is_assumed(tmp_path: Path) -> None:
    """A parameter that the scenario sets is graded as assumed; the others keep their grade and source."""
    resolved = resolve(_write(tmp_path, GOOD + "parameters: {budgets.own_error: 0.03}\n"), as_of=TODAY)
    setting = resolved.parameters["budgets.own_error"]
    assert setting.value == (0.03,) * 32
    assert (setting.grade, setting.source) == ("assumed", "set by the scenario case")
    assert resolved.parameters["budgets.compliance"].grade == "estimated"


def test_a_belief_in_compliance_is_exact(tmp_path: Path) -> None:
    """Compliance believed as an uncertainty takes the place of the estimate and of its spread."""
    resolved = resolve(_write(tmp_path, GOOD + "uncertainties: {compliance: 0.9}\n"), as_of=TODAY)
    assert resolved.parameters["budgets.compliance"].value == 0.9
    assert resolved.parameters["budgets.compliance_spread"].value == 0.0


def test_the_canonical_text_round_trips() -> None:
    """A resolved scenario written as JSON and read again has the same canonical text and checksum."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    again = Resolved.from_json(json.loads(resolved.canonical()))
    assert again.canonical() == resolved.canonical()
    assert again.sha256 == resolved.sha256
    assert again.notes == resolved.notes


def test_the_checksum_covers_every_field() -> None:
    """Another question, deadline or figure gives another checksum; the same scenario gives the same."""
    resolved = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    same = resolve("baseline", as_of=TODAY, ledger=LEDGER)
    others = [
        replace(resolved, question="Why?"),
        replace(resolved, spending=replace(resolved.spending, pledge_deadline=2036)),
        replace(
            resolved,
            spending=replace(
                resolved.spending, gdp_constant_usd=(1.0, *resolved.spending.gdp_constant_usd[1:])
            ),
        ),
        replace(resolved, editions={**resolved.editions, "nato-2025-08": "0"}),
    ]
    assert same.sha256 == resolved.sha256
    assert len({resolved.sha256, *(other.sha256 for other in others)}) == 5


def test_without_a_day_it_is_today() -> None:
    """Without a day and a ledger the scenario is asked as of today, of all editions."""
    assert resolve().as_of == date.today()


def test_a_run_says_when_its_newest_figures_are_years_older_than_its_day() -> None:
    """Shares of an edition of June 2019 are named as old from two years on, and not a day earlier."""
    held = pinned(LEDGER, ["nato-2019-06"])
    said = {
        day: [n.text for n in resolve("baseline", as_of=day, ledger=held).notes if n.step == "old_figures"]
        for day in (date(2021, 6, 25), date(2021, 6, 26), date(2023, 11, 1))
    }
    assert said[date(2021, 6, 25)] == []
    assert "nato-2019-06, published 2019-06-25, 2 years before 2021-06-26" in said[date(2021, 6, 26)][0]
    assert "4 years before 2023-11-01" in said[date(2023, 11, 1)][0]
    answers: tuple[Any, ...] = (
        foedus.pledge("DEU", by=2035, as_of="2023-11-01", draws=2, ledger=held),
        foedus.compare(
            changes={"uncertainties.growth_shift": -0.01}, as_of="2023-11-01", draws=2, ledger=held
        ),
    )
    for answer in answers:
        assert "4 years before 2023-11-01" in str(answer.notes)
    assert "years before" not in str(foedus.pledge("DEU", as_of=TODAY, draws=2, ledger=LEDGER).notes)
