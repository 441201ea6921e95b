"""The forms that the time of an ordinary ratifier may have."""

from __future__ import annotations

from typing import Literal

__all__ = ["RatificationForm"]

RatificationForm = Literal["weibull", "lognormal"]
"""A Weibull time with a frailty of the ratifier's own, or a lognormal one."""
