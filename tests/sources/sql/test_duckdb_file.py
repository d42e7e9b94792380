"""A DuckDB file opened to be read: what it reaches, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql.duckdb_file import missing_name, nearer, opened

duckdb = pytest.importorskip("duckdb")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    connection = duckdb.connect(str(tmp_path / "shop.duckdb"))
    connection.execute("CREATE TABLE t AS SELECT 1 AS a, 'x' AS b")
    connection.close()
    return tmp_path / "shop.duckdb"


def test_it_answers_and_names_columns_without_running_anything(path: Path) -> None:
    with opened(path, "shop") as reading:
        assert reading.rows("SELECT * FROM t") == [(1, "x")]
        assert reading.columns("SELECT *, error('never') AS e FROM t")[:2] == [("a", "INTEGER"), ("b", "VARCHAR")]
        assert reading.rows("SELECT a FROM t WHERE false") == []


def test_the_connection_itself_neither_writes_nor_reaches_out(path: Path) -> None:
    with opened(path, "shop") as reading:
        for sql in ("INSERT INTO t VALUES (2, 'y')", "SELECT 1; SELECT 2", "SET threads = 1"):
            with pytest.raises(SourceError) as caught:
                reading.columns(sql)
            assert caught.value.code == "unsafe_sql"
        with pytest.raises(SourceError) as caught:
            reading.rows("SELECT * FROM read_text('/etc/hostname')")
        assert caught.value.code == "unsafe_sql"


def test_near_names_are_offered_only_where_a_name_is_the_trouble() -> None:
    lacks = SourceError("x", because='Binder Error: Referenced column "cit" not found in FROM', code="sql_error")
    assert missing_name(lacks) == ("column", "cit")
    assert "'city'" in nearer(lacks, [], ["city"], "shop").remedy
    other = SourceError("x", because="Parser Error: syntax error", code="sql_error")
    assert missing_name(other) == ("", "")
    assert nearer(other, ["t"], ["city"], "shop") is other
