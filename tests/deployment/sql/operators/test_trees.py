"""Trees are the graph's: deep and flat, by numbers and by sets, with what is missing on either side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.deployment.sql.operators import trees as trees_in_sql
from journeyman.errors import InputError
from journeyman.learners.trees import Trees
from journeyman.plan.graph import Graph


def grown(count: int, splits: int, seed: int, outputs: int = 1, *, chain: bool = False) -> Trees:
    """Trees drawn at random; every third split is by a set."""
    random = np.random.default_rng(seed)
    feature, left, right, root = [], [], [], []
    for tree in range(count):
        start, first_leaf = tree * splits, tree * (splits + 1)
        open_ends: list[tuple[list[int], int]] = []
        root.append(start)
        for split in range(splits):
            if split:
                side, at = open_ends.pop(-1 if chain else int(random.integers(len(open_ends))))
                side[at] = start + split
            feature.append(int(random.integers(3)))
            left.append(0)
            right.append(0)
            open_ends += [(left, start + split), (right, start + split)]
        for leaf, (side, at) in enumerate(open_ends):
            side[at] = -1 - (first_leaf + leaf)
    is_set = (np.array(feature) == 2).astype(np.int64)
    sizes = np.where(is_set == 1, 3, 0)
    return Trees(
        feature=np.array(feature),
        threshold=np.round(random.normal(size=len(feature)), 1),
        is_set=is_set,
        missing_left=random.integers(0, 2, len(feature)),
        left=np.array(left),
        right=np.array(right),
        leaf_value=random.normal(size=count * (splits + 1)),
        root=np.array(root),
        output=np.arange(count) % outputs,
        set_start=np.concatenate([[0], np.cumsum(sizes)]),
        set_values=np.concatenate([np.sort(random.choice(9, 3, replace=False)) for one in is_set if one]).astype(
            np.int64
        ),
        outputs=np.array([outputs]),
    )


def rows() -> Any:
    random = np.random.default_rng(6)
    found = np.round(random.normal(size=(80, 3)), 1)
    found[:, 2] = random.integers(0, 9, 80)
    found[random.random((80, 3)) < 0.2] = np.nan
    return found


@pytest.mark.parametrize(("splits", "chain"), [(1, False), (6, False), (40, True)])
def test_trees(splits: int, chain: bool, agrees: Callable[..., float]) -> None:
    trees = grown(5, splits, splits, chain=chain)
    assert agrees(lambda g, w: trees.express(g, w.numbers), rows()) < 1e-12


def test_several_targets(agrees: Callable[..., float]) -> None:
    trees = grown(7, 5, 9, outputs=3)
    assert agrees(lambda g, w: trees.express(g, w.numbers), rows()) < 1e-12


def test_sets_over_levels_are_lists_of_words(agrees: Callable[..., float]) -> None:
    trees = grown(4, 6, 12)

    def build(graph: Graph, wires: Any) -> str:
        codes = graph.lookup(wires.words, list("abcdefgh"), np.arange(9.0)[:, None])
        return trees.express(graph, graph.join(graph.pick(wires.numbers, [0, 1], 2), codes))

    words = [*"abcdefgh", "unseen", "\x1fmissing"] * 8
    assert agrees(build, rows()[:, :2], words=[words]) < 1e-12


def test_too_many_leaves_are_refused(agrees: Callable[..., float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees_in_sql, "MOST_LEAVES", 20)
    trees = grown(3, 9, 1)
    with pytest.raises(InputError, match="leaves"):
        agrees(lambda g, w: trees.express(g, w.numbers), rows())
