"""Which table of a database is meant."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.errors import SourceError, nearest

#: So many tables are listed where it is not clear which is meant.
_LISTED = 8


@dataclass(frozen=True)
class Listed:
    """A table that a database holds.

    Parameters
    ----------
    name : as people write it, with its schema where it needs one
    rows : how many; None where that is not known
    is_about : whether ``rows`` is an estimate of the database
    is_view : whether it is a view
    also : another way to write its name
    """

    name: str
    rows: int | None = None
    is_about: bool = False
    is_view: bool = False
    also: str = ""

    @property
    def told(self) -> str:
        """The table with its size, for people."""
        kind = "view" if self.is_view else ""
        size = (
            ""
            if self.rows is None
            else f"{'about ' if self.is_about else ''}{self.rows:,} row{'s' if self.rows != 1 else ''}"
        )
        inside = ", ".join(one for one in (kind, size) if one)
        return f"{self.name} ({inside})" if inside else self.name


def choose(wanted: str, tables: Sequence[Listed], place: str) -> Listed:
    """The table that was named; where none was, the only one there is, or the only one with rows.

    Parameters
    ----------
    wanted : as the user said it; empty where nothing was said
    tables : all that there are
    place : what holds them, for messages

    Raises
    ------
    SourceError : there is no such table (near names are offered), there is none at all, or there are several
    """
    if wanted:
        return _named(wanted, tables, place)
    if not tables:
        raise SourceError(
            f"{place} holds no table", because="nothing was ever put into it", remedy="name another", code="no_rows"
        )
    filled = [one for one in tables if one.rows != 0 and not one.is_view]
    if len(tables) == 1 or (len(filled) == 1 and not any(one.is_view for one in tables)):
        return tables[0] if len(tables) == 1 else filled[0]
    listed = ", ".join(one.told for one in tables[:_LISTED]) + (", …" if len(tables) > _LISTED else "")
    raise SourceError(
        f"{place} holds {len(tables)} tables: {listed}",
        because="it is not clear which of them is meant",
        remedy=f"say which, as --table {shlex.quote(tables[0].name)}, or ask with --query",
        code="ambiguous_table",
    )


def require_one_way(table: str, query: str) -> None:
    """Refuse that both a table and a query are named.

    Raises
    ------
    SourceError : they are
    """
    if table and query:
        raise SourceError(
            f"both a table, {table!r}, and a query are given",
            because="a query names its tables itself",
            remedy="keep one of --table and --query",
            code="ambiguous_table",
        )


def _named(wanted: str, tables: Sequence[Listed], place: str) -> Listed:
    for same in (str, str.casefold):
        found = [one for one in tables if same(wanted) in (same(one.name), same(one.also))]
        if len(found) == 1:
            return found[0]
    raise SourceError(
        f"{place} has no table {wanted!r}",
        remedy=nearest(wanted, [one.name for one in tables]) if tables else "name another; this one holds no table",
        code="table_missing",
    )
