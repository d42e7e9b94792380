"""What was found of a table once."""

from __future__ import annotations

from collections.abc import Callable

from journeyman.checks.evidence.remembered import Remembered
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_a_table_is_asked_once_for_each_question_and_an_equal_one_again(table_of: Make) -> None:
    memory: Remembered[str, int] = Remembered()
    asked: list[str] = []

    def find() -> int:
        asked.append("x")
        return len(asked)

    table, other = table_of({"a": [1, 2]}), table_of({"a": [1, 2]})
    assert [memory.of(table, "p", find), memory.of(table, "p", find), memory.of(table, "q", find)] == [1, 1, 2]
    assert memory.of(other, "p", find) == 3
    assert memory.of(table, "p", find) == 1


def test_what_is_asked_for_no_more_is_forgotten(table_of: Make) -> None:
    memory: Remembered[int, list[int]] = Remembered()
    first = table_of({"a": [1]})
    kept = memory.of(first, 0, lambda: [7])
    for question in range(1, 9):
        memory.of(first, question, list)
    assert memory.of(first, 0, lambda: [8]) == [8]
    assert kept == [7]
