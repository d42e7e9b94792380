from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.target_type import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table


@pytest.mark.parametrize(
    ("cells", "severity", "words"),
    [
        ([3, 4, 5, 6, 7, 8, 9], "info", "predicted as a number"),
        (["low", "medium", "high"], "info", "look ordered"),
        (["1", "2", "3", "4"], "info", "look ordered"),
        ([*(f"{number} kg" for number in range(12)), *(str(number) for number in range(60)), "n. a."], "warning", "'"),
        (np.array(["2024-01-01", "2024-01-02"], "M8[D]"), "error", "date"),
    ],
)
def test_a_target_that_is_not_what_it_looks_like(
    table_of: Callable[..., Table], cells: Any, severity: str, words: str
) -> None:
    found = look(table_of({"y": np.tile(np.array(cells), 5)}), Brief(predict="y"))
    assert isinstance(found, Finding)
    assert (found.code, found.severity) == ("target_type", severity)
    assert words in found.message
    assert found.remedy.words


@pytest.mark.parametrize(
    "cells", [[0, 1, 0], ["no", "yes", "no"], ["cat", "dog", "cow"], [0.5, 1.5, 7.0], range(100), [1, 2, None]]
)
def test_a_plain_target_needs_no_words(table_of: Callable[..., Table], cells: Any) -> None:
    assert look(table_of({"y": [*cells, *cells]}), Brief(predict="y")) is None


def test_the_brief_decides_and_is_told_what_is_lost(table_of: Callable[..., Table]) -> None:
    table = table_of({"y": [3, 4, 5] * 9})
    assert look(table, Brief(predict="y", task="regression")) is None
    found = look(table, Brief(predict="y", task="multiclass"))
    assert isinstance(found, Finding)
    assert "order is lost" in found.message
    assert isinstance(look(table, Brief()), Skip)
