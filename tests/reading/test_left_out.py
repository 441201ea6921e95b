"""Laws of what a sentence leaves out because the text has said it.

The base of a share, the purpose of spending, the Alliance that is joined, the level that is met; and what
must never be understood so.
"""

from __future__ import annotations

from datetime import date

import pytest

from foedus.axes import country_name
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence, read_text

WORLD = LedgerIndex.load()
DAY, LATE = date(2024, 10, 1), date(2026, 9, 1)
EDITIONS = {c.id: c for c in WORLD.share_cards}
OLD, NEW = EDITIONS["nato-2024-06"], EDITIONS["nato-2026-07"]
NOW, THEN = WORLD.shares(OLD, 2024), WORLD.shares(OLD, 2014)
THIS_YEAR = WORLD.shares(NEW, 2026)
ALLIES = sorted(set(NOW) & set(THEN))
ARTICLE = {
    "USA": "the United States",
    "GBR": "the United Kingdom",
    "NLD": "the Netherlands",
    "CZE": "the Czech Republic",
}
OPENING = (
    "NATO's guideline is that each ally spends at least 2 percent of GDP on defence. "
    "The alliance published its yearly table before the summer.\n\n"
)


def name(code):
    """Give the name of a country as it stands in a sentence."""
    return ARTICLE.get(code, country_name(code))


def claims(sentence, day=DAY, opening=OPENING):
    """Give the claims of a sentence that stands in an article."""
    sentence = sentence[0].upper() + sentence[1:]
    return [c for c in read_text(opening + sentence, WORLD, day=day).claims if c.span[1] > len(opening)]


def verdicts(sentence, kind, day=DAY, opening=OPENING):
    """Give the verdicts on the claims of one kind."""
    return [c.verdict for c in claims(sentence, day, opening) if c.kind == kind]


BARE = (
    "{x} spends {a}.",
    "{x} now spends {a}, up from {b} in 2014.",
    "{x}, at {a}, is no exception.",
    "{x} is at {a}.",
    "{x} ({a}) comes next in the table.",
    "{x}'s share went from {b} in 2014 to {a} in 2024.",
    "{x}'s spending stands at {a}.",
    "{x} will spend {a} this year and says it is enough.",
    "In 2014 {x} spent {b}.",
    "{x} spends {a} of its economy on its armed forces.",
    "{x} follows with {a}.",
    "{x} spends {a} and has pledged to do more by 2035.",
)


def filled(form, code, points=0.0):
    """Give a form with a country's figures, moved by so many points."""
    a, b = (f"{100 * shares[code] + points:.2f} percent" for shares in (NOW, THEN))
    return form.format(x=name(code), a=a, b=b)


@pytest.mark.parametrize("form", BARE)
def test_a_share_needs_no_base_once_the_text_has_set_it(form):
    """Twelve forms for 31 allies: read of the ally and supported; 0.6 points off, never supported."""
    assert len(ALLIES) == 31
    for code in ALLIES:
        right = [c for c in claims(filled(form, code)) if c.kind == "share_of_gdp"]
        assert {c.slots["country"] for c in right} == {code}, code
        assert {c.verdict for c in right} == {"supported"}, code
        assert "supported" not in verdicts(filled(form, code, 0.6), "share_of_gdp"), code


def test_each_bracket_of_a_list_is_a_share():
    """Three names with a bracket each, for every ally in each place."""
    for i, code in enumerate(ALLIES):
        three = [code, ALLIES[(i + 7) % 31], ALLIES[(i + 15) % 31]]
        items = [f"{name(c)} ({100 * NOW[c]:.2f}%)" for c in three]
        found = claims(f"{items[0]}, {items[1]} and {items[2]} are named beside the guideline.")
        shares = [c for c in found if c.kind == "share_of_gdp"]
        assert {c.slots["country"] for c in shares} == set(three), three
        assert {c.verdict for c in shares} == {"supported"}, three


def test_what_is_left_out_in_a_list_is_understood():
    """Of three allies that spend a share each, two without a verb, all three are read."""
    for i, code in enumerate(ALLIES):
        three = [code, ALLIES[(i + 5) % 31], ALLIES[(i + 11) % 31]]
        one, two, last = (f"{100 * NOW[c]:.2f} percent" for c in three)
        text = f"{name(three[0])} spends {one}, {name(three[1])} {two} and {name(three[2])} {last}."
        found = [c for c in claims(text) if c.kind == "share_of_gdp"]
        assert {c.slots["country"] for c in found} == set(three), text
        assert {c.verdict for c in found} == {"supported"}, text


def test_a_pronoun_goes_to_the_country_before_it():
    """ "It spends 1.4 percent" is of the subject of the sentence before, and alone never contradicts."""
    for code in ALLIES:
        for points, wanted in ((0.0, {"supported"}), (0.6, {"not_checkable"})):
            text = f"{name(code)} has a long coast. It spends {100 * NOW[code] + points:.2f} percent."
            found = [c for c in claims(text) if c.kind == "share_of_gdp"]
            assert [c.slots["country"] for c in found] == [code]
            assert {c.verdict for c in found} == wanted, code


def test_several_subjects_share_one_bound():
    """ "A, B and C all spend less than …" is one claim for each."""
    low = [c for c in ALLIES if NOW[c] < 0.0195]
    names = f"{', '.join(name(c) for c in low[:-1])} and {name(low[-1])}"
    text = f"{names} all spend less than 1.95 percent of output."
    found = [c for c in claims(text) if c.kind == "share_of_gdp"]
    assert {c.slots["country"] for c in found} == set(low)
    assert {c.verdict for c in found} == {"supported"}


STATES = (
    "{x} will spend {a} of GDP this year.",
    "{x} spends {a} of its GDP in 2026.",
    "This year {x} spends {a} of GDP.",
)


@pytest.mark.parametrize("form", STATES)
def test_a_plain_sentence_with_its_year_is_contradicted_by_a_whole_table(form):
    """In an article on NATO "of GDP" with the year is enough: 31 allies, right and 1.2 points off."""
    for code in sorted(THIS_YEAR):
        right, wrong = (
            form.format(x=name(code), a=f"{100 * THIS_YEAR[code] + points:.2f} percent")
            for points in (0.0, 1.2)
        )
        assert verdicts(right, "share_of_gdp", LATE) == ["supported"], right
        assert verdicts(wrong, "share_of_gdp", LATE)[0] != "supported", wrong
        plans = [
            c.reason for c in claims(wrong, LATE) if c.kind == "share_of_gdp" and c.verdict != "contradicted"
        ]
        assert not plans or set(plans) <= {"national", "edition_not_held", "superseded"}, (wrong, plans)


JOINED = sorted((c, d) for c, (d, _) in WORLD.entries.items() if d.year > 1950)


@pytest.mark.parametrize(
    "form", ["X joined in Y.", "X joined in Y, after a long wait.", "X became a member in Y."]
)
def test_one_joins_the_alliance_that_the_text_is_about(form):
    """Every ally after 1950: two years off, "became" is contradicted and "joined" is not checkable."""
    for code, day in JOINED:
        right = form.replace("X", name(code)).replace("Y", str(day.year))
        wrong = form.replace("X", name(code)).replace("Y", str(day.year - 2))
        assert verdicts(right, "accession", LATE) == ["supported"], right
        member = "contradicted" if "member" in form else "not_checkable"
        assert verdicts(wrong, "accession", LATE) == [member], wrong


def test_what_is_left_out_twice_is_understood():
    """A second country with its own date, with and without "followed" and its place."""
    for text in (
        "Albania joined in 2009 and Montenegro in 2017.",
        "Finland joined in April 2023, and Sweden followed in March 2024.",
        "Hungary joined in 1999, Slovakia and Slovenia in 2004.",
        "Montenegro became the 29th member in 2017 and North Macedonia the 30th in 2020.",
    ):
        assert verdicts(text, "accession", LATE) == ["supported"] * 2, text
    assert verdicts("Albania joined in 2009 and Montenegro in 2014.", "accession", LATE)[1] == "not_checkable"
    assert (
        verdicts("Albania joined NATO in 2009 and Montenegro in 2014.", "accession", LATE)[1]
        == "contradicted"
    )


@pytest.mark.parametrize(
    "opening",
    [
        "NATO and the European Union both grew. ",
        "NATO met. The coalition against piracy is led by Spain. ",
        "NATO ministers spoke of the air-defence initiative. ",
        "The Commonwealth games were on. ",
    ],
)
def test_where_something_else_may_be_joined_nothing_is_understood(opening):
    """Beside any other body with members, "joined in 2012" is not of NATO."""
    for code, _ in JOINED:
        assert "accession" not in {c.kind for c in claims(f"{name(code)} joined in 2012.", LATE, opening)}


@pytest.mark.parametrize(
    ("text", "day", "verdict"),
    [
        ("European allies and Canada raised spending by 17.9 percent this year.", DAY, "supported"),
        ("European allies and Canada will spend 17.9 percent more this year.", DAY, "supported"),
        ("European allies and Canada spent 9.3 percent more in 2023 in real terms.", DAY, "supported"),
        ("Spending by European allies and Canada rose by 9.3 percent in 2023.", DAY, "supported"),
        ("European allies and Canada spent 19 percent more in 2025 in real terms.", LATE, "supported"),
        ("European allies and Canada spent 2 percent more in 2023 in real terms.", DAY, "contradicted"),
    ],
)
def test_growth_needs_no_purpose(text, day, verdict):
    """What grew is defence spending where the text is about it."""
    assert verdicts(text, "growth", day) == [verdict]


def test_growth_among_the_same_members_is_true_too():
    """Both meanings of growth hold, and each is named in the note and the evidence."""
    from foedus.evidence.aggregates import growth

    table = growth(WORLD.ledger.table("nato-2024-06"), "NATO_EUR_CAN", 2024)
    assert table.same_members is not None
    for value in (table.printed, table.same_members):
        text = f"European allies and Canada spend {100 * value:.1f} percent more this year."
        (claim,) = [c for c in claims(text) if c.kind == "growth"]
        assert claim.verdict == "supported"
        assert "same" in claim.note + "".join(e.text for e in claim.evidence)


UNDER = "Under Stoltenberg, the number of members meeting the goal grew from {} to 23."


@pytest.mark.parametrize(
    ("text", "day", "wanted"),
    [
        ("Eight of the 31 allies with armed forces remain below the benchmark.", DAY, ["supported"]),
        ("Nine of the 31 allies with armed forces remain below the benchmark.", DAY, ["contradicted"]),
        ("Eight members remain under the guideline.", DAY, ["supported"]),
        ("Three allies met the guideline in 2014, the year it was agreed.", DAY, ["supported"]),
        ("Six allies met the guideline in 2014, the year it was agreed.", DAY, ["contradicted"]),
        (UNDER.format("three"), DAY, ["supported"] * 2),
        (UNDER.format("nine"), DAY, ["contradicted", "supported"]),
        ("Of the 32 members, 23 meet the goal.", DAY, ["supported"]),
        ("In 2014 only three countries reached the goal; now 23 do.", DAY, ["supported"] * 2),
    ],
)  # fmt: skip
def test_counts_at_the_guideline(text, day, wanted):
    """Below and above, at the start of a term and now, and with a word on the date beside it."""
    assert verdicts(text, "count_meeting_guideline", day) == wanted


def test_a_count_may_answer_the_sentence_before():
    """ "Today 23 do" is of the level in the sentence before, and alone never contradicts."""
    for number, wanted in (("23", "supported"), ("12", "not_checkable")):
        text = f"In 2014 just three allies met the guideline. Today {number} do."
        assert verdicts(text, "count_meeting_guideline")[-1] == wanted


@pytest.mark.parametrize("n", [29, 30, 31, 33])
def test_everyone_by_number_lends_no_support(n):
    """ "All 32 allies" counts them in passing: the sentence is as its own claim is."""
    text = "All 32 allies met the 2 percent guideline in 2025."
    found = check_sentence(text, WORLD, as_of=LATE)
    (count,) = [c for c in found.claims if c.kind == "count_meeting_guideline"]
    assert (found.verdict, count.verdict) == ("contradicted", "contradicted")
    assert {e.value for e in count.evidence} >= {28.0, 30.0, 31.0}
    assert check_sentence(text.replace("32", str(n)), WORLD, as_of=LATE).verdict != "supported"


def test_what_nato_said_is_supported_by_its_own_count():
    """NATO's count stands beside its table, and a later table does not undo that it was said."""
    assert (
        check_sentence("NATO said 31 of 32 allies meet 2 % in 2025.", WORLD, as_of=LATE).verdict
        == "supported"
    )
    assert (
        check_sentence("NATO said 19 of 32 allies meet 2 % in 2025.", WORLD, as_of=LATE).verdict
        != "supported"
    )
    for n in (28, 31):
        day = date(2025, 10, 1) if n == 31 else LATE
        found = verdicts(f"{n} allies meet 2 % of GDP in 2025.", "count_meeting_guideline", day)
        assert found == ["supported"]


TRAPS = tuple(
    line.strip()
    for line in """
    Inflation in X stands at 2.1 percent.
    X has an inflation rate of 2.1 percent.
    Prices in X rose 2.1 percent.
    X (2.1 percent) has the lowest inflation in Europe.
    Unemployment in X is at 2.1 percent.
    X, at 2.1 percent, has the fewest people out of work.
    X's economy grew by 2.1 percent.
    X grew 2.1 percent last year.
    X's growth was 2.1 percent.
    X leads with growth of 2.1 percent.
    The central bank of X held interest rates at 2.1 percent.
    X pays interest of 2.1 percent.
    X sold ten-year bonds at 2.1 percent.
    X spends 2.1 percent of its budget on culture.
    X spends 2.1 percent of its defence budget on research.
    X spends 2.1 percent on equipment.
    X spends 2.1 percent of government revenue on housing.
    X spends 2.1 percent on development aid.
    X gives 2.1 percent in aid to Ukraine.
    X spends 2.1 percent on health.
    X spends 2.1 percent on education.
    X spent 2.1 percent on pensions in 2024.
    X is home to 2.1 percent of the population of Europe.
    X pays 2.1 percent of the common budget.
    X's share of the civil budget is 2.1 percent.
    X's contribution to common funding is 2.1 percent.
    The party won 2.1 percent in X.
    In X the greens are at 2.1 percent in the polls.
    X's ruling party stands at 2.1 percent.
    A poll in X puts support at 2.1 percent.
    In a survey, X came in at 2.1 percent.
    Turnout in X was 2.1 percent.
    X's deficit is 2.1 percent.
    X runs a deficit of 2.1 percent.
    X's debt grew by 2.1 percent.
    X's exports fell 2.1 percent.
    X has a tax of 2.1 percent on banks.
    X raised the sales tax to 2.1 percent.
    Tariffs on X were set at 2.1 percent.
    X imposes a tariff of 2.1 percent.
    X's emissions fell by 2.1 percent.
    X gets 2.1 percent of its energy from wind.
    X, at 2.1 percent, has the lowest share of women soldiers.
    In X 2.1 percent of soldiers are women.
    X's army is 2.1 percent short of recruits.
    X's market fell 2.1 percent.
    Shares of arms makers in X rose 2.1 percent.
    X's stake in the firm is 2.1 percent.
    Wages in X rose to 2.1 percent above last year's.
    X's ammunition stocks are at 2.1 percent.
    X spends 2.1 percentage points more.
    X spends 2.1 percent more on roads.
    X cut spending by 2.1 percent.
    X's defence spending rose by 2.1 percent.
    X wants to spend 2.1 percent.
    X should spend 2.1 percent.
    Does X spend 2.1 percent?
    If X spends 2.1 percent, others will follow.
    It is a myth that X spends 2.1 percent.
    X does not spend 2.1 percent.
    X would spend 2.1 percent under the plan.
    X spends 2.1 percent, according to SIPRI.
    By its own definition X spends 2.1 percent.
    The finance ministry says that X spends 2.1 percent.
    X's industry makes up 2.1 percent of output.
    Tourism makes up 2.1 percent of the economy of X.
    X has promised 2.1 percent.
    X's refugees make up 2.1 percent of its people.
    X's forecast for next year is 2.1 percent.
    Rents in X rose by 2.1 percent.
    """.strip().splitlines()
)


@pytest.mark.parametrize("trap", TRAPS)
def test_what_is_of_something_else_is_never_judged(trap):
    """Seventy sentences in percent of something else, or not asserted: neither contradicted nor supported."""
    for code, points in (("DEU", 0.02), ("GRC", 0.0), ("ESP", 0.0), ("POL", 0.0), ("GBR", 0.0)):
        text = trap.replace("X", name(code)).replace("2.1", f"{100 * NOW[code] + 100 * points:.2f}")
        found = claims(text)
        wrong = [c.kind for c in found if c.verdict != "not_checkable" and c.kind != "meets_guideline"]
        assert not wrong, (text, [(c.kind, c.verdict) for c in found])


OTHERS = tuple(
    line.strip()
    for line in """
    European allies and Canada raised sanctions by 20 percent.
    European allies and Canada spent 12 percent more on ammunition.
    European allies and Canada gave 12 percent more this year.
    European allies and Canada spent 12 percent more than the United States.
    European allies and Canada spend 40 percent more than in 2021.
    European allies and Canada want to spend 12 percent more this year.
    Spending on pensions in Europe rose by 12 percent this year.
    Public spending in the alliance grew by 12 percent this year.
    Consumer spending in NATO countries rose 12 percent this year.
    Spending by tourists in Canada rose by 12 percent.
    Finland joined in the celebrations in 2022.
    Finland joined in condemning the attack in 2022.
    Sweden joined late in 2022 after a delay.
    Poland joined in 2004 and has done well.
    Ukraine joined in 2008 as an observer.
    Austria became a member in 1995.
    Italy joined in 1940 on the side of Germany.
    The United States joined in 1917.
    Spain joined in 1986 and adopted the euro later.
    Finland did not join in 2022.
    Had Finland joined in 2022, the war would have spread.
    Twelve allies did not.
    Twelve members remain under pressure.
    Twelve allies remain below their recruitment target.
    Of the 32 members, 12 have conscription.
    All 32 allies should meet the guideline in 2025.
    All 32 allies are expected to meet the guideline in 2025.
    It spends 9 percent.
    Its share is 9 percent.
    Germany spends $100 billion in subsidies.
    Germany spent 9.1 percent of GDP this year on pensions and health.
    Poland spends 6.9 percent of GDP this year on social programmes.
    Poland will spend 4.7 percent of GDP next year on social programmes.
    Denmark leads with 5.7 percent.
    Denmark, at 5.7 percent, leads in wind power.
    Greece (8.9%), Spain (9.2%) and Italy (6.1%) are above the average.
    On equipment Norway spends 9 percent.
    Aid matters too: Norway spends 1 percent.
    """.strip().splitlines()
)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_left_out_may_be_something_else(text):
    """Growth, joining, counts and money of something else: neither contradicted nor supported."""
    for day in (DAY, LATE):
        found = [c for c in claims(text, day) if not c.slots.get("mentioned")]
        assert not [c.kind for c in found if c.verdict != "not_checkable"], found


@pytest.mark.parametrize(
    "form",
    [
        "{x} leads with {a}.",
        "{x} spends the largest share, {a}.",
        "{x} spends {a}, the largest share of all.",
    ],
)
def test_who_leads_with_a_share(form):
    """Supported of the one ally with the largest share; of the others never, and never contradicted alone."""
    first = max(NOW, key=NOW.get)
    for code in ALLIES:
        ranks = verdicts(filled(form, code), "spending_rank")
        assert ranks == ["supported" if code == first else "not_checkable"], code


def test_there_are_enough_traps():
    """At least sixty."""
    assert len(set(TRAPS)) >= 60


def test_without_nato_or_its_guideline_nothing_is_understood():
    """The same sentences in an article on something else are no claims on defence."""
    for opening in (
        "",
        "The economy is slowing in much of Europe.\n\n",
        "Inflation stood at 2.1 percent of late.\n\n",
    ):
        for form in BARE[:9]:
            assert not verdicts(filled(form, "ESP"), "share_of_gdp", DAY, opening), (opening, form)
