"""Verdicts by written rules, the shipped estimates, and what the question refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from attribution.build import simulated_panel
from foedus.attribution.attribute import attribution
from foedus.attribution.estimates import DesignEstimate, DesignEstimates, packaged_estimates
from foedus.attribution.findings import published_findings
from foedus.attribution.panel import SHARE, GrowthPanel
from foedus.attribution.periods import CAUSES, PERIODS, Cause
from foedus.attribution.question import AttributionQuestion
from foedus.attribution.recompute import recompute
from foedus.attribution.registry import DESIGNS
from foedus.attribution.result import Causes, pull_words
from foedus.attribution.verdict import (
    CONSISTENT,
    NO_SIGN,
    NOT_SEPARABLE,
    SEPARABLE,
    shows_effect,
    verdict_on,
    verdicts,
)
from foedus.errors import FoedusError, InputError, NoDataError
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.evidence.ingest.frame import Imported
from foedus.evidence.userdata import save_edition

PRESSURE = next(cause for cause in CAUSES if cause.name == "pressure")
THREAT = next(cause for cause in CAUSES if cause.name == "threat")
UNDER = PERIODS[1]
SHIPPED = packaged_estimates()


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The packaged editions."""
    return Ledger.packaged()


@pytest.fixture(scope="module")
def answer(ledger: Ledger) -> Causes:
    """The usual question on the edition of June 2024."""
    return attribution(ledger, AttributionQuestion(edition="nato-2024-06"))


def _estimate(design: str, value: float, **more: float) -> DesignEstimate:
    """Return an estimate of 2018–21 that passed."""
    row = DesignEstimate(design, "", 2015, 2017, 2018, 2021, value, se=1.0, permutation_p=0.5)
    row = replace(row, placebo_low=-5.0, placebo_high=5.0, placebo_form=value, placebo_count=11)
    row = replace(row, placebo_rank=12, least_effect=6.0, loo_low=value - 1, loo_high=value + 1)
    return replace(row, **more)


def _held(*rows: DesignEstimate, growth: float = 5.5) -> DesignEstimates:
    """Return estimates with the growth of 2018–21."""
    groups = tuple(replace(g, growth=growth) for g in SHIPPED.groups)
    return replace(SHIPPED, estimates=rows, groups=groups)


def _verdict(*rows: DesignEstimate, cause: Cause = PRESSURE, growth: float = 5.5) -> str:
    """Return the verdict on pressure in 2018–21."""
    return verdict_on(cause, UNDER, _held(*rows, growth=growth)).verdict


FIRM = {"permutation_p": 0.01, "placebo_rank": 1}


def test_the_rules_give_each_verdict_where_its_conditions_hold() -> None:
    """Two kinds with outside controls separate; one is consistent; little power is not separable."""
    b, e = _estimate("never-allied", 9.0, **FIRM), _estimate("synthetic-rich", 8.0, **FIRM)
    assert _verdict(b, e) == SEPARABLE
    assert _verdict(b, _estimate("synthetic-rich", 8.0)) == CONSISTENT
    assert _verdict(b, replace(e, loo_low=-1.0)) == CONSISTENT
    assert _verdict(b, replace(e, placebo_rank=2)) == CONSISTENT
    assert _verdict(b, _estimate("us-forces", 8.0, **FIRM)) == CONSISTENT
    assert _verdict(b, _estimate("with-pacific", -0.1)) == NOT_SEPARABLE
    assert _verdict(_estimate("never-allied", -1.0)) == NOT_SEPARABLE
    assert _verdict() == NOT_SEPARABLE


def test_no_sign_is_said_only_where_an_effect_as_large_as_growth_would_have_been_seen() -> None:
    """The least effect must lie below growth itself for every design; else nothing can be said."""
    weak = _estimate("never-allied", -1.0)
    assert _verdict(weak, growth=6.1) == NO_SIGN
    assert _verdict(weak, growth=5.9) == NOT_SEPARABLE
    assert _verdict(weak, replace(weak, design="with-pacific", least_effect=7.0), growth=6.1) == NOT_SEPARABLE


def test_a_design_that_fails_gives_no_bracket_and_no_verdict() -> None:
    """A failing estimate is in no bracket, however large, and turns no verdict."""
    loud = replace(_estimate("synthetic-world", 30.0, **FIRM), fails="it would follow anything")
    verdict = verdict_on(PRESSURE, UNDER, _held(_estimate("never-allied", -1.0), loud))
    assert (verdict.low, verdict.high, verdict.verdict) == (-1.0, -1.0, NOT_SEPARABLE)
    assert verdict.failing == ("synthetic-world",)
    assert not shows_effect(loud)


def test_causes_that_began_together_are_named_and_never_separated() -> None:
    """Threat and pledge both began in the budgets of 2015: two firm kinds are still only consistent."""
    rows = tuple(
        replace(_estimate(design, 9.0, **FIRM), before_first=2010, before_last=2014, first=2015, last=2017)
        for design in ("never-allied", "synthetic-rich")
    )
    verdict = verdict_on(THREAT, PERIODS[0], _held(*rows))
    assert (verdict.verdict, verdict.collinear) == (CONSISTENT, ("pledge",))
    assert "began in the same budgets" in verdict.sentence


def test_a_cause_at_work_before_and_in_a_period_is_compared_with_nothing() -> None:
    """The pledge of 2014 has no bracket in 2018–21, whatever the designs give; old pressure has none."""
    rows = (_estimate("never-allied", 9.0, **FIRM), _estimate("synthetic-rich", 8.0, **FIRM))
    for verdict in verdicts(_held(*rows)):
        if not verdict.event:
            assert verdict.verdict == NOT_SEPARABLE
            assert verdict.low != verdict.low
    told = next(v for v in verdicts(SHIPPED) if (v.cause, v.period.first) == ("pressure", 2022))
    assert "one treated year, 2025" in " ".join(told.sentence.split())


def test_the_shipped_estimates_are_those_of_the_study() -> None:
    """Differences in differences off the border against never-allied Europe, with p by permuted labels."""
    rows = {(e.first, e.last): e for e in SHIPPED.estimates if e.design == "never-allied"}
    filed = {
        (2015, 2017): (2.4, 2.0, 0.34),
        (2018, 2021): (-2.3, 2.6, 0.36),
        (2022, 2025): (6.9, 2.6, 0.03),
        (2017, 2020): (-0.4, 1.9, None),
        (2018, 2019): (0.7, 3.3, None),
    }
    for span, (estimate, se, p) in filed.items():
        assert rows[span].estimate == pytest.approx(estimate, abs=0.2)
        assert rows[span].se == pytest.approx(se, abs=0.2)
        assert p is None or rows[span].permutation_p == pytest.approx(p, abs=0.02)
    ends = [(rows[s].loo_low, rows[s].loo_high) for s in ((2018, 2021), (2022, 2025))]
    assert ends == [pytest.approx((-3.5, -0.5), abs=0.2), pytest.approx((5.4, 7.8), abs=0.2)]
    growth = [
        [SHIPPED.growth(g, p) for p in PERIODS] for g in ("others", "border", "never-allied", "entrants")
    ]
    assert growth == [
        pytest.approx(row, abs=0.2)
        for row in ([3.9, 5.5, 10.0], [12.3, 5.6, 15.7], [1.8, 5.8, 3.3], [-0.3, 2.6, 18.0])
    ]


def test_placebo_years_stand_beside_the_estimate_and_rank_it() -> None:
    """Eleven breaks give −8.1 to +3.3, three with p below .10; 2022 is the highest and not the furthest."""
    placebos = [p for p in SHIPPED.placebos if p.design == "never-allied"]
    assert [p.first for p in placebos] == list(range(2003, 2014))
    assert sum(p.p < 0.10 for p in placebos) == 3
    last = next(e for e in SHIPPED.estimates if (e.design, e.first, e.variant) == ("never-allied", 2022, ""))
    assert (last.placebo_low, last.placebo_high, last.placebo_form) == pytest.approx(
        (-8.1, 3.3, 7.5), abs=0.2
    )
    assert (last.placebo_rank, last.placebo_count) == (2, 11)


def test_power_is_printed_with_every_design_and_is_that_of_the_study() -> None:
    """The design of 2018–21 sees 2 points one time in four and 5 in six of ten; intervals hold 87 to 92 %."""
    row = next(e for e in SHIPPED.estimates if (e.design, e.first, e.variant) == ("never-allied", 2018, ""))
    assert (row.power_2, row.power_5) == pytest.approx((0.25, 0.60), abs=0.03)
    assert row.least_effect > SHIPPED.growth("others", UNDER)
    known = [s for s in SHIPPED.simulation if (s.design, s.first) == ("never-allied", 2018)]
    assert [s.effect for s in known] == [0.0, 2.0, 5.0]
    assert all(abs(s.bias) < 0.1 and 0.87 <= s.coverage <= 0.92 for s in known)
    assert all(e.least_effect > 0 for e in SHIPPED.estimates)


def test_the_sign_for_2018_turns_with_the_controls() -> None:
    """Donors worldwide give +19 log points and fail; rich ones +8.5; never-allied −2.3 a year."""
    rise = {
        e.design: e.estimate * e.period.years for e in SHIPPED.estimates if e.first == 2018 and not e.variant
    }
    assert rise["synthetic-world"] == pytest.approx(19, abs=0.5)
    assert rise["synthetic-rich"] == pytest.approx(8.5, abs=0.2)
    failing = {e.design for e in SHIPPED.estimates if e.fails}
    assert {"synthetic-world", "pull", "timing"} <= failing
    assert not {"never-allied", "with-pacific", "synthetic-rich", "us-forces"} & failing


def test_the_pull_out_of_sample_is_that_of_the_study() -> None:
    """Better than convergence by 5, 11 and 17 %, than a deadline of 2030 by 1, 3, 4 %; none outside noise."""
    skill = {k.rival: [] for k in SHIPPED.pull}
    for k in SHIPPED.pull:
        skill[k.rival].append(round(100 * k.skill))
        assert k.low < 0.0
    assert skill["convergence"] == [5, 11, 17]
    assert skill["a target of 1.5 %"] == pytest.approx([4, 7, 10], abs=1)
    assert skill["a deadline of 2030"] == [1, 3, 4]
    said = pull_words(SHIPPED)
    assert "cannot be told from plain convergence" in said
    assert "10 in 2015–17 and 14 in 2018–21" in said
    assert "by 5, 11 and 17 % at 1, 2 and 3 years (90 %: -5 to 13, -6 to 25, -3 to 32)" in said
    assert "a deadline of 2030 by 1, 3 and 4 %: none outside noise." in said


def test_published_results_stand_beside_the_estimates() -> None:
    """Shaming does not raise spending, as the sign of the design has it; Wales has the published sign."""
    assert [(f.doi, f.agrees) for f in published_findings(SHIPPED)] == [
        ("10.1177/00220027231167840", True),
        ("10.1093/isp/ekad027", True),
        ("10.1093/isp/ekad027", True),
    ]


def test_the_answer_never_gives_anyone_a_share(answer: Causes) -> None:
    """The headline has the part that falls in the budgets, the verdict and its bracket, no share caused."""
    text = answer.answer().lines()
    assert answer.answer().number == "30 %"
    assert "not separable (-2.3 to +2.1 points a year)" in answer.headline()
    assert "not “no effect”" in text
    everything = text + " ".join(v.sentence for v in answer.verdicts)
    assert "caused by" not in everything
    words = {(v.cause, v.period.first): v.verdict for v in answer.verdicts}
    assert words["pressure", 2018] == words["pledge", 2015] == NOT_SEPARABLE
    assert words["threat", 2022] == CONSISTENT


def test_tables_and_payload_hold_every_design_with_claim_and_citation(answer: Causes) -> None:
    """Each estimate of the period is a row that passes or fails, with claim, assumption and citation."""
    rows = answer.table("designs").rows
    assert {row["verdict"] for row in rows} == {"passes", "fails"}
    assert all(row["claim"] and row["assumption"] and row["citation"] for row in rows)
    designs = answer.payload()["designs"]
    assert set(designs) == set(DESIGNS) - {"own"}
    assert answer.table("periods").rows[-1]["part"] == 1.0


def test_before_the_figures_were_known_only_the_accounting_answers(ledger: Ledger) -> None:
    """As of 2 October 2024 the edition of June answers, and no estimate that rests on later figures."""
    result = attribution(ledger, AttributionQuestion(as_of=date(2024, 10, 2)))
    assert result.accounting.edition == "nato-2024-06"
    assert (result.estimates, result.verdicts, result.of_period) == (None, (), ())
    assert any("not known" in note.text for note in result.notes)


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"control": ("AUT", "CHE", "IRL")}, InputError, "3 controls are too few"),
        ({"control": ("AUT", "CHE", "IRL", "DEU")}, InputError, "Germany is or was an ally"),
        ({"control": ("AUT", "CHE", "IRL", "FIN"), "period": "2022-25"}, InputError, "Finland is or was"),
        ({"control": ("never-allied", "AUT")}, InputError, "among countries"),
        ({"control": ("AUT", "CHE", "IRL", "MLT")}, NoDataError, "data import sipri"),
        ({"period": "2016-19"}, NoDataError, "the window 2016–19"),
        ({"period": "2025-22"}, InputError, "upside down"),
        ({"from_year": 2024, "to_year": 2014}, InputError, "not after"),
        ({"recompute": True}, NoDataError, "not held"),
    ],
)
def test_bad_questions_get_one_sentence(
    ledger: Ledger, asked: dict[str, object], error: type[FoedusError], words: str
) -> None:
    """What cannot be asked is refused with what, where and what to do."""
    with pytest.raises(error, match=words) as caught:
        attribution(ledger, AttributionQuestion.model_validate(asked))
    assert caught.value.exit_code == 2


def test_a_planted_effect_makes_the_verdict_and_none_does_not() -> None:
    """Through every design and placebo, 25 points a year from 2022 are seen, and nothing else is."""
    loud = recompute(simulated_panel(25.0), "simulated", "simulated")
    words = {(v.cause, v.period.first): v.verdict for v in verdicts(loud)}
    assert words["threat", 2022] in {SEPARABLE, CONSISTENT}
    assert words["pressure", 2018] not in {SEPARABLE, CONSISTENT}
    names = {e.design for e in loud.estimates}
    assert names == set(DESIGNS) - {"own"}


def test_estimates_of_an_import_answer_and_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With SIPRI in the data folder the estimates are computed from it, for any window and controls, and held
    against those that ship."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    _import_shares(simulated_panel(25.0))
    ledger = Ledger.load()
    result = attribution(ledger, AttributionQuestion(period="2022-25", control=("AUT", "CHE", "IRL", "SRB")))
    assert result.recomputation is not None
    assert result.recomputation.compared > 20
    assert result.recomputation.largest > 1.0
    assert result.verdict("threat").verdict in {SEPARABLE, CONSISTENT}
    own = next(e for e in result.of_period if e.design == "own")
    assert (own.treated, own.controls) == (21, 4)
    assert own.estimate > 15.0
    window = attribution(ledger, AttributionQuestion(period="2016-19"))
    assert {e.design for e in window.of_period if not e.variant} == {"timing", "never-allied", "with-pacific"}
    with pytest.raises(NoDataError, match="held from 1995 to 2025"):
        attribution(ledger, AttributionQuestion(period="2024-27"))
    with pytest.raises(InputError, match="no growth is held of Fiji"):
        attribution(ledger, AttributionQuestion(control=("AUT", "CHE", "IRL", "FJI")))


def _import_shares(panel: GrowthPanel) -> None:
    """Save a panel's shares as an edition of SIPRI in the data folder."""
    figures = [
        Figure(SHARE, code, panel.first + j, float(value), "actual", "retrieved", "")
        for code, row in zip(panel.countries, panel.share, strict=True)
        for j, value in enumerate(row)
    ]
    card = Card(
        id="sipri-2026",
        series="sipri-milex",
        publisher="nobody",
        title="Shares that nobody published",
        published=date(2026, 4, 27),
        published_known="unverified",
        url="https://example.org",
        licence="none",
        basis="simulated",
    )
    save_edition(Imported(card, figures_frame(figures)))
