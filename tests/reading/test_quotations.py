"""Who said what."""

from __future__ import annotations

import pytest

from foedus.reading.context import prepare
from foedus.reading.quotations import find_quotations, find_statements


def _read(text):
    return find_quotations(prepare(text))


@pytest.mark.parametrize(
    ("text", "tier", "name", "by"),
    [
        ("“We are ready,” Rutte said.", "A", "Mark Rutte", "explicit"),
        ("“We are ready,” said Mark Rutte.", "A", "Mark Rutte", "explicit"),
        (
            "“We are ready,” NATO Secretary General Jens Stoltenberg said.",
            "A",
            "Jens Stoltenberg",
            "explicit",
        ),
        ("Rutte said: “We are ready to act.”", "A", "Mark Rutte", "explicit"),
        ("NATO, on its own account, stated, “We are ready to act.”", "A", "NATO", "explicit"),
        ("Rutte met reporters. “We are ready,” he said.", "A", "Mark Rutte", "pronoun"),
        ("Rutte warned the allies in Brussels that “we are not ready”.", "B", "Mark Rutte", "explicit"),
        ("Rutte spoke to Putin, saying, “We are ready to act.”", "B", "Mark Rutte", "explicit"),
        ("According to Rutte, “we are ready to act”.", "B", "Mark Rutte", "explicit"),
    ],
)
def test_a_speaker_in_the_sentence(text, tier, name, by):
    """A verb of saying beside the quotation is tier A, elsewhere in its sentence tier B."""
    (quotation,) = _read(text)
    assert (quotation.tier, quotation.speaker.name, quotation.speaker.by) == (tier, name, by)


def test_the_mention_and_the_person_are_apart():
    """The words of the text and the person of the ledger are kept apart, and unknown names stay words."""
    (known,) = _read("“We are ready,” Zelenskyy said.")
    assert (known.speaker.mention, known.speaker.name) == ("Zelenskyy", "Volodymyr Zelensky")
    (unknown,) = _read("“We are ready,” said Anna Example.")
    assert (unknown.speaker.mention, unknown.speaker.name) == ("Anna Example", None)
    (group,) = _read("“We are ready,” the minister said.")
    assert (group.speaker.mention, group.speaker.name) == ("the minister", None)


def test_a_quotation_is_continued_in_its_paragraph_only():
    """A quotation right after an attributed one continues it; in a paragraph of its own it is not."""
    same = _read("“We are ready,” Rutte said. “We will stay so.”")
    assert [q.speaker.by for q in same] == ["explicit", "continuation"]
    apart = _read("“We are ready,” Rutte said.\n\n“We will stay so for a long time.”")
    assert apart[1].tier == "unattributed"
    assert apart[1].speaker is None


def test_a_pronoun_follows_the_subject_and_not_the_object():
    """A pronoun means the subject before it, through another pronoun too, and not a person only spoken of."""
    text = (
        "On Monday, Stoltenberg called on governments to convince Trump. He also mentioned Trump's "
        "presidency. He appealed to members, saying, “Do not be afraid of Trump.”"
    )
    (quotation,) = _read(text)
    assert quotation.speaker.name == "Jens Stoltenberg"


def test_an_unclear_pronoun_stays_unresolved():
    """Where two men could be meant and neither is the subject, the pronoun is left open."""
    (quotation,) = _read("There were talks with Trump and with Putin. “We are ready,” he said.")
    assert (quotation.speaker.mention, quotation.speaker.name) == ("he", None)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Rutte urged Europeans not to “complain endlessly” about Trump.", "negated_use"),
        ("Rutte said he would “never give in” to anyone.", "hypothetical"),
        ("Rutte said: “We met… and we left.”", "ellipsis"),
        ("Rutte met Putin. “She’s a respected leader,” Rutte said.", "lost_referent"),
    ],
)
def test_flags(text, flag):
    """Negated and hypothetical use, words left out, and a pronoun nobody fits are flagged."""
    (quotation,) = _read(text)
    assert flag in quotation.flags


def test_words_of_institutions_are_no_people():
    """Two capitalised words that name an institution are no person to whom a pronoun could refer."""
    for name in ("the World Bank", "the White House", "the Foreign Ministry"):
        (quotation,) = _read(f"Rutte visited {name} on the day. “She’s a respected leader,” Rutte said.")
        assert quotation.flags == ("lost_referent",), name


def test_a_named_woman_is_a_referent():
    """A pronoun has its referent once a person of its gender, or of unknown gender, is named."""
    for name in ("Kamala Harris", "Anna Example"):
        (quotation,) = _read(f"Rutte met {name} on the day. “She’s a respected leader,” Rutte said.")
        assert quotation.flags == ()


def test_marks_around_single_words_are_no_speech():
    """A single word between marks without a speaker is left out."""
    assert _read("The “summit” lasted long.") == []


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Rutte said that NATO would stay united.", "Rutte", "Mark Rutte"),
        ("NATO officials and diplomats expect that Rutte will stay.", "NATO officials and diplomats", None),
        ("Trump has threatened not to protect allies.", "Trump", "Donald Trump"),
        ("While leaders in the West emphasize that NATO is defensive, Moscow disagrees.", "leaders", None),
    ],
)
def test_indirect_statements(text, mention, name):
    """A statement without marks has its speaker, a group its words."""
    (statement,) = find_statements(prepare(text))
    assert (statement.speaker.mention, statement.speaker.name) == (mention, name)
    assert statement.text.startswith(mention)
