"""How a person says what is to be read of a source: the options that every command and every door takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack

from journeyman.errors import BriefError

#: How far reading may go: files and databases that are named; files at public addresses, too; and those of the own
#: network.
Reach = Literal["files", "public", "private"]


class Named(TypedDict, total=False):
    """The options by which a person names what is read; each door takes them as keywords.

    Parameters
    ----------
    table : which of several tables: a sheet, a table of a database, a file in an archive
    query : a SELECT, for databases, instead of a table
    join : tables to join, as ``"weather.csv:origin,time_hour"``, ``"airports.csv:dest=faa"``; one or several
    allow_addresses : whether files at http and https addresses may be fetched, from the public network
    allow_private_addresses : whether from this machine and its own network, too
    """

    table: str | None
    query: str | None
    join: str | Sequence[str] | None
    allow_addresses: bool
    allow_private_addresses: bool


#: The options by name, in the order in which they are told.
NAMES = ("table", "query", "join", "allow_addresses", "allow_private_addresses")


@dataclass(frozen=True, kw_only=True)
class Naming:
    """The same options, checked: texts are empty where nothing was said."""

    table: str = ""
    query: str = ""
    join: tuple[str, ...] = ()
    reach: Reach = "files"


def naming_of(**named: Unpack[Named]) -> Naming:
    """Options as they were given, checked.

    >>> naming_of(join="planes.csv:tailnum", allow_addresses=True)
    Naming(table='', query='', join=('planes.csv:tailnum',), reach='public')

    Raises
    ------
    BriefError : one of them is no text
    """
    join = named.get("join") or ()
    reach: Reach = "public" if named.get("allow_addresses") else "files"
    return Naming(
        table=_text("table", named.get("table")),
        query=_text("query", named.get("query")),
        join=tuple(_text("join", one) for one in ((join,) if isinstance(join, str) else join)),
        reach="private" if named.get("allow_private_addresses") else reach,
    )


def _text(name: str, value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise BriefError(f"--{name} is {value!r}", because="it is no text", remedy=f"give --{name} as text")
    return value or ""
