"""The controls of a page with their values, as the templates show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from foedus.dashboard.views import Control, Page
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.dashboard.stage import Stage

__all__ = ["by_group", "control_states", "is_primary"]


def is_primary(page: Page, control: Control) -> bool:
    """Whether a control is always in view."""
    return control.name in page.primary if page.primary else not control.group


def control_states(stage: Stage) -> list[dict[str, Any]]:
    """Return the page's controls with their values, and with the values that they have of themselves."""
    page, question = stage.page, stage.question
    given, values = question.given(), page.shown(question)
    free = [c.name for c in page.controls if not c.reloads]
    unset = question.model_copy(
        update={n: page.question.model_fields[n].get_default(call_default_factory=True) for n in free}
    )
    own = page.shown(unset)
    states = []
    for control in page.controls:
        value = as_value(values.get(control.name))
        options = with_asked(control, control.options(stage.state), value) if control.options else ()
        states.append(
            {
                "control": control,
                "value": value,
                "own": as_value(own.get(control.name)),
                "changed": control.name in given,
                "written": written(control, value, options),
                "options": options,
                "presets": {v: stage.link(**{control.name: v}) for v, _ in control.presets},
            }
        )
    return states


WRITTEN: Mapping[str, Callable[[float], str]] = {
    "per_cent": lambda v: per_cent(v, 1),
    "points": lambda v: f"{'−' if v < 0 else '+' if v > 0 else '±'}{in_per_cent(abs(v), 1)} points",
    "plain": lambda v: f"{v:g}",
}
"""How the value of a slider is written, as the page's script writes it."""


def written(control: Control, value: Any, options: Sequence[tuple[str, str]]) -> str:
    """Write the value that a control stands at."""
    if control.kind == "stops":
        return dict(options).get("" if value is None else str(value), "")
    return "" if value is None or control.kind != "range" else WRITTEN[control.shown](float(value))


def as_value(value: Any) -> Any:
    """Return a control's value as its element has it."""
    return str(value).lower() if isinstance(value, bool) else value


def with_asked(control: Control, options: Sequence[tuple[str, str]], value: Any) -> Sequence[tuple[str, str]]:
    """Return a slider's stops with the value asked for among them, so that moving nothing changes nothing."""
    text = "" if value is None else str(value)
    if control.kind != "stops" or text in {stop for stop, _ in options}:
        return options
    at = next((i for i, (stop, _) in enumerate(options) if not stop or stop > text), len(options))
    return [*options[:at], (text, text), *options[at:]]


def by_group(controls: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Put neighbouring controls of one group together, in their order."""
    return [(group, list(items)) for group, items in groupby(controls, lambda item: item["control"].group)]
