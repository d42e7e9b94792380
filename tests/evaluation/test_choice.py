from __future__ import annotations

import numpy as np

from journeyman.evaluation.board import make_board
from journeyman.evaluation.choice import make_choice
from journeyman.evaluation.replays import Replays
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.target import Target
from journeyman.statistics.bbc import Bootstrap, make_units
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial

RMSE = metric_named("rmse")


def choice(noises, rows=100, simplest=False):
    random = np.random.default_rng(0)
    truth = random.normal(size=rows)
    target, folds = Target(task="regression", values=truth), make_folds("random", 5, rows=rows)
    trials = [
        Trial(plan=Constant(), name="0", key="0", status="done", answers=np.zeros((rows, 1)), weight=0, floor=True)
    ]
    for place, noise in enumerate(noises, 1):
        answers = (truth + noise * random.normal(size=rows))[:, None]
        trials.append(
            Trial(plan=Linear(), name=f"{place}", key=f"{place}", status="done", answers=answers, weight=place)
        )
    board = make_board(trials, target, folds)
    bootstrap = Bootstrap.draw(make_units(rows), seed=0)
    return make_choice(board, bootstrap, Replays.of(board, bootstrap, RMSE), RMSE, simplest=simplest)


def test_where_one_is_clearly_best_every_replay_chooses_it():
    found = choice([1.0, 0.2])
    assert found.shipped == 2
    assert set(found.replayed.tolist()) == {2}
    np.testing.assert_array_equal(found.worth, found.outside[:, 2])
    assert found.outside.shape[1] == 4, "the constant is judged beside the candidates"


def test_where_two_are_alike_replays_differ_and_both_tie():
    found = choice([0.5, 0.38])
    assert set(found.replayed.tolist()) == {1, 2}
    assert [tie for _, tie in found.order] == [1, 1, 2]


def test_the_simplest_of_a_tie_is_shipped_where_the_user_prefers_it():
    assert choice([0.5, 0.38]).shipped == 2
    assert choice([0.5, 0.38], simplest=True).shipped == 1
