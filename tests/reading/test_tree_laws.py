"""Laws of the reading of sentences, over all allies and made sentences: what a change of digits, names, times,
modifiers or truth may and may not do to a verdict."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

from foedus.axes import country_name
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence, read_text

WORLD = LedgerIndex.load()
DAY = date(2024, 10, 1)
(CARD,) = [c for c in WORLD.share_cards if c.id == "nato-2024-06"]
NOW, THEN = WORLD.shares(CARD, 2024), WORLD.shares(CARD, 2014)
ALLIES = sorted(set(NOW) & set(THEN))
ARTICLE = {
    "USA": "the United States",
    "GBR": "the United Kingdom",
    "NLD": "the Netherlands",
    "CZE": "the Czech Republic",
}
COMPARISONS = (
    "X spends A of GDP on defence.",
    "X spends A of GDP on defence, up from B in 2014.",
    "X spends A of GDP on defence, compared with B in 2014.",
    "X raised defence spending from B of GDP in 2014 to A in 2024.",
    "X has increased defence spending to A of GDP from B in 2014.",
    "X's defence budget, B of GDP in 2014, stands at A in 2024.",
    "In 2014 X spent B of GDP on defence; it now spends A.",
    "X spent B of GDP on defence in 2014, but this year it will spend A.",
    "X, which spent B of GDP on defence in 2014, now spends A.",
    "Defence spending in X rose to A of GDP in 2024, against B in 2014.",
)
TRUE = "NATO has 32 members"
FALSE = "NATO has 28 members"
SHARE = "Italy spends 3% of GDP on defence"


def name(code):
    """Give the name of a country as it stands in a sentence."""
    return ARTICLE.get(code, country_name(code))


def filled(form, code, first=0.0, base=0.0):
    """Give a form with a country's figures, moved by so many points."""
    words = {"A": f"{100 * NOW[code] + first:.2f} %", "B": f"{100 * THEN[code] + base:.2f} %"}
    text = (
        form.replace("A of", f"{words['A']} of").replace("B of", f"{words['B']} of").replace("X", name(code))
    )
    for letter, value in words.items():
        text = text.replace(f" {letter} in", f" {value} in").replace(f" {letter}.", f" {value}.")
        text = text.replace(f" {letter} ", f" {value} ")
    return text[0].upper() + text[1:]


def verdict(text, day=DAY):
    """Give the verdict on a sentence."""
    return check_sentence(text, WORLD, as_of=day).verdict


def verdicts(text, day=DAY):
    """Give the verdicts on the claims of a text."""
    return [c.verdict for c in check_sentence(text, WORLD, as_of=day).claims]


@pytest.mark.parametrize("form", COMPARISONS)
def test_a_comparison_is_read_for_every_ally(form):
    """Ten forms for 31 allies: right as they are, contradicted where the first figure or the base is 0.6 points off."""
    assert len(ALLIES) == 31
    for code in ALLIES:
        assert verdict(filled(form, code)) == "supported", code
        assert verdict(filled(form, code, first=0.6)) == "contradicted", code
        if "B" in form:
            assert verdict(filled(form, code, base=0.6)) == "contradicted", code


@pytest.mark.parametrize("form", COMPARISONS)
def test_digits_and_names_change_values_alone(form):
    """One reading for all allies: the same kinds, the same times, each with its own figures."""
    shapes = set()
    for code in ALLIES:
        claims = check_sentence(filled(form, code), WORLD, as_of=DAY).claims
        assert {c.slots["country"] for c in claims} == {code}
        shapes.add(tuple((c.kind, str(c.slots["years"]), c.modality) for c in claims))
    assert len(shapes) == 1


MODIFIERS = (
    "on its eastern flank", "bordering Russia", "outside the European Union", "from Central Europe", "belonging to the EU",
    "in the Balkans", "that border the sea", "with conscription", "along the Baltic coast", "without a coast",
    "west of the Rhine", "near the Arctic", "under pressure", "with nuclear weapons", "who disagree", "that met in Paris",
)  # fmt: skip
HOLDERS = (
    "NATO has {n} members {m}.",
    "The alliance includes {n} countries {m}.",
    "NATO counts {n} allies {m}.",
    "There are {n} allies {m}.",
)


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("modifier", MODIFIERS)
def test_a_part_is_never_the_whole(holder, modifier):
    """A number of members with any modifier is never the size of the Alliance, whatever the number."""
    for n in (2, 3, 9, 14, 23, 28, 30, 31, 32, 33):
        kinds = [c.kind for c in check_sentence(holder.format(n=n, m=modifier), WORLD, as_of=DAY).claims]
        assert "membership_count" not in kinds, n


@pytest.mark.parametrize("n", [2, 5, 14, 23, 29, 30, 31, 32])
@pytest.mark.parametrize(
    "form",
    [
        "Apart from Turkey, NATO has {n} members.",
        "Excluding Iceland, NATO has {n} members.",
        "NATO has {n} European members.",
        "NATO has {n} eastern allies.",
        "{n} of the allies signed the letter.",
        "NATO sent {n} members of its staff.",
        "NATO has invited {n} countries.",
        "{n} NATO members took part in the exercise.",
        "Troops of {n} NATO countries are in Latvia.",
    ],
)
def test_some_are_not_all(form, n):
    """What picks some out before the noun, or names another relation, is never the size of the Alliance."""
    kinds = [c.kind for c in check_sentence(form.format(n=n), WORLD, as_of=DAY).claims]
    assert "membership_count" not in kinds


TIMES = (
    "In the 1970s", "In the early 1990s", "During the Cold War", "Under Angela Merkel", "When Obama took office", "Decades ago",
    "At the time", "Before the war", "A generation ago", "In the past", "Until recently", "Back then", "Once",
)  # fmt: skip


@pytest.mark.parametrize("time", TIMES)
def test_a_past_time_is_never_held_against_the_present(time):
    """A decade, an era, a term or a bare past is never contradicted by the figures of this year."""
    for code in ALLIES:
        for share in ("0.9%", "3%", "6%"):
            assert "contradicted" not in verdicts(f"{time}, {name(code)} spent {share} of GDP on defence."), (
                code
            )
    for n in (2, 15, 27):
        assert "contradicted" not in verdicts(f"{time}, NATO had {n} members.")
        assert (
            "contradicted" not in verdicts(f"{time}, {n} allies met the 2% guideline.")
            or time == "When Obama took office"
        )


def test_a_bare_past_is_never_held_against_the_present():
    """A past clause without a date is of no year that is known."""
    for code in ALLIES:
        assert "contradicted" not in verdicts(f"{name(code)} spent 7% of GDP on defence.")
    assert "contradicted" not in verdicts("Only four allies met the 2% guideline.")


UNSAID = (
    "It is not true that {s}.", "It is false that {s}.", "It is wrong to say that {s}.", "Critics wrongly insist that {s}.", "That {s} is a myth.",
    "The claim that {s} is false.", "He denied that {s}.", "Nobody believes that {s}.", "No one says that {s}.", "Is it so that {s}?",
    "He asked whether {s}.", "If {s}, the debate is over.", "Unless {s}, the debate goes on.", "I doubt that {s}.", "They want to ensure that {s}.",
    "It is a lie that {s}.", "He never said that {s}.", "Imagine that {s}.", "He wrongly claimed that {s}.",
    "The minister rejected the claim that {s}.", "It is simply untrue that {s}.", "He did not say that {s}.", "Perhaps {s}.",
)  # fmt: skip
SAID = (
    SHARE,
    FALSE,
    TRUE,
    "Ukraine is a member of NATO",
    "12 allies meet the 2% guideline",
    "NATO was founded in 1960",
    "Italy spends 1.49% of GDP on defence",
)


@pytest.mark.parametrize("form", UNSAID)
@pytest.mark.parametrize("sentence", SAID)
def test_what_is_denied_asked_or_supposed_has_not_the_verdict_of_what_is_said(form, sentence):
    """A denial, a question or a condition is neither supported nor contradicted as if it were said."""
    found = [
        c.verdict
        for c in check_sentence(form.format(s=sentence), WORLD, as_of=DAY).claims
        if c.modality != "actual" or c.kind != "guideline"
    ]
    assert set(found) <= ({"not_checkable", "supported"} if form.startswith("Perhaps") else {"not_checkable"})


@pytest.mark.parametrize(
    "text",
    [
        "Had Italy spent 3% of GDP on defence, it would have been ready.",
        "Ukraine joining NATO would change the war.",
        "Ukraine applied to join NATO.",
        "Italy must act to spend 3% of GDP on defence.",
        "The goal of spending 3% of GDP on defence is far off for Italy.",
        "Italy promised to spend 3% of GDP on defence.",
        "To spend 3% of GDP on defence, Italy would have to borrow.",
        "Italy, spending 3% of GDP on defence, would lead the list.",
        "Do you support Ukraine joining NATO?",
        "Ukraine hopes to become a member of NATO.",
        "Should Italy spend 3% of GDP on defence?",
        "Critics warned against Ukraine joining NATO.",
        "A plan for Italy to spend 3% of GDP on defence was dropped.",
        "Were Italy to spend 3% of GDP on defence, taxes would rise.",
        "Italy could spend 3% of GDP on defence.",
        "The proposal that Italy spend 3% of GDP on defence failed.",
        "The party calls for Italy to spend 3% of GDP on defence.",
        "He urged that Ukraine join NATO.",
        "Let Ukraine join NATO.",
        "Ukraine's bid to join NATO failed.",
    ],
)
def test_only_a_finite_clause_asserts(text):
    """A purpose, a goal, a wish, a condition by inversion or a gerund states nothing."""
    assert set(verdicts(text)) <= {"not_checkable"}


HALVES = (
    "{s}, the least in NATO.", "Only {s}.", "{s}, more than any other ally.", "{s}, twice as much as Spain.", "{s}, and Spain spends 9%.",
    "{s} and the alliance was founded in 1951.", "{s}, and it pays 80% of the bill.", "{s}, second only to Greece.", "{s}, the highest share in Europe.",
    "{s}, and its army has 5 million soldiers.", "{s}, while Poland spends nothing.", "{s}, unlike France.",
)  # fmt: skip


TRUE_HALVES = {
    "{s}, more than any other ally.": (max(ALLIES, key=lambda code: NOW[code]),),
    "{s}, the least in NATO.": (min(ALLIES, key=lambda code: NOW[code]),),
}


@pytest.mark.parametrize("form", HALVES)
def test_half_a_truth_is_not_supported(form):
    """What was read may agree, and the sentence is supported only in part where a half is false or unread."""
    true_of = {
        "{s}, the least in NATO.": "ESP",
        "{s}, more than any other ally.": "POL",
        "{s}, the highest share in Europe.": "POL",
    }
    for code in (c for c in ALLIES if c != true_of.get(form)):
        whole = f"{name(code)} spends {100 * NOW[code]:.2f}% of GDP on defence"
        # The other half is true of the ally that does spend most, or least.
        if code in TRUE_HALVES.get(form, ()):
            continue
        assert verdict(form.format(s=whole)) != "supported", code


@pytest.mark.parametrize("form", TRUE_HALVES)
def test_two_true_halves_are_supported(form):
    """Where both halves are true, the sentence is supported."""
    for code in TRUE_HALVES[form]:
        assert (
            verdict(form.format(s=f"{name(code)} spends {100 * NOW[code]:.2f}% of GDP on defence"))
            == "supported"
        )


OTHERS = (
    "According to SIPRI, {s}.", "{s}, the Stockholm institute found.", "{s}, according to SIPRI.", "{s}, the IISS said.",
    "By its own definition, {s}.", "{s}, the World Bank says.",
)  # fmt: skip


@pytest.mark.parametrize("form", OTHERS)
def test_another_publisher_is_not_held_against_nato(form):
    """Another institute's figure is never contradicted by NATO's rows."""
    for code in ALLIES:
        assert "contradicted" not in verdicts(form.format(s=f"{name(code)} spends 7.7% of GDP on defence"))
        assert "contradicted" not in verdicts(
            form.format(s=f"{name(code)} spent $999 billion on defence in 2023")
        )
        assert "contradicted" not in verdicts(
            form.format(s=f"{name(code)} raised defence spending by 91% in 2023")
        )


@pytest.mark.parametrize(
    "tail",
    [
        "of GDP on military aid for Ukraine", "of GDP on research", "of its defence budget on equipment", "of GDP on education", "of GDP on help for Ukraine",
        "of GDP in support for Ukraine", "of GDP on development aid",
    ],
)  # fmt: skip
def test_another_purpose_is_not_defence(tail):
    """A share of GDP that is spent on something else is no share spent on defence."""
    for code in ALLIES:
        assert "contradicted" not in verdicts(f"{name(code)} spent 1.4% {tail} in 2024.")


@pytest.mark.parametrize(
    "money",
    [
        "C$40 billion",
        "CAD 40 billion",
        "40 billion Canadian dollars",
        "400 billion kroner",
        "€400 billion",
        "£400 billion",
    ],
)
def test_another_currency_is_not_dollars(money):
    """An amount in a country's own currency is never held against figures in dollars."""
    for code in ALLIES:
        assert "contradicted" not in verdicts(f"{name(code)} spent {money} on defence in 2024.")


@pytest.mark.parametrize(
    "words",
    [
        "our {n} NATO allies",
        "our {n} allies",
        "our {n} other allies",
        "its {n} NATO allies",
        "the other {n} allies",
    ],
)
@pytest.mark.parametrize(
    "form", ["We will host {w} in July.", "In June, the Dutch government will host {w}.", "We thank {w}."]
)
def test_who_speaks_of_others_leaves_itself_out(words, form):
    """A member that speaks of its allies may count 31 of 32; no number of that kind is contradicted."""
    assert "contradicted" not in verdicts(form.format(w=words.format(n=31)))
    if "our" in words or "other" in words:
        assert "supported" in verdicts(form.format(w=words.format(n=31)))


STYLES = (
    ("NATO has 32 members.", ["NATO has 32 Allies.", "NATO has 32 Member States.", "The North Atlantic Treaty Organization has 32 members.",
                             "The Alliance has 32 member countries.", "NATO has 32 allies.", "Nato has 32 members."]),
    ("Finland joined NATO on 4 April 2023.", ["Finland joined the Alliance on 4 April 2023.", "Finland joined the North Atlantic Treaty Organization on 4 April 2023.",
                                              "On 4 April 2023 Finland joined NATO.", "Finland joined Nato on April 4, 2023."]),
    ("23 allies will spend 2% of GDP on defence this year.", ["23 Allies will spend 2% of GDP on defence this year.", "23 NATO Allies will spend 2 percent of GDP on defense this year.",
                                                            "23 NATO members will spend 2% of GDP on defence this year.", "Twenty-three Allies will spend 2% of gross domestic product on defence this year."]),
    ("All 31 allies agreed.", ["All 31 Allies agreed.", "All 31 NATO Allies agreed.", "The 31 members of NATO agreed."]),
    ("Finland became the 31st ally.", ["Finland became the 31st Ally.", "Finland became NATO's 31st member.", "Finland became the 31st member of the North Atlantic Treaty Organization."]),
)  # fmt: skip


@pytest.mark.parametrize(("plain", "others"), STYLES)
def test_house_style_changes_nothing(plain, others):
    """Capitals and the long name have the verdict of small letters and the short one."""
    for other in others:
        assert verdict(other) == verdict(plain), other


PROSE = (
    "Allies met in Brussels on Monday to speak about money, and the talks went on until late at night. "
    "Germany spends 2.12 % of its GDP on defence this year, up from 1.19 % in 2014, as figures published in June show. "
    "“We have 32 allies, and all of them have signed,” Rutte said after the meeting. Finland joined NATO on 4 April 2023, "
    "and Sweden in March 2024. Officials said that the mood was good, although three delegations left before it ended. "
    "In 2014 only three allies met the guideline of 2 % of GDP, and this year 23 are expected to do so."
)


def signature(raw):
    """Give what is read of a text, without places."""
    reading = read_text(raw, WORLD, day=DAY)
    claims = [(c.kind, c.verdict, c.voice, " ".join(c.text.split())) for c in reading.claims]
    return claims, [(" ".join(q.text.split()), q.tier) for q in reading.quotations]


@pytest.mark.parametrize("width", [40, 55, 72, 80, 100])
def test_lines_change_nothing(width):
    """A text reads the same however wide its lines, also beside a line of two hundred characters."""
    long = "Link: https://example.org/" + "a-page-about-defence-budgets-" * 6 + "end"
    expected = signature(PROSE)
    assert len(expected[0]) >= 5
    wrapped = textwrap.fill(PROSE, width, break_long_words=False, break_on_hyphens=False)
    assert signature(wrapped) == expected
    assert signature(f"{wrapped}\n\n{long}") == expected
