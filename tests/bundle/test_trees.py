from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.bundle.trees import MOST_DEPTH, check_trees
from journeyman.errors import BundleError


def trees() -> dict[str, Any]:
    """Two trees over 3 numbers: x0 <= 0.5 ? (x1 in {1, 4} ? 10 : 20) : 30, and one leaf alone."""
    return {
        "aggregate_function": 1,
        "leaf_targetids": np.array([0, 0, 0, 1]),
        "leaf_weights": np.array([10.0, 20.0, 30.0, 40.0]),
        "membership_values": np.array([1.0, 4.0, np.nan]),
        "n_targets": 2,
        "nodes_falseleafs": np.array([1, 1, 1]),
        "nodes_falsenodeids": np.array([2, 1, 3]),
        "nodes_featureids": np.array([0, 1, 0]),
        "nodes_missing_value_tracks_true": np.array([0, 0, 1]),
        "nodes_modes": np.array([0, 6, 0], np.uint8),
        "nodes_splits": np.array([0.5, 0.0, 0.0]),
        "nodes_trueleafs": np.array([0, 1, 1]),
        "nodes_truenodeids": np.array([1, 0, 3]),
        "post_transform": 0,
        "tree_roots": np.array([0, 2]),
    }


def chain(depth: int) -> dict[str, Any]:
    place = np.arange(depth)
    is_last = (place == depth - 1).astype(np.int64)
    return {
        **trees(),
        "leaf_targetids": np.zeros(depth + 1, np.int64),
        "leaf_weights": np.zeros(depth + 1),
        "membership_values": np.zeros(0),
        "nodes_falseleafs": np.ones(depth, np.int64),
        "nodes_falsenodeids": place,
        "nodes_featureids": np.zeros(depth, np.int64),
        "nodes_missing_value_tracks_true": np.zeros(depth, np.int64),
        "nodes_modes": np.zeros(depth, np.uint8),
        "nodes_splits": np.zeros(depth),
        "nodes_trueleafs": is_last,
        "nodes_truenodeids": place + 1,
        "tree_roots": np.array([0]),
    }


def test_trees_pass() -> None:
    assert check_trees(trees(), 3) == (2, 4)
    assert check_trees(chain(MOST_DEPTH), 1) == (2, MOST_DEPTH)


def test_optional_arrays_may_be_absent() -> None:
    plain = chain(3)
    del plain["membership_values"], plain["nodes_missing_value_tracks_true"]
    assert check_trees(plain, 1) == (2, 3)


def test_deeper_trees_are_refused() -> None:
    with pytest.raises(BundleError, match="deeper"):
        check_trees(chain(MOST_DEPTH + 1), 1)


@pytest.mark.parametrize("value", [-1, 3, 2**31, 2**63 - 1, -(2**63)])
@pytest.mark.parametrize(
    "name",
    [
        "leaf_targetids",
        "nodes_falseleafs",
        "nodes_falsenodeids",
        "nodes_featureids",
        "nodes_missing_value_tracks_true",
        "nodes_trueleafs",
        "nodes_truenodeids",
        "tree_roots",
    ],
)
def test_every_index_is_checked(name: str, value: int) -> None:
    for place in range(len(trees()[name])):
        changed = trees()
        if value == 3 and changed[name][place] == 3:
            continue
        changed[name][place] = value
        with pytest.raises(BundleError):
            check_trees(changed, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nodes_truenodeids", [0, 0, 3]),  # its own child
        ("nodes_truenodeids", [2, 0, 3]),  # a root as a child
        ("nodes_falsenodeids", [2, 0, 3]),  # a leaf in two places
        ("tree_roots", [0, 0]),
        ("tree_roots", []),
        ("leaf_targetids", [0, 0, 0]),
        ("leaf_targetids", [0, 0, 0, 0, 0]),  # a leaf that hangs nowhere
        ("aggregate_function", 0),
        ("post_transform", 1),
        ("n_targets", 0),
        ("n_targets", 2**40),
        ("nodes_featureids", [0, 1]),
    ],
)
def test_structure_is_checked(name: str, value: Any) -> None:
    changed = {**trees(), name: np.array(value, np.int64) if isinstance(value, list) else value}
    if name == "leaf_targetids" and len(value) == 5:
        changed["leaf_weights"] = np.zeros(5)
    with pytest.raises(BundleError):
        check_trees(changed, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("leaf_weights", np.array([10.0, np.nan, 30.0, 40.0])),
        ("leaf_weights", np.zeros(4, np.float32)),
        ("leaf_weights", np.zeros((4, 1))),
        ("nodes_splits", np.array([np.inf, 0.0, 0.0])),
        ("nodes_modes", np.array([0, 7, 0], np.uint8)),
        ("nodes_modes", np.array([0, 6, 6], np.uint8)),
        ("nodes_modes", np.array([0, 0, 0], np.uint8)),
        ("membership_values", np.array([1.0, 4.0])),
        ("membership_values", np.array([np.nan])),
        ("membership_values", np.array([1.0, np.nan, 4.0, np.nan])),
        ("membership_values", np.array([1.5, np.nan])),
        ("membership_values", np.array([-1.0, np.nan])),
        ("membership_values", np.array([1e300, np.nan])),
        ("membership_values", np.array([[1.0, np.nan]])),
    ],
)
def test_numbers_and_sets_are_checked(name: str, value: Any) -> None:
    with pytest.raises(BundleError):
        check_trees({**trees(), name: value}, 3)


@pytest.mark.parametrize("name", sorted(set(trees()) - {"nodes_missing_value_tracks_true"}))
def test_no_array_may_be_absent(name: str) -> None:
    changed = trees()
    del changed[name]
    with pytest.raises(BundleError):
        check_trees(changed, 3)


def test_a_narrower_table_is_refused() -> None:
    with pytest.raises(BundleError, match="nodes_featureids"):
        check_trees(trees(), 1)
