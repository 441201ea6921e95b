"""A text that is not English says so."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.reading.language import NOT_ENGLISH, is_english
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text

LEDGER = LedgerIndex.load()

OTHERS = {
    "German": (
        "Die NATO hat 32 Mitglieder, und 23 von ihnen geben in diesem Jahr, wie der Generalsekretär sagte, "
        "mindestens 2 % ihrer Wirtschaftsleistung für die Verteidigung aus."
    ),
    "Dutch": "De NAVO heeft 32 leden en 23 daarvan geven dit jaar 2% van het bbp uit aan het leger, zei hij.",
    "French": "L'OTAN compte 32 membres et 23 d'entre eux consacrent 2 % de leur PIB à la défense.",
    "Spanish": "La OTAN tiene 32 miembros y 23 de ellos gastan el 2% del PIB en defensa este año, dijo.",
    "Polish": "NATO ma 32 członków, a 23 z nich wydaje w tym roku 2% PKB na obronę, powiedział.",
}
ENGLISH = [
    "NATO has 32 members.",
    "Mark Rutte, Jens Stoltenberg, Donald Trump.",
    "Rutte succeeded Anders Fogh Rasmussen as NATO Secretary General.",
    "Poland, Estonia and Latvia lead NATO allies, while Spain, Belgium and Italy lag; budgets grew.",
    "Germany 2.12 France 2.06 Poland 4.12 Estonia 3.43 Latvia 3.15 Lithuania 2.85 Greece 3.08 Britain 2.33",
]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_another_language_is_told(text):
    """A text in another language is not looked through for claims, and its reading says why."""
    assert not is_english(text)
    reading = read_text(f"{text}\n\n{text}", LEDGER, day=date(2024, 10, 1))
    assert NOT_ENGLISH in reading.notes
    assert reading.claims == ()


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text):
    """Short texts, names and tables are taken for English."""
    assert is_english(text)
    assert NOT_ENGLISH not in read_text(text, LEDGER, day=date(2024, 10, 1)).notes
