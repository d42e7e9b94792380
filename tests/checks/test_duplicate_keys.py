from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.duplicate_keys import clusters, look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def orders(*, doubled: bool) -> dict[str, Any]:
    random = np.random.default_rng(0)
    one = {"order_id": np.arange(300.0), "age": random.integers(18, 80, 300) + 0.0, "sum": random.normal(size=300)}
    one |= {"item": random.normal(size=300), "city": random.choice(["a", "b", "c"], 300), "y": random.random(300) < 0.4}
    rows = np.concatenate([np.arange(300), np.arange(0, 300, 2)]) if doubled else np.arange(300)
    cells = {name: (cells[rows] + 0.0 if cells.dtype == bool else cells[rows]) for name, cells in one.items()}
    return {name: list(cells) if name == "city" else cells for name, cells in cells.items()}


def test_rows_that_a_join_doubled_are_told_and_kept_together(table_of: Make) -> None:
    cells = orders(doubled=True)
    cells["item"][300:] += 1.0
    table = table_of(cells)
    found = look(table, Brief(predict="y"))
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.columns) == ("duplicate_keys", "warning", ("order_id",))
    assert found.numbers == {"rows": 300, "keys": 150, "extra": 150, "same": 3, "columns": 4}
    assert found.remedy.action == "group"
    codes = clusters(table, Brief(predict="y"))
    assert codes[0] == codes[300]
    assert len(np.unique(codes)) == 300


def test_keys_of_one_row_and_somebody_who_comes_again_are_no_join(table_of: Make) -> None:
    assert look(table_of(orders(doubled=False)), Brief(predict="y")) is None
    again = orders(doubled=True)
    random = np.random.default_rng(1)
    for name in ("sum", "item", "y"):
        again[name] = random.normal(size=450) if name != "y" else (random.random(450) < 0.4) + 0.0
    table = table_of(again)
    assert look(table, Brief(predict="y")) is None
    assert len(np.unique(clusters(table, Brief(predict="y")))) == 450


def test_without_a_target_nobody_can_say(table_of: Make) -> None:
    assert isinstance(look(table_of(orders(doubled=True)), Brief()), Skip)
