"""A decision's answer in five lines of plain language, and what its reader must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.errors import FoedusError

if TYPE_CHECKING:
    from foedus.decisions.result import Decision, Holdout

__all__ = ["INSTRUMENT_WORDS", "brief", "notes", "shown_name"]

INSTRUMENT_WORDS: dict[str, str] = {
    "side_payment": "a side payment",
    "opt_out": "an opt-out",
    "dilute": "a weaker text",
    "sequence": "deciding in steps",
    "change_of_venue": "another venue",
    "prerogative": "the Secretary General's prerogative",
    "defer": "more time",
}
"""What the instruments are called in prose."""

_WORDS = ((0.95, "almost certain"), (0.75, "likely"), (0.55, "more likely than not"), (0.45, "an even bet"))
_LOW = ((0.25, "less likely than not"), (0.05, "unlikely"), (0.0, "almost excluded"))


def shown_name(name: str) -> str:
    """Return a member's name in print: a country's short name, or the name as it is."""
    from foedus.axes import country_name

    try:
        return country_name(name)
    except FoedusError:
        return name


def _word(probability: float) -> str:
    """Return a probability in words."""
    return next(word for least, word in (*_WORDS, *_LOW) if probability >= least)


def _per_cent(probability: float) -> str:
    """Write a probability in whole per cent."""
    return f"{100 * probability:.0f} %"


def brief(answer: Decision) -> tuple[str, ...]:
    """Write the answer in five lines.

    Parameters
    ----------
    answer : Decision
        The answer's figures.

    Returns
    -------
    tuple of str
        Five sentences: the probability, the middle ground, the holdouts, the price, and what helps.
    """
    scale, mean, predicted = answer.file.scale, answer.nulls[0], answer.predicted
    ground = (
        f"By influence and salience the middle ground lies at {mean.mean:.0f} of 100 (0: {scale.zero}; "
        f"100: {scale.hundred}); recorded decisions of this shape fell between "
        f"{predicted.quantiles[1]:.0f} and {predicted.quantiles[3]:.0f} half of the time."
    )
    if answer.probability_adopted is None or answer.best is None:
        return (
            "No reversion is given, so nobody can be said to lose: no chance of adoption.",
            ground,
            "Holdouts: not worked out.",
            "Price: not worked out.",
            "Instruments: not worked out.",
        )
    p = answer.probability_adopted
    first = (
        f"Adoption is {_word(p)}: {_per_cent(p)}, and {_per_cent(answer.probability_first_silence or 0.0)} "
        "that nobody breaks silence on the draft as tabled."
    )
    likely = [h for h in answer.holdouts if h.probability_objects >= 0.005]
    return (first, ground, _objectors(likely), _price(likely, answer), _help(answer))


def _objectors(likely: list[Holdout]) -> str:
    """Name the holdouts."""
    if not likely:
        return "Nobody loses by the draft, so nobody is expected to object."
    named = [
        f"{shown_name(h.name)} ({_per_cent(h.probability_objects)} at first, "
        f"{_per_cent(h.probability_holds)} to the end)"
        for h in likely[:3]
    ]
    more = f", and {len(likely) - 3} more" if len(likely) > 3 else ""
    return f"Most likely to object: {', '.join(named)}{more}."


def _price(likely: list[Holdout], answer: Decision) -> str:
    """Write what frees the holdouts, and which draft is the best bet."""
    best = answer.best
    assert best is not None
    bet = (
        f"the draft with the greatest chance × ambition stands at {best.draft:.0f}, adopted with "
        f"{_per_cent(best.probability_adopted)}."
    )
    if not likely:
        return f"No concession is needed; {bet}"
    reversion = 0.0 if answer.file.reversion is None else answer.file.reversion
    asks = []
    for h in likely[:3]:
        if abs(h.acceptable_draft - reversion) < 0.5:
            asks.append(f"{shown_name(h.name)} accepts no draft beyond the reversion")
        else:
            asks.append(f"{shown_name(h.name)} accepts up to {h.acceptable_draft:.0f}")
    return f"By the text alone, {', '.join(asks)}; {bet}"


def _help(answer: Decision) -> str:
    """Write which allowed instrument matters most, and which other would add most."""
    p = answer.probability_adopted or 0.0
    allowed = [i for i in answer.instruments if i.allowed]
    if not allowed:
        return "The file allows the broker no instrument: the draft passes as it is or not at all."
    best = max(allowed, key=lambda i: i.probability_adopted_alone)
    lost = max(allowed, key=lambda i: p - i.probability_adopted_without)
    return (
        f"By itself {INSTRUMENT_WORDS[best.instrument]} brings the chance to "
        f"{_per_cent(best.probability_adopted_alone)}; without {INSTRUMENT_WORDS[lost.instrument]} "
        f"it would be {_per_cent(lost.probability_adopted_without)}."
    )


def notes(answer: Decision) -> tuple[str, ...]:
    """Write what the answer rests on.

    Parameters
    ----------
    answer : Decision
        The answer's figures.

    Returns
    -------
    tuple of str
        Sentences.
    """
    from foedus.axes import country_code
    from foedus.decisions.parameters import FOLDER

    file = answer.file
    grades = [p.grade for p in FOLDER.component("decisions").values()]
    weak = sum(grade in {"judged", "assumed"} for grade in grades)
    lines = [
        f"{weak} of the {len(grades)} numbers of the silence procedure are judged or assumed; the chances "
        "are no better than these and the positions in the file."
    ]
    own = []
    for name in file.names:
        try:
            country_code(name)
        except FoedusError:
            own.append(name)
    if own:
        lines.append(f"Not countries, taken as actors of their own: {', '.join(own)}.")
    if not file.influence and all(m.influence is None for m in file.members):
        lines.append("No influence is given: all members weigh the same.")
    if answer.draws > 1000:
        lines.append("Frontier, instruments and blocking values use the first 2,000 draws.")
    if file.notes:
        lines.append(" ".join(file.notes.split()))
    return tuple(lines)
