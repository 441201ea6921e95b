"""The source card of a figure: publisher, title, day, table, read or quoted, terms, and what came next."""

from __future__ import annotations

from datetime import date

from foedus.evidence import Ledger
from foedus.evidence.source_card import source_card, source_cards

LEDGER = Ledger.packaged()


def test_every_edition_has_a_whole_card() -> None:
    """The card of each packaged edition says all six things, and none of them is empty."""
    for card in LEDGER.editions.values():
        words = source_card(card)
        assert all((words.publisher, words.title, words.terms, words.table))
        assert [name for name, _ in words.lines()][:5] == ["Published", "Held", "Known", "Terms", "Next"]
        assert all(text.strip() for _, text in words.lines())


def test_a_figure_says_how_it_is_known() -> None:
    """A figure that the press quoted is called quoted, one that was read is called read."""
    card = LEDGER.editions["nato-2025-08"]
    assert source_card(card, row={"known": "press"}).known == "quoted by the press"
    assert source_card(card, row={"known": "retrieved"}).known.startswith("read in ")


def test_the_next_edition_is_named_as_far_as_it_had_come_out() -> None:
    """After June 2024 comes what NATO published next; before that day nothing was known to follow."""
    card = LEDGER.editions["nato-2024-06"]
    assert source_card(card).following != "no later edition is known"
    assert source_card(card, day=date(2024, 7, 1)).following == "no later edition is known"
    newest, *_ = source_cards(LEDGER.editions.values())
    assert newest.published == max(c.published for c in LEDGER.editions.values())
