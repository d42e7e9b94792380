from __future__ import annotations

import numpy as np

from journeyman.learners.trees import Trees
from journeyman.plan.graph_passes import tree_columns as under_test


def trees(features: list[int]) -> Trees:
    none = np.zeros(0, np.int64)
    return Trees(
        feature=np.array(features),
        threshold=np.array([0.0, 0.5]),
        is_set=np.zeros(2, np.int64),
        missing_left=np.array([1, 0]),
        left=np.array([1, -1]),
        right=np.array([-3, -2]),
        leaf_value=np.array([1.0, 2.0, 4.0]),
        root=np.array([0]),
        output=np.array([0]),
        set_start=np.zeros(3, np.int64),
        set_values=none,
        outputs=np.array([1]),
    )


def test_columns_are_not_picked_for_trees(bench) -> None:
    found = bench(
        under_test.rewrite, lambda graph, start: trees([2, 0]).express(graph, graph.pick(start.numbers, [3, 3, 1], 4))
    )
    assert found.is_same
    assert len(set(found.after.ravel().tolist())) == 3
    assert found.operators == {"TreeEnsemble": 1}


def test_blocks_at_which_no_split_looks_are_not_made(bench) -> None:
    def draw(graph, start):
        blocks = [graph.add(operator, start.numbers) for operator in ("Abs", "Neg", "Floor")]
        return trees([6, 9]).express(graph, graph.join(*blocks))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"Neg": 1, "Floor": 1, "Concat": 1, "TreeEnsemble": 1}
