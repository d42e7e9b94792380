from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.impossible_values import impossible, look
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_a_few_values_that_cannot_be_are_told_with_their_rows(table_of: Make) -> None:
    age = np.arange(20.0, 80.0).repeat(4)
    age[[3, 9]] = [455, -1]
    month = np.tile(np.arange(1.0, 13.0), 20)
    month[5] = 13
    rooms = np.tile([1.0, 2.0, 3.0], 80)
    rooms[100] = -2
    found = look(table_of({"Age": age, "month": month, "rooms": rooms}), Brief())
    assert [(one.columns, one.rows, one.severity) for one in found] == [
        (("Age",), (3, 9), "warning"), (("month",), (5,), "warning"), (("rooms",), (100,), "warning"),
    ]  # fmt: skip
    assert "2 values that cannot be an age of a person: −1, 455 (first: row 4)" in found[0].message


def test_names_that_mean_something_else_are_left_alone(table_of: Make) -> None:
    many = np.arange(240.0)
    cells = {
        "age": many * 30, "age_change": many - 200, "year": many, "lat": many * 1000, "price change": many - 100,
        "page": many, "longitude": many / 2, "weight": many - 120,
    }  # fmt: skip
    assert look(table_of(cells), Brief()) == ()


def test_amounts_that_run_through_zero_are_no_amounts(table_of: Make) -> None:
    random = np.random.default_rng(0)
    bell = random.normal(10, 4.5, 2000)
    skewed = random.lognormal(1, 1, 2000)
    skewed[4] *= -1
    assert 0 < (bell < 0).mean() < 0.02
    found = look(table_of({"distance": bell, "area": skewed}), Brief())
    assert [(one.columns, one.rows) for one in found] == [(("area",), (4,))]


def test_broken_numbers_where_only_whole_ones_can_be(table_of: Make) -> None:
    hour = np.tile(np.arange(24.0), 10)
    hour[7] = 3.5
    assert impossible("hour", hour)[1].tolist() == [7]
    assert impossible("duration", np.where(np.arange(240) == 2, -1.0, np.floor(hour)))[1].tolist() == [2]
    assert not len(impossible("x", hour)[1])
