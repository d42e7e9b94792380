from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.errors import InternalError
from journeyman.evaluation.board import make_board
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Blend
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.statistics.naming import named_in_folds
from journeyman.trials.trial import Trial

ROWS = 20
TARGET = Target(task="binary", values=np.tile([0.0, 1.0, 1.0, 1.0], 5), classes=("no", "yes"))
FOLDS = make_folds("stratified", 4, rows=ROWS, classes=TARGET.codes)


def trial(answers: np.ndarray) -> Trial:
    return Trial(plan=Constant(), name="t", key="t", status="done", answers=answers)


def test_only_who_answered_every_scored_row_is_on_it() -> None:
    holes = np.full((ROWS, 1), 0.5)
    holes[3] = np.nan
    board = make_board([trial(holes), trial(np.full((ROWS, 1), 0.5))], TARGET, FOLDS)
    assert board.places == (1,)
    assert (list(board.candidates), board.constant) == ([0], 1)
    with pytest.raises(InternalError, match="nothing can be evaluated"):
        make_board([trial(holes)], TARGET, FOLDS)


def test_rows_that_are_never_scored_are_not_there() -> None:
    some = Folds("random", 2, np.where(FOLDS.number < 2, FOLDS.number, -1))
    answers = np.where(some.number >= 0, 0.5, np.nan)[:, None]
    board = make_board([trial(answers)], TARGET, some)
    assert len(board.target) == len(board.fold) == len(board.answers[0]) == (some.number >= 0).sum()


def test_always_the_same_answer_comes_from_the_training_rows() -> None:
    board = make_board([trial(np.full((ROWS, 1), 0.5))], TARGET, FOLDS)
    assert board.answers[board.constant].ravel() == pytest.approx(0.75, abs=0.06)
    assert not board.varies(board.constant)
    assert board.measure(metric_named("brier")).part(0, np.arange(ROWS), np.ones(ROWS))[0] == 0.25


@pytest.mark.parametrize("forward", [True, False])
def test_only_forward_in_time_are_blends_hedges(forward: bool) -> None:
    alone = trial(np.full((ROWS, 1), 0.5))
    blend = replace(alone, plan=Blend(members=(Constant(),) * 2, weights=(0.5, 0.5)), members=(alone, alone))
    target = replace(TARGET, fold_kind="forward" if forward else "stratified")
    board = make_board(
        [alone, blend, replace(alone, members=(blend,)), replace(alone, members=(alone,))], target, FOLDS
    )
    assert board.hedges.tolist() == [False, forward, forward, False]


def test_all_metrics_of_labels_look_at_the_labels_that_the_judge_asks_for() -> None:
    answers = np.linspace(0.05, 0.45, ROWS)[:, None]
    every, weights = np.arange(ROWS), np.ones(ROWS)
    judge = metric_named("balanced_accuracy")
    board = make_board([trial(answers)], TARGET, FOLDS, judge)
    rule = board.label_rule(0)
    assert rule is not None
    assert rule.least_chance == pytest.approx(answers.mean(), rel=0.02)
    named = named_in_folds(board.naming, answers, weights, FOLDS.number)[:, 0]
    assert 0 < named.mean() < 1
    for name in ("balanced_accuracy", "accuracy", "f1"):
        metric = metric_named(name)
        found = board.measure(metric).part(0, every, weights)[0]
        assert found == metric.score(TARGET.values, named[:, None])
    # What reads probabilities reads them as they are; and without a judge the likeliest class is named.
    loss = metric_named("log_loss")
    assert board.measure(loss).part(0, every, weights)[0] == loss.score(TARGET.values, answers)
    plain = make_board([trial(answers)], TARGET, FOLDS)
    assert plain.label_rule(0) is None
    assert plain.measure(metric_named("accuracy")).part(0, every, weights)[0] == 0.25
