from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.expression import Expression
from journeyman.bundle.expression_tree import OPERATIONS, Cell, Node, Operation, Told, operation
from journeyman.errors import InputError

CELLS = st.one_of(st.just(math.nan), st.just(0.0), st.just(-0.0), st.just(1e308), st.floats(-1e6, 1e6))
LEAVES = st.one_of(st.floats(-1e3, 1e3), st.sampled_from([Cell("a"), Cell("b"), Told("prediction"), Told("actual")]))


def grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(st.sampled_from(sorted(OPERATIONS)), parts, parts)
    return pairs.map(lambda one: operation(one[0], *one[1 : 1 + OPERATIONS[one[0]][0]]))


def naive(node: Node, row: dict[str, float]) -> float:
    """By the book: whatever is missing, divided by zero or beyond all numbers is not known, and nor is what uses it."""
    if isinstance(node, float):
        return node
    if isinstance(node, Cell | Told):
        return row[node.column if isinstance(node, Cell) else node.answer]
    parts = [naive(part, row) for part in node.parts]
    if any(math.isnan(part) for part in parts) or (node.name == "/" and parts[1] == 0):
        return math.nan
    found = {
        "+": lambda: parts[0] + parts[1],
        "-": lambda: parts[0] - parts[1],
        "*": lambda: parts[0] * parts[1],
        "/": lambda: parts[0] / parts[1],
        "negative": lambda: -parts[0],
        "min": lambda: min(parts),
        "max": lambda: max(parts),
        "abs": lambda: abs(parts[0]),
    }[node.name]()
    return found if math.isfinite(found) else math.nan


@settings(max_examples=300, deadline=None)
@given(st.recursive(LEAVES, grown, max_leaves=10), st.lists(st.tuples(*[CELLS] * 4), min_size=1, max_size=9))
def test_many_rows_one_row_and_the_book_agree_to_the_bit(tree: Node, cells: list[tuple[float, ...]]) -> None:
    amount = Expression(tree)
    names = ("a", "b", "prediction", "actual")
    columns = {name: np.array([row[place] for row in cells]) for place, name in enumerate(names)}
    values = {name: columns[name] for name in ("a", "b")}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = amount.evaluate(values, len(cells), prediction=columns["prediction"], actual=columns["actual"])
    for place, row in enumerate(cells):
        given = dict(zip(names, row, strict=True))
        one = amount.evaluate_one(given, prediction=given["prediction"], actual=given["actual"])
        expected = naive(tree, given)
        assert repr(one) == repr(float(found[place]))
        assert repr(one) == repr(expected) or one == expected == 0.0


def test_names_are_columns_and_answers_are_not() -> None:
    amount = Expression.parse("b * abs(actual - prediction) - `actual` + b")
    assert amount.names == ("b", "actual")
    assert amount.answers == ("actual", "prediction")
    assert amount.text == "b * abs(actual - prediction) - `actual` + b"
    assert Expression.from_data(amount.as_data()) == amount
    assert isinstance(amount.tree, Operation)


def test_missing_cells_and_division_by_zero_are_not_known() -> None:
    found = Expression.parse("a / b").evaluate({"a": np.array([6.0, 1.0, np.nan]), "b": np.array([3.0, 0.0, 1.0])}, 3)
    np.testing.assert_array_equal(found, [2.0, np.nan, np.nan])
    assert np.isnan(Expression.parse("0 * a").evaluate({"a": np.array([np.nan])}, 1)).all()
    assert np.isnan(Expression.parse("min(a, 1)").evaluate({"a": np.array([np.nan])}, 1)).all()


def test_what_reads_nothing_is_the_same_in_every_row_and_no_rows_are_none() -> None:
    assert Expression.parse("2 * 3").evaluate({}, 3).tolist() == [6.0, 6.0, 6.0]
    assert Expression.parse("2 / 0").evaluate({}, 1).tolist() != [0.0]
    assert Expression.parse("a + 1").evaluate({"a": np.empty(0)}, 0).shape == (0,)


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="did you mean 'amount'") as refused:
        Expression.parse("amuont - 1").evaluate({"amount": np.zeros(1)}, 1)
    assert refused.value.code == "column_missing"
    with pytest.raises(InputError, match="number is predicted"):
        Expression.parse("actual").evaluate({}, 1)


def test_values_are_not_changed() -> None:
    cells = np.array([1.0, np.nan])
    found = Expression.parse("a").evaluate({"a": cells}, 2)
    found[0] = 9.0
    assert cells[0] == 1.0
