from __future__ import annotations

import json

import numpy as np

from journeyman.evaluation.board import Board
from journeyman.evaluation.choice import Choice
from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.standing import leaderboard
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.trials.trial import Trial

TARGET = Target(task="regression", values=np.arange(4.0))
TRIALS = tuple(
    Trial(plan=Step(), name=name, key=name, status="done", answers=np.empty((0, 0)), seconds=1.0)
    for name in ("best", "other", "constant")
)
ANSWERS = (np.arange(4.0)[:, None], np.arange(4.0)[::-1, None], np.ones((4, 1)), np.ones((4, 1)))
BOARD = Board((0, 1, 2), TRIALS, TARGET, np.ones(4), np.zeros(4, np.int64), ANSWERS)


def test_the_shipped_has_its_estimate_and_others_are_marked_down_unless_they_are_constant():
    outside = np.tile([0.9, 0.8, 0.1, 0.1], (50, 1))
    choice = Choice([(0, 1), (1, 1), (2, 2)], np.array([0.9, 0.8, 0.1]), np.zeros(50, np.int64), outside, 2.0)
    first, second, third = leaderboard(BOARD, choice, Estimate(0.85, 0.8, 0.9), 0.05, lambda place: outside[:, place])
    assert (first.rank, first.tie, first.score) == (1, 1, 0.85)
    assert (second.tie, round(second.score, 6)) == (1, 0.75)
    assert (third.tie, third.score) == (2, 0.1)
    json.dumps([first.as_data(), second.as_data()])
