from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.target_order import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_blocks_of_classes_and_rising_numbers_are_told(table_of: Make) -> None:
    blocks = look(table_of({"x": range(300), "y": ["a"] * 100 + ["b"] * 200}), Brief(predict="y"))
    rising = look(table_of({"y": np.arange(300.0) ** 2}), Brief(predict="y"))
    assert isinstance(blocks, Finding)
    assert isinstance(rising, Finding)
    assert (blocks.code, blocks.severity) == (rising.code, rising.severity) == ("target_order", "info")
    assert "it changes 1 times, and by chance would 133 times" in blocks.message
    assert "rising" in rising.message


def test_shuffled_rows_trends_and_rare_classes_are_not(table_of: Make) -> None:
    random = np.random.default_rng(0)
    assert look(table_of({"y": random.choice(["a", "b"], 300).tolist()}), Brief(predict="y")) is None
    assert look(table_of({"y": np.arange(300.0) + random.normal(0, 300, 300)}), Brief(predict="y")) is None
    assert look(table_of({"y": ["a"] * 2 + ["b"] * 298}), Brief(predict="y")) is None
    assert look(table_of({"y": [1.0] * 100}), Brief(predict="y")) == Skip("there are too few rows, or too many classes")
    assert isinstance(look(table_of({"y": range(300)}), Brief()), Skip)
