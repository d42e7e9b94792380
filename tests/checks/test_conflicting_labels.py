from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.conflicting_labels import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_equal_rows_of_two_classes_are_told_with_the_best_that_can_be_reached(table_of: Make) -> None:
    x = np.arange(100.0)
    y = ["a"] * 50 + ["b"] * 50
    # Rows 0 and 99 are one case of two classes; so are rows 1, 2 and 98.
    x[99], x[98], x[2] = x[0], x[1], x[1]
    found = look(table_of({"x": x, "y": y}), Brief(predict="y"))
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.rows) == ("conflicting_labels", "warning", (0, 1, 2, 98, 99))
    assert found.numbers["best"] == 0.98


def test_copies_numbers_and_few_cells_are_no_conflict_to_warn_of(table_of: Make) -> None:
    copies = table_of({"x": np.arange(100.0) % 50, "y": ["a", "b"] * 50})
    assert look(copies, Brief(predict="y")) is None
    assert isinstance(look(table_of({"x": range(100), "y": range(100)}), Brief(predict="y")), Skip)
    assert isinstance(look(copies, Brief()), Skip)
    random = np.random.default_rng(0)
    narrow = look(table_of({"x": random.choice(["u", "v"], 500).tolist(), "y": ["a", "b"] * 250}), Brief(predict="y"))
    assert isinstance(narrow, Finding)
    assert narrow.severity == "info"


def test_an_id_does_not_hide_a_conflict(table_of: Make) -> None:
    table = table_of({"id": range(100), "x": np.arange(100.0) // 1 % 60, "y": ["a"] * 60 + ["b"] * 40})
    found = look(table, Brief(predict="y"))
    assert isinstance(found, Finding)
    assert found.numbers["rows"] == 80
