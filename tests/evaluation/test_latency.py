"""Weights of a blend that keeps a limit are found under it in every replay, too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.evaluation.board import make_board
from journeyman.evaluation.latency import Keeping, Limit, in_time
from journeyman.evaluation.replays import Replays
from journeyman.learners.lightgbm import LightGBM
from journeyman.plan.combine import Blend
from journeyman.plan.target import Target
from journeyman.statistics.bbc import Bootstrap, make_units
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.table.columns import Columns
from journeyman.trials.ensemble import ensembles
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

RMSE, ROWS = metric_named("rmse"), 400


def bench(tmp_path: Path) -> tuple[Laboratory, list[Trial]]:
    """Four members with noise of their own, of which the better ones take longer."""
    random = np.random.default_rng(0)
    target = Target(task="regression", values=random.normal(size=ROWS))
    data = TrainingData(Columns.of(rows=ROWS), target, make_folds("random", 4, rows=ROWS))
    nobody: Any = SimpleNamespace(size=2)
    laboratory = Laboratory(nobody, data, Journal(tmp_path / "j.jsonl"), tmp_path / "t", RMSE)
    trials = []
    for place, (noise, seconds) in enumerate([(0.8, 4e-4), (0.9, 3e-4), (1.0, 1e-4), (1.0, 1e-4)]):
        answers = (target.values + noise * random.normal(size=ROWS))[:, None]
        trials.append(
            Trial(
                plan=LightGBM(seed=place), name=str(place), key=str(place), status="done", answers=answers,
                scores=laboratory.scores(answers), row_seconds=seconds,
            )
        )  # fmt: skip
    return laboratory, trials


def test_a_blend_under_a_limit_is_made_of_less_and_replayed_so(tmp_path: Path) -> None:
    laboratory, trials = bench(tmp_path)
    (whole,) = ensembles(laboratory, trials)
    assert isinstance(whole.plan, Blend)
    assert whole.row_seconds == pytest.approx(sum(one.row_seconds or 0.0 for one in whole.members))
    assert whole.row_seconds > 5e-4
    limit = Limit(2.5e-4, "measured", lambda: 0.0, lambda plan, state, rule: 0.0)
    keeping = Keeping.of(limit, laboratory, [*trials, whole], RMSE)
    assert keeping.without is whole
    assert not keeping.may(whole)
    left = keeping.left([*trials, whole], whole)
    blends = [one for one in left if one.members]
    assert [one.name for one in left if not one.members] == ["2", "3"]
    assert [one.row_limit for one in blends] == [pytest.approx(2.5e-4)]
    assert {member.key for member in blends[0].members} == {"2", "3"}
    board = make_board([*trials, blends[0]], laboratory.data.target, laboratory.data.folds)
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, replays=20)
    replays = Replays.of(board, bootstrap, RMSE)
    assert replays.members[4] == (2, 3), "no replay may use what is too slow"
    both = replace(blends[0], row_limit=1.5e-4)
    board = make_board([*trials, both], laboratory.data.target, laboratory.data.folds)
    weights = Replays.of(board, bootstrap, RMSE).weights[4]
    assert ((weights > 0).sum(axis=1) == 1).all(), "two together cost more than they may"


def test_a_fit_that_takes_longer_than_the_folds_said_makes_the_rest_more_careful(tmp_path: Path) -> None:
    laboratory, trials = bench(tmp_path)
    limit = Limit(4.5e-4, "measured", lambda: 0.0, lambda plan, state, rule: 0.0)
    keeping = Keeping.of(limit, laboratory, trials, RMSE)
    assert not keeping.accepts(trials[0], 8e-4)
    left = keeping.left(trials, trials[0])
    assert keeping.share == pytest.approx(0.5)
    assert [one.name for one in left if not one.members] == ["2", "3"]


def test_short_times_are_told_in_their_unit() -> None:
    assert [in_time(one) for one in (3.0, 0.0123, 1e-4)] == ["3 s", "12.3 ms", "100 µs"]
