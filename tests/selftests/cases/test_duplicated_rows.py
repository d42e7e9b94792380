from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.selftests.bench import Bench
from journeyman.selftests.cases import duplicated_rows as case
from journeyman.selftests.subject import Subject
from journeyman.table.table import Table


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "_ROWS", 150)


def test_an_honest_product_is_not_fooled(bench: Bench, world_of: Callable[..., Subject]) -> None:
    seen = case.ours(bench)
    assert seen.is_right, seen.text
    assert seen.numbers["apart"] == 0
    # A table that has copies already is tried without them.
    assert case.yours(bench, world_of(task="regression").doubled()).is_right


@pytest.mark.usefixtures("finds_nothing")
def test_a_product_that_sees_no_copies_fails(bench: Bench) -> None:
    seen = case.ours(bench)
    assert seen.is_right is False
    assert "none of 300 rows is found to have a copy" in seen.text


@pytest.mark.usefixtures("parts_copies")
def test_a_product_that_splits_copies_fails(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = case.ours(bench)
    assert seen.is_right is False
    assert seen.numbers["apart"] > 100
    # Its score gives it away, too.
    monkeypatch.setattr(case, "copies_apart", lambda understood: 0)
    seen = case.ours(bench)
    assert seen.is_right is False
    assert seen.numbers["twice"]["value"] < seen.numbers["once"]["low"]


def test_rows_that_chance_makes_equal_cannot_tell(bench: Bench, table_of: Callable[..., Table]) -> None:
    random = np.random.default_rng(0)
    cells: dict[str, Any] = {name: random.choice(["a", "b"], 400).tolist() for name in "uvwxy"}
    seen = case.yours(bench, Subject(table_of(cells), "y"))
    assert seen.is_right is None
    assert "alike by themselves" in seen.text


def test_few_rows_cannot_tell(bench: Bench, world_of: Callable[..., Subject]) -> None:
    seen = case.yours(bench, world_of(rows=30))
    assert seen.is_right is None
    assert "too few rows" in seen.text
