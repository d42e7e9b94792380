from __future__ import annotations

import numpy as np

from journeyman.learners.trees import Trees, only_leaves
from journeyman.plan.graph_passes import tree_sums as under_test


def trees(seed: int, width: int = 4, sets: bool = False) -> Trees:
    """Two trees of two splits and three leaves each, for one output."""
    random = np.random.default_rng(seed)
    return Trees(
        feature=random.integers(0, width, 4),
        threshold=np.where([False, sets, False, False], 0.0, random.normal(size=4)),
        is_set=np.array([0, int(sets), 0, 0]),
        missing_left=np.array([1, 0, 0, 1]),
        left=np.array([1, -1, 3, -4]),
        right=np.array([-3, -2, -6, -5]),
        leaf_value=random.normal(size=6),
        root=np.array([0, 2]),
        output=np.array([0, 0]),
        set_start=np.array([0, 0, 2, 2, 2] if sets else [0] * 5),
        set_values=np.array([1, 3] if sets else [], np.int64),
        outputs=np.array([1]),
    )


def test_weights_starts_and_sums_go_into_the_leaves(bench) -> None:
    def draw(graph, start):
        total = ""
        for seed, weight, first in ((1, 0.5, 10.0), (2, 0.3, -2.0), (3, 0.2, 0.5)):
            part = trees(seed, sets=seed == 2).express(graph, start.numbers)
            part = graph.add("Mul", graph.add("Add", part, graph.constant([[first]])), graph.constant(weight))
            total = graph.add("Add", total, part) if total else part
        return total

    found = bench(under_test.rewrite, draw)
    assert np.allclose(found.before, found.after, rtol=1e-13)
    assert len(set(found.before.ravel().tolist())) > 5
    assert found.operators == {"TreeEnsemble": 1}


def test_a_tree_of_one_leaf_is_moved_once(bench) -> None:
    def draw(graph, start):
        return graph.add("Add", only_leaves(np.array([2.5])).express(graph, start.numbers), graph.constant([4.0]))

    found = bench(under_test.rewrite, draw)
    assert found.after.tolist() == [[6.5]] * len(found.after)
    assert found.operators == {"TreeEnsemble": 1}


def test_trees_of_other_numbers_and_trees_that_others_take_stay(bench) -> None:
    def draw(graph, start):
        one = trees(1).express(graph, start.numbers)
        other = trees(2).express(graph, graph.add("Neg", start.numbers))
        return graph.add("Add", graph.add("Add", one, other), graph.add("Mul", one, graph.constant(2.0)))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators["TreeEnsemble"] == 2
