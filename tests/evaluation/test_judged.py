from __future__ import annotations

import numpy as np

from journeyman.evaluation.judged import MOST_ROWS, judged_rows
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds


def test_rows_without_fold_or_answer_are_left_out():
    answers = np.arange(6.0)[:, None]
    answers[4] = np.nan
    folds = Folds("random", 2, np.array([-1, 0, 1, 0, 1, 1]))
    judged = judged_rows(answers, Target(task="regression", values=np.arange(6.0)), folds)
    assert judged.rows.tolist() == [1, 2, 3, 5]
    assert judged.fold.tolist() == [0, 1, 0, 1]
    assert judged.weights.tolist() == [1.0] * 4
    assert judged.units.tolist() == [0, 1, 2, 3]
    assert judged.take(judged.fold == 1).truth.tolist() == [2.0, 5.0]


def test_no_answers_are_no_rows():
    judged = judged_rows(
        np.zeros((0, 0)), Target(task="regression", values=np.arange(6.0)), Folds("random", 2, np.arange(6) % 2)
    )
    assert len(judged.rows) == len(judged.answers) == 0


def test_groups_are_units_and_times_are_blocks():
    values, groups = np.arange(200.0), np.repeat([7, 3], 100)
    entities = judged_rows(
        values[:, None], Target(task="regression", values=values, groups=groups), Folds("entity", 2, groups % 2)
    )
    assert set(entities.units.tolist()) == {0, 1}
    assert (entities.clusters == entities.units).all()
    order = np.arange(200)
    folds = make_folds("forward", 4, rows=200, order=order)
    times = judged_rows(values[:, None], Target(task="regression", values=values, groups=groups, order=order), folds)
    assert len(set(times.units.tolist())) == len(times.rows) == 160
    assert 20 <= len(set(times.clusters.tolist())) <= 40


def test_chances_of_two_classes_come_from_one_answer():
    target = Target(task="binary", values=np.array([0.0, 1.0]), classes=("no", "yes"))
    judged = judged_rows(np.array([[0.25], [0.5]]), target, Folds("random", 2, np.arange(2)))
    chances, taken = judged.chances()
    assert chances.tolist() == [[0.75, 0.25], [0.5, 0.5]]
    assert taken.tolist() == [0, 1]


def test_very_many_rows_are_some_of_them():
    rows = MOST_ROWS + 500
    target = Target(task="regression", values=np.arange(float(rows)))
    judged = judged_rows(target.values[:, None], target, Folds("random", 2, np.arange(rows) % 2))
    assert len(judged.rows) == len(set(judged.rows.tolist())) == MOST_ROWS
    assert (np.diff(judged.rows) > 0).all()
    assert (judged.truth == judged.rows).all()
