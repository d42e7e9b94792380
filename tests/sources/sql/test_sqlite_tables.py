"""What an SQLite database holds, and what of it is read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.source import open_source
from journeyman.sources.sql.sqlite_file import opened
from journeyman.sources.sql.sqlite_tables import asked, tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    connection = sqlite3.connect(tmp_path / "shop.db")
    connection.executescript(
        "CREATE TABLE a (x INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO a VALUES (1), (2); CREATE TABLE a_2 (y);"
        "CREATE VIEW v AS SELECT x FROM a; CREATE VIRTUAL TABLE f USING fts5(b); CREATE VIEW gone AS SELECT * FROM lost"
    )
    connection.close()
    return tmp_path / "shop.db"


def test_tables_are_listed_in_the_order_of_their_making(path: Path) -> None:
    with opened(path, "shop") as reading:
        listed = [one.told for one in tables(reading, with_rows=True)]
        assert [one.rows for one in tables(reading, with_rows=False)] == [None] * 5
    assert listed == ["a (2 rows)", "a_2 (0 rows)", "v (view, 2 rows)", "f (0 rows)", "gone (view)"]


def test_what_is_asked_names_its_columns_and_its_place(path: Path) -> None:
    with opened(path, "shop") as reading:
        by_name = asked(open_source(path, table="A"), reading)
        assert (by_name.name, by_name.place, by_name.columns) == ("a", "shop.db, a", ("x",))
        by_query = asked(open_source(path, query="SELECT x, x FROM a"), reading)
        assert (by_query.place, by_query.columns) == ("shop.db, the query", ("x", "x"))


def test_what_a_view_lacks_is_told(path: Path) -> None:
    with opened(path, "shop") as reading, pytest.raises(SourceError, match="lost"):
        asked(open_source(path, table="gone"), reading)
