from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.constant import look
from journeyman.table.table import Table


def test_constant_and_empty_columns_are_found_and_no_others(table_of: Callable[..., Table]) -> None:
    table = table_of(
        {
            "word": ["EU"] * 30, "number": [7.5] * 30, "day": np.array(["2024-01-01"] * 30, "M8[D]"),
            "none": [None] * 30, "no word": np.array([None] * 29 + ["x"], object), "gaps": ["EU", None] * 15,
            "number and gaps": [1, None] * 15, "varies": range(30), "ignored": [1] * 30, "y": [1] * 30,
        }
    )  # fmt: skip
    found = look(table, Brief(predict="y", ignore=("ignored",)))
    assert {one.columns[0]: one.code for one in found} == {
        "word": "constant", "number": "constant", "day": "constant", "none": "all_missing",
    }  # fmt: skip
    assert all((one.remedy.action, one.remedy.value) == ("role", "ignored") for one in found)
    assert found[0].message == "'word' holds 'EU' in every row"


def test_a_level_without_rows_does_not_hide_a_constant(table_of: Callable[..., Table]) -> None:
    table = table_of({"x": ["a", "b", "a", "a"]}).take(np.array([0, 2, 3]))
    assert [one.code for one in look(table, Brief())] == ["constant"]
