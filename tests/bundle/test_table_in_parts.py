from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.bundle.new_table import look_at
from journeyman.bundle.places import Places
from journeyman.bundle.table_in_parts import PartsDiffer, Seen, TableInParts, numbers_from
from journeyman.errors import InputError
from journeyman.table.columns import Strings
from journeyman.table.schema import Column

COLUMNS = (
    Column(name="age", kind="number", low=18.0, high=90.0),
    Column(name="price", kind="number", low=0.0, high=500.0),
    Column(name="city", kind="category", levels=("Oslo", "Bergen")),
)
CELLS = {
    "age": ["18", "40", "", "x", "1e9", "70", "33", "inf", "50", "20"],
    "price": ["1.5", "2.5", "3.5", "4.5", "5.5", "6.5", "7.5", "8.5", "9.5", "0.5"],
    "city": ["Oslo", "Rome", "Oslo", "", "Bergen", "Rome", "Paris", "Oslo", "Oslo", "Oslo"],
}
GERMAN = [cell.replace(".", ",") for cell in CELLS["price"]]


def in_parts(cells: dict[str, list[str]], sizes: list[int]) -> tuple[TableInParts, Seen]:
    table, seen, start = TableInParts(COLUMNS), Seen(), 0
    for size in sizes:
        some: Any = {name: Strings.of(column[start : start + size]) for name, column in cells.items()}
        lines = numbers_from(start + 2, size)
        seen.add(table.see(some, size, Places("t.csv", lines), numbers_from(start, size)))
        start += size
    return table, seen


@pytest.mark.parametrize("sizes", [[10], [5, 5], [3, 2, 4, 1]])
@pytest.mark.parametrize("is_german", [False, True])
def test_parts_say_what_the_whole_says(sizes: list[int], is_german: bool) -> None:
    cells = {**CELLS, "price": GERMAN} if is_german else CELLS
    whole: Any = {name: Strings.of(column) for name, column in cells.items()}
    expected = look_at(COLUMNS, whole, 10, Places("t.csv", np.arange(2, 12)))
    table, seen = in_parts(cells, sizes)
    assert table.columns == expected.columns
    found = list(seen.findings(table.columns))
    assert [(one.code, one.message, one.severity) for one in found] == [
        (one.code, one.message, one.severity) for one in expected.findings
    ]
    assert [one.numbers.get("cells") for one in found] == [one.numbers.get("cells") for one in expected.findings]
    unseen, same = (next(one for one in some if one.code == "unseen_category") for some in (found, expected.findings))
    assert unseen.rows == same.rows == (1, 5, 6)


def test_parts_that_are_spelt_in_two_ways_are_not_alike() -> None:
    mixed = {**CELLS, "price": [*CELLS["price"][:5], *GERMAN[5:]]}
    with pytest.raises(PartsDiffer):
        in_parts(mixed, [5, 5])


def test_a_column_that_may_be_another_one_is_for_the_whole_to_say() -> None:
    with pytest.raises(PartsDiffer):
        in_parts({**CELLS, "age": ["x"] * 10}, [5, 5])


def test_a_column_that_is_missing_is_told_with_a_near_name() -> None:
    cells = {name.replace("price", "prise"): column for name, column in CELLS.items()}
    with pytest.raises(InputError, match="'prise'"):
        in_parts(cells, [10])
