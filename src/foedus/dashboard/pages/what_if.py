"""What if: two scenarios, shipped or one's own, side by side; the sliders move the second one."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.pages.scenarios_api import AsOf, Changes, Draws, Scenario, Seed
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Control, Page, Question, View
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["KEYS", "WHAT_IF_PAGE", "Side", "WhatIf", "shipped_titles"]

KEYS = {
    "target": "levers.pledge.target",
    "deadline": "levers.pledge.deadline",
    "growth": "uncertainties.growth_shift",
    "compliance": "uncertainties.compliance",
    "threat_until": "uncertainties.threat_until",
    "plans": "levers.announced_plans",
}
"""The scenario's key that each control sets."""

Name = Annotated[str | None, Field(max_length=60, description="What one's own scenario is called.")]


@dataclass(frozen=True)
class Side:
    """One of the two scenarios, as the address has it.

    Attributes
    ----------
    parent : str
        The shipped scenario.
    changes : mapping of str to object
        Keys with other values.
    name : str
        What it was called; empty where it has no name of its own.
    """

    parent: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called in print."""
        if self.name or not self.changes:
            return self.name or shipped_titles()[self.parent]
        return ", ".join(_said(key, value) for key, value in self.changes.items())[:60]

    @property
    def sets(self) -> list[str]:
        """Its changes as `--set` takes them."""
        from foedus.scenario.own import written_change

        return [written_change(key, value) for key, value in self.changes.items()]


class WhatIf(Question):
    """Two scenarios: the first as it is, the second with what the sliders change."""

    scenario: Scenario = "baseline"
    first_set: Annotated[
        Changes | None, Field(max_length=20, description="Keys of the first one with other values.")
    ] = None
    first_name: Name = None
    other: Annotated[
        str | None, Field(max_length=100, description="The second scenario; without it, the first one.")
    ] = None
    set: Annotated[
        Changes | None, Field(max_length=20, description="Keys of the second one with other values.")
    ] = None
    name: Name = None
    target: Annotated[float | None, Field(ge=0.0, le=0.2)] = None
    deadline: Annotated[int | None, Field(ge=2025, le=2060)] = None
    growth: Annotated[float | None, Field(ge=-0.05, le=0.05)] = None
    compliance: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    threat_until: Annotated[int | None, Field(ge=2014, le=2100)] = None
    plans: bool | None = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None

    def first(self) -> Side:
        """Return the first scenario."""
        from foedus.scenario.changes import read_changes

        check_shipped(self.scenario)
        return Side(self.scenario, read_changes(self.first_set or ()), self.first_name or "")

    def second(self) -> Side | None:
        """Return the second scenario; None while it is the first one still."""
        first, base = self.first(), self._base()
        own = own_values(base.parent, tuple(base.sets))
        given = {name: getattr(self, name) for name in KEYS}
        moved = {KEYS[n]: v for n, v in given.items() if v is not None and v != own.get(n)}
        changes = {**base.changes, **moved}
        if (base.parent, changes) == (first.parent, dict(first.changes)):
            return None
        return Side(base.parent, changes, self.name or "")

    def values(self) -> dict[str, Any]:
        """Return what each control stands at: what was asked, or the second scenario's own value."""
        base = self._base()
        own = own_values(base.parent, tuple(base.sets))
        asked = self.model_dump(mode="json")
        return {name: own.get(name) if value is None else value for name, value in asked.items()}

    def _base(self) -> Side:
        """Return the second scenario before any slider has moved."""
        from foedus.scenario.changes import read_changes

        first = self.first()
        changes = read_changes(self.set or ())
        if self.other is None:
            return Side(first.parent, {**first.changes, **changes})
        check_shipped(self.other)
        return Side(self.other, changes)


@cache
def shipped_titles() -> Mapping[str, str]:
    """Return the shipped scenarios with their titles."""
    from foedus.scenario.find import find, shipped

    return {name: find(name).content.title for name in shipped()}


@cache
def own_values(parent: str, sets: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the values that the controls have in a scenario, before any of them has moved."""
    from foedus.scenario.changes import changed, read_changes
    from foedus.scenario.find import find

    content = changed(find(parent), read_changes(sets)).content
    beliefs = content.uncertainties
    return {
        "target": content.levers.pledge.target,
        "deadline": content.levers.pledge.deadline,
        "growth": beliefs.growth_shift,
        "compliance": beliefs.compliance,
        "threat_until": beliefs.threat_until,
        "plans": content.levers.announced_plans,
    }


def _said(key: str, value: Any) -> str:
    """Write a change in a few words."""
    if key == KEYS["target"]:
        return f"{written(value, 1, scale=2)} % of GDP"
    if key == KEYS["deadline"]:
        return f"due {value}"
    if key == KEYS["growth"]:
        return f"growth {written(value, 1, scale=2, signed=True)} points"
    if key == KEYS["compliance"]:
        return f"{written(value, scale=2)} % of each step"
    if key == KEYS["threat_until"]:
        return f"threat to {value}"
    if key == KEYS["plans"]:
        return "plans followed" if value else "plans passed over"
    return f"{key.rpartition('.')[2]} {value}"


def _view(state: AppState, question: WhatIf) -> View:
    """Show both scenarios."""
    from foedus.dashboard.pages.what_if_view import what_if_view

    return what_if_view(state, question)


def _threat(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the years until which the threat may stay raised."""
    return [*((str(y), f"raised until {y}") for y in range(2025, 2036)), ("", "stays raised")]


MORE = "Growth, threat, announced plans"


def _controls() -> tuple[Control, ...]:
    """Return the controls of the second scenario."""
    return (
        Control("target", "Pledge, of GDP", low=0.015, high=0.06, step=0.001, shown="per_cent"),
        Control("deadline", "Due by", low=2027, high=2050, step=1),
        Control(
            "compliance",
            "Kept",
            "stops",
            options=lambda _: [
                ("", "as the last one"),
                *((written(i / 10, 1), f"{10 * i} % of each step") for i in range(11)),
            ],
        ),
        Control("name", "Call it", "text"),
        Control(
            "growth",
            "Growth, points a year more or less",
            low=-0.03,
            high=0.03,
            step=0.001,
            shown="points",
            group=MORE,
        ),
        Control("threat_until", "Threat to the eastern allies", "stops", options=_threat, group=MORE),
        Control(
            "plans",
            "Announced plans",
            "select",
            options=lambda _: [("true", "followed as far as in the past"), ("false", "passed over")],
            group=MORE,
        ),
    )


def _many(question: WhatIf) -> list[str]:
    """Return draws, seed and day as options of a command."""
    words = []
    if question.draws != 1000:
        words += ["--draws", str(question.draws)]
    if question.seed != 1:
        words += ["--seed", str(question.seed)]
    return words + (["--as-of", str(question.as_of)] if question.as_of else [])


def _command(question: WhatIf) -> str:
    """Write the question as a command; a first scenario of one's own is a file, saved from "Scenarios"."""
    first, second = question.first(), question.second()
    name = "first.yaml" if first.changes else first.parent
    if second is None:
        return shlex.join(["foedus", "run", name, *_many(question)])
    if first.changes:
        return shlex.join(["foedus", "compare", name, "second.yaml", *_many(question)])
    words = ["foedus", "compare", name] + ([second.parent] if second.parent != first.parent else [])
    for change in second.sets:
        words += ["--set", change]
    return shlex.join([*words, *_many(question)])


def _python(question: WhatIf) -> str:
    """Write the question as Python."""
    first, second = question.first(), question.second()
    name = "first.yaml" if first.changes else first.parent
    more = "".join(f", {n}={getattr(question, n)}" for n in ("draws", "seed") if n in question.given())
    if question.as_of is not None:
        more += f', as_of="{question.as_of}"'
    if second is None:
        return f"import foedus\n\nfoedus.run({name!r}{more})\n"
    other = f", {second.parent!r}" if second.parent != first.parent and not first.changes else ""
    other = ', "second.yaml"' if first.changes else other
    changes = "" if first.changes or not second.changes else f", changes={dict(second.changes)!r}"
    return f"import foedus\n\nfoedus.compare({name!r}{other}{changes}{more})\n"


WHAT_IF_PAGE = Page(
    slug="what-if",
    title="What if",
    group="next",
    question_title="How far does a pledge carry?",
    lead="Two scenarios side by side: another pledge, deadline, growth or belief.",
    question=WhatIf,
    controls=_controls(),
    answer=_view,
    values=lambda question: question.values(),
    command=_command,
    python=_python,
    parts={
        "answer": "what_if/answer.html",
        "head": "what_if/head.html",
        "aside": "what_if/aside.html",
        "actions": "what_if/actions.html",
    },
)
