from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.learnt.features import FEATURES, PIECES
from journeyman.sources.meaning.learnt.trees import Trees, shipped, shipped_facts, tree_type


def stump(feature: int, threshold: float, left: float, right: float) -> np.void:
    row = np.zeros(1, tree_type(3))
    row["feature"][0, 0], row["threshold"][0, 0] = feature, threshold
    row["left"][0, 0], row["right"][0, 0] = -1, -2
    row["leaf"][0, :2] = left, right
    return row[0]  # type: ignore[no-any-return]


def test_cells_go_left_where_they_are_not_above_the_threshold() -> None:
    trees = Trees(("a", "b"), np.array([stump(0, 1.0, 2.0, -2.0), stump(1, 0.0, 0.0, 1.0)], tree_type(3)), 1.0)
    chances = trees.chances(np.array([[1.0, 0.0], [1.5, 1.0]], np.float32))
    np.testing.assert_allclose(chances[0], [np.exp(2) / (np.exp(2) + 1), 1 / (np.exp(2) + 1)])
    np.testing.assert_allclose(chances[1, 0], 1 / (1 + np.exp(3)))
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    cool = Trees(trees.classes, trees.trees, 2.0).chances(np.array([[1.0, 0.0]], np.float32))
    np.testing.assert_allclose(cool[0, 0], np.e / (np.e + 1))


def test_the_trees_that_ship_fit_the_features_that_are_computed() -> None:
    trees, facts = shipped(), shipped_facts()
    assert tuple(facts["features"]) == FEATURES
    assert facts["pieces_of_names"] == PIECES
    assert len(trees.trees) % len(trees.classes) == 0
    assert int(trees.trees["feature"].max()) < len(FEATURES) + PIECES
    children = np.concatenate([trees.trees["left"], trees.trees["right"]])
    assert children.max() < trees.trees["feature"].shape[1]
    assert -1 - children.min() < trees.trees["leaf"].shape[1]
    assert np.isfinite(trees.trees["leaf"]).all()
    assert trees.trees.nbytes < 400_000
