"""SQLite files opened to be read: what a statement may do, and how a file is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql import sqlite_file
from journeyman.sources.sql.sqlite_file import log_of, opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of one table, in a folder whose name is awkward in an address."""
    folder = tmp_path / "a?b#c %20"
    folder.mkdir()
    connection = sqlite3.connect(folder / "shop.db")
    connection.executescript("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    connection.close()
    return folder / "shop.db"


@pytest.mark.parametrize("sql", ["SELECT a FROM t", "SELECT upper('x'), max(a) FROM t", "SELECT * FROM sqlite_master"])
def test_reading_is_allowed(path: Path, sql: str) -> None:
    with opened(path, "shop") as reading, reading.asking() as connection:
        assert connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE t SET a = 2",
        "CREATE TEMP TABLE u (a)",
        "PRAGMA user_version = 2",
        "PRAGMA table_info(t)",
        "ATTACH ':memory:' AS o",
        "BEGIN IMMEDIATE",
        "UPDATE sqlite_master SET sql = ''",
        "VACUUM INTO 'copy.db'",
    ],
)
def test_anything_else_is_not(path: Path, sql: str) -> None:
    with opened(path, "shop") as reading, pytest.raises(SourceError), reading.asking() as connection:
        connection.execute(sql)
    assert [one.name for one in path.parent.iterdir()] == ["shop.db"]


def test_a_log_that_holds_nothing_is_none(path: Path) -> None:
    assert log_of(path) is None
    path.with_name("shop.db-wal").write_bytes(b"")
    assert log_of(path) is None
    path.with_name("shop.db-wal").write_bytes(b"x")
    assert log_of(path) is not None


def test_the_clock_starts_anew_with_each_question(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(sqlite_file.time, "monotonic", lambda: now[0])
    with opened(path, "shop") as reading:
        now[0] = 10 * sqlite_file.SECONDS
        with reading.asking() as connection:
            assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
