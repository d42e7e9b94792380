"""What PostgreSQL says of its troubles, by its kind."""

from __future__ import annotations

import pytest

from journeyman.sources.sql.postgresql_address import database_address
from journeyman.sources.sql.postgresql_errors import of_postgresql

ADDRESS = database_address("postgresql://ada:s3cret@db/shop")


class Raised(Exception):
    """As the driver raises."""

    def __init__(self, text: str, sqlstate: str | None = None, primary: str = "") -> None:
        super().__init__(text)
        self.sqlstate = sqlstate
        self.details = [(b"PG_DIAG_MESSAGE_PRIMARY", primary.encode())] if primary else []


@pytest.mark.parametrize(
    ("error", "code", "exit_code"),
    [
        (Raised("timeout", "57014"), "too_slow", 2),
        (RuntimeError("get_next() failed (125): [libpq] ERROR:  canceling statement"), "too_slow", 2),
        (Raised("no", "25006"), "unsafe_sql", 2),
        (RuntimeError("ERROR:  cannot execute nextval() in a read-only transaction"), "unsafe_sql", 2),
        (Raised("password authentication failed"), "not_allowed", 2),
        (Raised("no", "28P01"), "not_allowed", 2),
        (Raised("permission denied for table t", "42501"), "not_allowed", 2),
        (Raised('database "x" does not exist'), "file_missing", 2),
        (Raised("connection refused"), "environment", 3),
        (Raised("too many clients", "53300"), "environment", 3),
        (Raised("syntax error", "42601"), "sql_error", 2),
        (RuntimeError("ERROR:  division by zero"), "sql_error", 2),
    ],
)
def test_each_kind_is_told_as_what_it_is(error: Exception, code: str, exit_code: int) -> None:
    told = of_postgresql(error, ADDRESS)
    assert (told.code, told.exit_code) == (code, exit_code)


def test_the_sentence_of_the_server_is_told_and_no_password() -> None:
    long = Raised("INVALID: Failed\nQuery was: select s3cret. SQLSTATE: 42601", "42601", 'syntax error at "s3cret"')
    assert of_postgresql(long, ADDRESS).because == 'PostgreSQL says: syntax error at "***"'
