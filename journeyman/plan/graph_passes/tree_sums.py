"""Trees that read the same numbers and are summed up are one ensemble; a weight and a start go into their leaves."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.plan.graph import Node
from journeyman.plan.rewriting import Rewriting, row_of

_TREES = "TreeEnsemble"


def rewrite(node: Node, new: Rewriting) -> str | None:
    """Mul and Add behind TreeEnsemble. Differs in the last bits: leaves are weighted before they are summed up."""
    if node.operator not in ("Mul", "Add"):
        return None
    trees = new.made_by(node.inputs[0], _TREES)
    if trees is None or new.uses[node.inputs[0]] > 1:
        return None
    if node.operator == "Mul":
        weight = new.number(node.inputs[1])
        return None if weight is None else _again(new, trees, leaf_weights=trees.attributes["leaf_weights"] * weight)
    other = new.made_by(node.inputs[1], _TREES)
    if other is not None and new.uses[node.inputs[1]] <= 1 and other.inputs == trees.inputs:
        return _summed(new, trees, other)
    start = new.value(node.inputs[1])
    return None if start is None else _started(new, trees, start)


def _again(new: Rewriting, trees: Node, **changes: Any) -> str:
    return new.add(_TREES, trees.inputs[0], domain=trees.domain, **{**trees.attributes, **changes})


def _started(new: Rewriting, trees: Node, start: np.ndarray) -> str | None:
    """A constant is added to the leaves of one tree a target: of the first, all of whose leaves are the target's."""
    told, targets = trees.attributes, np.asarray(trees.attributes["leaf_targetids"])
    row = row_of(start, told["n_targets"])
    if row is None or told["n_targets"] != 1:
        return None
    weights = np.array(told["leaf_weights"], np.float64)
    first = _leaves_below(told, int(told["tree_roots"][0]))
    if len(targets) < len(first):
        return None
    weights[first] += row[0]
    return _again(new, trees, leaf_weights=weights)


def _leaves_below(told: dict[str, Any], root: int) -> list[int]:
    found: list[int] = []
    waiting = [root]
    while waiting:
        split = waiting.pop()
        for side in ("true", "false"):
            child = int(told[f"nodes_{side}nodeids"][split])
            (found if told[f"nodes_{side}leafs"][split] else waiting).append(child)
    return sorted(set(found))


def _summed(new: Rewriting, one: Node, two: Node) -> str | None:
    """Two ensembles of the same targets, the trees of one behind those of the other."""
    first, second = one.attributes, two.attributes
    if first["n_targets"] != second["n_targets"]:
        return None
    return new.add(_TREES, one.inputs[0], domain=one.domain, **behind(first, second))


def behind(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """The arrays of two ensembles as those of one; targets as each has them."""
    splits, leaves = len(first["nodes_splits"]), len(first["leaf_weights"])
    moved = dict(second)
    for side in ("true", "false"):
        child, is_leaf = (np.asarray(second[f"nodes_{side}{kind}"]) for kind in ("nodeids", "leafs"))
        moved[f"nodes_{side}nodeids"] = np.where(is_leaf == 1, child + leaves, child + splits)
    moved["tree_roots"] = np.asarray(second["tree_roots"]) + splits
    found = {name: first[name] for name in ("aggregate_function", "n_targets", "post_transform")}
    for name in {*first, *second} - found.keys():
        parts = [np.asarray(side[name]) for side in (first, moved) if name in side]
        joined = np.concatenate(parts)
        is_array = isinstance(first.get(name, second.get(name)), np.ndarray)
        found[name] = joined if is_array else joined.tolist()
    return found
