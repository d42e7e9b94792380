from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.catboost import CatBoost
from journeyman.learners.learner import Problem
from journeyman.plan.graph import Graph
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns

needs_library = pytest.mark.skipif(not CatBoost.is_there(), reason="catboost, an optional extra, is not installed")
PROBLEM = Problem(task="binary", rows=900, numbers=3, classes=2)


@pytest.fixture
def columns() -> Columns:
    random = np.random.default_rng(3)
    # Numbers that float32 holds, so that both libraries see the same rows.
    numbers = random.normal(size=(500, 4)).astype(np.float32).astype(np.float64)
    numbers[:60, 1] = np.nan
    numbers[:, 3] = 7.0
    return Columns.of(rows=500, numbers=numbers, number_names=("a", "b", "c", "d"))


def target_for(task: Task, columns: Columns) -> Target:
    hidden = np.nan_to_num(columns.numbers[:, 1], nan=2.0) + columns.numbers[:, 0]
    if task == "regression":
        return Target(task=task, values=hidden + 10)
    if task == "binary":
        return Target(task=task, values=(hidden > 0) + 0.0, classes=("no", "yes"))
    codes = np.array([0.0, 1.0, 3.0])[np.digitize(hidden, [-0.5, 1.0])]
    return Target(task=task, values=codes, classes=("w", "x", "never", "z"))


def asked(learner: CatBoost, columns: Columns, target: Target) -> tuple[np.ndarray, np.ndarray]:
    state, graph = learner.fit(columns, target), Graph()
    wires = graph.inputs(columns)
    content = graph.finish(wires, learner.express(state, graph, wires).numbers)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return learner.apply(state, columns).numbers, session.run(None, {"numbers": columns.numbers})[0]


def test_without_the_library_nothing_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CatBoost, "library", "a_library_that_nobody_has")
    assert not list(CatBoost.candidates(PROBLEM))


@needs_library
def test_with_the_library_a_quick_form_is_proposed_first_where_the_other_takes_long() -> None:
    (form,) = CatBoost.candidates(PROBLEM)
    assert form.learner == CatBoost(rounds=1000)
    quick, slow = CatBoost.candidates(replace(PROBLEM, rows=9000))
    assert (quick.learner, slow.learner) == (CatBoost(rounds=250), CatBoost(rounds=1000))
    assert quick.seconds_per_million < slow.seconds_per_million / 3


@needs_library
@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_arrays_and_graph_are_the_model(task: Task, columns: Columns) -> None:
    import catboost

    learner, target = CatBoost(rounds=40), target_for(task, columns)
    ours, graph = asked(learner, columns, target)
    np.testing.assert_allclose(graph, ours, rtol=0, atol=1e-9)
    loss = {"binary": "Logloss", "multiclass": "MultiClass", "regression": "RMSE"}[task]
    settings = {"loss_function": loss, "iterations": 40, "depth": 6, "boosting_type": "Plain", "random_seed": 0}
    model = catboost.CatBoost({**settings, "thread_count": 1, "allow_writing_files": False, "logging_level": "Silent"})
    model.fit(columns.numbers.astype(np.float32), target.values)
    kind = "RawFormulaVal" if task == "regression" else "Probability"
    wanted = np.asarray(model.predict(columns.numbers.astype(np.float32), prediction_type=kind))
    if task == "regression":
        np.testing.assert_allclose(ours[:, 0], wanted, rtol=0, atol=1e-6)
    elif task == "binary":
        np.testing.assert_allclose(ours[:, 0], wanted[:, 1], rtol=0, atol=1e-6)
    else:
        np.testing.assert_allclose(ours[:, [0, 1, 3]], wanted * (1 - ours[:, [2]]), rtol=0, atol=1e-6)
        assert 0 < ours[:, 2].max() < 0.05


@needs_library
def test_missing_where_training_held_none_goes_to_the_heavier_side(columns: Columns) -> None:
    target = Target(task="regression", values=(columns.numbers[:, 2] > 1.0) * 5.0)
    learner = CatBoost(rounds=30)
    state = learner.fit(columns, target)
    hole = columns.numbers[100:101].copy()
    hole[0, 2] = np.nan
    answer = learner.apply(state, Columns.of(rows=1, numbers=hole, number_names=columns.number_names)).numbers[0, 0]
    assert answer < 1


@needs_library
def test_counts_have_rates(columns: Columns) -> None:
    counts = np.random.default_rng(4).poisson(np.exp(columns.numbers[:, 0])).astype(float)
    ours, graph = asked(CatBoost(rounds=100, loss="Poisson"), columns, Target(task="regression", values=counts))
    assert (ours > 0).all()
    assert np.corrcoef(ours[:, 0], np.exp(columns.numbers[:, 0]))[0, 1] > 0.9
    np.testing.assert_allclose(graph, ours, rtol=1e-9)


def test_rows_that_are_all_alike_need_no_library(columns: Columns) -> None:
    alike = columns.take(np.zeros(50, np.int64))
    for task, values in (("regression", np.arange(50.0)), ("binary", np.arange(50) % 2 + 0.0)):
        ours, graph = asked(
            CatBoost(), alike, Target(task=task, values=values, classes=("a", "b") if task == "binary" else ())
        )
        np.testing.assert_allclose(ours, np.mean(values))
        np.testing.assert_allclose(graph, ours)
