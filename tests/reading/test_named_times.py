"""Times named by an event or a term of office."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.reading.claims import Finding, not_checkable
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.named_times import judge_over, named_time

LEDGER = LedgerIndex.load()
DAY = date(2024, 10, 2)
YES, NO = Finding("supported", "match"), Finding("contradicted", "differs")


def _time(phrase, day=DAY, about=None):
    return named_time(phrase, LEDGER, day, about=about)


@pytest.mark.parametrize(
    ("phrase", "years"),
    [
        ("when Trump took office", (2016, 2017)),
        ("When Donald Trump came to power", (2016, 2017)),
        ("by the time Barack Obama left the White House", (2016, 2017)),
        ("By the end of Trump's term", (2020, 2021)),
        ("In Trump's first year", (2017,)),
        ("in Joe Biden's second year", (2022,)),
        ("In the year of the invasion", (2022,)),
        ("the year before Russia's full-scale invasion of Ukraine", (2021,)),
        ("When Russia annexed Crimea", (2013, 2014)),
        ("at the Wales summit", (2014,)),
        ("at the Vilnius summit last year", (2023,)),
        ("when Jens Stoltenberg became Secretary General", (2014,)),
        ("when NATO was founded", (1949,)),
        ("when Finland joined NATO", (2023,)),
    ],
)
def test_an_edge_or_an_event_gives_its_years(phrase, years):
    """What happened on one day gives its year, and the one before where it was early in the year."""
    time = _time(phrase)
    assert time.years == years
    assert time.exact
    assert set(time.likely) <= set(years)
    assert time.evidence


@pytest.mark.parametrize(
    ("phrase", "year"),
    [
        ("before Russia's invasion of Ukraine", 2021),
        ("Under Obama", 2014),
        ("since the annexation of Crimea", 2014),
        ("after Sweden joined", 2024),
        ("during the Biden administration", 2022),
    ],
)
def test_a_stretch_of_time_never_contradicts(phrase, year):
    """Before, after, since and under a person cover the year and are not exact, whatever the figures are."""
    time = _time(phrase)
    assert year in time.years
    assert not time.exact
    assert judge_over(time, lambda year: NO).verdict == "not_checkable"


@pytest.mark.parametrize(
    "phrase",
    [
        "under her predecessor",
        "when he took office",
        "at a summit in Brussels",
        "before the invasion of Iraq",
    ],
)
def test_what_may_be_several_is_left_open(phrase):
    """A pronoun, one of many summits, or another war is a time that the tables do not give."""
    assert _time(phrase).open
    assert judge_over(_time(phrase), lambda year: NO) == not_checkable("date_unclear")


@pytest.mark.parametrize("phrase", ["in 2014", "on Monday", "in Berlin", "more than Greece"])
def test_other_phrases_name_no_event(phrase):
    """A date or a place alone is no time named by an event."""
    assert _time(phrase) is None


def test_the_day_of_the_text_decides():
    """An invasion named before 2022 is left open, and a term that had not ended has no end."""
    assert _time("in the year of the invasion of Ukraine", date(2021, 5, 1)).open
    assert _time("by the end of Biden's presidency").open
    assert _time("by the end of Biden's presidency", date(2025, 3, 1)).years == (2024, 2025)


def test_the_country_spoken_of_decides_between_offices():
    """Rutte took office in the Netherlands in 2010 and at NATO in 2024."""
    assert _time("when Rutte took office", about="NLD").years == (2010,)
    assert _time("when Rutte took office", about="NATO").years == (2024,)


def test_a_likely_year_supports_and_every_year_must_contradict():
    """A claim is supported in a likely year, and contradicted only where it differs in every year."""
    time = _time("when Trump left office")
    assert (time.years, time.likely) == ((2020, 2021), (2020,))
    assert judge_over(time, lambda year: YES if year == 2020 else NO).verdict == "supported"
    assert judge_over(time, lambda year: YES if year == 2021 else NO).verdict == "not_checkable"
    assert judge_over(time, lambda year: NO).verdict == "contradicted"
