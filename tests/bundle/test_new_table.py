from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from journeyman.bundle.new_table import look_at
from journeyman.bundle.places import Places
from journeyman.bundle.reader import read_cells
from journeyman.errors import InputError
from journeyman.table.schema import Column

COLUMNS = (
    Column(name="age", kind="number", low=18.0, high=80.0),
    Column(name="income", kind="number", low=5000.0, high=80000.0),
    Column(name="city", kind="category", levels=("Oslo", "Lyon", "Leeds")),
    Column(name="signup", kind="date", low=1.7e15, high=1.74e15),
    Column(name="calls", kind="number", low=0.0, high=9.0),
)
ROWS = [
    [str(20 + place), f"{9000 + 700 * place}.50", ("Oslo", "Lyon", "Leeds")[place % 3], f"2024-03-{place + 1:02d}", "7"]
    for place in range(20)
]
PLACES = Places("new.csv")


def cells(
    rows: Sequence[Sequence[str]], names: Sequence[str] = ("age", "income", "city", "signup", "calls")
) -> Mapping[str, list[str]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def test_rows_like_those_of_training_bring_no_finding_in_any_order_and_beside_anything() -> None:
    given = cells(ROWS)
    assert look_at(COLUMNS, given, 20, PLACES).findings == ()
    mixed = {"more": ["x"] * 20, **dict(reversed(given.items()))}
    assert look_at(COLUMNS, mixed, 20, PLACES).findings == ()
    assert look_at(COLUMNS, cells([]), 0, PLACES).findings == ()
    assert look_at(COLUMNS, cells(ROWS[:1]), 1, PLACES).findings == ()


def test_a_missing_column_is_named_with_each_near_name() -> None:
    names = ("age", "Income", "city", "sign_up", "calls")
    with pytest.raises(InputError, match="'income', 'signup' are missing") as caught:
        look_at(COLUMNS, cells(ROWS, names), 20, PLACES)
    assert caught.value.code == "column_missing"
    assert "'Income' for 'income', 'sign_up' for 'signup'" in caught.value.remedy


def test_words_where_numbers_were_are_refused_with_file_row_column_and_value() -> None:
    rows = [[row[0], "high", *row[2:]] for row in ROWS]
    with pytest.raises(InputError, match=r"new.csv, row 1: column 'income' holds 'high'") as caught:
        look_at(COLUMNS, cells(rows), 20, PLACES)
    assert caught.value.code == "type_changed"
    assert "20 of its 20 cells are no number" in caught.value.because


def test_another_date_format_is_read_and_told() -> None:
    rows = [[*row[:3], ".".join(reversed(row[3].split("-"))), row[4]] for row in ROWS]
    seen = look_at(COLUMNS, cells(rows), 20, PLACES)
    assert [(one.code, one.severity) for one in seen.findings] == [("type_changed", "warning")]
    assert "31.12.2024" in seen.findings[0].message
    assert seen.findings[0].numbers["examples"][0] == ["row 1", "01.03.2024", "2024-03-01"]
    assert next(one for one in seen.columns if one.name == "signup").date_format == "d.m.y"


def test_decimal_commas_are_read_and_told_as_a_repair() -> None:
    rows = [[row[0], row[1].replace(".", ","), *row[2:]] for row in ROWS]
    seen = look_at(COLUMNS, cells(rows), 20, PLACES)
    assert [(one.code, one.severity) for one in seen.findings] == [("decimal_comma", "info")]
    assert seen.findings[0].numbers["count"] == 20


def test_a_date_that_may_be_two_is_refused_with_both() -> None:
    rows = [[*row[:3], f"0{1 + place % 9}/03/2024", row[4]] for place, row in enumerate(ROWS)]
    with pytest.raises(InputError, match="can be read in two ways") as caught:
        look_at(COLUMNS, cells(rows), 20, PLACES)
    assert caught.value.code == "date_ambiguous"
    assert "2024-01-03" in caught.value.because
    assert "2024-03-01" in caught.value.because


def test_one_cell_in_hundreds_that_may_be_two_refuses_its_row_and_not_the_table() -> None:
    rows = [list(row) for row in ROWS * 10]
    rows[3][0] = "1,571"
    age = look_at(COLUMNS, cells(rows), len(rows), PLACES).columns[0]
    assert age == COLUMNS[0]
    assert read_cells(age, [row[0] for row in rows]).refused.nonzero()[0].tolist() == [3]
    with pytest.raises(InputError, match="can be read in two ways"):
        look_at(COLUMNS, cells(rows[:20]), 20, PLACES)


@pytest.mark.parametrize("by", [1, -1, 2])
def test_cells_under_the_names_of_other_columns_are_found_and_nothing_is_guessed(by: int) -> None:
    rows = [[*row[-by:], *row[:-by]] for row in ROWS]
    seen = look_at(COLUMNS, cells(rows), 20, PLACES)
    assert seen.is_shifted
    assert seen.findings[0].code == "schema_shift"
    order = ["age", "income", "city", "signup", "calls"]
    moved = seen.findings[0].numbers["moved"]
    assert all(moved[name] == order[(order.index(name) + by) % 5] for name in moved)
    assert len(moved) >= 4
    assert "type_changed" in {one.code for one in seen.findings}


def test_two_columns_that_changed_places_are_found_too() -> None:
    rows = [[row[1], row[0], *row[2:]] for row in ROWS]
    seen = look_at(COLUMNS, cells(rows), 20, PLACES)
    assert (seen.is_shifted, dict(seen.findings[0].numbers["moved"])) == (True, {"age": "income", "income": "age"})


def test_one_strange_column_is_no_shift() -> None:
    rows = [[row[0], str(float(row[1]) * 1000), *row[2:]] for row in ROWS]
    assert not look_at(COLUMNS, cells(rows), 20, PLACES).is_shifted
