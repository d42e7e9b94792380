"""Rows of SQLite a part at a time, and the forms of their columns."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from journeyman.sources.source import open_source
from journeyman.sources.sql.sqlite_file import opened
from journeyman.sources.sql.sqlite_rows import Foreign, fetched, forms
from journeyman.sources.sql.sqlite_tables import asked


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_rows_stay_in_order_where_text_is_found_not_to_be_utf8(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE t (a);"
        "INSERT INTO t VALUES ('1'), ('2'), ('3'), (CAST(x'e9' AS TEXT)), ('5'), (CAST(x'e8' AS TEXT))"
    )
    connection.close()
    foreign = Foreign()
    with opened(path, "a") as reading:
        parts = list(fetched(reading, asked(open_source(path), reading), size, foreign))
    assert [row[0] for part in parts for row in part] == ["1", "2", "3", "é", "5", "è"]
    assert max(map(len, parts)) <= size
    finding = foreign.finding()
    assert finding is not None
    assert finding.numbers["count"] == 2


def test_text_that_is_utf8_is_nothing_to_tell() -> None:
    assert Foreign().finding() is None


def test_forms_are_found_by_all_cells_of_many_columns(tmp_path: Path) -> None:
    path, width = tmp_path / "wide.db", 700
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE t ({', '.join(f'c{place}' for place in range(width))})")
    cells = [[place, 1.5, "a", b"b", " "][place % 5] for place in range(width)]
    rows = [cells, [2**60 if place % 5 == 1 else None for place in range(width)]]
    connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - marks alone
    connection.commit()
    connection.close()
    with opened(path, "wide") as reading:
        found = forms(reading, asked(open_source(path), reading).sql, width)
    assert found == [["integer", "text", "text", "blob", "text"][place % 5] for place in range(width)]
