from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.curation.row_order import find_row_order
from journeyman.table.table import Table

Make = Callable[..., Table]
ROWS = 1200


def walk(seed: int = 0) -> np.ndarray:
    steps = np.random.default_rng(seed).normal(size=ROWS)
    values = np.zeros(ROWS)
    for place in range(1, ROWS):
        values[place] = 0.95 * values[place - 1] + steps[place]
    return (values - values.mean())[:, None]


def found(table: Table, goal: np.ndarray) -> tuple[str, tuple]:
    return find_row_order(table, tuple(table.schema), goal)


def test_a_clock_that_goes_round_along_the_rows_is_time(table_of: Make) -> None:
    why, asked = found(table_of({"period": np.arange(ROWS) % 48 / 47}), walk())
    assert "'period' goes round" in why
    assert asked == ()
    days = np.array([f"d{one}" for one in np.arange(ROWS) // 40 % 7])
    assert found(table_of({"weekday": days}), walk())[0]


def test_no_clock_no_time(table_of: Make) -> None:
    shuffled = np.random.default_rng(0).permutation(ROWS)
    assert found(table_of({"period": shuffled % 48}), walk()[shuffled]) == ("", ())
    assert found(table_of({"hour": np.sort(shuffled % 24)}), walk())[0] == ""
    assert found(table_of({"hour": np.arange(ROWS) % 24}), np.random.default_rng(1).normal(size=(ROWS, 1)))[0] == ""
    assert found(table_of({"hour": np.arange(200) % 24}), walk()[:200])[0] == ""


def test_likeness_without_a_reason_is_asked_about(table_of: Make) -> None:
    x = np.random.default_rng(2).normal(size=ROWS)
    why, asked = found(table_of({"x": x}), walk())
    assert why == ""
    assert (asked[0].code, asked[0].severity) == ("time_order", "warning")


def test_a_sorted_file_is_no_reason_to_ask(table_of: Make) -> None:
    x = np.random.default_rng(2).normal(size=ROWS)
    assert found(table_of({"x": x, "place": np.repeat([f"p{one}" for one in range(40)], 30)}), walk()) == ("", ())
    assert found(table_of({"x": x}), np.sort(walk(), axis=0)) == ("", ())
