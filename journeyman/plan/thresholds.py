"""How many thresholds lie below a number, told in the graph by a tree of comparisons.

So a block of any width costs a few steps a cell, and no tensor grows with the number of thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.table.columns import Integers, Numbers

#: The most outputs that we give one node of trees.
_MOST_TARGETS = 4096


def express_below(graph: Graph, numbers: str, thresholds: Sequence[Numbers]) -> str:
    """Of each column of a block, (N, columns), how many of its own thresholds are less than its number, as float64.

    Thresholds are finite and do not fall, (thresholds of that column,) each. Nothing is said of missing numbers.
    """
    parts = []
    for first in range(0, len(thresholds), _MOST_TARGETS):
        columns = range(first, min(first + _MOST_TARGETS, len(thresholds)))
        block = graph.pick(numbers, list(columns), len(thresholds))
        trees = _trees([thresholds[one] for one in columns])
        parts.append(graph.add("TreeEnsemble", block, domain="ai.onnx.ml", **trees))
    return graph.join(*parts)


def _trees(thresholds: Sequence[Numbers]) -> dict[str, Any]:
    """A tree a column that counts the thresholds below a number."""
    shapes = [_shape(len(one)) for one in thresholds]
    # A tree without thresholds is a split whose two sides are its one leaf.
    splits = [np.zeros(1) if not len(one) else one[shape[0]] for one, shape in zip(thresholds, shapes, strict=True)]
    sizes = np.array([len(one) for one in splits])
    leaves = np.array([len(one) + 1 for one in thresholds])
    nodes_before, leaves_before = np.cumsum(sizes) - sizes, np.cumsum(leaves) - leaves
    sides = {}
    for name, side in (("true", 1), ("false", 2)):
        child = np.concatenate([shape[side] for shape in shapes])
        is_leaf = child < 0
        own = np.where(is_leaf, -1 - child + np.repeat(leaves_before, sizes), child + np.repeat(nodes_before, sizes))
        sides[f"nodes_{name}leafs"] = is_leaf.astype(int).tolist()
        sides[f"nodes_{name}nodeids"] = own.tolist()
    owner = np.arange(len(thresholds))
    return {
        **sides,
        "aggregate_function": 1,
        "leaf_targetids": np.repeat(owner, leaves).tolist(),
        "leaf_weights": (np.arange(leaves.sum()) - np.repeat(leaves_before, leaves)).astype(np.float64),
        "n_targets": len(thresholds),
        "nodes_featureids": np.repeat(owner, sizes).tolist(),
        "nodes_modes": np.zeros(int(sizes.sum()), np.uint8),
        "nodes_splits": np.concatenate(splits),
        "post_transform": 0,
        "tree_roots": nodes_before.tolist(),
    }


@lru_cache(maxsize=512)
def _shape(count: int) -> tuple[Integers, Integers, Integers]:
    """A balanced tree over ``count`` thresholds, parents first.

    Which threshold each split asks for, and its children: a split's place where not negative, else −1 − a leaf's.
    """
    if not count:
        return np.zeros(1, np.int64), np.full(1, -1), np.full(1, -1)
    asks: list[int] = []
    children: list[list[int]] = []
    waiting = [(0, count, -1, 0)]
    while waiting:
        low, high, parent, side = waiting.pop()
        place = -1 - low if low == high else len(asks)
        if parent >= 0:
            children[parent][side] = place
        if low < high:
            middle = (low + high) // 2
            asks.append(middle)
            children.append([0, 0])
            waiting += [(middle + 1, high, place, 1), (low, middle, place, 0)]
    sides = np.array(children, np.int64)
    return np.array(asks, np.int64), sides[:, 0], sides[:, 1]
