from __future__ import annotations

from journeyman.server.limits import Limits


def test_the_bounds_fit_together() -> None:
    limits = Limits()
    assert limits.body_bytes <= limits.body_bytes_together
    assert limits.explained_rows <= limits.rows
    assert limits.header_seconds <= limits.idle_seconds
