"""A session with a real server: it reads, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql.postgresql_address import database_address
from journeyman.sources.sql.postgresql_session import session

Database = tuple[str, Callable[..., None]]


def test_it_answers_in_one_moment_and_does_not_write(postgresql: Database) -> None:
    address, run = postgresql
    run("CREATE TABLE t AS SELECT 1 AS a")
    with session(database_address(address)) as opened:
        assert opened.rows("SELECT a FROM t") == [(1,)]
        run("INSERT INTO t VALUES (2)")
        assert opened.rows("SELECT a FROM t") == [(1,)]
        with pytest.raises(SourceError) as caught:
            opened.rows("INSERT INTO t VALUES (3) RETURNING a")
        assert caught.value.code in ("unsafe_sql", "sql_error")
        opened.begin()
        assert sorted(opened.rows("SELECT a FROM t")) == [(1,), (2,)]


def test_columns_are_named_without_running_anything(postgresql: Database) -> None:
    with session(database_address(postgresql[0])) as opened:
        found = opened.columns("SELECT 1 AS a, 'x'::text AS a, now() AS b, pg_sleep(60) AS c")
    assert found == [("a", "int4"), ("a", "text"), ("b", "timestamptz"), ("c", "void")]


def test_an_answer_without_rows_is_none(postgresql: Database) -> None:
    with session(database_address(postgresql[0])) as opened:
        assert opened.rows("SELECT 1 AS a WHERE false") == []
