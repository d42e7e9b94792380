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
