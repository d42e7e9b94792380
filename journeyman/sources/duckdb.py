"""DuckDB databases: a table, a view, or what a SELECT gives; the file is never touched, and no other is reached."""

from __future__ import annotations

from collections.abc import Iterator

from journeyman.errors import SourceError
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.sources.sql.choosing import Listed, choose, require_one_way
from journeyman.sources.sql.duckdb_columns import forms_of
from journeyman.sources.sql.duckdb_file import MARK, MARK_AT, Reading, nearer, opened
from journeyman.sources.sql.forms import answered, given, questions, statement
from journeyman.sources.sql.limits import AT_A_TIME
from journeyman.sources.sql.quoting import quoted, select
from journeyman.sources.sql.statement import one_select
from journeyman.sources.sql.streaming import Asked, sources, together

SUFFIXES = (".duckdb", ".ddb")
_TABLES = (
    "SELECT schema_name, table_name, false AS is_view, CAST(estimated_size AS BIGINT) AS rows FROM duckdb_tables() "
    "WHERE NOT internal AND database_name = current_database() UNION ALL "
    "SELECT schema_name, view_name, true, NULL FROM duckdb_views() "
    "WHERE NOT internal AND database_name = current_database() ORDER BY 3, 1, 2"
)
_COLUMNS = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1"


def claims(source: Source) -> int:
    """By its first bytes, else by its ending."""
    if source.path is None or source.path.is_dir():
        return 0
    if source.head[MARK_AT : MARK_AT + len(MARK)] == MARK:
        return 3
    return 2 if source.suffix in SUFFIXES else 0


def read_raw(source: Source) -> Raw:
    """Read a table, a view, or what a query gives.

    Decimals are numbers where floats hold all of them exactly, else text; lists and structures are JSON; intervals are
    seconds.

    Raises
    ------
    SourceError : the file is damaged or of another version; the table is not there, or it is not clear which is meant;
        the query is not one SELECT, or takes too long
    ResourceError : another program writes to the file, or DuckDB is not installed
    """
    return together(list(batches(source, AT_A_TIME)))


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, at most so many at a time; memory stays flat.

    Raises
    ------
    SourceError, ResourceError : as `read_raw`
    """
    require_one_way(source.part, source.query)
    query = one_select(source.query, "duckdb") if source.query else ""
    if not source.head:
        raise SourceError(
            f"{source.shown} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file"
        )
    with source.on_disk() as path, opened(path, source.shown) as reading:
        asked = _asked(source, reading, query)
        yield from sources(asked, reading.parts(asked.sql), rows)


def _asked(source: Source, reading: Reading, query: str) -> Asked:
    """What is to be read."""
    shown = source.shown
    if query:
        sql, name, place = query, source.name, f"{shown}, the query"
    else:
        found = _tables(reading)
        chosen = choose(source.part, [one for one, _ in found], shown)
        name, place = chosen.name, f"{shown}, {chosen.name}"
        sql = select("*", quoted(*next(parts for one, parts in found if one is chosen)))
    try:
        columns = reading.columns(sql)
    except SourceError as error:
        names = [one.name for one, _ in _tables(reading)]
        raise nearer(error, names, [row[0] for row in reading.rows(_COLUMNS)], shown) from error
    forms, table = tuple(forms_of(columns)), given(sql, len(columns))
    if asked := questions(forms, table):
        forms = answered(forms, reading.rows(asked)[0])
    names, findings = clean_names([name for name, _ in columns])
    return Asked(
        sql=statement(forms, table),
        forms=forms,
        names=names,
        findings=findings,
        name=name,
        place=place,
        digest=source.digest(),
    )


def _tables(reading: Reading) -> list[tuple[Listed, tuple[str, str]]]:
    """Tables and views, each with its schema and its name."""
    found = []
    for schema, name, is_view, rows in reading.rows(_TABLES):
        full = f"{schema}.{name}"
        listed = Listed(name if schema == "main" else full, rows, is_view=is_view, also=full)
        found.append((listed, (schema, name)))
    return found
