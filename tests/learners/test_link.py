from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.link import Kind, answer_range, constant_score, link_of, linked
from journeyman.plan.target import Target, Task


def test_values_pass_as_they_are() -> None:
    score = np.array([[-3.5], [1e300]])
    assert linked(link_of("regression"), score) is score


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_probabilities_are_finite_and_in_order_however_far_off_the_scores(task: Task) -> None:
    score = np.array([[-1e300, 0.0, 1e300], [1.0, 2.0, 3.0]])
    answers = linked(link_of(task), score)
    assert np.isfinite(answers).all()
    assert ((answers >= 0) & (answers <= 1)).all()
    assert (np.diff(answers, axis=1) >= 0).all()
    if task == "multiclass":
        np.testing.assert_allclose(answers.sum(axis=1), 1.0)


def test_no_rows_give_no_rows() -> None:
    assert linked(link_of("multiclass"), np.zeros((0, 3))).shape == (0, 3)


def test_rates_are_positive_and_finite_however_far_off_the_scores() -> None:
    answers = linked(link_of("rate"), np.array([[-1e300], [0.0], [1e300]]))
    assert np.isfinite(answers).all()
    assert (answers > 0).all()
    assert answers[1, 0] == 1


@pytest.mark.parametrize(("kind", "classes"), [("binary", 2), ("multiclass", 3), ("regression", 0), ("rate", 0)])
def test_the_constant_score_gives_the_mean(kind: Kind, classes: int) -> None:
    task: Task = "regression" if kind == "rate" else kind
    values = np.array([0.0, 1.0, 1.0, 0.0, 1.0]) + (kind == "multiclass") * np.array([0, 0, 1, 0, 0])
    target = Target(task=task, values=values, classes=tuple("abc"[:classes]))
    answer = linked(link_of(kind), constant_score(kind, target)[None, :])
    np.testing.assert_allclose(answer[0], target.mean())


def test_answers_stay_in_the_training_range_widened_by_a_tenth() -> None:
    values = np.array([10.0, 30.0, 20.0])
    assert answer_range(Target(task="regression", values=values)).tolist() == [8.0, 32.0]
    low, high = answer_range(Target(task="binary", values=np.array([0.0, 1.0]), classes=("n", "y")))
    assert low < -1e200
    assert high > 1e200
