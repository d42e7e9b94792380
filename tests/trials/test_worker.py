from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Chain, Halved
from journeyman.plan.data import to_data
from journeyman.preparation.impute.median import Median
from journeyman.trials.shared import TrainingData, share
from journeyman.trials.worker import ALL_ROWS, Desk, answer, checked_rows


def test_a_fold_is_answered_from_its_training_rows(training: Callable[..., TrainingData], tmp_path: Path) -> None:
    data = training()
    share(data, tmp_path)
    reply = answer(Desk(tmp_path), {"plan": to_data(Constant()), "fold": 1})
    given = np.load(Path(reply["folder"]) / "fold_1.npy")
    assert given.shape == (len(data.folds.scored(1)), 1)
    np.testing.assert_allclose(given, data.target.values[data.folds.training(1)].mean())


def test_plans_with_an_equal_beginning_share_it(training: Callable[..., TrainingData], tmp_path: Path) -> None:
    share(training(), tmp_path)
    desk = Desk(tmp_path)
    first = desk.fit(Chain(steps=(Median(), BestRule())), 0)
    second = desk.fit(Chain(steps=(Median(), Constant())), 0)
    assert len(desk._kept) == 1
    alone = Chain(steps=(Median(), BestRule())).fit(
        desk.data.columns.take(desk.data.folds.training(0)), desk.data.target.take(desk.data.folds.training(0))
    )
    assert sorted(first) == sorted(alone)
    assert all(np.array_equal(first[name], alone[name]) for name in alone)
    assert "1/answer" in second


def test_halves_share_a_beginning_with_halves_only(training: Callable[..., TrainingData], tmp_path: Path) -> None:
    share(training(), tmp_path)
    desk = Desk(tmp_path)
    plan = Chain(steps=(Median(), BestRule()))
    rows = desk.data.folds.training(0)
    whole, half = desk.fit(plan, 0), desk.fit(Halved(inner=plan), 0)
    assert len(desk._kept) == 2
    desk.fit(Halved(inner=Chain(steps=(Median(), Constant()))), 0)
    assert len(desk._kept) == 2
    alone = Halved(inner=plan).fit(desk.data.columns.take(rows), desk.data.target.take(rows))
    assert sorted(half) == sorted(alone) == sorted(f"inner/{name}" for name in whole)
    assert all(np.array_equal(half[name], alone[name]) for name in alone)
    assert any(not np.array_equal(half[f"inner/{name}"], whole[name]) for name in whole)


def test_all_rows_give_state_and_answers_to_check(training: Callable[..., TrainingData], tmp_path: Path) -> None:
    share(training(), tmp_path)
    reply = answer(Desk(tmp_path), {"plan": to_data(BestRule()), "fold": ALL_ROWS})
    names = {path.name for path in Path(reply["folder"]).iterdir()}
    assert {"checked.npy", "state.kind.npy", "state.answers.npy"} <= names


def test_rows_to_check_are_spread_evenly() -> None:
    assert checked_rows(3).tolist() == [0, 1, 2]
    many = checked_rows(1_000_000)
    assert len(many) == 4_000
    assert (many[0], many[-1]) == (0, 999_999)
