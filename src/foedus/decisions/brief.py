"""A decision's answer in five lines of plain language, and what its reader must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.errors import FoedusError
from foedus.rounding import written
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.decisions.result import Decision, Holdout

__all__ = [
    "INSTRUMENT_WORDS",
    "KIND_WORDS",
    "brief",
    "notes",
    "shown_name",
    "supposed_words",
    "unverified_words",
]

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

KIND_WORDS: dict[str, str] = {
    "text": "a text",
    "person": "a question about a person",
    "invitation": "an invitation",
    "operation": "an operation",
    "money": "a question of money",
}
"""What the kinds of questions are called in prose."""

MANY_DRAWS = 10_000
"""Draws from which the standard error is not printed."""

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
    return f"{in_per_cent(probability, 0)} %"


def unverified_words(count: int, total: int) -> str:
    """Return how many positions are assumed or unverified, as a clause; empty where none is."""
    return f"{count} of the {total} positions are assumed or unverified" if count else ""


def brief(answer: Decision) -> tuple[str, ...]:
    """Write the answer in five lines.

    Parameters
    ----------
    answer : Decision
        The answer's figures.

    Returns
    -------
    tuple of str
        Five lines: the chance and the base rate, where it falls, the holdouts, the price, what moves it.
    """
    ground = _ground(answer)
    if answer.probability_adopted is None:
        return (
            "No reversion is given, so nobody can be said to lose: no chance of adoption.",
            ground,
            "Holdouts: not worked out.",
            "Price: not worked out.",
            "Instruments: not worked out.",
        )
    likely = [h for h in answer.holdouts if h.probability_objects > answer.named_least_share]
    return (
        _chance(answer),
        ground,
        _objectors(likely, answer),
        _price(likely, answer),
        f"{_help(answer)} {_turns(answer)}".strip(),
    )


def _asked(answer: Decision) -> str:
    """Name the text and the day that a chance is of."""
    file = answer.file
    when = "ever" if file.by is None else f"by {file.by.day} {file.by:%B %Y}"
    if file.least == file.proposal:
        return (
            f"the text as tabled, {when}"
            if not answer.file.is_indivisible
            else f"the question as put, {when}"
        )
    side = "above" if file.reversion is not None and file.proposal > file.reversion else "below"
    return f"some text at {file.least:g} or {side}, {when}"


def _chance(answer: Decision) -> str:
    """Write the chance without and with instruments, that of the text as tabled, and the base rate."""
    p, plain = answer.probability_adopted or 0.0, answer.probability_without or 0.0
    asked = _asked(answer)
    if not answer.file.allowed:
        lead = f"Adoption is {_word(plain)} ({_per_cent(plain)}), no instrument being allowed: {asked}"
    else:
        of_kind = f"those open to {KIND_WORDS[answer.file.kind]}" if answer.file.kind else "those allowed"
        lead = (
            f"Adoption is {_word(plain)} without instruments ({_per_cent(plain)}) and {_word(p)} with "
            f"{of_kind} ({_per_cent(p)}{_error(answer)}): {asked}"
        )
    supposed = supposed_words(answer)
    parts = [f"{supposed}, {lead[0].lower()}{lead[1:]}" if supposed else lead]
    if answer.file.least != answer.file.proposal:
        parts.append(f"the text as tabled: {_per_cent(answer.probability_tabled or 0.0)}")
    if answer.file.by is not None:
        parts.append(f"at any time: {_per_cent(answer.probability_ever or 0.0)}")
    unsure = unverified_words(answer.unverified, len(answer.file.names))
    return f"{'; '.join([*parts, unsure] if unsure else parts)}. {_base(answer)}"


def _error(answer: Decision) -> str:
    """Return the standard error, where draws are few."""
    few = answer.draws < MANY_DRAWS and answer.standard_error is not None
    return f" ± {in_per_cent(answer.standard_error or 0.0, 1)} by {answer.draws:,} draws" if few else ""


def _base(answer: Decision) -> str:
    """Write the base rate, and whether it stands in the model's place."""
    base = answer.base_rate
    passed = f"{_per_cent(base.probability)} ({base.adopted} of {base.count} {base.record} passed)"
    if base.is_beaten:
        return f"The model of objections beats the base rate out of sample: {passed}."
    lead = "The model of objections has not been shown to beat the base rate, the forecast in its place"
    return f"{lead}: {passed}."


def supposed_words(answer: Decision) -> str:
    """Return who is supposed to agree, as a condition that opens a sentence; empty where nobody is."""
    names = [shown_name(name) for name in answer.supposed]
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"If {listed} {'agrees' if len(names) == 1 else 'agree'}"


def _ground(answer: Decision) -> str:
    """Write where the outcome falls: the fitted distribution first, and what the procedure makes of it."""
    scale, mean = answer.file.scale, answer.nulls[0].mean
    (low, high), (least, most) = (answer.outcome.interval(share) for share in (0.5, 0.9))
    line = (
        f"By recorded decisions the outcome falls between {written(low)} and {written(high)} "
        "of 100 half of the time, "
        f"between {written(least)} and {written(most)} nine times in ten (0: {scale.zero}; "
        f"100: {scale.hundred}); the "
        f"influence × salience mean is {written(mean)}"
    )
    if answer.procedure is None:
        return f"{line}."
    return (
        f"{line}, and the silence procedure makes {written(answer.procedure.mean)} of it, failures included."
    )


def _objectors(likely: list[Holdout], answer: Decision) -> str:
    """Name the holdouts."""
    risk = [h for h in answer.holdouts if h.probability_objects >= 0.005]
    fails = answer.probability_fails or 0.0
    alone = f" With nobody objecting it still fails {_per_cent(fails)} of the time." if fails >= 0.005 else ""
    if not risk:
        return f"Nobody loses by the draft, so nobody is expected to object.{alone}"
    if not likely:
        return (
            "Nobody is named: no member's chance of objecting is above "
            f"{_per_cent(answer.named_least_share)}, and {len(risk)} share the risk.{alone}"
        )
    named = [f"{shown_name(h.name)} ({_stance(h)})" for h in likely[:3]]
    more = f", and {len(likely) - 3} more" if len(likely) > 3 else ""
    return f"Most likely to object: {', '.join(named)}{more}.{alone}"


def _stance(holdout: Holdout) -> str:
    """Write a holdout's chance of objecting, and of blocking to the end."""
    first = f"{_per_cent(holdout.probability_objects)} at first"
    if holdout.probability_holds < 0.005:
        return f"{first}, then won over"
    return f"{first}, blocks to the end {_per_cent(holdout.probability_holds)}"


def _price(likely: list[Holdout], answer: Decision) -> str:
    """Write what frees the holdouts, and which draft is the best bet."""
    best = answer.best
    if best is None:
        return (
            "The question is indivisible: no weaker text frees anybody, so a holdout is won over by "
            "something else or not at all."
        )
    bet = (
        f"the draft with the greatest chance × ambition stands at {written(best.draft)}, adopted with "
        f"{_per_cent(best.probability_adopted)}."
    )
    if not likely:
        return f"No single concession is needed; {bet}"
    reversion = 0.0 if answer.file.reversion is None else answer.file.reversion
    asks = []
    for h in likely[:3]:
        if abs(h.acceptable_draft - reversion) < 0.5:
            asks.append(f"{shown_name(h.name)} accepts no draft beyond the reversion")
        elif h.accepts_grade == "given":
            asks.append(f"{shown_name(h.name)} accepts {written(h.accepts[0])} to {written(h.accepts[1])}")
        else:
            asks.append(f"{shown_name(h.name)} accepts up to {written(h.acceptable_draft)}")
    return f"By the text alone, {', '.join(asks)}; {bet}"


def _help(answer: Decision) -> str:
    """Write which allowed instrument matters most, and which other would add most."""
    p = answer.probability_adopted or 0.0
    allowed = [i for i in answer.instruments if i.allowed]
    if not allowed:
        return "The broker has no instrument: the draft passes as it is or not at all."
    best = max(allowed, key=lambda i: i.probability_adopted_alone)
    lost = max(allowed, key=lambda i: p - i.probability_adopted_without)
    return (
        f"By itself {INSTRUMENT_WORDS[best.instrument]} brings the chance to "
        f"{_per_cent(best.probability_adopted_alone)}; without {INSTRUMENT_WORDS[lost.instrument]} "
        f"it would be {_per_cent(lost.probability_adopted_without)}."
    )


def _turns(answer: Decision) -> str:
    """Write at which positions of the members that matter most the chance crosses one half."""
    turning = [t for t in answer.turning_points if t.turns_at is not None]
    fixed = [t for t in answer.turning_points if t.turns_at is None]
    passes = (answer.probability_adopted or 0.0) >= 0.5
    rises = answer.file.reversion is not None and answer.file.proposal > answer.file.reversion
    side = "below" if passes == rises else "above"
    words = []
    if turning:
        moves = ", or ".join(f"{_owner(t.name)} position is {side} {written(t.turns_at)}" for t in turning)
        words.append(f"The answer turns if {moves}.")
    if fixed:
        words.append(f"No position of {' or of '.join(shown_name(t.name) for t in fixed)} alone turns it.")
    return " ".join(words)


def _owner(name: str) -> str:
    """Return a member's name in the genitive."""
    shown = shown_name(name)
    return f"{shown}'" if shown.endswith("s") else f"{shown}'s"


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
        "are no better than these and the positions in the file.",
        "Withdrawn: a Brier score of 0.086 against 0.180 that was once given for the model of objections was "
        "optimism in sample; on decisions kept apart it had 0.227 against 0.207.",
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
    if answer.supposed:
        lines.append(
            "Who is supposed to agree accepts every draft and asks for nothing in return; all other "
            "positions are the file's."
        )
    lines += _asked_notes(answer)
    if answer.draws > 1000:
        lines.append("Frontier, instruments, turning points and blocking values use the first 2,000 draws.")
    if file.notes:
        lines.append(" ".join(file.notes.split()))
    return tuple(lines)


def _asked_notes(answer: Decision) -> list[str]:
    """Write what of the question was taken as given, narrowed or assumed."""
    file = answer.file
    lines: list[str] = []
    if answer.probability_adopted is None:
        return lines
    closed = [INSTRUMENT_WORDS[i] for i in file.instruments if i not in file.allowed]
    if closed and file.kind is not None:
        lines.append(f"Not open to {KIND_WORDS[file.kind]}, so left out: {', '.join(closed)}.")
    if file.kind is None and not file.instruments:
        lines.append("Neither a kind nor instruments are given, so that no instrument is used; give a kind.")
    assumed = sum(h.accepts_grade == "assumed" for h in answer.holdouts)
    if assumed:
        lines.append(
            f"What {assumed} of {len(answer.holdouts)} members accept is assumed: all that leaves them no "
            "worse off than the reversion."
        )
    if file.by is not None and file.opening is None:
        lines.append("When the question was opened is not given: days are counted from the day of asking.")
    if answer.days:
        low, middle, high = answer.days
        lines.append(
            f"Such questions take {written(middle)} days from opening to decision, {written(low)} "
            f"to {written(high)} eight "
            "times in ten."
        )
    if file.deadline is not None:
        lines.append(
            "That a deadline settles most questions is counted on 11; left out one at a time it is not shown "
            "to say more than one interval for all."
        )
    return lines
