"""Addresses of databases taken apart; no spelling of a password in any message."""

from __future__ import annotations

import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql.postgresql_address import database_address


@pytest.mark.parametrize(
    ("text", "name", "table"),
    [
        ("postgresql://ada@db.example.org:5433/shop", "shop", ""),
        ("postgres://ada:pw@db/shop?sslmode=require#Sales.Q%201", "shop", "Sales.Q 1"),
        ("POSTGRESQL://db/shop", "shop", ""),
        ("postgresql:///shop?host=/var/run/postgresql", "shop", ""),
        ("postgresql://[::1]:5432/shop", "shop", ""),
        ("postgresql://a.example,b.example:5433/shop", "shop", ""),
        ("postgresql://ada:p%40%2F%3A%23@db/shop", "shop", ""),
    ],
)
def test_an_address_is_taken_apart(text: str, name: str, table: str) -> None:
    found = database_address(text)
    assert (found.name, found.table) == (name, table)
    assert found.uri.startswith("postgresql://")
    assert "#" not in found.uri
    assert found.uri.count("connect_timeout=") == 1


def test_a_limit_that_was_given_stays() -> None:
    assert database_address("postgresql://db/shop?connect_timeout=3").uri.endswith("?connect_timeout=3")


@pytest.mark.parametrize("password", ["s3@cret", "s3/cret", "s3?cret", "s3#cret", "s3%zzcret", "s3:cret@", "s3 cret"])
def test_signs_that_are_not_escaped_are_refused_without_being_shown(password: str) -> None:
    with pytest.raises(SourceError) as caught:
        database_address(f"postgresql://ada:{password}@db/shop")
    assert caught.value.code == "address_unreadable"
    assert "cret" not in str(caught.value).replace("PGPASSWORD", "")


def test_every_spelling_of_the_password_is_taken_out_of_messages() -> None:
    found = database_address("postgresql://ada:s3%40cret@db/shop?password=0ther")
    told = found.without_secrets(f"s3%40cret, s3@cret, 0ther, {found.uri}")
    assert not any(secret in told for secret in ("s3%40cret", "s3@cret", "0ther"))
    assert "s3" not in repr(found)
