from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.link import link_of, linked
from journeyman.plan.target import Task


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
