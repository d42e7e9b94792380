"""Trees whose leaves hold several numbers each: the trees tell the leaves, and a table holds their numbers.

A ``TreeEnsemble`` leaf gives one number to one target. Trees that share their splits between many classes would have
to be written once a class; so each tree is a target of its own that gives its leaf's row in the table.
"""

from __future__ import annotations

import numpy as np

from journeyman.learners.trees import Trees
from journeyman.plan.graph import INT64, Graph
from journeyman.table.columns import Numbers

#: Cells of leaves' numbers that are fetched at a time.
_CELLS_AT_A_TIME = 1 << 22


def summed(trees: Trees, table: Numbers, numbers: Numbers) -> Numbers:
    """The sums over all trees of their leaves' numbers, (rows, width of the table); without a table as trees are.

    Parameters
    ----------
    trees : tree ``t`` has output ``t``, and its leaves' values are rows of the table
    table : (leaves, width); no leaves where each leaf has one number, its own value
    numbers : the rows, (rows, columns)
    """
    if not len(table):
        return trees.score(numbers)
    places = np.rint(trees.score(numbers)).astype(np.int64)
    step = max(1, _CELLS_AT_A_TIME // max(places.shape[1] * table.shape[1], 1))
    blocks = [table[places[start : start + step]].sum(axis=1) for start in range(0, len(places), step)]
    return np.concatenate([np.zeros((0, table.shape[1])), *blocks])


def express_summed(trees: Trees, table: Numbers, graph: Graph, numbers: str) -> str:
    """The same as nodes."""
    if not len(table):
        return trees.express(graph, numbers)
    places = graph.add("Cast", graph.add("Round", trees.express(graph, numbers)), to=INT64)
    found = graph.add("Gather", graph.constant(table), places, axis=0)
    return graph.add("ReduceSum", found, graph.constant([1], np.int64), keepdims=0)
