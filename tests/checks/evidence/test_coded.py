from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.checks.evidence.coded import Coded, coded, exceptions
from journeyman.table.table import Table


def test_words_flags_and_whole_numbers_are_coded_and_others_are_not(table_of: Callable[..., Table]) -> None:
    table = table_of(
        {"w": ["a", "b", None] * 10, "n": [3, 1, 2] * 10, "x": np.linspace(0, 1, 30), "c": [1] * 30, "t": ["a b"] * 30},
        kinds={"t": "text"},
    )
    rows, found = coded(table, table.schema.columns, 10)
    assert rows.tolist() == list(range(30))
    assert [(one.name, one.levels) for one in found] == [("w", 2), ("n", 3)]
    assert found[0].codes[:3].tolist() == [0, 1, -1]
    assert [one.name for one in coded(table, table.schema.columns, 1)[1]] == ["w"]


def test_the_share_of_exceptions_is_that_of_rows_that_differ_from_what_is_mostly_so() -> None:
    first = Coded("a", np.repeat([0, 1, 2, -1], 25), 3)
    second = Coded("b", np.repeat([0, 1, 1, 0], 25).copy(), 2)
    assert exceptions(first, second, 100) == pytest.approx(0.0)
    second.codes[[0, 30]] = [1, 0]
    assert exceptions(first, second, 100) == pytest.approx(2 / 75)
    assert exceptions(first, second, 10) is None
