"""Colours by meaning: every one in daylight and in the dark, and dark enough on what it stands on."""

from __future__ import annotations

import re

import pytest

from foedus.plotting.tokens import DARK, LIGHT, on_paper, token

TEXTS = ("ink", "soft", "faint", "us", "mine")
GROUNDS = ("paper", "ground", "sunk")
MARKS = ("us", "us-2", "mine-fill", "short", "nochange", "plum", "green", "rose", "axis")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_both_schemes_name_the_same_colours() -> None:
    """What has a colour by day has one in the dark."""
    assert set(LIGHT) == set(DARK)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in (*LIGHT.values(), *DARK.values()))


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(scheme: dict[str, str]) -> None:
    """Text has a contrast of 4.5 at least on page, card and quiet ground; a mark has 3 on the card."""
    pairs = {(t, g): contrast(scheme[t], scheme[g]) for t in TEXTS for g in GROUNDS}
    assert {pair: round(c, 2) for pair, c in pairs.items() if c < 4.5} == {}
    marks = {mark: round(contrast(scheme[mark], scheme["paper"]), 2) for mark in MARKS}
    assert {mark: c for mark, c in marks.items() if c < 3.0} == {}


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_filled_buttons_can_be_read(scheme: dict[str, str]) -> None:
    """What stands in the card's colour on a filled chip or the line's label has a contrast of 4.5."""
    assert min(contrast(scheme["paper"], scheme[name]) for name in ("us", "mine", "ink")) >= 4.5


def test_a_file_has_no_names() -> None:
    """On paper every name is a colour; a name that is nobody's stays, so that it is seen."""
    assert on_paper(f"fill={token('us')} {token('mine-2')}") == f"fill={LIGHT['us']} {LIGHT['mine-2']}"
    assert on_paper("var(--none)") == "var(--none)"
    with pytest.raises(KeyError):
        token("none")
