"""What a graph may cost: constants that multiply, texts that are copied, many models; all before anything runs."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.bundle import costs
from journeyman.bundle.costs import MOST_COPIES, MOST_ENSEMBLES, Account
from journeyman.bundle.onnx_file import Attribute, Node
from journeyman.bundle.operators import Wire
from journeyman.errors import BundleError


def node(operator: str, **attributes: tuple[str, Attribute]) -> Node:
    return Node(operator, "", (), ("x",), attributes)


def text(*words: str) -> Wire:
    return Wire("object", (len(words),), np.array(words, dtype=object))


WORDS = Wire("object", (-1, 3))


def test_usual_operations_cost_little() -> None:
    account = Account([WORDS, text("a", "b")])
    for operator in ("Add", "Pow", "Gather", "TreeEnsemble"):
        account.add(node(operator), Wire("float64", (-1, 100), work=200))
    account.add(node("Gather"), Wire("object", (-1, 3)))
    assert account.cells == 403


def test_constants_of_constants_count_together() -> None:
    account = Account([])
    for _ in range(2):
        account.add(node("Add"), Wire("float64", (1 << 22,)))
    account.add(node("Add"), Wire("float64", (-1, 4)))
    with pytest.raises(BundleError, match="constants grow too large"):
        account.add(node("Add"), Wire("float64", (1 << 24,)))
    assert account.cells == 4, "what is computed once is no cell of a row"


def test_a_tensor_and_all_of_them_are_bounded() -> None:
    with pytest.raises(BundleError, match="tensors grow too large"):
        Account([]).add(node("Add"), Wire("float64", (-1, (1 << 20) + 1)))
    account = Account([])
    for _ in range(4):
        account.add(node("Add"), Wire("float64", (-1, 1 << 20)))
    with pytest.raises(BundleError, match="tensors grow too large"):
        account.add(node("Add"), Wire("bool", (-1, 1)))


@pytest.mark.parametrize(("operator", "cells"), [("Add", 1 << 20), ("Exp", 1 << 19), ("Pow", 1 << 18)])
def test_series_and_powers_take_more_time_than_sums(operator: str, cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costs, "MOST_ROOM_A_ROW", 1 << 40)
    account = Account([])
    for _ in range({"Add": 32, "Exp": 8, "Pow": 8}[operator]):
        account.add(node(operator), Wire("float64", (-1, cells)))
    with pytest.raises(BundleError, match="too much arithmetic"):
        account.add(node(operator), Wire("float64", (-1, cells)))


def test_work_is_told_by_the_rule_where_it_is_more_than_the_cells() -> None:
    with pytest.raises(BundleError, match="too much arithmetic"):
        Account([]).add(node("MatMul"), Wire("float64", (-1, 1), work=1 << 26))
    with pytest.raises(BundleError, match="too much arithmetic"):
        Account([]).add(node("TreeEnsemble"), Wire("float64", (-1, 1), work=1 << 23))


def test_words_are_copied_so_often_and_no_more() -> None:
    account = Account([WORDS])
    account.add(node("Gather"), Wire("object", (-1, 4 * MOST_COPIES)))
    with pytest.raises(BundleError, match="copied too often"):
        account.add(node("Gather"), Wire("object", (-1, 1)))
    wide = Account([Wire("object", (-1, 10_000))])
    for _ in range(26):
        wide.add(node("Gather"), Wire("object", (-1, 10_000)))
    with pytest.raises(BundleError, match="copied too often"):
        wide.add(node("Gather"), Wire("object", (-1, 10_000)))


@pytest.mark.parametrize("where", ["constant", "values_strings", "default_string"])
def test_texts_of_the_graph_fill_no_memory(where: str) -> None:
    long = "x" * 100_000
    account = Account([WORDS, text(long if where == "constant" else "a", "b")])
    given: dict[str, tuple[str, Attribute]] = {}
    if where == "values_strings":
        given[where] = ("texts", ("a", long))
    elif where == "default_string":
        given[where] = ("text", long)
    account.add(node("LabelEncoder", **given), Wire("object", (-1, 300)))
    with pytest.raises(BundleError, match="texts grow too long"):
        account.add(node("Where"), Wire("object", (-1, 300)))


def test_ensembles_are_counted() -> None:
    account = Account([])
    for _ in range(MOST_ENSEMBLES):
        account.add(node("TreeEnsemble"), Wire("float64", (-1, 1), work=1))
    with pytest.raises(BundleError, match="tree ensembles"):
        account.add(node("TreeEnsemble"), Wire("float64", (-1, 1), work=1))
