"""A row of names that has too many or too few is brought to the columns."""

from __future__ import annotations

import pytest

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.naming import bring_names

_COLUMNS = Columns([[f"Product {'abcdefghij'[day % 10]}", f"2024-01-{day:02}", f"{day * 1.5}"] for day in range(1, 25)])


@pytest.mark.parametrize(
    ("text", "names", "how"),
    [
        ("product,date,price", ("product", "date", "price"), ""),
        ('"product, all",date,price', ("product, all", "date", "price"), ""),
        ("product,date,price,", ("product", "date", "price"), "dropped"),
        ("product,,date,price", ("product", "date", "price"), "dropped"),
        ("product,date,price,more", ("product", "date", "price"), "cut"),
        ('"product"s,date,price', ('"product"s', "date", "price"), "quote"),
        ("ProductDate,Price", ("Product", "Date", "Price"), "split"),
        ('"product""date","price"', ("product", "date", "price"), "split"),
        ("date,price", ("", "date", "price"), "unnamed first"),
        ("product,date", ("product", "date", ""), "unnamed last"),
    ],
)
def test_names_are_brought_to_the_columns(text: str, names: tuple[str, ...], how: str) -> None:
    assert bring_names(text, Dialect(), _COLUMNS) == (names, how)


def test_many_missing_names_are_not_looked_for() -> None:
    assert bring_names("product,date", Dialect(), (*_COLUMNS, *_COLUMNS)) == (
        ("product", "date", "", "", "", ""),
        "unnamed last",
    )


def test_a_blank_behind_the_delimiter_is_no_part_of_a_name() -> None:
    assert bring_names("date, price", Dialect(blanks="one"), _COLUMNS)[0] == ("", "date", "price")
