"""A run starts where the figures end: what is printed of its first year is what it reports of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from foedus.engine.blocks import Block, map_blocks
from foedus.errors import FoedusError, ScenarioError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.scenario import Resolved, resolve
from foedus.scenario.find import shipped
from foedus.spending.measures import at_level
from foedus.spending.start_shares import SERIES, SHARE, StartShares, spending_in, start_shares

LEDGER = Ledger.packaged()
WHOLE = [c for c in LEDGER.editions.values() if c.series == SERIES and SHARE in c.complete]
RELEASE = (date(2026, 8, 4), "no release of the Ukraine Support Tracker")
STUDY = (date(2025, 2, 21), "was public on 2025-02-21")
UNKNOWN = {
    "ukraine-accedes": (date(2024, 3, 7), "which nobody knew on"),
    **dict.fromkeys(("requirement-us-land", "us-forces-halved-2027"), STUDY),
    **dict.fromkeys(("aid-common-fund", "aid-donor-doubles", "aid-inside-budget", "aid-us-stops"), RELEASE),
    **dict.fromkeys(("us-quick-deal", "war-goes-on"), RELEASE),
}
"""The day before which a scenario is refused, as it rests on what was not public, and what the refusal says:
the last round of ratifications that the time to entry is learned from, the study, the first release held."""

GOOD = "title: T\nquestion: Q?\nhorizon: 2030\nlevers: {pledge: {target: 0.03, deadline: 2030}}\n"


def _notes(resolved: Resolved) -> dict[str, str]:
    return {note.step: note.text for note in resolved.notes}


def _carried(allies: list[str], printed: np.ndarray, edition: str, year: int) -> dict[str, float]:
    """Return the last share of every ally with forces that the edition leaves blank for a year."""
    blank = [c for c, share in zip(allies, printed, strict=True) if math.isnan(share)]
    figures = LEDGER.figures(SHARE, edition=edition)
    last = {c: figures.value(c, year - 1) for c in blank}
    return {c: share for c, share in last.items() if share is not None}


def _printed_total(card: Card, price_year: int, year: int, name: str) -> float | None:
    figures = LEDGER.figures(spending_in(price_year), edition=card.id)
    return figures.value(name, year)


@pytest.mark.parametrize("scenario", sorted(shipped()))
@pytest.mark.parametrize("card", WHOLE, ids=lambda card: card.id)
def test_the_first_year_is_what_the_edition_prints(scenario: str, card: Card) -> None:
    """No count and no total of a run's first year contradicts the edition of its day."""
    unknown = UNKNOWN.get(scenario)
    if unknown and card.published < unknown[0]:
        with pytest.raises(FoedusError, match=unknown[1]):
            resolve(scenario, as_of=card.published, ledger=LEDGER)
        return
    resolved = resolve(scenario, as_of=card.published, ledger=LEDGER)
    year = card.complete[SHARE][1]
    assert (resolved.start_year, card.id in resolved.editions) == (year, True)

    def first_year(block: Block) -> dict[str, float]:
        start, state = next(iter(block.years()))
        assert start == year
        measures = resolved.measures(state)
        assert all((values == values[0]).all() for values in measures.values())
        return {name: float(values[0]) for name, values in measures.items()}

    (measured,) = map_blocks(first_year, resolved.problem(), draws=500, seed=1)
    allies = LEDGER.members(on=card.published)
    printed = LEDGER.figures(SHARE, year=year, edition=card.id).matrix(allies, [year])[:, 0]
    carried = _carried(allies, printed, card.id, year)
    for level, measure in ((0.02, "allies_at_guideline_count"), (0.035, "allies_at_pledge_count")):
        of_carried = sum(round(share, 4) >= level for share in carried.values())
        assert measured[measure] == (np.round(printed, 4) >= level).sum() + of_carried
    for name, measure in (
        ("NATO_EUR_CAN", "europe_canada_expenditure_constant_usd"),
        ("NATO", "nato_expenditure_constant_usd"),
    ):
        total = _printed_total(card, resolved.price_year, year, name)
        if total is not None:
            # A total holds what NATO put in for an ally that it leaves blank; the run holds its last year.
            tolerance = 1e-3 if carried else 3e6 / total
            assert measured[measure] == pytest.approx(total, rel=tolerance)


def test_the_newest_edition_is_where_a_run_starts() -> None:
    """As of November 2026 a run starts in 2026: 30 allies at 2 %, 5 at 3.5 %, 633.9 bn without the US."""
    resolved = resolve("baseline", as_of=date(2026, 11, 26), ledger=LEDGER)
    start = resolved.spending.start()
    assert (resolved.start_year, resolved.price_year) == (2026, 2021)
    share, paid = start.defence_expenditure_share_of_gdp, start.defence_expenditure_constant_usd
    assert (at_level(share, 0.02).sum(), at_level(share, 0.035).sum()) == (30, 5)
    europe = [i for i, c in enumerate(resolved.countries) if c not in ("USA", "ISL")]
    assert round(paid[europe].sum() / 1e9, 1) == 633.9
    assert round(np.nansum(paid) / 1e9, 1) == 1484.1


def test_a_blank_ally_is_carried_from_its_last_year() -> None:
    """Germany is blank for 2025 in the edition of August 2025: it stands at 2024's share, and a note says
    so; its spending is within half a billion of what NATO's own total leaves for it, 88.6 bn."""
    resolved = resolve("baseline", as_of=date(2025, 12, 1), ledger=LEDGER)
    germany = resolved.countries.index("DEU")
    printed = LEDGER.figures(SHARE, year=2024, edition="nato-2025-08").value("DEU", 2024)
    assert resolved.start_year == 2025
    assert resolved.spending.defence_expenditure_share_of_gdp[germany] == printed
    assert resolved.spending.start_is_estimate[germany]
    assert resolved.spending.participates[germany]
    assert "leaves 2025 blank for 1 of the allies" in _notes(resolved)["carried_from_last_year"]
    assert "DEU 2.00 % of 2024" in _notes(resolved)["carried_from_last_year"]
    paid = resolved.spending.start().defence_expenditure_constant_usd[germany]
    assert paid == pytest.approx(88.6e9, abs=0.5e9)


def test_the_count_with_germany_is_natos_own() -> None:
    """With Germany at its last share 31 allies are at 2 % in 2025, as NATO said on the edition's day."""
    resolved = resolve("baseline", as_of=date(2025, 8, 28), ledger=LEDGER)
    assert at_level(resolved.spending.start().defence_expenditure_share_of_gdp, 0.02).sum() == 31


def test_who_was_never_printed_is_left_out() -> None:
    """An ally without any printed share is in no total, by name; Iceland has no forces."""
    resolved = resolve("baseline", as_of=date(2026, 11, 26), ledger=LEDGER)
    absent = [
        c for c, part in zip(resolved.countries, resolved.spending.participates, strict=True) if not part
    ]
    assert absent == ["ISL"]


def _quoted(edition: str, published: date, shares: dict[str, float], year: int) -> Ledger:
    """Return the packaged ledger with a partial edition of shares beside it."""
    figures = figures_frame(Figure(SHARE, c, year, v, "estimate", "press") for c, v in shares.items())
    table = figures.with_columns(edition=edition).select("edition", *figures.columns)
    card = LEDGER.editions["nato-2026-07"].model_copy(
        update={"id": edition, "published": published, "complete": {}}
    )
    return replace(
        LEDGER,
        editions=MappingProxyType({**LEDGER.editions, edition: card}),
        _loaders=MappingProxyType({**LEDGER._loaders, edition: lambda: table}),
    )


def test_a_few_quoted_points_do_not_move_the_start() -> None:
    """A newer edition of which three shares are quoted starts no run; one of nearly all allies does, and the
    others stand at their last printed year."""
    day = date(2027, 9, 1)
    few = _quoted("nato-2027-08", date(2027, 8, 28), {"DEU": 0.03, "POL": 0.05, "EST": 0.055}, 2027)
    allies = tuple(LEDGER.members(on=day))
    assert start_shares(few.as_of(day), allies, day).year == 2026
    with_forces = [c for c in allies if c not in ("ISL", "FRA", "USA")]
    most = _quoted("nato-2027-08", date(2027, 8, 28), dict.fromkeys(with_forces, 0.03), 2027)
    shares = start_shares(most.as_of(day), allies, day)
    assert (shares.year, shares.edition) == (2027, "nato-2027-08")
    assert _of(shares, allies, "USA") == (0.0317, 2026)
    assert _of(shares, allies, "DEU") == (0.03, 2027)
    assert math.isnan(shares.values[allies.index("ISL")])


def _of(shares: StartShares, allies: tuple[str, ...], country: str) -> tuple[float, int]:
    return shares.values[allies.index(country)], shares.years[allies.index(country)]


@pytest.mark.parametrize(
    ("share", "level", "at"),
    [(0.02, 0.02, True), (0.019951, 0.02, True), (0.019949, 0.02, False), (0.0349, 0.035, False)],
)
def test_a_share_is_at_a_level_as_it_is_printed(share: float, level: float, at: bool) -> None:
    """2.00 is at 2 % and 1.995 is printed as it; 3.49 is below 3.5."""
    assert bool(at_level(np.array(share), level)) is at


def test_a_forecast_says_what_it_means(tmp_path: Path) -> None:
    """By default the years ahead mean what will stand, and each draw starts from a revised estimate; a
    scenario may ask for what is printed first, which starts from the figures as they are."""
    day = date(2026, 11, 26)
    stands = resolve("baseline", as_of=day, ledger=LEDGER)
    first = resolve(
        "baseline", as_of=day, ledger=LEDGER, changes={"uncertainties.forecast_of": "first_print"}
    )
    assert "mean what will stand" in _notes(stands)["forecast_of"]
    assert "mean what NATO will print first" in _notes(first)["forecast_of"]
    assert stands.spending.inputs_alone(2027).start_is_estimate.sum() == 31
    assert stands.spending.inputs_alone(2028).start_is_estimate.sum() == 0
    assert first.spending.inputs_alone(2027).start_is_estimate.sum() == 0
    assert stands.sha256 != first.sha256


def test_growth_may_be_shifted_by_country(tmp_path: Path) -> None:
    """A mapping shifts the growth of the countries it names in every projected year, and of no other."""
    day = date(2026, 11, 26)
    changes = {"uncertainties.growth_shift.DEU": -0.01, "uncertainties.growth_shift.Poland": 0.005}
    resolved = resolve("baseline", as_of=day, ledger=LEDGER, changes=changes)
    shift = dict(
        zip(resolved.countries, resolved.spending.inputs_alone(2030).gdp_real_growth_shift, strict=True)
    )
    assert (shift.pop("DEU"), shift.pop("POL")) == (-0.01, 0.005)
    assert set(shift.values()) == {0.0}
    plain = resolve("baseline", as_of=day, ledger=LEDGER)
    money = "europe_canada_expenditure_constant_usd"
    years = len(resolved.years) - 1
    germany = plain.countries.index("DEU")
    poland = plain.countries.index("POL")
    states = [
        r.spending.no_change(r.years, r.parameters)[-1]["gdp_constant_usd"][0] for r in (plain, resolved)
    ]
    ratio = states[1] / states[0]
    assert ratio[germany] == pytest.approx(0.99**years, rel=2e-3)
    assert ratio[poland] == pytest.approx(1.005**years, rel=2e-3)
    assert plain.no_change()[money][-1] > resolved.no_change()[money][-1]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (
            "uncertainties: {growth_shift: {CHE: -0.01}}\n",
            UnknownNameError,
            r"case\.yaml, line 5: 'CHE' is not a known ally on that day",
        ),
        (
            "uncertainties: {growth_shift: {Atlantis: -0.01}}\n",
            ScenarioError,
            r"case\.yaml, line 5: .*Atlantis",
        ),
        (
            "uncertainties: {growth_shift: {DEU: -1.0}}\n",
            ScenarioError,
            r"line 5: a growth shift of -1 is not between -0\.2 and 0\.2; write one point as 0\.01",
        ),
        (
            "uncertainties: {growth_shift: 5}\n",
            ScenarioError,
            r"case\.yaml, line 5: a growth shift of 5 is not between",
        ),
        (
            "uncertainties: {growth_shift: {DEU: much}}\n",
            ScenarioError,
            r"case\.yaml, line 5: 'much' is no growth shift; write one number, or one for each country",
        ),
        (
            "uncertainties: {growth_shift: true}\n",
            ScenarioError,
            r"case\.yaml, line 5: True is no growth shift",
        ),
        (
            "uncertainties: {forecast_of: a_guess}\n",
            ScenarioError,
            r"case\.yaml, line 5: forecast_of = 'a_guess' cannot be used",
        ),
    ],
)
def test_what_cannot_be_believed_is_refused(
    tmp_path: Path, text: str, error: type[Exception], message: str
) -> None:
    """A shift of a country that is no ally, or too large, and an unknown meaning, are refused."""
    path = tmp_path / "case.yaml"
    path.write_text(GOOD + text)
    with pytest.raises(error, match=message):
        resolve(str(path), as_of=date(2026, 11, 26), ledger=LEDGER)
