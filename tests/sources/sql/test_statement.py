"""One statement that only reads: what passes, and what is told of the rest."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.errors import SourceError
from journeyman.sources.sql.quoting import within
from journeyman.sources.sql.statement import Dialect, one_select

READS = [
    "select 1",
    "SELECT a, 'it''s; drop table x' FROM t",
    'select "a;b" from "x""; drop table customers; --"',
    "/* first; */ select 1 -- then; this",
    "with recursive a as (select 1 union all select 2) select * from a",
    "select * from t;",
    "select * from t ; ; -- end;",
    "select replace(a, ';', '') from t",
    "select (replace(a, 'x', 'y')), (delete), (update, a) from t",
    "select a from t where b in (select b from u)",
    "\n\tselect\r\n1",
    "select 'unclosed -- in text'",
    'select "into" from t',
    "select created, updated, inserted from t",
]
REFUSED = [
    ("", "empty"),
    (" ; -- nothing", "empty"),
    ("select 1; drop table customers", "drop table customers"),
    ("select 1;\n--x\nselect 2", "select 2"),
    ("select 1 /* ; */ ; /* a */ delete from t", "delete from t"),
    ("drop table customers", "DROP"),
    ("delete from customers", "DELETE"),
    ("insert into t values (1)", "INSERT"),
    ("update t set a = 1", "UPDATE"),
    ("pragma writable_schema = on", "PRAGMA"),
    ("attach 'other.db' as o", "ATTACH"),
    ("copy t to 'file'", "COPY"),
    ("vacuum into 'copy.db'", "VACUUM"),
    ("explain select 1", "EXPLAIN"),
    ("begin", "BEGIN"),
    ("/* select */ drop table t", "DROP"),
    ("-- select 1\ndrop table t", "DROP"),
    ("select * into copied from t", "INTO"),
    ("with a as (select 1) delete from t", "DELETE"),
    ("with a as (insert into t values (1) returning *) select * from a", "INSERT"),
    ("with a as (select 1 from (delete from t returning 1)) select 2", "DELETE"),
    ("select 1 /* open", "no clear end"),
    ("select 'open", "no clear end"),
    ('select "open', "no clear end"),
    ("select 1 /* a /* b */ ; drop table t */", "no clear end"),
    ("select 1) as a, (select 2", "not opened"),
    ("select (1", "not closed"),
    ("select 1 -- a\r; drop table t", "control"),
    ("select 1\x00; drop table t", "control"),
]
DIALECTS: list[Dialect] = ["sqlite", "duckdb", "postgresql"]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("query", READS)
def test_a_select_passes_and_stands_in_parentheses(query: str, dialect: Dialect) -> None:
    kept = one_select(query, dialect)
    assert not kept.rstrip().endswith(";")
    assert one_select(f"SELECT * FROM {within(kept)} AS q", dialect)  # noqa: S608 - it is what is tested


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("query", "told"), REFUSED)
def test_anything_else_is_refused_and_the_reason_told(query: str, told: str, dialect: Dialect) -> None:
    with pytest.raises(SourceError) as caught:
        one_select(query, dialect)
    assert caught.value.code == "unsafe_sql"
    assert "one statement" in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("query", "passes_in"),
    [
        # between dollars PostgreSQL and DuckDB have text, SQLite has a second statement
        ("select $$;drop table t$$", ["duckdb", "postgresql"]),
        ("select $a$ $$ ; ' $a$", ["duckdb", "postgresql"]),
        # a backslash escapes only behind E, and never in SQLite
        ("select E'\\'; drop table t --'", ["duckdb", "postgresql"]),
        ("select '\\'; drop table t --'", []),
        # brackets and backticks quote only in SQLite
        ("select [a;b], `c;d` from t", ["sqlite"]),
        ("select a[1] from t", ["sqlite", "duckdb", "postgresql"]),
    ],
)
def test_dialects_differ_in_what_is_text(query: str, passes_in: list[Dialect]) -> None:
    for dialect in DIALECTS:
        if dialect in passes_in:
            assert one_select(query, dialect) == query
        else:
            with pytest.raises(SourceError):
                one_select(query, dialect)


@given(st.text("';\"-/*$[]`()\n aE\\x1", max_size=14))
def test_sqlite_finds_no_second_statement_in_what_passes(noise: str) -> None:
    query = f"select 1 {noise}"
    try:
        kept = one_select(query, "sqlite")
    except SourceError:
        return
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"SELECT * FROM {within(kept)} AS q")  # noqa: S608 - it is what is tested
    except sqlite3.ProgrammingError as error:
        # Only a parameter without its value is reported in this way, besides a second statement.
        assert "binding" in str(error)  # noqa: PT017 - most noise is no SQL at all
    except sqlite3.Error:
        pass
    finally:
        connection.close()
