from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners.short_trees import ShortTrees, places_of
from journeyman.plan.target import Target


def growing(rows: int = 400) -> ShortTrees:
    random = np.random.default_rng(5)
    numbers = random.normal(size=(rows, 3))
    values = numbers[:, 0] + np.sin(3 * numbers[:, 1]) + 0.3 * random.normal(size=rows)
    return ShortTrees(
        numbers=numbers,
        target=Target(task="regression", values=values),
        codes=(),
        directions={},
        loss="",
        rounds=200,
        rate=0.1,
        rows_in_leaf=10,
        parts=3,
        patience=10,
        seed=0,
    )


def test_each_tree_asks_for_one_column_and_each_model_leaves_a_part_out() -> None:
    trees = growing()
    models = trees.grown([[0], [1], [2]], 4, 63)
    assert len(models) == 3
    for one in models:
        for begin, end in zip(one.first_splits()[:-1], one.first_splits()[1:], strict=True):
            assert len(set(one.feature[begin:end].tolist())) <= 1
    held = trees.held_out(models)
    assert not np.isnan(held).any()
    assert np.corrcoef(held[:, 0], trees.target.values)[0, 1] > 0.85


def test_what_comes_later_is_added_to_what_was_there() -> None:
    trees = growing()
    models = trees.grown([[0]], 4, 63)
    more = trees.grown([[1]], 4, 63, models)
    left = trees.target.values - models[0].score(trees.numbers)[:, 0]
    assert np.std(left - more[0].score(trees.numbers)[:, 0]) < 0.7 * np.std(left)


def test_noise_is_stopped_at_once_and_in_time_order_by_the_newest_rows() -> None:
    noise = replace(growing(), target=Target(task="regression", values=np.random.default_rng(1).normal(size=400)))
    assert max(len(one.root) for one in noise.grown([[0], [1], [2]], 3, 63)) < 40
    target = replace(growing().target, fold_kind="forward", order=np.arange(400))
    later = replace(growing(), target=target).grown([[0], [1], [2]], 3, 63)
    assert len({len(one.root) for one in later}) == 1


def test_the_absolute_loss_keeps_directions_too() -> None:
    trees = replace(growing(), directions={1: 1}, loss="absolute")
    scores = trees.grown([[0], [1], [2]], 4, 63)[0]
    line = np.zeros((60, 3))
    line[:, 1] = np.linspace(-3, 3, 60)
    assert np.diff(scores.score(line)[:, 0]).min() >= 0


def test_of_two_columns_of_one_name_the_last_is_meant() -> None:
    assert places_of(["b", "c"], ["b", "a", "b"]) == (2,)


@pytest.mark.parametrize("rows", [20, 25])
def test_few_rows_are_taken(rows: int) -> None:
    assert growing(rows).grown([[0], [1], [2]], 3, 63)
