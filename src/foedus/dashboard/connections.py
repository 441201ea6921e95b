"""Connections that must get on: who sends a request too slowly, or does not take the answer, is cut off."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["REQUEST_SECONDS", "TimedProtocol"]

REQUEST_SECONDS = 15.0
"""How long the head of a request may take to arrive, and an unused connection may stay."""
TAKING_SECONDS = 30.0
"""How long a client may leave an answer untaken."""


class TimedProtocol(H11Protocol):
    """The protocol of the server with an end to waiting, in both directions."""

    _arrival: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._arrival = self.loop.call_later(REQUEST_SECONDS, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Stop waiting when a request has arrived; begin again with the first bytes of the next."""
        super().data_received(data)
        working = self.cycle is not None and not self.cycle.response_complete
        if working and self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None
        elif not working and self._arrival is None and not self.transport.is_closing():
            self._arrival = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """Begin to wait until the client takes what was sent."""
        super().pause_writing()
        self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop waiting: the client takes it."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _stop_waiting(self) -> None:
        """Cancel both."""
        for timer in (self._arrival, self._taking):
            if timer is not None:
                timer.cancel()
        self._arrival = self._taking = None
