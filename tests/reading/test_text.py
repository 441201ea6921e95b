"""Plain text, sentences and quotation marks."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.context import prepare
from foedus.reading.text import FOLD, mask_quotations, plain_text, quotation_spans, split_sentences


@given(st.text(max_size=300))
def test_every_place_leads_back(raw):
    """Each character of the plain form stands at its own place of the raw text, in the same order."""
    plain = plain_text(raw)
    assert len(plain.raw_index) == len(plain.text) + 1
    assert list(plain.raw_index) == sorted(plain.raw_index)
    for character, place in zip(plain.text, plain.raw_index, strict=False):
        assert character in " \n" or raw[place].translate(FOLD) == character


@given(st.text(alphabet='ab ."“”\n', max_size=200))
def test_sentences_cover_everything_but_white_space(raw):
    """Sentences are in order, do not overlap, and leave out only white space."""
    text = plain_text(raw).text
    spans = split_sentences(text)
    kept = set()
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    for start, end in spans:
        kept |= set(range(start, end))
    assert {c for i, c in enumerate(text) if i not in kept} <= {" ", "\n"}


@given(st.text(alphabet='ab ,.“”"\n', max_size=120))
def test_quotations_open_before_they_close(raw):
    """Pairs of quotation marks are in order, do not overlap, and never cross a paragraph."""
    plain = plain_text(raw)
    pairs, left = quotation_spans(plain)
    marks = sum(len(pair) for pair in pairs) + len(left)
    assert marks <= plain.text.count('"')
    for start, end in pairs:
        assert plain.text[start] == plain.text[end - 1] == '"'
        assert "\n" not in plain.text[start:end]
    assert pairs == sorted(pairs)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("He left the U.S. The war went on.", ["He left the U.S.", "The war went on."]),
        ("Mr. Rutte spoke. Gen. Cavoli did not.", ["Mr. Rutte spoke.", "Gen. Cavoli did not."]),
        ("Spending rose 2.5 percent. Why?", ["Spending rose 2.5 percent.", "Why?"]),
        ('"We met. We spoke." He left.', ['"We met.', 'We spoke."', "He left."]),
        ("J. Smith spoke", ["J. Smith spoke"]),
    ],
)
def test_abbreviations_do_not_end_sentences(text, sentences):
    """A full stop ends a sentence, but for one in an abbreviation, an initial or a number."""
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_masking_keeps_length_and_the_last_mark():
    """Masked quotations keep the text's length, and the full stop before the closing mark."""
    plain = plain_text('He said, "We met. We left." They went.')
    masked = mask_quotations(plain.text, quotation_spans(plain)[0])
    assert len(masked) == len(plain.text)
    assert [masked[a:b] for a, b in split_sentences(masked)] == ['He said, "_______________."', "They went."]


def test_wrapped_lines_are_one_paragraph():
    """Lines that a program broke make one paragraph; whole lines make one each."""
    body = "The allies met in Brussels and spoke of many things that mattered to all of them on the day. " * 3
    assert len(plain_text(textwrap.fill(body, 60)).paragraphs) == 1
    assert len(plain_text(f"{body}\n{body}").paragraphs) == 2


def test_an_unclosed_mark_is_reported():
    """A mark that is not closed before its paragraph ends makes no quotation and is reported."""
    plain = plain_text("“We met, he said.\n\n“We left,” she said.")
    pairs, left = quotation_spans(plain)
    assert [plain.text[a:b] for a, b in pairs] == ['"We left,"']
    assert left == [0]


def test_single_marks_count_where_no_double_ones_stand():
    """A text that quotes with single marks is read too, and its apostrophes are not marks."""
    plain = plain_text("‘We won’t leave,’ Rutte said. It’s late.")
    assert [plain.text[a:b] for a, b in quotation_spans(plain)[0]] == ["'We won't leave,'"]


PROSE = (
    "Allies met in Brussels on Monday to speak about money, and the talks went on until late at night. "
    "Germany spends 2.12 % of its GDP on defence this year, as figures that were published in June show. "
    "Officials said that the mood was good, although three of the delegations left before the meeting ended. "
    "The next meeting of the ministers is planned for the autumn, when the budgets of most members are known."
)
LONG = "See also " + "https://example.org/" + "a-page-about-defence-budgets-" * 6 + "end"


@pytest.mark.parametrize("width", range(40, 101, 5))
@pytest.mark.parametrize("extra", ["", LONG + "\n\n", LONG.replace("See", "A heading: see") + "\n"])
def test_one_long_line_does_not_make_paragraphs_of_the_others(width, extra):
    """A wrapped text is one paragraph, whatever stands above it."""
    wrapped = textwrap.fill(PROSE, width, break_long_words=False, break_on_hyphens=False)
    assert plain_text(extra + wrapped).text.split("\n")[-1] == PROSE


@pytest.mark.parametrize("width", range(40, 101, 10))
def test_a_long_line_inside_a_wrapped_text_goes_on(width):
    """A line of two hundred characters among short ones ends no paragraph."""
    head, tail = PROSE[:201], PROSE[201:]
    cut = head.rindex(" ")
    wrapped = head[:cut] + "\n" + textwrap.fill(head[cut + 1 :] + tail, width, break_on_hyphens=False)
    assert plain_text(wrapped).text == PROSE


@pytest.mark.parametrize("width", [40, 80, 130, 200])
def test_in_markdown_a_line_break_is_a_space(width):
    """Only an empty line, a heading or an item ends a paragraph of Markdown."""
    body = textwrap.fill(PROSE, width, break_on_hyphens=False)
    raw = f"# A heading\n{body}\n- one item\n- another\n"
    text = prepare(raw, markdown=True).text
    assert text.split("\n") == ["A heading", PROSE, "one item", "another"]
