from __future__ import annotations

from typing import Any

import pytest

from journeyman.bundle.expression_tree import (
    MOST_DEPTH,
    Cell,
    Told,
    as_data,
    evaluate_one,
    from_data,
    operation,
    require_bounds,
    walk,
)
from journeyman.errors import InputError

TREE = operation("-", operation("min", Cell("price"), 500.0), operation("abs", Told("actual")))


def test_a_tree_comes_back_from_json() -> None:
    data = as_data(TREE)
    assert data == ["-", ["min", {"column": "price"}, 500.0], ["abs", {"answer": "actual"}]]
    assert from_data(data) == TREE
    assert [type(one).__name__ for one in walk(TREE)] == [
        "Operation",
        "Operation",
        "Cell",
        "float",
        "Operation",
        "Told",
    ]


def test_a_minus_before_a_number_is_that_number() -> None:
    assert operation("negative", 5.0) == -5.0 == from_data(["negative", 5])
    assert from_data(["negative", {"column": "a"}]) != from_data({"column": "a"})


def deep(levels: int) -> Any:
    data: Any = {"column": "a"}
    for _ in range(levels - 1):
        data = ["negative", data]
    return data


def wide(leaves: int) -> Any:
    level: list[Any] = [1] * leaves
    while len(level) > 1:
        level = [["+", *level[place : place + 2]] for place in range(0, len(level), 2)]
    return level[0]


@pytest.mark.parametrize(
    "data",
    [
        None, True, "a", "__import__('os')", [], ["+"], ["+", 1], ["+", 1, 2, 3], ["abs", 1, 2], ["eval", 1],
        [["+"], 1], [1, 2], {}, {"column": ""}, {"column": 3}, {"column": "a", "answer": "actual"}, {"answer": "truth"},
        {"call": "x"},
        float("nan"), float("inf"), 10**400, ["+", 1, "a"], ["+", 1, None], deep(MOST_DEPTH + 1), deep(900), wide(512),
        {"answer": ["actual"]},
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(data: Any) -> None:
    with pytest.raises(InputError) as refused:
        from_data(data)
    assert refused.value.because
    assert refused.value.remedy


def test_the_largest_trees_are_read_and_larger_ones_refused_without_a_walk() -> None:
    assert evaluate_one(from_data(deep(MOST_DEPTH)), {"a": 2.0}, {}) == -2.0
    assert evaluate_one(from_data(wide(128)), {}, {}) == 128.0
    tree: Any = Cell("a")
    for _ in range(10_000):
        tree = operation("negative", tree)
    with pytest.raises(InputError, match="nested more than"):
        require_bounds(tree)
