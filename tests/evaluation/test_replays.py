from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from journeyman.evaluation.board import make_board
from journeyman.evaluation.evaluate import evaluate
from journeyman.evaluation.replayed_blends import ReplayedBlends
from journeyman.learners.linear import Linear
from journeyman.plan.target import Target
from journeyman.statistics.bbc import Bootstrap, make_units
from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.trials.ensemble import ensembles
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

RMSE = metric_named("rmse")
ROWS = 300


def world() -> tuple[list[Trial], Target, Folds]:
    """Eight candidates that see the truth behind much noise of their own, and their greedy blend."""
    random = np.random.default_rng(0)
    truth = random.normal(size=ROWS)
    target, folds = Target(task="regression", values=truth), make_folds("random", 5, rows=ROWS)
    nothing: Any = None
    workers: Any = SimpleNamespace(size=2)
    bench = Laboratory(workers, TrainingData(Columns.of(rows=ROWS), target, folds), nothing, nothing, RMSE)
    trials = []
    for place in range(8):
        answers = (0.2 * truth + random.normal(size=ROWS))[:, None] * 0.2
        trials.append(
            Trial(
                plan=Linear(strength=1.0 + place),
                name=f"{place}",
                key=f"{place}",
                status="done",
                answers=answers,
                scores=bench.scores(answers),
            )
        )
    return [*trials, *ensembles(bench, trials)], target, folds


def test_weights_found_on_the_rows_that_judge_them_look_too_good() -> None:
    trials, target, folds = world()
    assert trials[-1].members
    fixed = [*trials[:-1], replace(trials[-1], members=())]
    again, once = (evaluate(each, target, folds, RMSE).estimates["rmse"].value for each in (trials, fixed))
    assert again > once


def test_each_replay_has_its_own_weights_and_other_candidates_stay() -> None:
    trials, target, folds = world()
    board = make_board(trials, target, folds)
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, replays=4)
    at = ReplayedBlends.of(board, bootstrap, RMSE).at(RMSE)
    assert at is not None
    rows, weights = np.arange(ROWS), np.ones(ROWS)
    blended = [at(replay).part(8, rows, weights)[0] for replay in range(4)]
    assert len(set(blended)) > 1
    assert len({at(replay).part(0, rows, weights)[0] for replay in range(4)}) == 1


def test_large_tables_keep_the_weights_of_all_rows() -> None:
    trials, target, folds = world()
    board = make_board(trials, target, folds)
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, replays=4, exact=False)
    assert ReplayedBlends.of(board, bootstrap, RMSE).at(RMSE) is None
