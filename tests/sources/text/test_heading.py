"""A row of names is told from a row of data by what stands below it."""

from __future__ import annotations

import pytest

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.heading import LEAST, STRONG, continues_names, joined, names_columns

_CITIES = ("Oslo", "Bergen")
_COLUMNS = Columns([[_CITIES[day % 2], f"2024-01-{day:02}", f"{day * 1.5}"] for day in range(1, 21)])


def test_names_above_numbers_and_dates_speak_strongly() -> None:
    assert names_columns(["city", "date", "price"], _COLUMNS) >= STRONG
    assert names_columns(["city", "", "price"], _COLUMNS) > LEAST


@pytest.mark.parametrize(
    "row", [["Oslo", "2024-02-01", "7.5"], ["Bergen", "2024-01-03", "n/a"], ["", "", ""], ["1", "2", "9"]]
)
def test_rows_of_data_do_not_name_columns(row: list[str]) -> None:
    assert names_columns(row, _COLUMNS) < LEAST


def test_years_above_numbers_name_them() -> None:
    columns = Columns([[f"land {row}", *(f"{row * place}.5" for place in (3, 5, 7))] for row in range(1, 20)])
    assert names_columns(["country", "2019", "2020", "2021"], columns) > LEAST
    assert names_columns(["country", "19", "7", "21"], columns) < LEAST


def test_a_second_row_of_names_continues_them_and_data_does_not() -> None:
    above = ["city", "date", "price"]
    assert continues_names(above, above, _COLUMNS)
    assert continues_names(["(name)", "(day)", "(euro)"], above, _COLUMNS)
    assert not continues_names(["Oslo", "2024-02-01", "7.5"], above, _COLUMNS)


def test_several_rows_of_names_make_one() -> None:
    assert joined([["x", "y"]]) == ("x", "y")
    assert joined([["control", "", "fire", ""], ["X", "Y", "X", "Y"]]) == ("control X", "control Y", "fire X", "fire Y")
    assert joined([["group", ""], ["a", "b"]]) == ("a", "b")
    assert joined([["id", "size"], ["", "cm"]]) == ("id", "size cm")
