from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from journeyman.evaluation.choose import choose
from journeyman.evaluation.training_rows import training_rows
from journeyman.learners.linear import Linear
from journeyman.plan.recent import Recent
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial
from journeyman.trials.twins import twins

TRUTH = np.random.default_rng(0).normal(size=400)
TARGET, FOLDS = Target(task="regression", values=TRUTH), make_folds("random", 4, rows=400)
RMSE = metric_named("rmse")


def trial(noise: float, *, is_recent: bool) -> Trial:
    plan = Recent(inner=Linear(), share=0.5) if is_recent else Linear()
    answers = (TRUTH + noise * np.random.default_rng(int(is_recent)).normal(size=400))[:, None]
    return Trial(plan=plan, name="newest" if is_recent else "all", key=str(is_recent), status="done", answers=answers)


def test_it_says_that_everything_was_kept_and_why() -> None:
    whole, recent = trial(1.0, is_recent=False), trial(1.0, is_recent=True)
    told = training_rows([whole, recent], whole, RMSE, TARGET, FOLDS)
    assert told.as_data()["kept"] == "keep everything"
    assert told.sentence == "Keep everything: 1 choice of training data tried, none with a gain beyond noise."
    assert "nor a repair looked promising" in training_rows([whole], whole, RMSE, TARGET, FOLDS).sentence
    late = replace(recent, status="skipped", answers=np.zeros((0, 0)), reason="late")
    unfinished = training_rows([whole, late], whole, RMSE, TARGET, FOLDS)
    assert unfinished.sentence == "Keep everything: one choice of training data was not tried to the end: late."


def test_it_says_what_was_left_out_and_what_that_brought() -> None:
    whole, recent = trial(1.0, is_recent=False), trial(0.3, is_recent=True)
    told = training_rows([whole, recent], recent, RMSE, TARGET, FOLDS)
    assert told.kept == "newest half of the rows"
    assert "a gain of 0.7" in told.sentence
    json.dumps(told.as_data(), allow_nan=False)


def test_a_choice_of_rows_is_shipped_only_where_it_paid() -> None:
    scores, errors = np.array([0.0, 1.0]), 1 - np.eye(2)
    among = twins([Linear(), Recent(inner=Linear(), share=0.5)])
    assert choose(scores, errors, [3, 4]) == 1
    assert choose(scores, errors, [3, 4], among=among) == 0
    assert choose(3 * scores, errors, [3, 4], among=among) == 1
