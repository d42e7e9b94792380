from __future__ import annotations

import lightgbm
import numpy as np
import onnxruntime
import pytest

from journeyman.learners.trees import Trees, from_lightgbm, mean_of, only_leaves, told_from_zero
from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns


def grown(random: np.random.Generator, objective: str = "regression") -> tuple[lightgbm.Booster, np.ndarray]:
    numbers = np.column_stack(
        [random.normal(size=800), random.integers(0, 70, 800).astype(float), random.normal(size=800)]
    )
    numbers[:80, 0] = np.nan
    values = np.nan_to_num(numbers[:, 0], nan=3.0) + 2 * np.isin(numbers[:, 1], [1, 5, 33, 69]) + numbers[:, 2]
    settings = {"objective": objective, "num_leaves": 15, "verbosity": -1, "num_threads": 1, "cat_smooth": 1}
    if objective == "multiclass":
        settings["num_class"] = 3
        values = np.digitize(values, [0, 2]).astype(float)
    data = lightgbm.Dataset(numbers, values, categorical_feature=[1])
    return lightgbm.train(settings, data, 20), numbers


def ask(trees: Trees, numbers: np.ndarray) -> np.ndarray:
    graph = Graph()
    wires = graph.inputs(Columns.of(rows=0, number_names=("a", "b", "c"), numbers=np.empty((0, 3))))
    content = graph.finish(wires, trees.express(graph, wires.numbers))
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return session.run(None, {"numbers": numbers})[0]


@pytest.mark.parametrize("objective", ["regression", "multiclass"])
def test_arrays_text_and_graph_are_the_model(objective: str) -> None:
    booster, numbers = grown(np.random.default_rng(1), objective)
    trees = from_lightgbm(booster.model_to_string(), numbers)
    wanted = booster.predict(numbers, raw_score=True).reshape(len(numbers), -1)
    np.testing.assert_allclose(trees.score(numbers), wanted, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ask(trees, numbers), wanted, rtol=0, atol=1e-12)
    assert trees.is_set.any(), "the table was made so that sets are split on"


def test_missing_goes_to_the_heavier_side_where_training_held_none() -> None:
    booster, numbers = grown(np.random.default_rng(2))
    trees = from_lightgbm(booster.model_to_string(), numbers)
    holes = numbers[:200].copy()
    holes[:, 2] = np.nan
    ours = trees.score(holes)
    np.testing.assert_allclose(ask(trees, holes), ours, rtol=0, atol=1e-12)
    as_zero = np.where(np.isnan(holes), [[np.nan, np.nan, 0.0]], holes)
    assert np.abs(ours[:, 0] - booster.predict(as_zero, raw_score=True)).max() > 1e-6


def test_unseen_levels_go_where_the_set_is_not() -> None:
    booster, numbers = grown(np.random.default_rng(3))
    trees = from_lightgbm(booster.model_to_string(), numbers)
    odd = numbers[:50].copy()
    for level in (-1.0, 70.0, 1e9, np.nan):
        odd[:, 1] = level
        np.testing.assert_allclose(ask(trees, odd), trees.score(odd), rtol=0, atol=1e-12)


def test_children_stand_behind_their_parents() -> None:
    booster, numbers = grown(np.random.default_rng(4))
    trees = from_lightgbm(booster.model_to_string(), numbers)
    place = np.arange(len(trees.feature))
    for child in (trees.left, trees.right):
        assert ((child < 0) | (child > place)).all()


def test_a_tree_of_one_leaf_and_no_rows() -> None:
    trees = only_leaves(np.array([2.5]))
    numbers = np.full((3, 3), np.nan)
    assert trees.score(numbers).tolist() == [[2.5]] * 3
    assert ask(trees, numbers).tolist() == [[2.5]] * 3
    assert trees.score(numbers[:0]).shape == (0, 1)


def test_a_split_of_missing_from_all_others_has_a_finite_threshold() -> None:
    random = np.random.default_rng(6)
    numbers = np.column_stack([np.where(random.random(400) < 0.5, np.nan, random.normal(size=400))] * 2)
    values = np.isnan(numbers[:, 0]) * 3.0
    booster = lightgbm.train({"num_leaves": 3, "verbosity": -1}, lightgbm.Dataset(numbers, values), 5)
    assert "threshold=inf" in booster.model_to_string(), "the table was made so that LightGBM splits missing off"
    trees = from_lightgbm(booster.model_to_string(), numbers)
    assert np.isfinite(trees.threshold).all()
    np.testing.assert_allclose(trees.score(numbers)[:, 0], booster.predict(numbers), rtol=0, atol=1e-12)
    three = np.hstack([numbers, numbers[:, :1]])
    np.testing.assert_allclose(ask(trees, three), trees.score(numbers), rtol=0, atol=1e-12)


def test_the_mean_of_several_sums_up_to_the_mean() -> None:
    several = []
    for seed in (1, 2, 3):
        booster, numbers = grown(np.random.default_rng(seed))
        several.append(from_lightgbm(booster.model_to_string(), numbers))
    several.append(only_leaves(np.array([4.0])))
    together = mean_of(several)
    assert together.is_set.any()
    wanted = np.mean([one.score(numbers) for one in several], axis=0)
    np.testing.assert_allclose(together.score(numbers), wanted, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ask(together, numbers), wanted, rtol=0, atol=1e-12)


def test_numbers_too_small_to_be_told_from_zero_go_where_zero_goes() -> None:
    least = told_from_zero(np.array([0.0, -0.0, 5e-324, -1e-320, 1.5, -2.0]))
    assert (least[:4] > 1e-308).all()
    assert least[4:].tolist() == [1.5, -2.0]
