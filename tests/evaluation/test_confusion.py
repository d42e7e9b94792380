from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.confusion import MOST, confusion
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.metrics.named import metric_named


def folds(rows: int) -> Folds:
    return make_folds("random", 2, rows=rows)


def test_two_classes_keep_their_order() -> None:
    target = Target(task="binary", values=np.array([0.0, 0, 1, 1, 1, 1]), classes=("no", "yes"))
    answers = np.array([[0.1], [0.7], [0.9], [0.8], [0.2], [0.6]])
    found = confusion(answers, target, folds(6))
    assert found is not None
    assert found.classes == ("no", "yes")
    assert found.counts == ((1.0, 1.0), (1.0, 3.0))
    assert (found.right, found.commonest) == (pytest.approx(4 / 6), pytest.approx(4 / 6))


def test_rare_classes_of_many_are_counted_together() -> None:
    classes = tuple(f"c{place}" for place in range(14))
    values = np.concatenate([np.full(place + 1, place) for place in range(14)]).astype(np.float64)
    target = Target(task="multiclass", values=values, classes=classes)
    answers = np.eye(14)[values.astype(int)]
    found = confusion(answers, target, folds(len(values)))
    assert found is not None
    assert found.classes[0] == "c13"
    assert (len(found.classes), found.others) == (MOST, 4)
    assert np.array(found.counts).shape == (MOST + 1, MOST + 1)
    assert np.array(found.counts).sum() == len(values)
    assert found.counts[-1][-1] == 1 + 2 + 3 + 4
    assert found.right == 1.0


def test_weights_count_and_rows_that_are_not_scored_do_not() -> None:
    target = Target(task="binary", values=np.array([0.0, 1, 1]), classes=("a", "b"), weights=np.array([2.0, 1.0, 5.0]))
    found = confusion(np.array([[0.0], [1.0], [np.nan]]), target, Folds("forward", 2, np.array([0, 1, -1])))
    assert found is not None
    assert found.counts == ((2.0, 0.0), (0.0, 1.0))


def test_numbers_have_none() -> None:
    target = Target(task="regression", values=np.arange(4.0))
    assert confusion(np.zeros((4, 1)), target, folds(4)) is None


def test_classes_are_named_as_the_judge_asks() -> None:
    target = Target(task="binary", values=np.array([0.0, 0, 1, 1]), classes=("no", "yes"))
    answers = np.array([[0.1], [0.3], [0.4], [0.2]])
    found = confusion(answers, target, folds(4), metric_named("balanced_accuracy"))
    assert found is not None
    assert found.counts == ((1.0, 1.0), (1.0, 1.0))
    plain = confusion(answers, target, folds(4), metric_named("log_loss"))
    assert plain is not None
    assert plain.counts == ((2.0, 0.0), (2.0, 0.0))
