from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.gaussian_process import FEWEST_POINTS, FEWEST_ROWS, MOST_NUMBERS, GaussianProcess, _pull
from journeyman.learners.kernel import Kernel
from journeyman.learners.learner import Problem
from journeyman.learners.lightgbm import LightGBM
from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers


def columns(numbers: Numbers) -> Columns:
    return Columns.of(
        rows=len(numbers), numbers=numbers, number_names=[f"x{place}" for place in range(numbers.shape[1])]
    )


def drawn(count: int, seed: int) -> tuple[Numbers, Numbers]:
    """Rows, and a smooth function of them."""
    rows = np.random.default_rng(seed).uniform(-1.7, 1.7, (count, 4))
    return rows, np.sin(2 * rows[:, 0]) * rows[:, 1] + rows[:, 2] ** 2


def error(learner: GaussianProcess | LightGBM, rows: Numbers, values: Numbers) -> float:
    state = learner.fit(columns(rows), Target(task="regression", values=values))
    fresh, truth = drawn(1000, 9)
    return float(np.sqrt(np.mean((learner.apply(state, columns(fresh)).numbers[:, 0] - truth) ** 2)))


def problem(**other: object) -> Problem:
    return Problem(**{"task": "regression", "rows": 500, "numbers": 8, "metric": "rmse", **other})  # type: ignore[arg-type]  # of each its kind


def test_a_smooth_function_is_learnt_much_better_than_by_trees() -> None:
    rows, values = drawn(400, 0)
    values = values + 0.05 * np.random.default_rng(1).normal(size=400)
    assert error(GaussianProcess(), rows, values) < 0.2 * error(LightGBM(), rows, values)


def test_some_points_stand_for_many_rows() -> None:
    rows, values = drawn(1200, 0)
    values = values + 0.2 * np.random.default_rng(1).normal(size=1200)
    assert error(GaussianProcess(points=200), rows, values) < 1.3 * error(GaussianProcess(points=1200), rows, values)


def test_of_no_more_rows_than_points_it_is_the_exact_mean() -> None:
    rows, values = drawn(60, 0)
    kernel = Kernel(scales=np.ones(4), is_smooth=True, bent=1.0, straight=0.5, noise=0.1)
    pull = _pull(kernel, rows, rows, values, np.ones(60))
    np.testing.assert_allclose((kernel.between(rows, rows) + 0.1 * np.eye(60)) @ pull, values)


@pytest.mark.parametrize("points", [60, 30])
def test_a_row_of_twice_the_weight_is_two_rows(points: int) -> None:
    rows, values = drawn(60, 0)
    kernel = Kernel(scales=np.ones(4), is_smooth=False, bent=1.0, straight=0.5, noise=0.1)
    weights = np.where(np.arange(60) < 20, 2.0, 1.0)
    among = rows[:points]
    once = kernel.between(rows, among) @ _pull(kernel, among, rows, values, weights)
    both = [*range(60), *range(20)]
    places = both if points == 60 else range(points)
    twice = kernel.between(rows, rows[places]) @ _pull(kernel, rows[places], rows[both], values[both], np.ones(80))
    np.testing.assert_allclose(once, twice, atol=1e-6)


def test_rows_of_no_weight_tell_nothing() -> None:
    rows, values = drawn(200, 0)
    weights = np.where(np.arange(200) < 100, 1.0, 0.0)
    wrong = np.where(weights > 0, values, 50.0)
    target = Target(task="regression", values=wrong, weights=weights)
    state = GaussianProcess().fit(columns(rows), target)
    assert np.abs(GaussianProcess().apply(state, columns(rows)).numbers[:100, 0] - values[:100]).max() < 0.5


def test_a_wild_row_of_no_weight_takes_nothing_of_the_spread() -> None:
    rows, values = drawn(200, 0)
    weights = np.where(np.arange(200) < 199, 1.0, 0.0)
    for wild in (1.0, 1e9):
        target = Target(task="regression", values=np.where(weights > 0, values, wild), weights=weights)
        state = GaussianProcess().fit(columns(rows), target)
        answers = GaussianProcess().apply(state, columns(rows)).numbers[:199, 0]
        assert np.sqrt(np.mean((answers - values[:199]) ** 2)) < 0.1


@pytest.mark.parametrize("weights", [(1e-200, 1e200), (1e300, 1e300), (1e-300, 1e-300)])
def test_weights_of_any_size_do_no_harm(weights: tuple[float, float]) -> None:
    rows, values = drawn(200, 0)
    target = Target(task="regression", values=values, weights=np.where(np.arange(200) < 100, *weights))
    for points in (50, 200):
        learner = GaussianProcess(points=points)
        assert np.isfinite(learner.apply(learner.fit(columns(rows), target), columns(rows)).numbers).all()


def test_a_column_that_is_mostly_nought_is_learnt() -> None:
    random = np.random.default_rng(0)
    rows = np.where(random.random((600, 1)) < 0.8, 0.0, random.uniform(0, 3, (600, 1)))
    values = np.sin(3 * rows[:, 0])
    state = GaussianProcess().fit(columns(rows), Target(task="regression", values=values))
    answers = GaussianProcess().apply(state, columns(rows)).numbers[:, 0]
    assert np.sqrt(np.mean((answers - values) ** 2)) < 0.05 * values.std()


@pytest.mark.parametrize("numbers", [1, 4])
def test_any_runtime_answers_alike(numbers: int) -> None:
    rows, values = drawn(300, 0)
    learner, told = GaussianProcess(points=200), columns(rows[:, :numbers])
    state = learner.fit(told, Target(task="regression", values=values))
    graph = Graph()
    wires = graph.inputs(told)
    content = graph.finish(wires, learner.express(state, graph, wires).numbers)
    found = onnxruntime.InferenceSession(content).run(None, {"numbers": told.numbers})[0]
    np.testing.assert_allclose(found, learner.apply(state, told).numbers, rtol=1e-9, atol=1e-9)


def test_answers_stay_near_what_training_held() -> None:
    rows, values = drawn(100, 0)
    state = GaussianProcess().fit(columns(rows), Target(task="regression", values=values))
    far = np.array([[1e300, -np.inf, np.nan, 0.0], [np.inf, 1e9, -1e9, np.nan]])
    answers = GaussianProcess().apply(state, columns(far)).numbers
    spread = np.ptp(values)
    assert ((answers > values.min() - 0.11 * spread) & (answers < values.max() + 0.11 * spread)).all()


@pytest.mark.parametrize(("rows", "numbers"), [(FEWEST_ROWS - 1, 3), (100, 0)])
def test_too_few_rows_and_no_columns_are_answered_with_the_mean(rows: int, numbers: int) -> None:
    values = np.random.default_rng(0).normal(size=rows)
    empty = columns(np.random.default_rng(1).normal(size=(rows, numbers)))
    state = GaussianProcess().fit(empty, Target(task="regression", values=values))
    np.testing.assert_allclose(GaussianProcess().apply(state, empty).numbers, values.mean())


def test_a_target_whose_spread_no_number_holds_is_answered_with_a_number() -> None:
    rows, values = drawn(60, 0)
    state = GaussianProcess().fit(columns(rows), Target(task="regression", values=values * 1e200))
    assert np.isfinite(GaussianProcess().apply(state, columns(rows)).numbers).all()


def test_it_is_proposed_where_it_can_learn() -> None:
    def names(**other: object) -> list[str]:
        return [one.name for one in GaussianProcess.candidates(problem(**other))]

    assert names() == ["Gaussian process"]
    assert not names(metric="poisson_deviance")
    assert not names(rows=2 * FEWEST_ROWS - 1)
    assert not names(numbers=MOST_NUMBERS + 1)


def test_of_skewed_targets_the_logarithm_comes_first() -> None:
    first, second = GaussianProcess.candidates(problem(is_skewed=True))
    assert (first.form, second.form) == ("log_mean", "plain")
    assert first.worth > second.worth
    assert [one.form for one in GaussianProcess.candidates(problem(is_skewed=True, metric="rmsle"))] == ["plain"]


def test_where_answers_have_to_be_fast_there_are_fewer_points() -> None:
    learner = GaussianProcess(points=800)
    assert learner.smaller(0.25, 0, 1) == replace(learner, points=200)
    assert learner.smaller((FEWEST_POINTS - 8) / 800, 0, 1) is None
