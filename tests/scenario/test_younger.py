"""A scenario that was kept before a lever came still opens: in it the lever was not set."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pytest

from foedus.engine.section import ResolvedSection
from foedus.files.section import belief, figure, lever
from foedus.scenario.resolved import _section


@dataclass(frozen=True)
class Younger(ResolvedSection):
    """A section with a lever and a belief that came later than its figure."""

    floor: float = lever(default=0.0)
    hope: float | None = belief(default=None)
    held: float = figure()


def test_a_younger_lever_is_not_set() -> None:
    """What the kept values lack takes its default, and what they have is read."""
    assert _section(Younger, {"held": 2.0}) == Younger(2.0)
    assert _section(Younger, {"held": 2.0, "floor": 0.01}) == Younger(2.0, floor=0.01)
    assert [f.metadata["kind"] for f in fields(Younger)] == ["lever", "uncertainty", "figures"]


def test_what_has_no_default_is_needed() -> None:
    """A figure that the kept values lack is missed."""
    with pytest.raises(KeyError, match="held"):
        _section(Younger, {"floor": 0.01})
