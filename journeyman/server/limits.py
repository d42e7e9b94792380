"""What one server takes on: sizes, counts and seconds; beyond them it refuses in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of a server.

    Parameters
    ----------
    body_bytes : the largest request
    body_bytes_together : what all requests that are being received may hold
    rows : the most rows in a request
    explained_rows : the most rows in a request for which reasons are asked
    busy, waiting : how many requests threads work on, and how many may wait for one; the next is sent away with 503
    queue_seconds : what would wait longer for its turn is sent away with 503, so that the others are answered soon
    connections : how many clients are connected at a time
    header_seconds : a request's head must be there by then
    body_seconds, body_bytes_a_second : its body has so long, and then must keep coming at that speed
    idle_seconds : a connection without a request, or one that takes no answer, is closed after that
    """

    body_bytes: int = 16 << 20
    body_bytes_together: int = 64 << 20
    rows: int = 10_000
    explained_rows: int = 100
    busy: int = 2
    waiting: int = 16
    queue_seconds: float = 0.5
    connections: int = 1000
    header_seconds: float = 10.0
    body_seconds: float = 10.0
    body_bytes_a_second: int = 16 << 10
    idle_seconds: float = 30.0
