from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.row_order_leak import look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(12)
ROWS = 600
TRUTH = np.sort(RANDOM.integers(0, 2, ROWS))


def seen_in(table: Table, target: str = "y") -> tuple[Finding, ...]:
    found = look(table, Brief(predict=target))
    assert not isinstance(found, Skip)
    return found


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("strength", ["medium", "strong"])
def test_sorted_and_numbered_rows_are_told(table_of: Make, task: Any, strength: str) -> None:
    world = World(task=task, rows=1000, plants=(f"leaks.row_order:{strength}",))
    (one,) = seen_in(table_of(dict(world.columns)), world.target)
    assert (one.code, one.severity, one.columns) == ("leak", "warning", ("record",))
    assert one.numbers["p"] < 1e-6


def test_numbers_in_words_count_too(table_of: Make) -> None:
    table = table_of({"id": [str(1000 + row) for row in range(ROWS)], "y": TRUTH}, {"id": "id"})
    assert [one.columns for one in seen_in(table)] == [("id",)]
    words = table_of({"id": [f"r{row}" for row in range(ROWS)], "y": TRUTH}, {"id": "id"})
    assert seen_in(words) == ()


def test_no_order_is_no_finding(table_of: Make) -> None:
    for seed in range(20):
        y = np.random.default_rng(seed).permutation(TRUTH)
        assert seen_in(table_of({"row": range(ROWS), "y": y})) == ()
        assert seen_in(table_of({"row": range(ROWS), "y": np.random.default_rng(seed).normal(size=ROWS)})) == ()


def test_what_runs_with_a_date_or_is_given_out_elsewhere_is_a_remark(table_of: Make) -> None:
    dates = np.datetime64("2024-01-01") + np.arange(ROWS)
    (one,) = seen_in(table_of({"row": range(ROWS), "day": dates, "y": TRUTH}))
    assert (one.code, one.severity, one.numbers["time"]) == ("id_column", "info", "day")
    mixed = RANDOM.permutation(ROWS)
    (one,) = seen_in(table_of({"parcel_id": mixed + 500, "y": TRUTH[mixed]}))
    assert (one.code, one.severity) == ("id_column", "info")


def test_several_classes(table_of: Make) -> None:
    classes = [f"class {place // 200}" for place in range(ROWS)]
    (one,) = seen_in(table_of({"row": range(ROWS), "y": classes}))
    assert one.severity == "warning"
    assert isinstance(look(table_of({"x": range(60)}), Brief()), Skip)
