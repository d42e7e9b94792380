"""Plans fitted without doubted rows."""

from __future__ import annotations

import numpy as np

from journeyman.learners.linear import Linear
from journeyman.plan.cleaned import MOST_LEFT_OUT, Cleaned
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


def labelled(rows: int = 600, flipped: float = 0.1) -> tuple[Columns, Target, np.ndarray]:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(rows, 2))
    truth = (numbers[:, 0] > 0).astype(float)
    wrong = random.uniform(size=rows) < flipped
    target = Target(task="binary", values=np.where(wrong, 1 - truth, truth), classes=("no", "yes"))
    return Columns.of(rows=rows, numbers=numbers, number_names=("a", "b")), target, wrong


def test_wrong_labels_are_left_out_and_hardly_any_others() -> None:
    columns, target, wrong = labelled()
    plan = Cleaned(inner=Linear(), judge=Linear())
    out = np.setdiff1d(np.arange(600), plan.stay(columns, target))
    assert wrong[out].mean() > 0.8
    assert wrong[out].sum() > 0.5 * wrong.sum()
    assert plan_of(to_data(plan)) == plan


def test_the_model_is_that_of_the_rows_kept() -> None:
    columns, target, _ = labelled()
    plan = Cleaned(inner=Linear(), judge=Linear())
    kept = plan.stay(columns, target)
    state, own = plan.fit(columns, target), Linear().fit(columns.take(kept), target.take(kept))
    assert np.array_equal(plan.apply(state, columns).numbers, Linear().apply(own, columns).numbers)


def test_never_too_many_are_left_out_and_of_few_rows_none() -> None:
    columns, target, _ = labelled(flipped=0.45)
    plan = Cleaned(inner=Linear(), judge=Linear())
    assert len(plan.stay(columns, target)) >= (1 - MOST_LEFT_OUT) * 600
    few = np.arange(60)
    assert len(plan.stay(columns.take(few), target.take(few))) == 60


def test_numbers_far_from_their_answers_are_left_out() -> None:
    random = np.random.default_rng(1)
    numbers = random.normal(size=(500, 1))
    values = numbers[:, 0] + 0.1 * random.normal(size=500)
    values[:5] += 50
    columns = Columns.of(rows=500, numbers=numbers, number_names=("a",))
    target = Target(task="regression", values=values)
    kept = Cleaned(inner=Linear(), judge=Linear()).stay(columns, target)
    assert not set(range(5)) & set(kept.tolist())
    assert len(kept) > 480
