"""Libraries that come with an extra: what is told where they are not there."""

from __future__ import annotations

from journeyman.errors import ResourceError


def not_installed(what: str, extra: str) -> ResourceError:
    """What is told where the library of an extra is not installed."""
    return ResourceError(
        f"{what} cannot be read here",
        because="the library that reads it is not installed",
        remedy=f"pip install 'journeyman[{extra}]'",
        code="environment",
    )
