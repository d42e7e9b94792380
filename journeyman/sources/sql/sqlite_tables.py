"""What an SQLite database holds, and what of it is to be read."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from journeyman.errors import SourceError, nearest
from journeyman.sources.source import Source
from journeyman.sources.sql.choosing import Listed, choose, require_one_way
from journeyman.sources.sql.quoting import quoted, select
from journeyman.sources.sql.sqlite_file import Reading
from journeyman.sources.sql.statement import one_select

_MISSING = re.compile(r"no such (table|column): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """What is read.

    Parameters
    ----------
    sql : one SELECT
    cursor : the statement, begun
    name : what the table is called
    place : the same with its file, for messages
    """

    sql: str
    cursor: sqlite3.Cursor
    name: str
    place: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that it gives, as they stand."""
        return tuple(one[0] for one in self.cursor.description)


def asked(source: Source, reading: Reading) -> Asked:
    """The statement to run, and the columns that it gives.

    Raises
    ------
    SourceError : there is no such table, it is not clear which is meant, or the query is none or cannot be answered
    """
    require_one_way(source.part, source.query)
    shown = source.shown
    if source.query:
        sql, name, place = one_select(source.query, "sqlite"), source.name, f"{shown}, the query"
    else:
        chosen = choose(source.part, tables(reading, with_rows=not source.part), shown)
        sql, name, place = select("*", quoted(chosen.name)), chosen.name, f"{shown}, {chosen.name}"
    try:
        with reading.asking() as connection:
            cursor = connection.execute(sql)
    except SourceError as error:
        raise _nearer(error, reading, source) from error
    return Asked(sql, cursor, name, place)


def tables(reading: Reading, *, with_rows: bool) -> list[Listed]:
    """Tables and views, in the order in which they were made, without what SQLite keeps for itself.

    Parameters
    ----------
    with_rows : whether to count their rows
    """
    with reading.asking() as connection:
        entries = connection.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' ORDER BY rowid"
        ).fetchall()
    virtual = [str(name) for name, _, sql in entries if str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")]
    # A virtual table keeps its content in tables that are called after it.
    kept = [
        (str(name), kind) for name, kind, _ in entries if not any(str(name).startswith(f"{one}_") for one in virtual)
    ]
    return [Listed(name, _rows(reading, name) if with_rows else None, is_view=kind == "view") for name, kind in kept]


def _rows(reading: Reading, name: str) -> int | None:
    try:
        with reading.asking() as connection:
            return int(connection.execute(select("count(*)", quoted(name))).fetchone()[0])
    except SourceError as error:
        if error.code == "sql_error":
            # A view of what is gone, or a table of a module that is not here: it is listed all the same.
            return None
        raise


def _nearer(error: SourceError, reading: Reading, source: Source) -> SourceError:
    """The same error, with near names where a table or a column is not there."""
    found = _MISSING.search(error.because)
    if not source.query or found is None:
        return error
    kind, name = found[1], found[2].strip()
    names = [one.name for one in tables(reading, with_rows=False)]
    if kind == "column":
        names = [column for one in names for column in _columns(reading, one)]
    return SourceError(
        f"{source.shown} has no {kind} {name!r}",
        because="the query asks for it",
        remedy=nearest(name.rpartition(".")[2], dict.fromkeys(names)),
        code=f"{kind}_missing",
    )


def _columns(reading: Reading, table: str) -> list[str]:
    with reading.asking() as connection:
        cursor = connection.execute(select("*", quoted(table), "LIMIT 0"))
    return [one[0] for one in cursor.description]
