from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from journeyman.evaluation.board import make_board
from journeyman.evaluation.evaluate import evaluate
from journeyman.evaluation.replays import Replays
from journeyman.learners.constant import Constant
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
    at = Replays.of(board, bootstrap, RMSE).at(RMSE, judged=False)
    assert at is not None
    rows, weights = np.arange(ROWS), np.ones(ROWS)
    blended = [at(replay).part(8, rows, weights)[0] for replay in range(4)]
    assert len(set(blended)) > 1
    assert len({at(replay).part(0, rows, weights)[0] for replay in range(4)}) == 1


def test_large_tables_keep_the_weights_of_all_rows() -> None:
    trials, target, folds = world()
    board = make_board(trials, target, folds)
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, replays=4, exact=False)
    assert Replays.of(board, bootstrap, RMSE).at(RMSE, judged=True) is None


def test_always_the_same_answer_is_fitted_on_the_rows_drawn_when_others_judge_it() -> None:
    trials, target, folds = world()
    floor = Trial(
        plan=Constant(),
        name="always the same answer",
        key="floor",
        status="done",
        answers=np.zeros((ROWS, 1)),
        weight=0,
    )
    board = make_board([floor, *trials], target, folds)
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, replays=4)
    replays = Replays.of(board, bootstrap, RMSE)
    for replay, times in enumerate(bootstrap.times):
        mean = np.average(target.values, weights=times)
        assert np.allclose(replays.answers(replay, judged=True)[0], mean)
        assert np.allclose(replays.answers(replay, judged=True)[board.constant], mean)
        assert not replays.answers(replay, judged=False)[0].any()


def test_a_calibrated_blend_follows_the_weights_of_its_replay() -> None:
    random = np.random.default_rng(0)
    truth = (random.uniform(size=600) < 0.5).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("stratified", 5, rows=600, classes=target.codes)
    nothing: Any = None
    workers: Any = SimpleNamespace(size=2)
    log_loss = metric_named("log_loss")
    bench = Laboratory(workers, TrainingData(Columns.of(rows=600), target, folds), nothing, nothing, log_loss)
    trials = []
    for place in range(4):
        # Far too sure of themselves, so that a calibrator proves itself.
        answers = 1 / (1 + np.exp(-6 * (truth[:, None] - 0.5 + (0.8 + 0.2 * place) * random.normal(size=(600, 1)))))
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
    made = ensembles(bench, trials)
    assert [one.name for one in made] == [made[0].name, f"{made[0].name}, calibrated"]
    board = make_board([*trials, *made], target, folds)
    replays = Replays.of(board, Bootstrap.draw(make_units(600), seed=0, replays=9), log_loss)
    followed = [replays.answers(replay, judged=False) for replay in range(9)]
    assert any(not np.allclose(followed[0][5], one[5]) for one in followed)
    for answers in followed:
        # It is a monotone function of its replay's blend within each fold.
        for fold in range(5):
            rows = folds.scored(fold)
            assert (np.argsort(answers[4][rows, 0]) == np.argsort(answers[5][rows, 0])).all()


def test_who_was_left_out_for_want_of_time_is_in_no_replay() -> None:
    trials, target, folds = world()
    late = replace(trials[-1], late=tuple(one.key for one in trials[2:-1]), members=tuple(trials[:2]))
    board = make_board([*trials[:-1], late], target, folds)
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, replays=4)
    assert Replays.of(board, bootstrap, RMSE).members == {8: (0, 1)}
