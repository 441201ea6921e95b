"""What must hold of any reading: a change flips the verdict, and what changes no fact changes nothing."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.lexicon import MONTHS, NUMBER_WORDS
from foedus.reading.read import check_sentence, read_text
from foedus.reading.text import FOLD, INVISIBLE
from foedus.reading.verdict import sentence_verdict

WORLD = LedgerIndex.load()
DAY = date(2024, 10, 1)
MONTH_NAMES = [name for name in MONTHS if len(name) > 3]

ARTICLE = """Allies Look to New Chief in Brussels

Mark Rutte, the former Prime Minister of the Netherlands, took office as the 14th Secretary-General of \
NATO on October 1. He succeeded Jens Stoltenberg, who led NATO for a decade.

“We have 32 allies, and we will not give in,” Rutte said. “I’m not worried.” NATO was founded in 1949.

On Monday, Stoltenberg called on governments to “do everything possible” for Ukraine. Sweden joined \
NATO in March 2024, and 23 member states are expected to reach 2% of GDP on defence this year.
"""


def verdict(text, day=DAY):
    """Give the verdict on a sentence."""
    return sentence_verdict(check_sentence(text, WORLD, as_of=day).claims).verdict


def signature(raw, day=DAY):
    """Give what was read, without places."""
    reading = read_text(raw, WORLD, day=day)

    def plain(text):
        return " ".join(text.translate(FOLD).translate(dict.fromkeys(map(ord, INVISIBLE))).split())

    quotations = [
        (plain(q.text), q.tier, q.speaker.name if q.speaker else None, q.flags) for q in reading.quotations
    ]
    return [(c.kind, c.verdict, c.voice, plain(c.text)) for c in reading.claims], quotations, reading.phase


@given(st.integers(2, 60))
def test_only_the_membership_is_the_membership(count):
    """The alliance of N member countries is supported for 32 and contradicted for every other N."""
    expected = "supported" if count == 32 else "contradicted"
    word = next((w for w, n in NUMBER_WORDS.items() if n == count), str(count))
    assert verdict(f"The alliance of {count} member countries met.") == expected
    assert verdict(f"The alliance of {word} member countries met.") == expected


@given(st.integers(1, 30))
def test_only_the_right_ordinal(ordinal):
    """Rutte is the 14th Secretary General and no other."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(ordinal % 10 if ordinal not in (11, 12, 13) else 0, "th")
    text = f"Rutte took office as the {ordinal}{ending} Secretary-General of NATO."
    assert verdict(text) == ("supported" if ordinal == 14 else "contradicted")


@given(st.integers(1900, 2024))
def test_only_the_founding_year(year):
    """NATO was established in 1949 and in no other year."""
    assert verdict(f"NATO was established in {year}.") == ("supported" if year == 1949 else "contradicted")


@given(st.sampled_from(MONTH_NAMES), st.integers(2015, 2024))
def test_only_the_month_of_accession(month, year):
    """Finland joined in April 2023, and every other month is contradicted."""
    right = (month, year) == ("April", 2023)
    assert verdict(f"Finland joined NATO in {month} {year}.") == ("supported" if right else "contradicted")


@given(st.sampled_from(MONTH_NAMES), st.integers(2015, 2024))
def test_a_date_at_the_head_is_the_date(month, year):
    """A date counts the same at the head of a sentence and at its end."""
    for what in ("Finland joined NATO", "Rutte succeeded Stoltenberg as NATO Secretary General"):
        assert verdict(f"In {month} {year}, {what}.") == verdict(f"{what} in {month} {year}.")


@pytest.mark.parametrize(
    "text", ["NATO has 32 members.", "NATO has 31 members.", "Ukraine joined NATO in 2023."]
)
def test_the_spelling_of_the_name_changes_nothing(text):
    """The Alliance is the same in the capitals of a British newspaper."""
    assert verdict(text.replace("NATO", "Nato")) == verdict(text) != "not_checkable"


@given(st.sampled_from(["won", "lost", "stole", "will decide"]), st.integers(2016, 2024))
def test_the_year_of_an_election_supports_no_outcome(verb, year):
    """Whoever is said to have won, the year of an election does not make it so."""
    assert verdict(f"Trump {verb} the {year} election and will leave NATO.") != "supported"
    assert verdict(f"Trump {verb} the US presidential election in {year}.") != "supported"


@given(st.integers(1, 28))
def test_only_the_day_of_office(day):
    """The new Secretary General took office on the first of October 2024, and on no other day of it."""
    text = f"Mark Rutte, the new NATO Secretary General, took office on October {day}, 2024."
    assert verdict(text, date(2024, 11, 1)) == ("supported" if day == 1 else "contradicted")


@given(st.integers(1, 31))
def test_a_count_is_supported_only_where_an_edition_says_so(count):
    """As of October 2024, 23 allies meet the guideline; 18 was said before; other numbers differ."""
    expected = {23: "supported", 18: "not_checkable"}.get(count, "contradicted")
    assert (
        verdict(f"This year, {count} member states are expected to reach 2% of GDP on defence.") == expected
    )


@given(st.floats(0.3, 6.0))
def test_a_share_is_supported_only_within_its_rounding(share):
    """Poland's share reads 4.12 % in the edition of June 2024, and any other share is contradicted."""
    text = f"Poland spends {share:.2f} percent of GDP on defence."
    assert verdict(text) == ("supported" if f"{share:.2f}" == "4.12" else "contradicted")


@pytest.mark.parametrize("name", ["Jens Stoltenberg", "Anders Fogh Rasmussen", "Javier Solana"])
def test_another_name_flips(name):
    """Only the predecessor was succeeded: with an earlier name the sentence is contradicted."""
    expected = "supported" if name == "Jens Stoltenberg" else "contradicted"
    assert verdict(f"Mark Rutte succeeded {name} as NATO Secretary General.") == expected


@given(st.dates(date(2021, 1, 1), date(2026, 6, 1)))
def test_the_membership_follows_the_day(day):
    """Across 4 April 2023 and 7 March 2024 the membership is 30, then 31, then 32."""
    count = 30 + (day >= date(2023, 4, 4)) + (day >= date(2024, 3, 7))
    for n in (30, 31, 32):
        assert verdict(f"NATO has {n} members.", day) == ("supported" if n == count else "contradicted")


@pytest.mark.parametrize(("day", "count"), [(date(2023, 4, 4), 31), (date(2024, 3, 7), 32)])
def test_the_membership_changes_on_the_very_day(day, count):
    """A day before an accession the older number holds, and on the day the newer."""
    assert verdict(f"NATO has {count - 1} members.", day - timedelta(days=1)) == "supported"
    assert verdict(f"NATO has {count} members.", day) == "supported"


def test_a_count_was_right_on_its_day_and_revised_later():
    """The claim of 23 allies is supported as of 1 October 2024, and reported as revised to 22, 18 and 17."""
    reading = check_sentence("23 of 32 allies are at 2 % of GDP this year.", WORLD, as_of=DAY)
    (claim,) = reading.claims
    assert claim.verdict == "supported"
    later = [(e.value, e.published) for e in claim.evidence if e.later]
    assert later == [(22.0, date(2025, 4, 24)), (18.0, date(2025, 8, 28)), (17.0, date(2026, 7, 10))]
    assert all(e.published <= DAY for e in claim.evidence if not e.later)
    assert "22" in claim.note
    assert "18" in claim.note
    after = check_sentence(
        "In 2024, 23 of 32 allies were at 2 % of GDP.", WORLD, as_of=date(2025, 9, 30)
    ).claims
    assert [(c.verdict, c.reason) for c in after] == [("not_checkable", "superseded")]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.translate(FOLD),
        lambda raw: raw.replace("“", "«").replace("”", "»"),
        lambda raw: "\n\n".join(textwrap.fill(p, 66) for p in raw.split("\n") if p.strip()),
        lambda raw: raw.replace("\n", "\r\n"),
        lambda raw: raw.replace(" ", "\u00a0"),
        lambda raw: raw.replace("NATO", "NATO\u200f").replace("allies", "al\u00adlies"),
        lambda raw: raw + "\n\nFollow us on Example\nAll rights reserved.\n",
    ],
    ids=[
        "straight marks",
        "angular marks",
        "wrapped lines",
        "line ends",
        "hard spaces",
        "invisible marks",
        "a footer",
    ],
)
def test_what_changes_no_fact_changes_nothing(change):
    """Marks, line breaks, invisible characters and a footer change neither quotations nor verdicts."""
    assert signature(change(ARTICLE)) == signature(ARTICLE)


def test_the_article_is_read():
    """The article of these laws has quotations and claims, so that an unchanged reading means something."""
    found, quotations, phase = signature(ARTICLE)
    assert len(quotations) == 3
    assert len(found) >= 8
    assert {verdict for _, verdict, _, _ in found} == {"supported"}
    assert phase == "after the handover"


WORDS = [*ARTICLE.split(), '"', "”", "“", "NATO", "32", "(", "2%", "\n\n"]
SAYINGS = [
    "NATO has 40 members",
    "Poland spends 9 percent of GDP on defence",
    "28 allies meet the 2% target",
    "Ukraine is a member of NATO",
    "NATO was founded in 1960",
]


@pytest.mark.parametrize("saying", SAYINGS)
@pytest.mark.parametrize(
    "frame",
    [
        "I think {}.",
        "In my view {}.",
        "Perhaps {}.",
        "If {}, all would be well.",
        "Experts predict that {}.",
        "Would it matter if {}?",
        "He hopes that {}.",
    ],
)
def test_opinion_and_prediction_are_never_contradicted(frame, saying):
    """What is contradicted as a statement is not so as an opinion, a prediction, a wish or a condition."""
    assert verdict(saying + ".") == "contradicted"
    assert verdict(frame.format(saying)) != "contradicted"


@given(st.text(max_size=400))
def test_any_text_is_read(raw):
    """No text breaks the reading, and every span holds the text it is said to hold."""
    if not raw.strip():
        return
    reading = read_text(raw, WORLD, day=DAY)
    for item in (*reading.claims, *reading.quotations, *reading.statements):
        assert raw[slice(*item.span)] == item.text


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_shuffle_of_words_is_read(words):
    """No order of the words of an article breaks the reading."""
    raw = " ".join(words)
    if not raw.strip():
        return
    reading = read_text(raw, WORLD, day=DAY)
    for claim in reading.claims:
        assert raw[slice(*claim.span)] == claim.text
        assert claim.verdict in ("supported", "contradicted", "not_checkable")
