from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.learners.calibrate.affine import Affine
from journeyman.learners.linear import Linear
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.table.columns import Columns
from journeyman.trials.ensemble import ensembles, greedy, most_members, proves_itself, relevant
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

LOG_LOSS, RMSE, MAE = metric_named("log_loss"), metric_named("rmse"), metric_named("mae")
ROWS = 3000


def regression(noises: list[float], seed: int = 0) -> tuple[Target, np.ndarray]:
    random = np.random.default_rng(seed)
    truth = random.normal(size=ROWS)
    target = Target(task="regression", values=truth)
    return target, np.column_stack([truth + noise * random.normal(size=ROWS) for noise in noises])


def test_equal_and_independent_members_get_about_equal_weights() -> None:
    target, parts = regression([1.0, 1.0, 1.0])
    weights = greedy(parts, target, RMSE, 3)
    np.testing.assert_allclose(weights, 1 / 3, atol=0.06)
    assert weights.sum() == pytest.approx(1.0)


def test_a_member_of_no_use_is_left_out_and_the_cap_holds() -> None:
    target, parts = regression([1.0, 50.0, 1.0, 1.0])
    assert greedy(parts, target, RMSE, 4)[1] == 0
    assert (greedy(parts, target, RMSE, 2) > 0).sum() == 2
    assert (greedy(parts, target, MAE, 1) > 0).sum() == 1


def test_a_mixture_leans_on_a_member_that_is_much_better_than_all_others() -> None:
    target, parts = regression([0.2, 0.6, 0.6])
    weights = greedy(parts, target, RMSE, 3)
    assert 0.7 < weights[0] < 0.9
    assert RMSE.score(target.values, parts @ weights[:, None]) < RMSE.score(target.values, parts[:, :1])


def test_members_cost_no_more_together_than_they_may() -> None:
    target, parts = regression([0.5, 1.0, 1.0, 1.0])
    costs = np.array([3.0, 1.0, 1.0, 1.0])
    assert (greedy(parts, target, RMSE, 4, limit=(costs, 10.0)) == greedy(parts, target, RMSE, 4)).all()
    two = greedy(parts, target, RMSE, 4, limit=(costs, 2.0)) > 0
    assert two[0] == 0, "the best alone costs too much"
    assert two.sum() == 2
    assert (greedy(parts, target, RMSE, 4, limit=(costs, 3.0)) > 0).tolist() == [True, False, False, False]


def test_rows_that_count_nothing_change_nothing() -> None:
    target, parts = regression([1.0, 2.0, 3.0])
    weights = (np.arange(ROWS) % 2).astype(float)
    half = greedy(parts[1::2], target.take(slice(1, None, 2)), RMSE, 3)
    np.testing.assert_allclose(greedy(parts, target, RMSE, 3, weights), half)


def test_fewer_rows_allow_fewer_members() -> None:
    assert [most_members(rows) for rows in (100, 400, 401, 5_000, 1_000_000)] == [3, 3, 6, 10, 12]


def test_of_classes_the_chance_of_what_came_true_counts() -> None:
    target = Target(task="multiclass", values=np.array([2.0, 0.0]), classes=("a", "b", "c"))
    assert relevant(np.array([[0.1, 0.2, 0.7], [0.6, 0.3, 0.1]]), target).tolist() == [0.7, 0.6]


# ---- of trials -------------------------------------------------------------------------------------------------------


def classes(tmp_path: Path, *, temperature: float, members: int = 2) -> tuple[Laboratory, list[Trial]]:
    """Two-class trials that see the same signal behind noise of their own, all too sure by the same factor."""
    random = np.random.default_rng(4)
    signal = random.normal(size=ROWS)
    truth = (random.random(ROWS) < 1 / (1 + np.exp(-signal))).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("random", 4, rows=ROWS)
    data = TrainingData(Columns.of(rows=ROWS), target, folds)
    nobody: Any = SimpleNamespace(size=2)
    bench = Laboratory(nobody, data, Journal(tmp_path / "j.jsonl"), tmp_path / "t", LOG_LOSS)
    trials = []
    for place in range(members):
        seen = 0.9 * signal + 0.3 * random.normal(size=ROWS)
        answers = (1 / (1 + np.exp(-temperature * seen)))[:, None]
        trials.append(
            Trial(
                plan=Linear(strength=1.0 + place),
                name=f"{place}",
                key=f"{place}",
                status="done",
                answers=answers,
                scores=bench.scores(answers),
                refit_seconds=10.0,
            )
        )
    return bench, trials


def test_a_blend_is_better_than_its_members_and_is_calibrated_where_that_helps(tmp_path: Path) -> None:
    bench, trials = classes(tmp_path, temperature=3.0)
    blend, calibrated = ensembles(bench, trials)
    assert {one.name for one in blend.members} == {one.name for one in trials}
    assert np.mean(blend.scores) < min(np.mean(one.scores) for one in trials)
    assert isinstance(calibrated.plan, Calibrated)
    assert calibrated.members[0] is blend
    assert np.mean(calibrated.scores) < np.mean(blend.scores) - 0.05
    assert calibrated.weight > blend.weight


def test_what_is_calibrated_already_is_left_alone(tmp_path: Path) -> None:
    bench, trials = classes(tmp_path, temperature=1.0, members=1)
    assert ensembles(bench, trials) == []


def test_a_blend_that_cannot_be_fitted_in_time_is_not_made(tmp_path: Path) -> None:
    bench, trials = classes(tmp_path, temperature=1.0)
    assert len(ensembles(bench, trials, refit_seconds=10.0)) == 1
    assert ensembles(bench, trials, refit_seconds=5.0) == []


def test_forward_folds_are_calibrated_by_earlier_ones_only(tmp_path: Path) -> None:
    bench, trials = classes(tmp_path, temperature=3.0)
    data = bench.data
    folds = make_folds("forward", 4, rows=ROWS, order=np.arange(ROWS))
    bench = Laboratory(
        bench.pool, TrainingData(data.columns, data.target, folds), bench.journal, bench.folder, LOG_LOSS
    )
    blend, calibrated = ensembles(bench, trials)
    first = folds.scored(0)
    assert np.array_equal(calibrated.answers[first], blend.answers[first]), "before it there is nothing to learn from"
    assert not np.array_equal(calibrated.answers[folds.scored(1)], blend.answers[folds.scored(1)])


def test_who_is_left_out_for_want_of_time_is_told(tmp_path: Path) -> None:
    bench, trials = classes(tmp_path, temperature=1.0, members=3)
    slow = [replace(trials[0], refit_seconds=50.0), *trials[1:]]
    (blend,) = ensembles(bench, slow, refit_seconds=20.0)
    assert blend.late == ("0",)
    assert {one.key for one in blend.members} == {"1", "2"}
    assert ensembles(bench, trials, refit_seconds=20.0)[0].late == ()


@pytest.mark.parametrize(("forward", "proven"), [(False, True), (True, False)])
def test_over_time_a_gain_in_one_stretch_proves_nothing(forward: bool, proven: bool) -> None:
    order = np.arange(400)
    target = Target(
        task="binary",
        values=np.ones(400),
        classes=("no", "yes"),
        order=order,
        fold_kind="forward" if forward else "stratified",
    )
    before = np.full((400, 1), 0.1)
    gains = np.where(order < 10, 2.0, -0.01)
    assert proves_itself(Affine, before, before * np.exp(gains)[:, None], target, order // 80) == proven


@pytest.mark.parametrize(
    ("gains", "proven"), [((0.0, 0.1, 0.12, 0.09, 0.11), True), ((0.0, -0.1, 0.3, 0.1, 0.2), False)]
)
def test_over_time_a_gain_must_hold_from_stretch_to_stretch(gains: tuple[float, ...], proven: bool) -> None:
    order, stretch = np.arange(2_000), np.arange(2_000) // 400
    target = Target(task="binary", values=np.ones(2_000), classes=("no", "yes"), order=order, fold_kind="forward")
    before = np.full((2_000, 1), 0.1)
    after = before * np.exp(np.array(gains)[stretch])[:, None]
    assert proves_itself(Affine, before, after, target, stretch) == proven
    assert proves_itself(Affine, before, after, replace(target, fold_kind="stratified"), stretch)
    assert not proves_itself(Affine, before, after, target, np.minimum(stretch, 1)), "one stretch says nothing"


def test_counts_judged_by_absolute_errors_are_rounded_where_that_helps(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    grades = random.integers(0, 5, ROWS).astype(float)
    target = Target(task="regression", values=grades)
    data = TrainingData(Columns.of(rows=ROWS), target, make_folds("random", 4, rows=ROWS))
    nobody: Any = SimpleNamespace(size=2)

    def made(metric: Metric, noise: float) -> list[Trial]:
        bench = Laboratory(nobody, data, Journal(tmp_path / "j.jsonl"), tmp_path / "t", metric)
        answers = (grades + noise * random.normal(size=ROWS))[:, None]
        one = Trial(plan=Linear(), name="grades", key="g", status="done", answers=answers, scores=bench.scores(answers))
        return ensembles(bench, [one])

    (rounded,) = made(MAE, 0.2)
    assert rounded.name == "grades, rounded"
    assert np.mean(rounded.scores) < 0.05
    assert made(RMSE, 0.2) == []
    assert made(MAE, 5.0) == []
