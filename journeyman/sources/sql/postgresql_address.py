"""Addresses of PostgreSQL databases: what goes to the driver, and what may be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from journeyman.errors import SourceError
from journeyman.sources.addresses.shown import HIDDEN, called, shown

SCHEMES = ("postgresql", "postgres")
_SIGN = r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])"
#: user, password, hosts with ports, database, options; letters beyond ASCII may stand as they are.
_WELL_FORMED = re.compile(
    rf"postgresql://(?:{_SIGN}*(?::{_SIGN}*)?@)?(?:{_SIGN}|[\[\]:])*(?:/(?:{_SIGN}| )*)?"
    r"(?:\?[a-z_]+=[^&#]*(?:&[a-z_]+=[^&#]*)*)?"
)
#: So many seconds a server may take until it answers at all.
_PATIENCE = 10


@dataclass(frozen=True)
class DatabaseAddress:
    """Where a database is.

    Parameters
    ----------
    uri : as the driver takes it, with the password if it has one
    shown : the same without it
    name : of the database
    table : the table that stands behind ``#``; ``""`` for none
    """

    uri: str
    shown: str
    name: str
    table: str

    def __repr__(self) -> str:
        return f"DatabaseAddress({self.shown!r})"

    def without_secrets(self, text: str) -> str:
        """A message with every spelling of the password taken out."""
        text = text.replace(self.uri, self.shown)
        for secret in sorted(_secrets(self.uri), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return text


def database_address(text: str) -> DatabaseAddress:
    """Take an address apart; what is missing in it, PostgreSQL's own variables and files say (``~/.pgpass``).

    Raises
    ------
    SourceError : it cannot be read, as when a password holds signs that are not escaped
    """
    text = text.strip()
    uri, _, table = text.partition("#") if "@" not in text.partition("#")[2] else (text, "", "")
    uri = f"postgresql:{uri.partition(':')[2]}"
    place = shown(text).partition("#")[0]
    if not _WELL_FORMED.fullmatch(uri):
        raise SourceError(
            f"the address {place} cannot be read",
            because="it is not postgresql://USER@HOST:PORT/DATABASE, or signs in it are not escaped",
            remedy="write @ as %40, / as %2F, : as %3A, ? as %3F and # as %23 in a password, or leave it out and "
            "set PGPASSWORD",
            code="address_unreadable",
        )
    if "connect_timeout=" not in uri:
        uri += f"{'&' if '?' in uri else '?'}connect_timeout={_PATIENCE}"
    return DatabaseAddress(uri, place, called(place), unquote(table))


def _secrets(uri: str) -> set[str]:
    """What may be a password in an address, as it stands and unescaped."""
    inside = uri.partition("://")[2]
    user, at, _ = inside.rpartition("@")
    found = {user.partition(":")[2]} if at else set()
    found |= {user.partition("@")[0].partition(":")[2]} if at else set()
    found |= {
        one.partition("=")[2] for one in uri.partition("?")[2].split("&") if "pass" in one.partition("=")[0].lower()
    }
    return {spelling for one in found for spelling in (one, unquote(one)) if spelling}
