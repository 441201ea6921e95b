"""The last answers that were made of figures, which never change."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

__all__ = ["MOST_KEPT", "KeptAnswers"]

MOST_KEPT = 256
"""Answers that are kept."""


class KeptAnswers:
    """Answers by their questions, the oldest let go first."""

    def __init__(self) -> None:
        self._items: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return an answer, making it where it is not kept.

        Parameters
        ----------
        key : hashable
            What was asked.
        make : callable
            Makes the answer; where it raises, nothing is kept.

        Returns
        -------
        object
            The answer.
        """
        if key in self._items:
            return self._items[key]
        result = make()
        while len(self._items) >= MOST_KEPT:
            self._items.pop(next(iter(self._items)), None)
        self._items[key] = result
        return result
