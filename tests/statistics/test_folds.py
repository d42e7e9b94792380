from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.folds import make_folds


@pytest.mark.parametrize("kind", ["random", "stratified"])
@pytest.mark.parametrize("rows", [10, 11, 103])
def test_every_row_is_scored_once_and_folds_are_of_one_size(kind, rows):
    classes = np.arange(rows) % 3 if kind == "stratified" else None
    folds = make_folds(kind, 5, rows=rows, classes=classes, seed=1)
    sizes = np.bincount(folds.number, minlength=5)
    assert sizes.sum() == rows
    assert sizes.max() - sizes.min() <= 1
    for fold in range(5):
        both = np.concatenate([folds.training(fold), folds.scored(fold)])
        np.testing.assert_array_equal(np.sort(both), np.arange(rows))
    np.testing.assert_array_equal(folds.all_scored, np.arange(rows))


def test_stratified_keeps_shares_of_classes():
    classes = (np.arange(200) < 23).astype(np.int64)
    folds = make_folds("stratified", 5, rows=200, classes=classes, seed=3)
    held = np.bincount(folds.number[classes == 1], minlength=5)
    assert held.max() - held.min() <= 1


def test_same_seed_same_folds_and_another_seed_others():
    first, again, other = (make_folds("random", 5, rows=50, seed=seed).number for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize("kind", ["random", "stratified", "entity"])
def test_groups_are_never_split(kind):
    random = np.random.default_rng(0)
    groups = random.integers(0, 40, 300) * 7
    classes = random.integers(0, 2, 300)
    folds = make_folds(kind, 5, rows=300, classes=classes, groups=groups, seed=2)
    for group in np.unique(groups):
        assert len(np.unique(folds.number[groups == group])) == 1
    sizes = np.bincount(folds.number, minlength=5)
    assert sizes.min() > 300 / 5 * 0.7


def test_few_duplicates_leave_the_shares_of_classes():
    # Nearly all groups are single rows: what duplicates make of an ordinary table.
    random = np.random.default_rng(0)
    groups = np.arange(500)
    groups[:20:2] = groups[1:20:2]
    classes = (random.uniform(size=500) < 0.1).astype(np.int64)
    folds = make_folds("stratified", 5, rows=500, classes=classes, groups=groups, seed=2)
    held = np.bincount(folds.number[classes == 1], minlength=5)
    assert held.max() - held.min() <= 2


def test_one_huge_group_has_a_fold_of_its_own():
    groups = np.concatenate([np.zeros(80, np.int64), np.arange(1, 21)])
    folds = make_folds("entity", 5, rows=100, groups=groups, seed=0)
    assert (np.bincount(folds.number, minlength=5) > 0).all()


def test_forward_trains_on_the_past_only_and_keeps_a_moment_together():
    random = np.random.default_rng(0)
    order = random.integers(0, 60, 400)
    folds = make_folds("forward", 4, rows=400, order=order)
    assert set(np.unique(folds.number)) == {-1, 0, 1, 2, 3}
    for fold in range(4):
        assert order[folds.training(fold)].max() < order[folds.scored(fold)].min()
        assert len(folds.training(fold)) >= 400 / 5 * 0.7 * (fold + 1)
    assert len(folds.all_scored) == (folds.number >= 0).sum() < 400


def test_forward_needs_times():
    with pytest.raises(ValueError, match="time"):
        make_folds("forward", 4, rows=10)


def test_no_rows():
    assert len(make_folds("random", 5, rows=0).number) == 0
    assert len(make_folds("forward", 5, rows=0, order=np.empty(0, np.int64)).number) == 0


def test_fewer_folds_scored_leave_the_rows_to_learn_from():
    folds = make_folds("random", 5, rows=100)
    few = folds.scoring(2)
    assert (few.count, few.usable) == (2, (0, 1))
    np.testing.assert_array_equal(few.number == 1, folds.number == 1)
    np.testing.assert_array_equal(few.training(0), folds.training(0))
    assert len(few.all_scored) == 40
    assert folds.scoring(5) is folds


def test_of_forward_folds_the_last_are_scored():
    order = np.random.default_rng(0).permutation(120)
    folds = make_folds("forward", 5, rows=120, order=order)
    few = folds.scoring(2)
    assert (few.count, few.usable) == (2, (0, 1))
    for fold in range(2):
        np.testing.assert_array_equal(few.training(fold), folds.training(fold + 3))
        np.testing.assert_array_equal(few.scored(fold), folds.scored(fold + 3))
    np.testing.assert_array_equal(few.order, order)


def test_groups_with_a_few_rows_of_a_rare_class_are_spread_over_the_folds() -> None:
    random = np.random.default_rng(np.random.PCG64(3))
    groups, classes = np.repeat(np.arange(60), 20), np.zeros(1200, np.int64)
    for one in random.choice(60, 12, replace=False).tolist():
        # Never the last of the group's rows.
        classes[one * 20 + random.choice(19, 2, replace=False)] = 1
    folds = make_folds("entity", 10, rows=1200, classes=classes, groups=groups)
    assert all(classes[folds.scored(fold)].any() for fold in range(10))


def test_rows_of_no_group_even_out_what_groups_leave_uneven() -> None:
    groups = np.concatenate([np.repeat([0, 1, 2], [50, 30, 1]), np.arange(3, 102)])
    classes = (np.arange(len(groups)) % 7 == 0).astype(np.int64)
    folds = make_folds("stratified", 3, rows=len(groups), classes=classes, groups=groups)
    for label in (0, 1):
        assert np.ptp(np.bincount(folds.number[classes == label])) <= 1
