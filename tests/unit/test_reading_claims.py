"""Claims: which are found, and what the ledger says of them."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.errors import InputError
from foedus.reading.claims import REASONS, parameters
from foedus.reading.frames import KINDS
from foedus.reading.read import check_sentence, overall, read_text
from foedus.reading.world import World

WORLD = World.load()
DAY = date(2024, 10, 1)


def claims(text, day=DAY):
    """Give kind, verdict and reason of the claims of a sentence."""
    return [(c.kind, c.verdict, c.reason) for c in check_sentence(text, WORLD, as_of=day).claims]


def one(text, kind, day=DAY):
    """Give verdict and reason of the one claim of a kind."""
    (found,) = [c[1:] for c in claims(text, day) if c[0] == kind]
    return found


YES, NO = ("supported", "match"), ("contradicted", "differs")

FRAMES = [
    ("office_holder", "Mark Rutte, the former Prime Minister of the Netherlands, spoke.", YES),
    ("office_holder", "Outgoing NATO chief Jens Stoltenberg spoke.", YES),
    ("office_holder", "US President Kamala Harris spoke.", NO),
    ("office_holder", "Former US President and Republican candidate Trump spoke.", YES),
    ("office_holder", "Rutte was Dutch prime minister from 2010 to 2024.", YES),
    ("office_holder", "Rutte was Dutch prime minister from 2010 to 2020.", NO),
    ("office_holder", "President Trump spoke.", ("not_checkable", "courtesy")),
    ("office_ordinal", "Mark Rutte became the 14th Secretary General of NATO.", YES),
    ("office_ordinal", "NATO's 12th Secretary General, Jens Stoltenberg, left.", NO),
    ("office_start", "Stoltenberg took over as NATO chief in October 2014.", YES),
    ("office_start", "Stoltenberg took over as NATO chief in 2013.", NO),
    ("office_end", "Rutte served as Dutch Prime Minister before stepping down this year.", YES),
    ("office_end", "Stoltenberg stepped down as NATO chief in 2023.", NO),
    ("office_succession", "Rutte succeeded Norwegian Jens Stoltenberg.", YES),
    ("office_succession", "Stoltenberg was succeeded by Mark Rutte.", YES),
    ("office_succession", "Rutte succeeded Anders Fogh Rasmussen as NATO Secretary General.", NO),
    ("office_succession", "Rutte succeeded Stoltenberg in October 2023.", NO),
    ("tenure_length", "Stoltenberg led NATO for nearly a decade.", YES),
    ("tenure_length", "Stoltenberg's nine-year tenure as NATO chief ended.", NO),
    ("tenure_length", "Rutte, who served as Dutch Prime Minister for 14 years, spoke.", YES),
    ("membership_count", "The 32-member alliance met.", YES),
    ("membership_count", "NATO, which has 31 members, met.", NO),
    ("membership_count", "In 2004 NATO had 26 members.", YES),
    ("membership_count", "In 2004 NATO had 25 members.", NO),
    ("membership_count", "NATO had 12 founding members.", YES),
    ("accession", "Finland and Sweden joined NATO in 2023 and 2024, respectively.", YES),
    ("accession", "Finland and Sweden joined NATO in 2023.", NO),
    ("accession", "Finland became NATO's 32nd member.", NO),
    ("accession", "Ukraine is not a member of NATO.", YES),
    ("accession", "Ukraine joined NATO in 2023.", NO),
    ("accession", "The war led Sweden and Finland to give up non-alignment and join NATO.", YES),
    ("accession", "Finland and Sweden joined NATO before the 2022 invasion of Ukraine.", NO),
    ("founding_year", "NATO, founded in 1949, met.", YES),
    ("founding_year", "NATO was created in 1955.", NO),
    ("application_date", "In September 2022, Ukraine applied for NATO membership.", YES),
    ("application_date", "Finland applied to join NATO in June 2022.", NO),
    ("signatories", "The Ukraine Compact was signed by 32 allies.", NO),
    ("signatories", "Forty allies signed the declaration.", ("not_checkable", "no_document")),
    ("signatories", "The Ukraine Compact was signed by 23 countries.", ("not_checkable", "definition")),
    ("count_meeting_guideline", "Only three allies met the 2% target in 2014.", YES),
    ("count_meeting_guideline", "Twelve allies still fall short of the 2% target this year.", NO),
    ("count_meeting_guideline", "All allies meet the 2% guideline.", NO),
    ("share_of_gdp", "Estonia spends 3.43% of its GDP on defence.", YES),
    ("share_of_gdp", "Poland spends 3.12 percent of GDP on defence.", NO),
    ("share_of_gdp", "Russia spends 6.7% of GDP on defence.", ("not_checkable", "no_row")),
    ("guideline", "NATO's guideline is 2% of GDP.", YES),
    ("guideline", "NATO's guideline is 3% of GDP.", NO),
    ("growth", "Defence spending by European allies and Canada rose 18% in 2024.", YES),
    ("growth", "NATO allies raised defence spending by 18 percent this year.", NO),
    (
        "growth",
        "European allies raised defence spending by 18 percent this year.",
        ("not_checkable", "scope"),
    ),
    ("amount", "The United States spent $968 billion on defence in 2024.", YES),
    ("amount", "The United States spent $968 million on defence in 2024.", NO),
    ("amount", "NATO allies pledged €40 billion for Ukraine within the next year.", YES),
    ("ratio", "The United States accounts for about two-thirds of NATO defence spending.", YES),
    ("ratio", "The US accounts for 90% of NATO defence spending.", NO),
    ("summit", "The NATO summit in Washington in July 2024 ended.", YES),
    ("summit", "The NATO summit in Paris in 2024 ended.", NO),
    ("weekday_date", "On Tuesday, October 1st, NATO met.", YES),
    ("weekday_date", "On Monday, October 1st, NATO met.", NO),
    ("event_year", "Russia's 2022 invasion of Ukraine changed NATO.", YES),
    ("event_year", "Russia's 2021 invasion of Ukraine changed NATO.", NO),
    ("event_date", "The US presidential election on November 5 looms.", YES),
    ("event_date", "The upcoming US presidential election on November 8 looms.", NO),
    ("event_place", "Rutte attended the handover ceremony in Brussels.", YES),
    ("event_place", "Rutte attended the handover ceremony in Paris.", NO),
    ("treaty_article", "Under Article 5 of the NATO treaty, an attack on one is an attack on all.", YES),
    ("treaty_article", "Article 4 is NATO's collective defence clause.", NO),
    ("rule", "NATO decisions are made by consensus.", YES),
    (
        "arms_transfer",
        "He provided the Ukrainian army with anti-tank missiles.",
        ("not_checkable", "no_table"),
    ),
    ("posture", "NATO deployed thousands of troops.", ("not_checkable", "no_table")),
    ("statement_event", "In February 2024, Trump hinted at a change.", ("not_checkable", "no_table")),
    ("ranking", "The United States is the main force in NATO.", ("not_checkable", "vague")),
]


@pytest.mark.parametrize(("kind", "text", "finding"), FRAMES, ids=[f"{k}: {t}" for k, t, _ in FRAMES])
def test_a_frame_has_its_verdict(kind, text, finding):
    """As of 1 October 2024, the ledger supports, contradicts, or leaves open each of these sentences."""
    assert one(text, kind) == finding


def test_every_frame_is_tried():
    """Each kind of claim has a sentence above, or a test of its own below."""
    assert {kind for kind, _, _ in FRAMES} | {"tenure_overlap"} == set(KINDS)
    assert len(KINDS) >= 16


def test_an_overlap_in_a_quotation_is_the_speakers():
    """ "I worked alongside" is about whoever is quoted, and the claim carries that voice."""
    reading = read_text("“I worked alongside Donald Trump for four years,” Rutte said.", WORLD, day=DAY)
    (claim,) = [c for c in reading.claims if c.kind == "tenure_overlap"]
    assert (claim.verdict, claim.voice, claim.speaker) == ("supported", "quotation 1", "Mark Rutte")
    assert claim.slots["person"] == "Mark Rutte"
    nobody = "“I worked alongside Donald Trump for four years,” the envoy said."
    unknown = read_text(nobody, WORLD, day=DAY)
    assert [c.reason for c in unknown.claims if c.kind == "tenure_overlap"] == ["no_row"]


def test_a_claim_in_a_quotation_is_checked_and_attributed():
    """A quoted number is checked like any other, and the verdict names the voice."""
    reading = check_sentence("“We have 35 allies,” the minister said.", WORLD, as_of=DAY)
    (claim,) = reading.claims
    assert (claim.verdict, claim.voice, claim.speaker) == ("contradicted", "quotation 1", "the minister")


@pytest.mark.parametrize(
    "text",
    [
        "Thirty allies signed the declaration at NATO headquarters.",
        "One of the main tasks is to get more countries to meet the 2% target.",
        "32 percent of NATO voters agreed.",
        "On October 31, the alliance met.",
        "Rutte said 32 times that NATO was ready.",
        "All three Baltic allies met.",
        "The European Union has 27 members, NATO noted.",
        "All 27 member states agreed, the European Union said, as NATO looked on.",
        "Poland formed an alliance of five countries within NATO.",
        "NATO has 32 battalions.",
    ],
)
def test_a_number_that_only_equals_the_membership_is_no_claim_about_it(text):
    """A number counts as the membership only where the words say so."""
    assert [c for c in claims(text) if c[0] == "membership_count"] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("“I believe NATO has 40 members,” he said.", "opinion"),
        ("Analysts predict that 28 allies will meet the 2% target this year.", "prediction"),
        ("Spain should spend 3% of GDP on defence.", "wish"),
        ("If Ukraine joined NATO in 2025, the war would end.", "hypothetical"),
        ("Poland will spend 4.7% of GDP on defence next year.", "prediction"),
        ("Stoltenberg will take office as NATO Secretary General on 3 October 2024.", "prediction"),
        ("NATO was not founded in 1950.", "negated"),
        ("NATO allies will raise defence spending by 18 percent this year.", "prediction"),
    ],
)
def test_what_is_no_statement_of_fact_is_not_contradicted(text, reason):
    """An opinion, prediction, wish, condition or denial is not contradicted, and the reason says why."""
    assert [c[1:] for c in claims(text)] == [("not_checkable", reason)]


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Twenty years ago NATO had 26 members.", "membership_count", "date_unclear"),
        ("Twenty years ago Poland spent 1.8% of GDP on defence.", "share_of_gdp", "date_unclear"),
        ("23 of 31 allies meet the guideline of 2% of GDP.", "count_meeting_guideline", "definition"),
        ("Nine allies will fail to meet the 2% target this year.", "count_meeting_guideline", "definition"),
        ("Only 11 allies met the 2% guideline last year.", "count_meeting_guideline", "superseded"),
        ("Russia invaded Ukraine in 2014.", "event_year", "definition"),
        ("Rutte took over the VVD leadership in 2006.", "office_start", "date_unclear"),
        ("Sweden joined NATO after the 2025 summit.", "accession", "date_unclear"),
        ("The United States accounts for 66% of NATO's defence spending.", "ratio", "definition"),
        ("European allies and Canada raised defence spending by 20 percent this year.", "growth", "rounding"),
    ],
)
def test_doubt_is_not_contradiction(text, kind, reason):
    """Where the words, a definition, rounding or the editions leave another reading, a claim stays open."""
    assert one(text, kind) == ("not_checkable", reason)


def test_a_term_that_may_have_ended_is_not_confirmed():
    """Beyond the day to which an open term is known to run, its holder is not confirmed."""
    text = "Dutch Prime Minister Rob Jetten spoke."
    assert one(text, "office_holder", date(2026, 3, 1)) == YES
    assert one(text, "office_holder", date(2026, 11, 1)) == ("not_checkable", "not_confirmed")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("NATO has 32 members and was founded in 1949.", "supported"),
        ("NATO, founded in 1949, has 31 members.", "contradicted"),
        ("NATO, founded in 1949, deployed thousands of troops.", "not_checkable"),
        ("The weather was fine.", "not_checkable"),
    ],
)
def test_a_sentence_is_supported_only_whole(text, verdict):
    """One contradicted claim contradicts a sentence, and one unchecked claim leaves it open."""
    assert overall(check_sentence(text, WORLD, as_of=DAY).claims)[0] == verdict


def test_a_verdict_shows_its_evidence():
    """Every supported or contradicted claim names rows with edition and card, and its reason in words."""
    for _, text, _ in FRAMES:
        for claim in check_sentence(text, WORLD, as_of=DAY).claims:
            assert claim.why == REASONS[claim.reason]
            if claim.verdict != "not_checkable":
                assert claim.evidence
                assert all(e.text and e.edition and e.card for e in claim.evidence)


def test_nothing_is_called_invented():
    """No reason and no verdict says that something was invented, false or a lie."""
    words = " ".join([*REASONS, *REASONS.values()]).lower()
    assert not any(word in words for word in ("invent", "fabricat", "false", "fake", "lie "))


def test_there_must_be_a_sentence():
    """An empty sentence is refused."""
    with pytest.raises(InputError, match="there is no sentence to check"):
        check_sentence("  ", WORLD)


def test_every_number_of_the_reading_is_graded():
    """Each parameter of the reading has a range, a grade and a source, and stands in the code."""
    from pathlib import Path

    import foedus.reading

    code = "".join(p.read_text(encoding="utf-8") for p in Path(foedus.reading.__file__).parent.rglob("*.py"))
    for name, number in parameters().items():
        assert number.admits(number.value)
        assert number.source
        assert f'parameter("{name}")' in code
