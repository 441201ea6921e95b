"""Tellings of one event side by side."""

from __future__ import annotations

from datetime import date

from foedus.reading.compare import compare
from foedus.reading.counterparts import word_edits
from foedus.reading.documents import Document
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_document

WORLD = LedgerIndex.load()
DAY = date(2024, 10, 1)

BASE = """Mark Rutte succeeded Jens Stoltenberg as NATO Secretary General at the Brussels headquarters.

The war prompted Sweden and Finland to abandon their long policy of neutrality and join the alliance.

Moscow has always portrayed the alliance as a menace to Russian security; Western leaders call it defensive.

Diplomats say his hardest task will be persuading governments to supply extra soldiers, weapons and money.

Rutte praised Kamala Harris as a highly respected leader with an impressive record as vice president.

“I am not worried about the vote. I know both candidates very well,” Rutte said. “We must invest.”
"""
REWORDED = """New Chief at the Alliance

Mark Rutte has succeeded Jens Stoltenberg as Secretary General of NATO at headquarters in Brussels.

The conflict led Sweden and Finland to give up their long policy of neutrality and to join the alliance.

While Western leaders call the alliance defensive, Moscow long portrayed it as a menace to Russian security.

Diplomats said the hardest task will be persuading governments to supply additional soldiers and money.

“I am not anxious about the vote. I know both candidates pretty well,” Rutte said.

“She is a highly respected leader,” Rutte said.
"""
OTHER = """Mark Rutte took over from Jens Stoltenberg as NATO Secretary General.

Ukrainian officials greeted the new man with hope for an invitation, and spoke of promises made in July.

Markets hardly moved, traders in Frankfurt reported, as investors looked to interest rates instead.

“He has a big job to do,” an envoy said.
"""
UNRELATED = """The harvest in the valley was the best for a decade, growers told a local fair on Sunday.

Apples and pears fetched high prices, and the cider press ran until late at night.
"""


def _compared(*raws, days=None):
    days = days or [DAY] * len(raws)
    readings = [
        read_document(Document(name=f"{i}.txt", kind="text", raw=raw, published=day), WORLD)
        for i, (raw, day) in enumerate(zip(raws, days, strict=True))
    ]
    return compare(readings)


def test_rewritten_texts_share_a_base_text():
    """Texts whose sentences align in order go back to one text; another report of the event does not."""
    comparison = _compared(BASE, REWORDED, OTHER, UNRELATED)
    relations = {(p.first, p.second): p.relation for p in comparison.pairs}
    assert relations[0, 1] == "same base text"
    assert relations[0, 2] == relations[1, 2] == "same event"
    assert {relations[i, 3] for i in range(3)} == {"unrelated"}


def test_a_copy_is_nearly_verbatim():
    """A text beside itself is nearly verbatim, every sentence aligned with its like."""
    (pair,) = _compared(BASE, BASE).pairs
    assert pair.relation == "near verbatim"
    assert all(a == b and score == 1.0 for a, b, score in pair.aligned)


def test_siblings_have_a_missing_parent_and_no_arrow():
    """Without dates or credits that say so, no text is called the other's source."""
    comparison = _compared(BASE, REWORDED + "\n(Reference: Example Agency)")
    (group,) = comparison.groups
    assert (group.members, group.arrows) == ((0, 1), ())
    assert group.parent.startswith("a text that is not among the documents")
    assert "Example Agency" in group.parent
    assert comparison.pairs[0].direction == ""


def test_an_arrow_needs_a_date_or_a_credit():
    """A text's own earlier date, or a credit that names its headline, gives an arrow with its ground."""
    (group,) = _compared(BASE, REWORDED, days=[date(2024, 10, 1), date(2024, 10, 3)]).groups
    assert [(a, b) for a, b, _ in group.arrows] == [(0, 1)]
    assert "is dated 2024-10-01" in group.arrows[0][2]
    title = "Rutte Takes the Helm of the Alliance in Brussels"
    (group,) = _compared(REWORDED + f"\nSource: {title}", f"{title}\n\n{BASE}").groups
    assert [(a, b) for a, b, _ in group.arrows] == [(1, 0)]
    assert "credits" in group.arrows[0][2]


def test_texts_of_far_days_are_not_of_one_event():
    """Two reports about the same people months apart are not about one event."""
    (pair,) = _compared(BASE, OTHER, days=[date(2024, 10, 1), date(2025, 10, 1)]).pairs
    assert pair.relation == "unrelated"


def test_altered_quotations_are_described_by_their_edits():
    """A reworded quotation is shown with the words that changed; a new one has no counterpart."""
    comparison = _compared(REWORDED, BASE)
    changes = {(q.document, q.quotation): q for q in comparison.quotations}
    first = changes[0, 1]
    assert (first.change, first.other, first.counterpart) == ("reworded", 1, 1)
    assert first.edits == (("replace", "anxious", "worried"), ("replace", "pretty", "very"))
    assert changes[0, 2].change == "turned into paraphrase"
    assert changes[1, 2].change == "no counterpart"


def test_the_other_changes_have_their_names():
    """Verbatim, trimmed, extended, merged and spliced quotations are told apart."""
    need = "Rutte spoke. “We need to spend far more on common defence"
    one = f"{need},” Rutte said. “We must close capability gaps,” he added."
    both = f"{need} and we must close capability gaps,” Rutte said."
    more = f"{need}, colleagues tell me every morning,” Rutte said."

    def changes(a, b):
        return [(q.document, q.change) for q in _compared(a, b).quotations]

    assert changes(one, one)[0] == (0, "verbatim")
    assert changes(both, one) == [(0, "merged"), (1, "spliced"), (1, "spliced")]
    assert changes(one, more)[0] == (0, "trimmed")
    assert changes(more, one)[0] == (0, "extended")


def test_word_edits_turn_one_into_the_other():
    """Edits are whole words, and none are needed for the same words in other marks."""
    assert word_edits("“We are not worried.”", '"We are not worried,"') == ()
    assert word_edits("“We are worried”", "“We are very worried”") == (("insert", "", "very"),)


def test_a_lost_referent_is_found_in_another_telling():
    """A pronoun that nobody fits is set beside the person whom other tellings name with like words."""
    (lost,) = _compared(REWORDED, BASE).lost
    assert (lost.document, lost.pronoun) == (0, "she")
    assert lost.elsewhere == ((1, "Kamala Harris"),)


def test_facts_that_differ_are_shown():
    """Different numbers about one thing are a difference; a coarser date is none."""
    one = "The alliance of 32 member countries met. Sweden joined NATO in March 2024."
    two = "The alliance of 31 member countries met. Sweden joined NATO in 2024."
    differences = _compared(one, two).differences
    assert [(d.kind, [row[2] for row in d.stated]) for d in differences] == [
        ("membership_count", ["supported", "contradicted"])
    ]


def test_a_comparison_says_itself():
    """The headline counts the documents that go back to one text; each pair is a row."""
    comparison = _compared(BASE, REWORDED, UNRELATED)
    assert comparison.headline() == "2 of 3 documents go back to one text with another of them."
    pairs, quotations = comparison.tables()
    assert [row["relation"] for row in pairs.rows] == [p.relation for p in comparison.pairs]
    assert len(quotations.rows) == len(comparison.quotations)
    assert list(comparison.payload()) == ["names", "pairs", "groups", "quotations", "lost", "differences"]
