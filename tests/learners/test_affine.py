from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.calibrate.affine import Affine
from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns

LOG_LOSS = metric_named("log_loss")


def drawn(classes: int, rows: int = 20_000, seed: int = 0) -> tuple[np.ndarray, Target]:
    """True probabilities (rows, outputs), and what came of them."""
    random = np.random.default_rng(seed)
    if classes == 2:
        true = random.beta(1, 2, (rows, 1))
        values = (random.random(rows) < true[:, 0]).astype(float)
        return true, Target(task="binary", values=values, classes=("no", "yes"))
    true = random.dirichlet(np.arange(1, classes + 1), rows)
    values = (random.random((rows, 1)) > true.cumsum(axis=1)).sum(axis=1).clip(max=classes - 1).astype(float)
    return true, Target(task="multiclass", values=values, classes=tuple("abcdefgh"[:classes]))


def columns(answers: np.ndarray) -> Columns:
    names = tuple(f"answer.{place}" for place in range(answers.shape[1]))
    return Columns.of(rows=len(answers), numbers=answers, number_names=names)


def distorted(true: np.ndarray) -> np.ndarray:
    """Too sure, and shifted towards the first class (for two: the second)."""
    if true.shape[1] == 1:
        score = 2.5 * np.log(true / (1 - true)) + 0.8
        return 1 / (1 + np.exp(-score))
    powers = np.exp(2.5 * np.log(true) + np.eye(true.shape[1])[0])
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("classes", [2, 4])
def test_distorted_probabilities_become_true_again(classes: int) -> None:
    true, target = drawn(classes)
    answers = columns(distorted(true))
    state = Affine().fit(answers, target)
    assert state["slope"][0] == pytest.approx(1 / 2.5, rel=0.05)
    np.testing.assert_allclose(Affine().apply(state, answers).numbers, true, atol=0.03)


@pytest.mark.parametrize("classes", [2, 4])
def test_true_probabilities_hardly_change(classes: int) -> None:
    true, target = drawn(classes)
    state = Affine().fit(columns(true), target)
    np.testing.assert_allclose(Affine().apply(state, columns(true)).numbers, true, atol=0.015)


def test_few_rows_change_little_and_none_nothing() -> None:
    true, target = drawn(2, rows=10)
    for rows in (np.arange(10), np.zeros(0, int)):
        state = Affine().fit(columns(true).take(rows), target.take(rows))
        assert abs(state["slope"][0] - 1) < 0.3
        assert abs(state["shifts"]).max() < 0.3


def test_answers_that_say_the_opposite_are_left_as_they_are() -> None:
    true, target = drawn(2)
    state = Affine().fit(columns(1 - true), target)
    assert (state["slope"][0], state["shifts"][0]) == (1.0, 0.0)


def test_only_the_proportion_of_weights_counts() -> None:
    true, target = drawn(4, rows=300)
    random = np.random.default_rng(1).random(300)
    once, thrice = (
        Affine().fit(columns(distorted(true)), replace(target, weights=factor * random)) for factor in (1, 3)
    )
    np.testing.assert_allclose(once["shifts"], thrice["shifts"], atol=1e-6)
    plain = Affine().fit(columns(distorted(true)), target)
    assert abs(plain["shifts"] - once["shifts"]).max() > 1e-3


@pytest.mark.parametrize("classes", [2, 4])
def test_the_graph_gives_the_same(classes: int) -> None:
    true, target = drawn(classes, rows=500)
    answers = np.vstack([distorted(true), np.eye(true.shape[1])[:1], np.zeros((1, true.shape[1]))])
    state = Affine().fit(columns(distorted(true)), target)
    graph = Graph()
    start = graph.inputs(columns(answers))
    session = onnxruntime.InferenceSession(graph.finish(start, Affine().express(state, graph, start).numbers))
    (got,) = session.run(None, {"numbers": answers})
    wanted = Affine().apply(state, columns(answers)).numbers
    assert np.isfinite(wanted).all()
    np.testing.assert_allclose(got, wanted, atol=1e-12)


def test_of_very_many_probabilities_evenly_spread_rows_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    true, target = drawn(4)
    monkeypatch.setattr("journeyman.learners.calibrate.affine._MOST_CELLS", 4 * 5_000)
    state = Affine().fit(columns(distorted(true)), target)
    stay = np.linspace(0, 19_999, 5_000).astype(np.int64)
    again = Affine().fit(columns(distorted(true)[stay]), target.take(stay))
    assert np.array_equal(state["slope"], again["slope"])
    assert state["slope"][0] == pytest.approx(1 / 2.5, abs=0.05)
