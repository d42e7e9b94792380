from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from journeyman.curation.likeness import goal_of, likeness, pairs, some_groups
from journeyman.plan.target import Target
from journeyman.table.table import Table


def test_what_columns_explain_is_no_likeness(table_of: Callable[..., Table]) -> None:
    random = np.random.default_rng(0)
    groups = np.arange(2000) // 10
    known = random.normal(size=200)[groups]
    hidden = random.normal(size=200)[groups]
    table = table_of({"known": known, "w": ["a", "b"] * 1000})
    goal = goal_of(Target(task="regression", values=known + 0.7 * random.normal(size=2000)))
    assert likeness(table, ("known", "w"), groups, goal).rest < 0.3
    assert likeness(table, ("w",), groups, goal).rest > 0.5
    goal = goal_of(Target(task="regression", values=known + hidden))
    assert likeness(table, ("known", "w"), groups, goal).rest > 0.8
    goal = goal_of(Target(task="regression", values=random.normal(size=2000)))
    alone = likeness(table, ("known", "w"), groups, goal)
    assert abs(alone.rest) < 4 * alone.error


def test_no_two_rows_of_a_group_say_nothing(table_of: Callable[..., Table]) -> None:
    table = table_of({"x": np.arange(50.0)})
    goal = goal_of(Target(task="regression", values=np.arange(50.0)))
    assert likeness(table, ("x",), np.arange(50), goal).rest == 0.0


@pytest.mark.parametrize("classes", [("a", "b"), ("a", "b", "c", "d", "e", "f", "g")])
def test_goals_of_classes_have_mean_zero(classes: tuple[str, ...]) -> None:
    task = "binary" if len(classes) == 2 else "multiclass"
    values = (np.arange(70) % len(classes)).astype(float)
    goal = goal_of(Target(task=task, values=values, classes=classes))  # type: ignore[arg-type]  # one of two tasks
    assert goal.shape == (70, 1 if task == "binary" else 5)
    np.testing.assert_allclose(goal.mean(axis=0), 0, atol=1e-12)


def test_groups_are_taken_whole_and_pairs_are_of_one_group() -> None:
    groups = np.r_[np.repeat(np.arange(100), 5), [-1, -1]]
    random = np.random.default_rng(0)
    rows, codes = some_groups(groups, 50, random)
    assert len(rows) == 50
    assert (np.bincount(codes) == 5).all()
    first, second = pairs(codes, random)
    assert len(first) == 4 * (len(rows) // 5)
    assert (codes[first] == codes[second]).all()
    assert (first != second).all()


def test_of_large_groups_some_rows_are_taken() -> None:
    groups = np.repeat(np.arange(3), 4000)
    rows, codes = some_groups(groups, 100, np.random.default_rng(0))
    assert len(rows) == 200
    assert (np.diff(rows) > 0).all()
    assert sorted(set(codes.tolist())) == [0, 1]
    assert (np.unique(groups[rows], return_inverse=True)[1] == codes).all()


def test_the_memory_for_a_wide_and_long_table_is_bounded(table_of: Callable[..., Table]) -> None:
    random = np.random.default_rng(1)
    rows, some = 60_000, random.normal(size=(8, 60_000))
    table = table_of({"x": some[0]})
    # Columns that share their cells: only what is made of them takes memory.
    table = replace(table, values={f"x{place}": some[place % 8] for place in range(600)})
    goal = goal_of(Target(task="regression", values=some[0] + random.normal(size=rows)))
    tracemalloc.start()
    try:
        found = likeness(table, tuple(table.values), np.arange(rows) // 20_000, goal)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert abs(found.rest) < 0.1
    # Indicators of 30 columns in 20,000 rows are 48 million bytes, and they are held twice; the bins of
    # all columns would be 96 million in so many rows, and 288 million in all.
    assert peak < 140_000_000
