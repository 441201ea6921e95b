"""The view of a decision: its chance, the table of members, the ladder of offers, what one ally is worth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.dashboard.pages.decide import PassQuestion, decided, page_question
from foedus.dashboard.views import Key, PageChart, SureSection, View
from foedus.decisions.answer import if_words, record_words, supposed_answer
from foedus.decisions.brief import INSTRUMENT_WORDS, shown_name
from foedus.decisions.seats import seats_of, seats_title
from foedus.decisions.shipped import list_decisions
from foedus.evidence.institutions import members_on
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from foedus.dashboard.state import AppState
    from foedus.decisions.result import Decision
    from foedus.results import Answer

__all__ = ["decide_view"]

MOST_SUPPOSED = 6
"""Members that can be supposed to agree with one press: those likeliest to object."""

MOST_RUNGS = 3
"""Single instruments on the ladder: those that do most by themselves."""

SEEN = 0.005
"""Below this a chance is nought in print."""


def decide_view(state: AppState, question: PassQuestion) -> View:
    """Show a decision.

    Parameters
    ----------
    state : AppState
        Keeps answers.
    question : PassQuestion
        What was asked.

    Returns
    -------
    View
        The answer for the stage.
    """
    asked = page_question(question)
    # Without an offer the question is put as it is; the ladder shows what each offer would do.
    whole = decided(state, asked.model_copy(update={"allow": ()} if question.offer else {}))
    offered = bool(question.offer)
    shown = decided(state, asked) if offered else whole
    answer = _answer(shown, offered)
    return View(
        headline=answer.sentence(),
        sentences=shown.sentences(),
        answer=answer,
        charts=_charts(shown),
        tables=shown.tables(),
        sure=_sure(shown),
        notes=shown.notes,
        allies={seat.code: f"{seat.tip}." for seat in seats_of(shown)},
        parts=_parts(question, whole, shown, answer),
    )


def _answer(answer: Decision, offered: bool) -> Answer:
    """Return the answer: of what nobody has put, the chance as it is or with what is offered."""
    return supposed_answer(answer, offered=offered) if _is_if(answer) else answer.answer()


def _is_if(answer: Decision) -> bool:
    """Whether the answer is of something that nobody has put, or of a supposition."""
    return answer.probability_adopted is not None and bool(answer.supposed or answer.file.hypothetical)


def _chart_title(answer: Answer, shown: Decision) -> str:
    """Return the title of the ring, which says the chance as put, or of the answer where it is not drawn."""
    return seats_title(shown) if shown.holdouts else answer.title


def _charts(answer: Decision) -> tuple[PageChart, ...]:
    """Return the table of members, where there is a reversion, and where members stand."""
    from foedus.decisions.seats_chart import seats_in_box

    positions = PageChart("positions", partial(answer.chart, "positions"), title="Positions")
    if not answer.holdouts:
        return (positions,)
    seats = PageChart(
        "seats",
        partial(answer.chart, "seats"),
        draw=partial(seats_in_box, answer),
        title="Members",
        note=f"The table of {len(answer.holdouts)}. Outwards: how likely a member is to break silence on the "
        "draft as put.",
        keys=(Key("us", "accepts"), Key("short", "breaks silence"), Key("readings", "range of readings")),
    )
    return seats, positions


def _sure(answer: Decision) -> tuple[SureSection, ...]:
    """Return how the chance is worked out, and what it rests on."""
    positions = tuple(
        f"{', '.join(shown_name(name) for name in group.who)}: {group.basis or 'no basis given'}"
        f"{f' ({group.known})' if group.known else ''}"
        for group in answer.file.members
    )
    return (
        SureSection("In five lines", answer.brief),
        SureSection("What to know", answer.notes),
        SureSection("Each position and its source", positions),
        *((SureSection("Sources of the file", answer.file.sources),) if answer.file.sources else ()),
    )


def _parts(question: PassQuestion, whole: Decision, shown: Decision, answer: Answer) -> dict[str, Any]:
    """Return what the page's own templates show."""
    is_if = _is_if(shown)
    offers = [(name, INSTRUMENT_WORDS[name]) for name in whole.file.allowed]
    picked = set(question.offer or ())
    return {
        "title": shown.title,
        "chart_title": _chart_title(answer, shown),
        "claim": "is the chance that all accept." if is_if else answer.claim,
        "beside": (if_words(shown), record_words(shown)) if is_if else answer.beside,
        "open": [(row.name, row.title) for row in list_decisions().rows if row.is_open],
        "past": [(row.name, row.title) for row in list_decisions().rows if not row.is_open],
        "offers": [{"name": name, "words": words, "picked": name in picked} for name, words in offers],
        "supposable": _supposable(whole),
        "rungs": _rungs(whole, picked),
        "alone": _alone(shown, bool(picked)),
        "allies": [(code, country_name(code)) for code in _by_name()],
        "against": _codes(question.against),
        "unsure": _codes(question.unsure),
    }


def _by_name() -> list[str]:
    """Return the allies of today by their names."""
    from datetime import date

    return sorted(members_on(date.today()), key=country_name)


def _codes(names: Sequence[str]) -> list[str]:
    """Return the codes of allies that were picked."""
    from foedus.axes import country_codes

    return country_codes(names, where="--against") if names else []


def _supposable(answer: Decision) -> list[dict[str, Any]]:
    """Return who can be supposed to agree: those supposed already, and those likeliest to object."""
    objecting = [row for row in answer.holdouts if (row.objects_high or row.probability_objects) >= SEEN]
    names = list(answer.supposed)
    names += [row.name for row in objecting[: max(0, MOST_SUPPOSED - len(names))]]
    return [
        {"code": name, "name": shown_name(name), "picked": name in answer.supposed}
        for name in dict.fromkeys(names)
    ]


def _rungs(answer: Decision, picked: set[str]) -> list[dict[str, Any]]:
    """Return the ladder: as put, with each instrument alone, and with all that is open to the question."""
    if answer.probability_adopted is None:
        return []
    allowed = answer.file.allowed
    rungs = [_rung("as put", (), answer.probability_without, answer.band_without, not picked)]
    if len(allowed) > 1:
        best = sorted(
            (each for each in answer.instruments if each.allowed),
            key=lambda each: -each.probability_adopted_alone,
        )[:MOST_RUNGS]
        rungs += [
            _rung(
                f"+ {INSTRUMENT_WORDS[effect.instrument]}",
                (effect.instrument,),
                effect.probability_adopted_alone,
                None,
                picked == {effect.instrument},
            )
            for effect in answer.instruments
            if effect in best
        ]
    if allowed:
        words = f"+ {INSTRUMENT_WORDS[allowed[0]]}" if len(allowed) == 1 else "all of them"
        whole = picked == set(allowed)
        rungs.append(_rung(words, allowed, answer.probability_adopted, answer.band_adopted, whole))
    return rungs


def _rung(
    words: str,
    offer: tuple[str, ...],
    chance: float | None,
    band: tuple[float, float] | None,
    current: bool,
) -> dict[str, Any]:
    """Return one rung with its bar, which is 100 wide."""
    return {
        "words": words,
        "offer": list(offer),
        "chance": per_cent(chance, 0),
        "range": f"{written(band[0], scale=2)} to {written(band[1], scale=2)}" if band else "",
        "current": current,
        **_bar(chance, band),
    }


def _bar(chance: float | None, band: tuple[float, float] | None) -> Mapping[str, str]:
    """Return the places of a bar in a box 100 wide."""
    at = 100.0 * (chance or 0.0)
    low, high = (100.0 * end for end in band) if band else (0.0, at)
    return {"at": written(at, 1), "low": written(low, 1), "width": written(max(0.5, high - low), 1)}


def _alone(answer: Decision, offered: bool) -> list[dict[str, Any]]:
    """Return what the chance would be if one member alone agreed, the greatest first."""
    before = answer.probability_adopted if offered else answer.probability_without
    rows = []
    for row in answer.holdouts:
        chance = row.adopted_if_agrees if offered else row.without_if_agrees
        if chance is None or chance - (before or 0.0) < SEEN:
            continue
        rows.append((chance, row.name))
    return [
        {
            "code": name,
            "name": shown_name(name),
            "chance": per_cent(chance, 0),
            "width": written(100.0 * chance, 1),
            "at": written(100.0 * (before or 0.0), 1),
        }
        for chance, name in sorted(rows, key=lambda row: -row[0])[:5]
    ]
