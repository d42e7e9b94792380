"""What SQLite says of its troubles, by its kind."""

from __future__ import annotations

import sqlite3

import pytest

from journeyman.sources.sql.sqlite_errors import of_sqlite


@pytest.mark.parametrize(
    ("name", "text", "code", "exit_code"),
    [
        ("SQLITE_CORRUPT", "database disk image is malformed", "file_truncated", 2),
        ("SQLITE_NOTADB", "file is not a database", "file_truncated", 2),
        ("SQLITE_BUSY", "database is locked", "environment", 3),
        ("SQLITE_CANTOPEN", "unable to open database file", "environment", 3),
        ("SQLITE_AUTH", "not authorized", "unsafe_sql", 2),
        ("SQLITE_ERROR", "not authorized to use function: load_extension", "unsafe_sql", 2),
        ("SQLITE_ERROR", 'near "selec": syntax error', "sql_error", 2),
        ("", "Could not decode to UTF-8 column", "sql_error", 2),
    ],
)
def test_each_kind_is_told_as_what_it_is(name: str, text: str, code: str, exit_code: int) -> None:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorname = name
    told = of_sqlite(error, "shop.sqlite")
    assert (told.code, told.exit_code) == (code, exit_code)
    assert text in told.because
