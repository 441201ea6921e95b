"""Results that are kept, bounded by their number and their size; each is computed once however many ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["LruCache", "Recent"]

T = TypeVar("T")


class Recent(Generic[T]):
    """The results used last, within a number and a size, for one thread.

    Parameters
    ----------
    most : int
        How many are kept.
    most_bytes : int, optional
        What all of them may take together; the last one is kept whatever it takes.
    size : callable, optional
        Returns what one takes, in bytes.
    """

    def __init__(
        self, most: int, *, most_bytes: int | None = None, size: Callable[[T], int] | None = None
    ) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._size = size or (lambda _: 0)
        self._items: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._items)

    def get(self, key: Hashable) -> T | None:
        """Return a result that is kept, or None.

        Parameters
        ----------
        key : hashable
            What was asked.

        Returns
        -------
        object or None
            The result.
        """
        if key not in self._items:
            return None
        self._items.move_to_end(key)
        return self._items[key][0]

    def put(self, key: Hashable, result: T) -> list[T]:
        """Keep a result.

        Parameters
        ----------
        key : hashable
            What was asked.
        result : object
            The answer.

        Returns
        -------
        list
            What is let go for it: the results used longest ago.
        """
        gone = [self._pop(key)] if key in self._items else []
        size = self._size(result)
        self._items[key] = (result, size)
        self.bytes += size
        while len(self._items) > 1 and self._too_much():
            gone.append(self._pop(next(iter(self._items))))
        return gone

    def clear(self) -> list[T]:
        """Let all go, and return it."""
        return [self._pop(key) for key in list(self._items)]

    def _too_much(self) -> bool:
        """Whether more is kept than may be."""
        return len(self._items) > self._most or (
            self._most_bytes is not None and self.bytes > self._most_bytes
        )

    def _pop(self, key: Hashable) -> T:
        """Take one out."""
        result, size = self._items.pop(key)
        self.bytes -= size
        return result


class LruCache(Generic[T]):
    """The last results by their key, for many threads.

    Parameters
    ----------
    most : int
        How many are kept.
    drop : callable, optional
        Called with a result that is let go.
    most_bytes : int, optional
        What all of them may take together.
    size : callable, optional
        Returns what one takes, in bytes.
    """

    def __init__(
        self,
        most: int,
        drop: Callable[[T], None] | None = None,
        *,
        most_bytes: int | None = None,
        size: Callable[[T], int] | None = None,
    ) -> None:
        self._recent: Recent[T] = Recent(most, most_bytes=most_bytes, size=size)
        self._drop = drop
        self._pending: set[Hashable] = set()
        self._changed = threading.Condition()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a result, making it when it is not kept.

        Parameters
        ----------
        key : hashable
            What was asked.
        make : callable
            Makes the result; it may ask for other keys.

        Returns
        -------
        object
            The result. A thread that asks for what another is making waits for it; where the making fails,
            the next one tries.
        """
        with self._changed:
            self._changed.wait_for(lambda: key not in self._pending)
            existing = self._recent.get(key)
            if existing is not None:
                return existing
            self._pending.add(key)
        gone: list[T] = []
        try:
            result = make()
            with self._changed:
                gone = self._recent.put(key, result)
        finally:
            with self._changed:
                self._pending.discard(key)
                self._changed.notify_all()
        self._let_go(gone)
        return result

    def clear(self) -> None:
        """Let all go."""
        with self._changed:
            gone = self._recent.clear()
        self._let_go(gone)

    def _let_go(self, gone: list[T]) -> None:
        """Drop results that are kept no longer."""
        for item in gone:
            if self._drop is not None:
                self._drop(item)
