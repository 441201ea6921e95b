"""What a scenario file says of reinforcement: how long a border permit takes, and how many trains go."""

from __future__ import annotations

from pydantic import Field

from foedus.files.section import Section
from foedus.reinforcement.question import number

__all__ = ["Levers", "ReinforcementLever"]


class ReinforcementLever(Section):
    """What members decide on moving forces; it counts only where a requirement is named.

    Attributes
    ----------
    permit_days : float
        Days from the alert until a force may cross its first border.
    trains : float
        What the trains a day are multiplied by.
    """

    permit_days: float = Field(default_factory=lambda: number("permit_days"), ge=0.0, le=365.0)
    trains: float = Field(default=1.0, ge=0.0, le=20.0)


class Levers(Section):
    """What members decide on reinforcement."""

    reinforcement: ReinforcementLever = Field(default_factory=ReinforcementLever)
