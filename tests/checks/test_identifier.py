from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.identifier import look
from journeyman.table.table import Table

RANDOM = np.random.default_rng(0)
ANY_ORDER = RANDOM.permutation(10_000)[:200]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("anything", [f"C{place:05d}" for place in range(200)]),
        ("nearly", [f"C{max(place, 5):05d}" for place in range(200)]),
        ("row", range(200)),
        ("down", range(200, 0, -1)),
        *[(name, ANY_ORDER) for name in ("id", "ID", "customer_id", "PassengerId", "order key", "Case Number", "uuid")],
    ],
)
def test_what_names_rows_is_found(table_of: Callable[..., Table], name: str, cells: Any) -> None:
    (found,) = look(table_of({name: cells, "y": [0, 1] * 100}), Brief(predict="y"))
    assert (found.code, found.columns, found.remedy.value) == ("id_column", (name,), "ignored")
    assert name in found.message


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("price", ANY_ORDER),
        ("paid", ANY_ORDER),
        ("humid", ANY_ORDER),
        ("monkey", ANY_ORDER),
        ("id", ANY_ORDER // 10),
        ("id", RANDOM.normal(size=200)),
        ("id", [None, *ANY_ORDER[1:]]),
        ("sku", [f"sku-{place}" for place in RANDOM.integers(0, 150, 200)]),
        ("day", np.arange("2024-01-01", "2024-07-19", dtype="M8[D]")),
    ],
)
def test_what_may_say_something_is_left_alone(table_of: Callable[..., Table], name: str, cells: Any) -> None:
    assert look(table_of({name: cells, "y": [0, 1] * 100}), Brief(predict="y")) == ()


def test_the_kind_that_the_reader_found_counts_and_the_brief_wins(table_of: Callable[..., Table]) -> None:
    table = table_of({"k": ["a", "a", "b"] * 10, "y": [0, 1, 1] * 10}, kinds={"k": "id"})
    assert [one.columns for one in look(table, Brief(predict="y"))] == [("k",)]
    assert look(table, Brief(predict="y", columns={"k": {"role": "feature"}})) == ()
    assert look(table, Brief(predict="y", entity="k")) == ()


def test_few_distinct_words_are_no_evidence(table_of: Callable[..., Table]) -> None:
    assert look(table_of({"x": list("abcdefgh"), "y": [0, 1] * 4}), Brief(predict="y")) == ()


@pytest.mark.parametrize(
    ("name", "cells", "severity"),
    [
        ("customer_id", ANY_ORDER, "warning"),
        ("ref", [f"C{place:05d}" for place in range(200)], "warning"),
        ("zip", [f"{place:05d}" for place in ANY_ORDER], "info"),
        ("x", range(200), "info"),
    ],
)
def test_digits_without_the_name_of_an_id_are_told_quietly(
    table_of: Callable[..., Table], name: str, cells: Any, severity: str
) -> None:
    (found,) = look(table_of({name: list(cells), "y": [0, 1] * 100}), Brief(predict="y"))
    assert found.severity == severity
