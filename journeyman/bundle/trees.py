"""Whether the arrays of a ``TreeEnsemble`` are trees: onnxruntime follows their indexes without looking.

Definition: https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.protobuf import refuse

#: Deeper trees are refused, because onnxruntime recurses into them (at about half a KiB a level).
MOST_DEPTH = 512
MOST_TARGETS = 4096
#: Set members are levels' numbers.
MOST_MEMBER = 1 << 24
_SUM, _NONE, _MEMBER = 1, 0, 6

#: Attribute → its type. All but the last two must be there.
TREE_ATTRIBUTES: Mapping[str, str] = {
    "aggregate_function": "int",
    "leaf_targetids": "ints",
    "leaf_weights": "tensor",
    "n_targets": "int",
    "nodes_falseleafs": "ints",
    "nodes_falsenodeids": "ints",
    "nodes_featureids": "ints",
    "nodes_modes": "tensor",
    "nodes_splits": "tensor",
    "nodes_trueleafs": "ints",
    "nodes_truenodeids": "ints",
    "post_transform": "int",
    "tree_roots": "ints",
    "membership_values": "tensor",
    "nodes_missing_value_tracks_true": "ints",
}
_OPTIONAL = ("membership_values", "nodes_missing_value_tracks_true")


def check_trees(attributes: Mapping[str, Any], width: int) -> tuple[int, int]:
    """Check every index and every number of the arrays.

    Parameters
    ----------
    attributes : values by name, of the types in `TREE_ATTRIBUTES`
    width : how many numbers a row has

    Returns
    -------
    (targets, splits that one row passes at most)

    Raises
    ------
    BundleError : the arrays are not trees, or not such as we write
    """
    for name in TREE_ATTRIBUTES:
        if name not in attributes and name not in _OPTIONAL:
            raise refuse(f"a TreeEnsemble has no {name}")
    if attributes["aggregate_function"] != _SUM or attributes["post_transform"] != _NONE:
        raise refuse("a TreeEnsemble does something else than sum its leaves")
    targets = int(attributes["n_targets"])
    if not 1 <= targets <= MOST_TARGETS:
        raise refuse(f"a TreeEnsemble has {targets} targets")
    feature, roots = attributes["nodes_featureids"], attributes["tree_roots"]
    nodes, leaves = len(feature), len(attributes["leaf_targetids"])
    _require_shapes(attributes, nodes, leaves)
    if not nodes or not len(roots):
        raise refuse("a TreeEnsemble has no tree")
    _require_range("nodes_featureids", feature, width)
    _require_range("tree_roots", roots, nodes)
    _require_range("leaf_targetids", attributes["leaf_targetids"], targets)
    modes = attributes["nodes_modes"]
    _require_range("nodes_modes", modes, _MEMBER + 1)
    if "nodes_missing_value_tracks_true" in attributes:
        _require_range("nodes_missing_value_tracks_true", attributes["nodes_missing_value_tracks_true"], 2)
    for name in ("nodes_splits", "leaf_weights"):
        if not np.isfinite(attributes[name]).all():
            raise refuse(f"{name} holds a number that is not finite")
    _check_sets(attributes.get("membership_values"), int(np.count_nonzero(modes == _MEMBER)))
    return targets, _check_links(attributes, roots, nodes, leaves)


def _require_shapes(attributes: Mapping[str, Any], nodes: int, leaves: int) -> None:
    for name, value in attributes.items():
        if TREE_ATTRIBUTES[name] == "int" or name in ("tree_roots", "membership_values"):
            continue
        if value.shape != ((leaves,) if name.startswith("leaf_") else (nodes,)):
            raise refuse(f"{name} is not as long as the other arrays")
    kinds = {"leaf_weights": "float64", "nodes_splits": "float64", "nodes_modes": "uint8"}
    kinds["membership_values"] = "float64"
    for name, kind in kinds.items():
        if name in attributes and attributes[name].dtype != np.dtype(kind):
            raise refuse(f"{name} is not of type {kind}")


def _require_range(name: str, values: NDArray[Any], end: int) -> None:
    if len(values) and (values.min() < 0 or values.max() >= end):
        raise refuse(f"{name} holds an index outside 0 to {end - 1:,}")


def _check_sets(members: NDArray[np.float64] | None, splits: int) -> None:
    """One set a membership split, each behind the other and ended by NaN; members are whole numbers."""
    if members is None:
        if splits:
            raise refuse("a membership split has no set")
        return
    if members.ndim != 1:
        raise refuse("membership_values is no list")
    is_end = np.isnan(members)
    if np.count_nonzero(is_end) != splits or (len(members) and not is_end[-1]):
        raise refuse("there are not as many sets as membership splits")
    ends = np.flatnonzero(is_end)
    if np.any(np.diff(ends, prepend=-1) < 2):
        raise refuse("a set is empty")
    values = members[~is_end]
    if len(values) and (values.min() < 0 or values.max() >= MOST_MEMBER or np.any(values != np.floor(values))):
        raise refuse("a set holds what is no level's number")


def _check_links(attributes: Mapping[str, Any], roots: NDArray[np.int64], nodes: int, leaves: int) -> int:
    """Children stand behind their parents and have one parent; so the walk ends. Gives splits on the longest walk."""
    place = np.arange(nodes)
    parents, owners, inner = np.bincount(roots, minlength=nodes), [], []
    for side in ("true", "false"):
        child, is_leaf = attributes[f"nodes_{side}nodeids"], attributes[f"nodes_{side}leafs"]
        _require_range(f"nodes_{side}leafs", is_leaf, 2)
        to_leaf = is_leaf == 1
        _require_range(f"nodes_{side}nodeids", child[to_leaf], leaves)
        _require_range(f"nodes_{side}nodeids", child[~to_leaf], nodes)
        if np.any(child[~to_leaf] <= place[~to_leaf]):
            raise refuse("a tree's child stands before its parent")
        parents = parents + np.bincount(child[~to_leaf], minlength=nodes)
        inner.append(np.where(to_leaf, -1, child))
        owners.append(np.column_stack([child[to_leaf], place[to_leaf]]))
    if np.any(parents != 1):
        raise refuse("a tree's node has no parent, or two")
    # A tree of one leaf is a split whose two sides are that leaf; otherwise a leaf hangs in one place.
    same = (inner[0] == -1) & (inner[1] == -1)
    same &= attributes["nodes_truenodeids"] == attributes["nodes_falsenodeids"]
    if np.any(same & (np.bincount(roots, minlength=nodes) == 0)):
        raise refuse("both sides of a split below a root are one leaf")
    right = owners[1][~same[owners[1][:, 1]], 0]
    uses = np.bincount(np.concatenate([owners[0][:, 0], right]), minlength=leaves)
    if np.any(uses != 1):
        raise refuse("a leaf hangs nowhere, or in two places")
    return _longest_walk(inner[0], inner[1], roots)


def _longest_walk(left: NDArray[np.int64], right: NDArray[np.int64], roots: NDArray[np.int64]) -> int:
    """Sum over the trees of the splits on a longest path, at most: every tree counts as deep as the deepest."""
    depth, level = 0, roots
    while len(level):
        depth += 1
        if depth > MOST_DEPTH:
            raise refuse(f"a tree is deeper than {MOST_DEPTH} splits")
        below = np.concatenate([left[level], right[level]])
        level = below[below >= 0]
    return depth * len(roots)
