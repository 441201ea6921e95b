"""A stated number against the editions published by the day of the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foedus.reading.editions import announced, check_number, check_years, judge_editions, rounded_down
from foedus.reading.ledger_index import SHARE, LedgerIndex
from foedus.reading.read import check_sentence
from foedus.reading.values import Amount, Day

LEDGER = LedgerIndex.load()
DAY = date(2024, 10, 2)


def _share(percent, unit=0.01):
    return Amount(percent / 100, unit / 100, unit / 100)


def _figures(country="DEU", year=2023):
    return LEDGER.figures(SHARE, country, year)


def test_quoted_points_alone_never_contradict():
    """The same figure contradicts where the edition holds the whole table, and not where it holds points."""
    figures = _figures()
    assert judge_editions(_share(3.3), figures, DAY).verdict == "contradicted"
    points = [replace(f, whole=False) for f in figures]
    assert judge_editions(_share(3.3), points, DAY).reason == "quoted_only"
    right = _share(round(100 * figures[0].value, 2))
    assert judge_editions(right, points[:1], DAY).verdict == "supported"


def test_an_edition_that_is_not_held_explains_what_is_near():
    """With an edition missing, what a revision could explain is not contradicted, and what none could is."""
    figures = _figures()
    near, far = (_share(round(100 * figures[0].value + gap, 2)) for gap in (0.2, 0.6))
    missing = ("an edition of 2023-07-07",)
    finding = judge_editions(near, figures, DAY, missing=missing)
    assert finding.reason == "edition_not_held"
    assert missing[0] in finding.note
    assert finding.evidence
    assert judge_editions(near, figures, DAY).verdict == "contradicted"
    assert judge_editions(far, figures, DAY, missing=missing).verdict == "contradicted"
    assert judge_editions(near, [], DAY, missing=missing).reason == "edition_not_held"


@pytest.mark.parametrize(
    ("stated", "value", "cut"),
    [(967.0, 967.7, True), (968.0, 967.7, False), (966.0, 967.7, False), (967.0, 966.9, False)],
)
def test_a_figure_cut_off_is_rounded_down(stated, value, cut):
    """967 is 967.7 cut off after its last digit."""
    assert rounded_down(Amount(stated, 1.0, 1.0), value) is cut


def test_a_cut_figure_is_not_contradicted():
    """A share cut off after its last digit is called rounded down."""
    (figure,) = [f for f in _figures("POL", 2024) if f.card.id == "nato-2024-06"]
    assert f"{100 * figure.value:.3f}" == "4.120"
    assert judge_editions(_share(4.1, 0.1), [replace(figure, value=0.04199)], DAY).reason == "rounded_down"


def test_what_the_ally_announced_is_a_national_figure():
    """A plan that the ally announced by the day of the text is named, and before that day it is not."""
    stated = _share(4.7, 0.1)
    finding = check_number(stated, LEDGER, date(2025, 3, 1), SHARE, "POL", year=2025)
    assert finding.reason == "national"
    assert "budget act" in finding.evidence[0].text
    assert announced("POL", 2025, stated, date(2025, 1, 1)) == ()


@pytest.mark.parametrize(
    "text", ["Germany spent 2.12% of GDP on defence.", "Germany spent 3.5% of GDP on defence."]
)
def test_a_past_clause_never_uses_the_present_year(text):
    """Without a date a past clause is neither supported nor contradicted by the figure of the text's year."""
    (claim,) = check_sentence(text, LEDGER, as_of=DAY).claims
    assert claim.verdict == "not_checkable"


def test_a_past_clause_uses_the_year_before():
    """What was spent last year supports a past clause without a date."""
    figure = next(f for f in _figures("DEU", 2023) if f.card.id == "nato-2024-06")
    stated = _share(round(100 * figure.value, 2))

    def check(year):
        return check_number(stated, LEDGER, DAY, SHARE, "DEU", year=year)

    assert check_years({"tense": "past"}, LEDGER, DAY, check).verdict == "supported"
    assert check_years({"day": Day(year=2023)}, LEDGER, DAY, check).verdict == "supported"
    assert check_years({"tense": "present"}, LEDGER, DAY, check).verdict == "contradicted"
    assert check_years({"tense": "unknown"}, LEDGER, DAY, check).reason == "date_unclear"


def test_early_in_a_year_the_last_figure_supports():
    """What an ally "spends" in January is the figure of the year before, which only supports."""
    january = date(2025, 1, 15)
    right = next(f for f in _figures("DEU", 2024) if f.card.id == "nato-2024-06").value

    def verdict(percent):
        def check(year):
            return check_number(_share(percent), LEDGER, january, SHARE, "DEU", year=year)

        return check_years({"tense": "present"}, LEDGER, january, check).verdict

    assert verdict(round(100 * right, 2)) == "supported"
    assert verdict(round(100 * right, 2) + 1) == "not_checkable"


@pytest.mark.parametrize(
    ("words", "percent", "verdicts"),
    [
        ("when Trump took office", 1.2, ("supported", "contradicted")),
        ("when Trump left office", 1.5, ("supported", "contradicted")),
        ("under Merkel", 1.2, ("not_checkable", "not_checkable")),
    ],
)
def test_a_time_by_a_term_is_looked_up(words, percent, verdicts):
    """A day on which a term began or ended gives a year in which the figure is looked up."""

    def check(stated):
        return lambda year: check_number(stated, LEDGER, DAY, SHARE, "DEU", year=year)

    right = check_years({"open": words}, LEDGER, DAY, check(_share(percent, 0.1)), about="DEU")
    wrong = check_years({"open": words}, LEDGER, DAY, check(_share(percent + 2, 0.1)), about="DEU")
    assert (right.verdict, wrong.verdict) == verdicts
