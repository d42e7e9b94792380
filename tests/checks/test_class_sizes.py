from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.class_sizes import look
from journeyman.table.finding import Skip
from journeyman.table.table import Table


@pytest.mark.parametrize(
    ("cells", "codes", "words"),
    [
        (["a"] * 50 + ["b"] * 50 + ["maybe"] * 2, ["rare_class"], "'maybe' (2 rows)"),
        (["no"] * 998 + ["yes"] * 2, ["rare_class", "imbalance"], "'yes'"),
        ([0] * 9980 + [1] * 20, ["imbalance"], "(0.2 %) are '1'"),
        (["a"] * 50 + ["b"] * 50, [], ""),
        (["a", "b", "c"] * 3, [], ""),
        (["no"] * 200 + ["yes"], [], ""),
        (["no"] * 270 + ["yes"] * 20, ["imbalance"], "'yes': who never says it is right in 93 %"),
        (["no"] * 270 + ["yes"] * 40, [], ""),
    ],
)
def test_small_classes_are_told(table_of: Callable[..., Table], cells: Any, codes: list[str], words: str) -> None:
    found = look(table_of({"y": cells}), Brief(predict="y"))
    assert not isinstance(found, Skip)
    assert [one.code for one in found] == codes
    assert all(words in one.message for one in found)
    assert all((one.severity == "info") == ("who never" in one.message) for one in found)


def test_numbers_have_no_classes_unless_the_brief_says_so(table_of: Callable[..., Table]) -> None:
    table = table_of({"y": [1] * 50 + [2] * 50 + [3] * 3})
    assert isinstance(look(table, Brief(predict="y")), Skip)
    assert isinstance(look(table, Brief()), Skip)
    found = look(table, Brief(predict="y", task="multiclass"))
    assert not isinstance(found, Skip)
    assert [one.code for one in found] == ["rare_class"]
