"""What is told where the library of an extra is not there."""

from __future__ import annotations

from journeyman.sources.sql.packages import not_installed


def test_it_says_what_to_install() -> None:
    error = not_installed("a DuckDB database", "duckdb")
    assert (error.exit_code, error.remedy) == (3, "pip install 'journeyman[duckdb]'")
