"""From the first lines of a table to how all of it is read."""

from __future__ import annotations

import pytest

from journeyman.sources.text.opening import open_table

_ROWS = "".join(f"{('Oslo', 'Bergen')[day % 2]},2024-01-{day:02},{day * 1.5}\n" for day in range(1, 21))


def test_a_plain_table_has_its_names_and_its_rows() -> None:
    text = "city,date,price\n" + _ROWS
    found = open_table(text)
    assert found.form.header == ("city", "date", "price")
    assert (found.form.width, found.form.first, found.form.returns) == (3, 1, False)
    assert found.form.dialect.delimiter == ","
    assert found.names.at == (1,)
    assert found.left_out == ()
    assert text[found.start :] == _ROWS
    assert len(found.rows) == 20
    assert found.rows[0] == ("Bergen", "2024-01-01", "1.5")


def test_a_table_without_names_has_none() -> None:
    found = open_table(_ROWS)
    assert (found.form.header, found.names.at, found.start, found.form.first) == ((), (), 0, 0)
    assert len(found.rows) == 20


def test_lines_above_the_names_are_left_out_and_numbered() -> None:
    found = open_table("Sales of January\n\ncity,date,price\n" + _ROWS)
    assert found.form.header == ("city", "date", "price")
    assert [one.line for one in found.left_out] == [1, 2]
    assert (found.names.at, found.form.first) == ((3,), 3)


def test_names_that_are_separated_otherwise_than_the_rows_are_found() -> None:
    found = open_table("city;date;price\n" + _ROWS)
    assert (found.form.header, found.names.how) == (("city", "date", "price"), "delimiter")


def test_a_row_of_names_that_lacks_one_is_brought_to_the_columns() -> None:
    found = open_table("date,price\n" + _ROWS)
    assert found.form.header == ("", "date", "price")
    assert (found.names.how, found.names.text) == ("unnamed first", "date,price")
    assert found.names.stand == ("date", "price")


def test_lone_returns_end_lines_where_they_are_many() -> None:
    found = open_table(("city,date,price\n" + _ROWS).replace("\n", "\r"))
    assert found.form.returns
    assert (found.form.header, len(found.rows)) == (("city", "date", "price"), 20)
    quoted = open_table("city,note\n" + 'Oslo,"a\rb"\n' * 20)
    assert not quoted.form.returns
    assert quoted.rows[0] == ("Oslo", "a\rb")


def test_a_table_of_one_column_is_not_cut() -> None:
    found = open_table("remark\n" + "It was fine\nNo\nAs ever\nGood enough\n" * 5)
    assert (found.form.width, found.form.dialect.delimiter) == (1, "")


@pytest.mark.parametrize("some", ["Well, yes, it was", "As ever, fine", "No, never. Or, perhaps"])
def test_a_column_of_prose_is_not_cut_at_its_commas(some: str) -> None:
    opened = open_table("remark\n" + f"It was fine\n{some}\nNo\nGood\n" * 5)
    assert (opened.form.width, opened.names.cells, opened.form.dialect.delimiter) == (1, ("remark",), "")
