"""uvicorn's HTTP protocol with patience that ends: slow heads, silent clients and those that take no answer are let go.

Large pieces of input are fed in parts, so that one client's half a million tiny chunks do not keep the others waiting.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from journeyman.server.limits import Limits

#: Bytes that are parsed before others have their turn.
_PART = 8 << 10
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 1\r\nconnection: close\r\n"
    b'\r\n{"format":1,"status":"refused","error":"the server has as many clients as it takes","because":"",'
    b'"try":"try again in a second"}'
)


class PatientProtocol(H11Protocol):
    """One connection, bounded in time. The limits come with `bounded`."""

    limits = Limits()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._waiting = b""
        self._is_due = self._has_begun = False

    def connection_made(self, transport: Any) -> None:
        """Begin; a first request must begin some time."""
        if len(self.connections) >= 2 * self.limits.connections:
            transport.write(_BUSY)
            transport.close()
        super().connection_made(transport)
        self._let_go_after(self.limits.idle_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """End, with its timers."""
        for timer in (self._deadline, self._stuck):
            if timer is not None:
                timer.cancel()
        self._waiting = b""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse the first part of the input now, and the rest when others have had their turn."""
        if self._is_due:
            self._waiting += data
        elif not self.transport.is_closing():
            self._feed(data)

    def pause_writing(self) -> None:
        """The client takes no answers: it has some time to begin."""
        super().pause_writing()
        self._stuck = self.loop.call_later(self.limits.idle_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It takes them again."""
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        super().resume_writing()

    def _feed(self, data: bytes) -> None:
        super().data_received(data[:_PART])
        if self._is_in_request():
            self._has_begun = False
            if self._deadline is not None:
                self._deadline.cancel()
        elif not self._has_begun:
            # The first bytes of a head: all of it must come soon, however often more of it does.
            self._has_begun = True
            self._let_go_after(self.limits.header_seconds)
        if len(data) > _PART and not self.transport.is_closing():
            self._waiting, self._is_due = data[_PART:], True
            self.transport.pause_reading()
            self.loop.call_soon(self._feed_waiting)

    def _feed_waiting(self) -> None:
        self._is_due = False
        data, self._waiting = self._waiting, b""
        if self.transport.is_closing():
            return
        if not self.flow.read_paused:
            self.transport.resume_reading()
        self._feed(data)

    def _let_go_after(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self._let_go)

    def _let_go(self) -> None:
        if not self._is_in_request() and not self.transport.is_closing():
            self.transport.close()

    def _is_in_request(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete


def bounded(limits: Limits) -> type[PatientProtocol]:
    """The protocol with other limits."""
    return type("BoundedProtocol", (PatientProtocol,), {"limits": limits})
