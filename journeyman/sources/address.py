"""Files at http and https addresses: fetched only when that was asked for, checked, then read as any other file."""

from __future__ import annotations

from dataclasses import replace

from journeyman.errors import SourceError
from journeyman.sources.addresses.checked import PORTS, check_address
from journeyman.sources.addresses.fetched import fetched
from journeyman.sources.addresses.shown import scheme_of, shown
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source


def claims(source: Source) -> int:
    """Every address that nobody else knows: those that are not allowed are refused here, and the reason told."""
    if not source.address:
        return 0
    return 3 if scheme_of(source.address) in PORTS else 1


def read_raw(source: Source) -> Raw:
    """Fetch the file, and read it as what it is.

    Raises
    ------
    SourceError : the scheme or the host is not allowed, or fetching was not asked for
    ResourceError : the server does not answer
    """
    from journeyman.sources.read import read_raw as read_file

    _require_asked(source)
    with fetched(source.address, allow_private=source.reach == "private") as file:
        raw = read_file(file.path, table=source.part, query=source.query)
    origin = raw.origin.replace(file.path.name, file.address, 1)
    return replace(raw, origin=origin, digest=file.digest)


def _require_asked(source: Source) -> None:
    """Refuse before anything goes over the network.

    Raises
    ------
    SourceError : of a scheme that is never read its own; else that it was not asked for
    """
    if source.reach != "files":
        return
    # What would be refused anyway is told first; a name is not looked up.
    check_address(source.address, resolve=lambda host, port: ["1.1.1.1"])
    raise SourceError(
        f"{shown(source.address)} is not fetched: its host is not allowed unless that is asked for",
        because="nothing goes over the network by itself",
        remedy="add --allow-addresses (in Python: allow_addresses=True), or fetch it first, and name the file",
        code="host_not_allowed",
    )
