"""The target of some rows, and how they are split further."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.plan.target import Target


def test_outputs_and_codes() -> None:
    binary = Target(task="binary", values=np.array([0.0, 1.0]), classes=("no", "yes"))
    several = Target(task="multiclass", values=np.array([0.0, 2.0]), classes=("a", "b", "c"))
    assert (binary.outputs, several.outputs) == (1, 3)
    assert Target(task="regression", values=np.array([0.5])).outputs == 1
    assert several.codes.dtype == np.int64
    assert several.codes.tolist() == [0, 2]
    assert len(several) == 2


def test_rows_are_taken_with_everything_that_belongs_to_them() -> None:
    whole = Target(
        task="regression",
        values=np.arange(4.0),
        weights=np.arange(4.0) + 10,
        groups=np.array([0, 0, 1, 1]),
        order=np.array([4, 3, 2, 1]),
        fold_kind="entity",
        seed=3,
    )
    some = whole.take(np.array([3, 0]))
    assert some.values.tolist() == [3.0, 0.0]
    assert some.weights is not None
    assert some.groups is not None
    assert some.order is not None
    assert (some.weights.tolist(), some.groups.tolist(), some.order.tolist()) == ([13.0, 10.0], [1, 0], [1, 4])
    assert (some.fold_kind, some.seed) == ("entity", 3)
    assert Target(task="regression", values=np.arange(3.0)).take(np.array([1])).weights is None


def test_folds_are_made_in_the_same_manner() -> None:
    groups = np.arange(40) // 4
    target = Target(task="regression", values=np.arange(40.0), groups=groups, fold_kind="entity")
    folds = target.folds(5)
    assert (folds.kind, folds.count) == ("entity", 5)
    for fold in range(5):
        assert not set(groups[folds.training(fold)]) & set(groups[folds.scored(fold)])
    assert np.array_equal(folds.number, target.folds(5).number)
    ordered = Target(task="regression", values=np.zeros(12), order=np.arange(12), fold_kind="forward").folds(3)
    assert ordered.training(0).max() < ordered.scored(0).min()
    classes = Target(
        task="binary", values=np.repeat([0.0, 1.0], [30, 10]), classes=("a", "b"), fold_kind="stratified"
    ).folds(5)
    assert [int((classes.number[30:] == fold).sum()) for fold in range(5)] == [2] * 5


def test_for_encodings_every_row_is_scored_also_in_time() -> None:
    target = Target(task="regression", values=np.arange(40.0), order=np.arange(40), fold_kind="forward")
    assert (target.folds(4).number == -1).any()
    folds = target.encoding_folds(4)
    assert len(folds.all_scored) == 40
    grouped = replace(target, groups=np.arange(40) // 8).encoding_folds(4)
    assert all(len(np.unique(grouped.number[np.arange(40) // 8 == group])) == 1 for group in range(5))
