"""No password, and nothing else that is secret, is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.sources.addresses.shown import called, scheme_of, shown

SECRET = "s3cret"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("postgresql://ada:s3cret@db/shop", "postgresql://ada@db/shop"),
        ("postgres://ada:s3cret@db:5433/shop#sales.orders", "postgres://ada@db:5433/shop#sales.orders"),
        ("POSTGRESQL://ada:s3cret@db/shop", "postgresql://ada@db/shop"),
        ("postgresql://ada:@s3cret@db/shop", "postgresql://ada@db/shop"),
        ("postgresql://ada:a/s3cret@db/shop", "postgresql://ada@db/shop"),
        ("postgresql://ada:a?s3cret@db/shop", "postgresql://ada@db/shop"),
        ("postgresql://ada:99s3cret@db", "postgresql://ada@db"),
        ("postgresql:///shop?host=/run&password=s3cret", "postgresql:///shop?host=/run&password=***"),
        ("postgresql://db/shop?p%61ssword=s3cret", "postgresql://db/shop?p%61ssword=***"),
        (
            "postgresql://db/shop?sslpassword=s3cret&sslmode=require",
            "postgresql://db/shop?sslpassword=***&sslmode=require",
        ),
        ("https://ada:s3cret@example.org/a.csv", "https://example.org/a.csv"),
        ("https://s3cret@example.org/a.csv", "https://example.org/a.csv"),
        ("https://example.org/a.csv?signature=s3cret", "https://example.org/a.csv?***"),
        (" HTTPS:\\\\example.org/a.csv?s3cret", "https:\\\\example.org/a.csv?***"),
    ],
)
def test_what_is_secret_is_left_out(given: str, told: str) -> None:
    assert shown(given) == told
    assert SECRET not in shown(given) + called(given)


@pytest.mark.parametrize(
    "given",
    [
        "churn.csv",
        "data/a@b?c=d.csv",
        "postgresql://db:5432/shop?user=ada@corp",
        "postgresql://127.0.0.1:5432/shop",
        "C:x",
    ],
)
def test_what_is_not_secret_stays(given: str) -> None:
    assert shown(given) == given
    assert shown(Path("a/b.csv")) == "a/b.csv"


def test_a_scheme_is_found_in_every_spelling() -> None:
    found = [scheme_of(one) for one in ("FILE:///etc/passwd", "file:/etc/passwd", " file:\\\\host\\x", "jar:file://x")]
    assert found == ["file", "file", "file", ""]
    assert [scheme_of(one) for one in ("a.csv", "C:/data/a.csv", "./http://x", "data#http://x")] == ["", "", "", ""]


def test_an_address_has_a_name_to_call_it_by() -> None:
    given = ["https://a.org/", "postgresql://ada:pw@db:5432/shop?sslmode=require#orders", "a/b.c.csv", "book.xlsx#Two"]
    assert [called(one) for one in given] == ["a", "shop", "b.c", "book"]
