"""Rows that are none of the table's."""

from __future__ import annotations

from journeyman.sources.excel.grid import Grid
from journeyman.sources.excel.rows_apart import without_apart
from journeyman.sources.excel.table_model import Left, SheetTable


def apart(rows: list[list[object]], kinds: tuple[str, ...]) -> SheetTable:
    table = SheetTable(
        header=(0,),
        body=tuple(range(1, len(rows))),
        left=0,
        right=len(kinds) - 1,
        names=("a", "b", "c")[: len(kinds)],
        kinds=kinds,
    )
    return without_apart(Grid(rows), table)


def test_subtotals_sum_the_rows_since_the_last() -> None:
    rows: list[list[object]] = [
        ["a", "b"],
        ["x", 1],
        ["y", 2],
        ["Sum x", 3],
        ["z", 4],
        ["w", 5],
        ["Sum z", 9],
        ["Sum", 12],
    ]
    found = apart(rows, ("text", "number"))
    assert found.apart == (Left(3, "footer"), Left(6, "footer"), Left(7, "footer"))
    assert found.body == (1, 2, 4, 5)


def test_a_name_that_says_total_and_sums_nothing_is_a_row() -> None:
    rows: list[list[object]] = [["a", "b"], ["x", 1], ["Total Wine", 7], ["y", 2]]
    assert apart(rows, ("text", "number")).apart == ()


def test_a_table_of_nothing_but_totals_keeps_its_rows() -> None:
    rows: list[list[object]] = [["a", "b", "c"], ["Total", None, 5]]
    assert apart(rows, ("number", "number", "number")).body == (1,)


def test_a_word_that_many_rows_say_is_a_level() -> None:
    rows: list[list[object]] = [["a", "b"], *[["total", 2], ["part", 1], ["part", 1]] * 40]
    assert apart(rows, ("text", "number")).apart == ()
