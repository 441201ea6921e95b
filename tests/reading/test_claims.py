"""Claims: which are found, and what the ledger says of them."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.errors import InputError
from foedus.reading.claims import REASONS, parameters
from foedus.reading.frames import KINDS
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence, read_text
from foedus.reading.verdict import sentence_verdict

WORLD = LedgerIndex.load()
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
    ("office_holder", "Ursula von der Leyen, the head of the European Commission, spoke.", YES),
    ("office_holder", "EU Commission chief Ursula von der Leyen spoke.", YES),
    ("office_holder", "Andriy Yermak, head of the presidential office, spoke.", YES),
    ("office_holder", "Charles Michel, the head of the European Commission, spoke.", NO),
    ("office_holder", "Nato is led by Mark Rutte.", YES),
    ("office_holder", "NATO is led by Joe Biden.", ("not_checkable", "definition")),
    ("office_holder", "In 2013, Jens Stoltenberg was NATO chief.", ("not_checkable", "date_unclear")),
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
    ("office_succession", "In October 2023, Rutte succeeded Stoltenberg.", NO),
    ("tenure_length", "Stoltenberg led NATO for nearly a decade.", YES),
    ("tenure_length", "Stoltenberg's nine-year tenure as NATO chief ended.", NO),
    (
        "office_succession",
        "In 2018, after five years, Rutte replaced Stoltenberg.",
        ("not_checkable", "date_unclear"),
    ),
    ("tenure_length", "In 2019, Stoltenberg had led NATO for five years.", ("not_checkable", "date_unclear")),
    ("tenure_length", "By 2024, Stoltenberg had led NATO for ten years.", YES),
    ("tenure_length", "Stoltenberg spent ten years at the helm of the alliance.", YES),
    ("tenure_length", "Rutte, who served as Dutch Prime Minister for 14 years, spoke.", YES),
    ("membership_count", "The 32-member alliance met.", YES),
    ("membership_count", "NATO, which has 31 members, met.", NO),
    ("membership_count", "In 2004 NATO had 26 members.", YES),
    ("membership_count", "In 2004 NATO had 25 members.", NO),
    ("membership_count", "There are now 30 nations in the alliance.", NO),
    ("membership_count", "All 30 allies ratified Finland's accession.", ("not_checkable", "date_unclear")),
    ("membership_count", "There were 12 countries in NATO.", ("not_checkable", "date_unclear")),
    ("membership_count", "NATO had 12 founding members.", YES),
    ("accession", "Finland and Sweden joined NATO in 2023 and 2024, respectively.", YES),
    ("accession", "Finland and Sweden joined NATO in 2023.", NO),
    ("accession", "Finland became NATO's 32nd member.", NO),
    ("accession", "Ukraine is not a member of NATO.", YES),
    ("accession", "Ukraine joined NATO in 2023.", NO),
    ("accession", "The war led Sweden and Finland to give up non-alignment and join NATO.", YES),
    ("accession", "Finland and Sweden joined NATO before the 2022 invasion of Ukraine.", NO),
    ("accession", "On 4 April 2022, Finland joined Nato.", NO),
    ("accession", "In 2022, after Russia invaded, Finland joined NATO.", ("not_checkable", "date_unclear")),
    ("accession", "Spain has been a member of NATO since 1982.", YES),
    ("accession", "Poland has been a NATO member since 1997.", NO),
    ("accession", "Poland was a member of NATO in 2005.", YES),
    ("accession", "Finland has been a NATO member for decades.", ("not_checkable", "date_unclear")),
    ("accession", "Ukraine is not part of NATO.", YES),
    ("accession", "In 2023, Sweden had not joined NATO.", ("not_checkable", "negated")),
    ("accession", "Until 2023, Finland was not a member of NATO.", ("not_checkable", "date_unclear")),
    ("accession", "Finland was not a member of NATO until 2023.", ("not_checkable", "date_unclear")),
    ("accession", "Turkey, a member of NATO since 1952, objected.", YES),
    ("founding_year", "In 1948, the alliance was founded.", NO),
    ("founding_year", "The North Atlantic Treaty was signed in Washington on April 4, 1949.", YES),
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
    ("count_meeting_guideline", "Only three allies met the guideline in 2014.", YES),
    ("count_meeting_guideline", "In 2014, ten allies met the guideline.", NO),
    ("count_meeting_guideline", "The number of allies meeting the 2% target has risen to 23.", YES),
    ("count_meeting_guideline", "Of the 32 allies, only 20 meet the 2% target this year.", NO),
    ("share_of_gdp", "Last year, German defence expenditure was 2.5 per cent of GDP.", NO),
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
    ("amount", "US defense spending amounts to $968 billion this year.", YES),
    ("amount", "The United States spent $968 billion on defence in 2024.", YES),
    ("amount", "The United States spent $968 million on defence in 2024.", NO),
    ("amount", "The United States spent $842 billion on defence in 2024.", ("not_checkable", "definition")),
    ("amount", "Germany spends 90.6 billion euros on defence this year.", YES),
    ("amount", "Germany spends 52 billion euros on defence this year.", ("not_checkable", "definition")),
    ("amount", "Poland will spend 151 billion zloty on defence in 2024.", YES),
    ("amount", "Sweden spends 140 billion kronor on defence this year.", YES),
    ("amount", "Canada spends C$41 billion on defence.", ("not_checkable", "definition")),
    ("amount", "Poland spends €35.1 billion on defence.", ("not_checkable", "no_row")),
    ("growth", "Poland's military spending grew by 75% in 2023.", ("not_checkable", "definition")),
    ("amount", "NATO allies pledged €40 billion for Ukraine within the next year.", YES),
    ("ratio", "The United States accounts for about two-thirds of NATO defence spending.", YES),
    ("ratio", "The US accounts for 90% of NATO defence spending.", NO),
    ("ratio", "The US accounts for nearly 70% of NATO defence spending.", ("not_checkable", "rounding")),
    ("ratio", "About two thirds of NATO's defence spending comes from the US.", YES),
    ("ratio", "The American share of NATO defence spending was 40 per cent in 2023.", NO),
    ("ratio", "The US share of NATO military spending was 72% in 2014.", ("not_checkable", "rounding")),
    ("ratio", "Germany's share of NATO spending is 16 per cent.", ("not_checkable", "definition")),
    ("summit", "The NATO summit in Washington in July 2024 ended.", YES),
    ("summit", "The NATO summit in Paris in 2024 ended.", NO),
    ("summit", "The Washington summit was held in July 2024.", YES),
    ("summit", "The Vilnius summit took place in June 2023.", NO),
    ("summit", "Last year's Nato summit was held in Vilnius.", YES),
    ("summit", "In July 2024, NATO leaders met in Washington for a summit.", YES),
    ("summit", "The Hague hosted the NATO summit in June 2023.", NO),
    ("summit", "The Paris summit was held in February 2024.", ("not_checkable", "scope")),
    ("summit", "The Hague summit was held in June 2025.", ("not_checkable", "prediction")),
    ("weekday_date", "On Tuesday, October 1st, NATO met.", YES),
    ("weekday_date", "On Monday, October 1st, NATO met.", NO),
    ("event_year", "Russia's 2022 invasion of Ukraine changed NATO.", YES),
    ("event_year", "Russia's 2021 invasion of Ukraine changed NATO.", NO),
    ("event_date", "The US presidential election on November 5 looms.", YES),
    ("event_date", "The upcoming US presidential election on November 8 looms.", NO),
    ("event_date", "The US presidential election will be held on 12 November 2024.", NO),
    ("event_place", "Nato is headquartered in Brussels.", YES),
    ("event_place", "Rutte attended the handover ceremony in Brussels.", YES),
    ("event_place", "Rutte attended the handover ceremony in Paris.", NO),
    ("treaty_article", "Under Article 5 of the NATO treaty, an attack on one is an attack on all.", YES),
    ("treaty_article", "Article 4 is NATO's collective defence clause.", NO),
    ("treaty_article", "Collective defence is enshrined in Article 5.", YES),
    ("article_use", "Article 5 has been invoked once, after the September 11 attacks.", YES),
    ("article_use", "The only time NATO invoked Article 5 was after 9/11.", YES),
    ("article_use", "Article 5 was first invoked in 2001.", YES),
    ("article_use", "Article 5 was triggered in 2003.", NO),
    ("article_use", "Article 5 has been invoked three times.", NO),
    ("article_use", "Article 5 has never been invoked.", NO),
    ("article_use", "Article 5 has never been invoked by Poland.", ("not_checkable", "vague")),
    ("article_use", "Article 4 has been triggered once.", ("not_checkable", "definition")),
    ("rule", "NATO decisions are made by consensus.", YES),
    (
        "arms_transfer",
        "He provided the Ukrainian army with anti-tank missiles.",
        ("not_checkable", "no_row"),
    ),
    (
        "aid_amount",
        "Germany has allocated EUR 9 billion of aid to Ukraine.",
        ("not_checkable", "no_release"),
    ),
    ("posture", "NATO deployed thousands of troops.", ("not_checkable", "vague")),
    ("posture", "The war led NATO to deploy thousands more troops to its eastern borders.", YES),
    ("posture", "NATO has deployed additional troops to its eastern flank.", YES),
    ("posture", "Russia sent thousands of troops to its western borders.", ("not_checkable", "vague")),
    ("posture", "Germany stationed 4,800 soldiers in Lithuania.", ("not_checkable", "scope")),
    ("posture", "NATO stationed 1,887 soldiers in Latvia.", YES),
    ("posture", "NATO deployed 50,000 soldiers on its eastern flank.", ("not_checkable", "scope")),
    ("statement_event", "In February 2024, Trump hinted at a change.", ("not_checkable", "no_table")),
    ("ranking", "The United States is the main force in NATO.", ("not_checkable", "vague")),
    ("cause", "The war led Sweden and Finland to join NATO.", ("not_checkable", "cause")),
    ("rise", "Higher defence spending resulted from the war.", ("supported", "match")),
    (
        "conditional_guarantee",
        "Trump said he would not protect NATO allies that fail to meet the guideline.",
        ("supported", "match"),
    ),
    ("founding_member", "Canada is a founding member of NATO.", YES),
    ("founding_member", "Spain was among the 12 founding members of NATO.", NO),
    ("founding_member", "Germany is not a founding member of NATO.", YES),
    ("founding_member", "France is one of the ten founding members of NATO.", NO),
    ("meets_guideline", "Spain has met the 2% guideline.", NO),
    ("meets_guideline", "In 2014 only the United States, Britain and Greece met the 2% guideline.", YES),
    ("meets_guideline", "Only Poland meets NATO's 2% goal.", NO),
    ("meets_guideline", "Italy and Spain still miss the 2% target.", YES),
    ("meets_guideline", "Canada does not meet the 2 percent guideline.", YES),
    ("meets_guideline", "Norway is below the 2% target.", NO),
    ("meets_guideline", "Only Poland spends more than 3% of GDP on defence.", NO),
    ("meets_guideline", "Canada should meet the 2% target.", ("not_checkable", "wish")),
    (
        "spending_rank",
        "Poland, Estonia and the United States lead NATO in defence spending as a share of GDP.",
        YES,
    ),
    ("spending_rank", "The United States spends more on defence than all other allies together.", YES),
    ("spending_rank", "France spends more on defence than any other NATO ally.", NO),
    ("spending_rank", "Germany spends 2.1% of GDP on defence, more than Greece.", NO),
    ("spending_rank", "Germany is the second-largest defence spender in NATO.", YES),
    ("spending_rank", "Belgium spends less on defence than Luxembourg.", ("not_checkable", "definition")),
    ("change_in_count", "More than twice as many allies meet the 2% guideline as in 2020.", YES),
    ("change_in_count", "Three times as many allies met the 2% guideline in 2024 as in 2014.", NO),
    ("event_year", "Russia annexed Crimea in 2014.", YES),
    ("event_year", "Russia annexed Crimea in 2015.", NO),
    ("anniversary", "NATO celebrated its 75th anniversary in 2024.", YES),
    ("anniversary", "NATO celebrates its 70th anniversary this year.", NO),
    ("ratification", "Hungary was the last ally to ratify the accession of Sweden.", YES),
    ("ratification", "Turkey was the last ally to ratify the accession of Sweden.", NO),
    (
        "invitation",
        "At the Madrid summit in 2022, NATO invited Finland and Sweden to join the alliance.",
        YES,
    ),
    ("invitation", "Ukraine was not invited to join NATO.", YES),
    ("invitation", "NATO invited Ukraine to join in 2023.", ("not_checkable", "no_row")),
]


PLEDGED = [
    ("guideline_part", "NATO allies agreed to spend 3.5% of GDP on core defence by 2035.", YES),
    ("guideline_part", "Allies agreed to spend 5% of GDP on core defence alone by 2035.", NO),
    ("guideline_part", "Allies committed to 1.5% of GDP on core defence.", NO),
    ("exemption", "Spain got an exemption from the 5% target.", YES),
    ("exemption", "Belgium was granted an opt-out from the 5% goal.", ("not_checkable", "no_row")),
    ("exemption", "Did Spain get an exemption from the 5% target?", ("not_checkable", "asked")),
    ("national_pledge", "Germany plans to spend 3.5% of GDP on defence by 2029.", YES),
    ("national_pledge", "Germany plans to spend 4% of GDP on defence by 2029.", ("not_checkable", "no_row")),
    ("national_pledge", "Britain has pledged to spend 2.5% of GDP on defence by 2027.", YES),
]


@pytest.mark.parametrize(("kind", "text", "finding"), PLEDGED)
def test_what_was_pledged_has_its_verdict(kind, text, finding):
    """As of 1 September 2025, the parts of the 5 %, exemptions and allies' own plans are checked."""
    assert one(text, kind, date(2025, 9, 1)) == finding


def test_a_plan_that_was_announced_supports_its_sentence():
    """Beside a plan that agrees, the wish that it also is leaves the sentence supported."""
    text = "Germany plans to spend 3.5% of GDP on defence by 2029."
    assert check_sentence(text, WORLD, as_of=date(2025, 9, 1)).verdict == "supported"


@pytest.mark.parametrize(("kind", "text", "finding"), FRAMES, ids=[f"{k}: {t}" for k, t, _ in FRAMES])
def test_a_frame_has_its_verdict(kind, text, finding):
    """As of 1 October 2024, the ledger supports, contradicts, or leaves open each of these sentences."""
    assert one(text, kind) == finding


def test_every_frame_is_tried():
    """Each kind of claim has a sentence above, or a test of its own below."""
    tried = {kind for kind, _, _ in (*FRAMES, *PLEDGED)}
    assert tried | {"tenure_overlap"} == set(KINDS)
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
        "Six countries in NATO border Russia.",
        "This year, 23 countries in the alliance will meet the 2% threshold.",
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
        ("Twenty years ago NATO had 30 members.", "membership_count", "one_witness"),
        ("Twenty years ago Poland spent 1.8% of GDP on defence.", "share_of_gdp", "edition_not_held"),
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
    ("text", "reason"),
    [
        ("Trump won the 2024 election and will leave NATO.", "outcome"),
        ("Trump lost the 2020 US presidential election.", "outcome"),
        ("The 2024 US presidential election will decide NATO's fate.", "mentioned"),
        ("Russia's 2022 invasion of Ukraine was provoked by NATO.", "cause"),
        ("The NATO summit in Washington in July 2024 expelled Turkey.", "mentioned"),
        ("On Tuesday, October 1st, NATO was dissolved.", "mentioned"),
        ("Dutch Prime Minister Dick Schoof won the war.", "mentioned"),
        ("Spain opposes NATO's 2% target.", "mentioned"),
    ],
)
def test_what_is_only_named_supports_no_sentence(text, reason):
    """An event, a date, a title or a target that a sentence names does not support what it says of it."""
    judgement = sentence_verdict(check_sentence(text, WORLD, as_of=DAY).claims)
    assert (judgement.verdict, judgement.reason) == ("not_checkable", reason)


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 of the constitution has been invoked twice.",
        "Only three allies met the guideline on hate speech in 2014.",
        "In April 2023, Finland joined the bloc.",
        "The North Atlantic Treaty was signed in London on April 4, 1949.",
        "The Dutch delegation at NATO was headed by Mark Rutte.",
        "The EU summit was held in Brussels in June 2024.",
    ],
)
def test_what_is_about_something_else_is_no_claim(text):
    """Another law, another guideline, another union or another place is not taken for the Alliance's."""
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("NATO has 32 members and was founded in 1949.", "supported"),
        ("NATO, founded in 1949, has 31 members.", "contradicted"),
        ("In 2014, Stoltenberg became NATO secretary general.", "supported"),
        ("NATO, founded in 1949, deployed thousands of troops.", "supported_in_part"),
        ("The weather was fine.", "not_checkable"),
    ],
)
def test_a_sentence_is_supported_only_whole(text, verdict):
    """One contradicted claim contradicts a sentence, and beside an unchecked one it is supported in part."""
    assert sentence_verdict(check_sentence(text, WORLD, as_of=DAY).claims).verdict == verdict


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


def test_a_check_says_itself():
    """The check of a sentence has one verdict, its day and its reason; a reading counts its claims."""
    check = check_sentence("NATO has 31 members.", WORLD, as_of=DAY)
    assert check.headline() == "Contradicted as of 1 October 2024"
    assert check.sentences()[0].startswith("The evidence is unique for that day and differs")
    payload = check.payload()
    assert (payload["verdict"], payload["reason"], payload["as_of"]) == ("contradicted", "differs", DAY)
    assert payload["sentence"] == check.sentence == "NATO has 31 members."
    reading = read_text("NATO has 31 members.", WORLD, day=DAY)
    assert (
        reading.headline()
        == "1 claim was checked, and what the ledger held on the day of the text contradicts it."
    )
    claims, quotations, _ = reading.tables()
    assert [row["claim"] for row in claims.rows] == ["NATO has 31 members"]
    assert quotations.rows == ()
