from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.unseen import allowing_for_unseen

CODES = np.array([0, 1, 0, 1, 0, 1, 0, 2], np.float64)
TARGET = Target(task="multiclass", values=CODES, classes=("a", "b", "late"))


def test_a_class_that_no_training_row_held_has_the_chance_of_about_one() -> None:
    answers = np.array([[0.75, 0.25, 0.0], [0.5, 0.5, 0.0]])
    found = allowing_for_unseen(answers, TARGET, np.arange(6))
    np.testing.assert_allclose(found[:, 2], 1 / 9)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    np.testing.assert_allclose(found[:, 0] / found[:, 1], [3, 1])
    log_loss = metric_named("log_loss")
    assert log_loss.score(CODES[6:], answers) > 15 > 3 > log_loss.score(CODES[6:], found)


@pytest.mark.parametrize("training", [np.arange(8), np.array([0, 1, 7])])
def test_where_all_are_known_answers_stay_as_they_are(training: np.ndarray) -> None:
    answers = np.array([[0.75, 0.25, 0.0]])
    assert allowing_for_unseen(answers, TARGET, training) is answers


def test_numbers_two_classes_and_shapes_that_are_none_stay_as_they_are() -> None:
    answers = np.array([[0.2], [0.4]])
    for target in (
        Target(task="regression", values=CODES),
        Target(task="binary", values=CODES % 2, classes=("no", "yes")),
        TARGET,
    ):
        assert allowing_for_unseen(answers, target, np.array([0])) is answers
