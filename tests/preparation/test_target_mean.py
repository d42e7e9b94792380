"""Target means of levels, and that a row's own target does not show in training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.encode.target_mean import TargetMean
from journeyman.table.columns import MISSING_WORD, Columns, Strings

RANDOM = np.random.default_rng(np.random.PCG64(5))


def words(cells: list[str]) -> Columns:
    return Columns.of(rows=len(cells), words=[Strings.of(cells)], word_names=["w"])


def test_smoothed_means_and_the_prior_for_the_rest() -> None:
    step = TargetMean(smoothing=2.0)
    target = Target(task="binary", values=np.array([1.0, 1, 0, 0]), classes=("no", "yes"))
    done = step.apply(step.fit(words(["a", "a", "a", "b"]), target), words(["a", "b", "new", MISSING_WORD]))
    assert done.numbers[:, 0] == pytest.approx([(2 + 2 * 0.5) / (3 + 2), (0 + 2 * 0.5) / (1 + 2), 0.5, 0.5])
    assert done.number_names == ("w",)


def test_missing_is_a_level_where_training_held_it() -> None:
    step = TargetMean(smoothing=0.0)
    target = Target(task="regression", values=np.array([1.0, 3.0, 8.0]))
    done = step.apply(step.fit(words([MISSING_WORD, MISSING_WORD, "a"]), target), words([MISSING_WORD, "new"]))
    assert done.numbers[:, 0] == pytest.approx([2.0, 4.0])


def test_rows_count_by_their_weights() -> None:
    step = TargetMean(smoothing=0.0)
    target = Target(task="regression", values=np.array([1.0, 4.0, 5.0]), weights=np.array([2.0, 1.0, 0.0]))
    done = step.apply(step.fit(words(["a", "a", "b"]), target), words(["a", "b"]))
    assert done.numbers[:, 0] == pytest.approx([2.0, 2.0])


def test_several_classes_give_one_column_each_that_sum_to_1() -> None:
    step = TargetMean()
    target = Target(task="multiclass", values=np.array([0.0, 1, 2, 2]), classes=("x", "y", "z"))
    done = step.apply(step.fit(words(["a", "a", "a", "b"]), target), words(["a", "new"]))
    assert done.number_names == ("w: x", "w: y", "w: z")
    assert done.numbers.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert done.numbers[1] == pytest.approx([0.25, 0.25, 0.5])


def test_a_rows_own_target_does_not_change_its_number() -> None:
    cells = RANDOM.choice(list("abcdef"), 60).tolist()
    target = Target(task="regression", values=RANDOM.normal(size=60), groups=np.arange(60) // 3)
    step = TargetMean()
    before = step.fit_apply(words(cells), target)[1].numbers
    for row in (0, 17, 59):
        group = target.groups == target.groups[row] if target.groups is not None else np.zeros(60, bool)
        changed = replace(target, values=np.where(group, 1e6, target.values))
        after = step.fit_apply(words(cells), changed)[1].numbers
        assert np.array_equal(after[group], before[group])
        assert not np.array_equal(after, before)


def test_noise_with_many_levels_tells_nothing_in_training() -> None:
    rows = 2000
    cells = [f"level {one}" for one in RANDOM.integers(0, 700, rows)]
    target = Target(task="binary", values=RANDOM.integers(0, 2, rows).astype(float), classes=("no", "yes"))
    step = TargetMean(smoothing=1.0)
    state, seen = step.fit_apply(words(cells), target)
    naive = step.apply(state, words(cells))
    assert abs(np.corrcoef(seen.numbers[:, 0], target.values)[0, 1]) < 0.1
    assert np.corrcoef(naive.numbers[:, 0], target.values)[0, 1] > 0.4


def test_rows_in_time_are_encoded_by_as_many_others_as_rows_to_come() -> None:
    rows = 60
    target = Target(task="regression", values=np.arange(rows, dtype=float), order=np.arange(rows), fold_kind="forward")
    numbers = TargetMean(smoothing=0.0).fit_apply(words(["a"] * rows), target)[1].numbers[:, 0]
    assert abs(numbers - target.values.mean()).max() < 5, "the first rows, too, by rows from everywhere"
    assert len(np.unique(numbers)) > 1, "but never by themselves"


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_few_rows(rows: int) -> None:
    target = Target(task="regression", values=np.arange(rows, dtype=float), weights=np.zeros(rows))
    state, done = TargetMean(smoothing=0.0).fit_apply(words(["a"] * rows), target)
    assert np.isfinite(done.numbers).all()
    assert np.isfinite(state["means"]).all()
