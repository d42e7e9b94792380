from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.bundle.audit import audit_ports
from journeyman.learners.network import Network
from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

QUICK = Network(hidden=(24, 24), rounds=4, batch=32)


def numbers(array: np.ndarray) -> Columns:
    return Columns.of(rows=len(array), numbers=array, number_names=[f"x{place}" for place in range(array.shape[1])])


def rings(rows: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """What no line tells apart: near the middle or not."""
    random = np.random.default_rng(5)
    design = random.normal(size=(rows, 2))
    return design, (np.hypot(*design.T) > 1.2).astype(float)


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_classes_that_no_line_tells_apart(task: str) -> None:
    design, codes = rings()
    target = Target(task=task, values=codes, classes=("in", "out") if task == "binary" else ("in", "out", "never"))
    answers = QUICK.apply(QUICK.fit(numbers(design[:400]), target.take(np.arange(400))), numbers(design[400:])).numbers
    chance = answers[:, 0] if task == "binary" else answers[:, 1]
    assert np.mean((chance > 0.5) == codes[400:]) > 0.9
    if task == "multiclass":
        np.testing.assert_allclose(answers.sum(axis=1), 1.0)
        assert answers[:, 2].max() < 0.05


def test_a_wave_is_learnt_and_far_rows_stay_in_range() -> None:
    random = np.random.default_rng(6)
    design = random.uniform(-2, 2, (800, 1))
    values = 1e6 + 1e3 * np.sin(3 * design[:, 0])
    state = QUICK.fit(numbers(design), Target(task="regression", values=values))
    answers = QUICK.apply(state, numbers(np.vstack([design, [[1e308], [-1e308], [np.nan]]]))).numbers[:, 0]
    assert np.abs(answers[:-3] - values).mean() < 150
    assert np.isfinite(answers).all()
    assert answers.max() <= values.max() + 0.1 * np.ptp(values) + 1e-6


def test_rates_are_never_negative_and_have_the_mean_of_the_target() -> None:
    random = np.random.default_rng(7)
    design = random.normal(size=(800, 2))
    values = random.poisson(np.exp(design[:, 0])).astype(float)
    learner = Network(hidden=(24, 24), rounds=4, batch=32, loss="poisson")
    answers = learner.apply(learner.fit(numbers(design), Target(task="regression", values=values)), numbers(design))
    assert answers.numbers.min() > 0
    assert answers.numbers.mean() == pytest.approx(values.mean(), rel=0.15)
    assert np.corrcoef(answers.numbers[:, 0], np.exp(design[:, 0]))[0, 1] > 0.8


def test_a_target_below_0_has_no_rate() -> None:
    learner = Network(hidden=(4, 4), rounds=1, loss="poisson")
    target = Target(task="regression", values=np.linspace(-1, 1, 40))
    assert not learner.fit(numbers(np.linspace(-1, 1, 40)[:, None]), target)["is_rate"][0]


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_without_columns_or_variety_the_answer_is_the_constant(task: str) -> None:
    values = np.array([0.0, 1.0, 1.0, 1.0] * 10)
    target = Target(task=task, values=values, classes=("no", "yes") if task == "binary" else ())
    none = Columns.of(rows=40, words=(), numbers=np.empty((40, 0)))
    np.testing.assert_allclose(QUICK.apply(QUICK.fit(none, target), none).numbers, 0.75)
    same = Target(task="regression", values=np.full(40, 7.0))
    design = numbers(np.arange(40.0)[:, None])
    np.testing.assert_allclose(QUICK.apply(QUICK.fit(design, same), design).numbers, 7.0)


def test_over_time_the_newest_rows_are_learnt_from() -> None:
    random = np.random.default_rng(5)
    newest = (np.arange(1000) >= 920).astype(np.float64)
    design = np.column_stack([newest, random.normal(size=1000)])
    target = Target(task="regression", values=4 * newest, fold_kind="forward", order=np.arange(1000))
    answers = QUICK.apply(QUICK.fit(numbers(design), target), numbers(design)).numbers[:, 0]
    assert answers[950:].mean() > 2 > answers[:900].mean() + 1


def test_classes_over_time() -> None:
    design, codes = rings(300)
    target = Target(
        task="binary", values=codes, classes=("in", "out"), fold_kind="forward", order=np.arange(300, dtype=np.int64)
    )
    answers = QUICK.apply(QUICK.fit(numbers(design), target), numbers(design)).numbers[:, 0]
    assert np.mean((answers > 0.5) == codes) > 0.85


def test_weights_count() -> None:
    design = np.zeros((200, 1))
    design[:, 0] = np.arange(200) % 3
    values = (np.arange(200) % 2).astype(float)
    target = Target(task="binary", values=values, classes=("no", "yes"), weights=np.where(values == 1, 9.0, 1.0))
    answers = QUICK.apply(QUICK.fit(numbers(design), target), numbers(design)).numbers
    assert answers.mean() == pytest.approx(0.9, abs=0.05)


def test_the_graph_gives_the_rates_that_apply_gives() -> None:
    random = np.random.default_rng(12)
    design = random.normal(size=(200, 3))
    target = Target(task="regression", values=random.poisson(np.exp(design[:, 0])).astype(float))
    learner = Network(hidden=(8, 8), rounds=2, loss="poisson")
    columns = numbers(np.vstack([design, np.full((1, 3), 1e308), np.full((1, 3), -1e308), np.full((1, 3), np.nan)]))
    state = learner.fit(numbers(design), target)
    graph = Graph()
    wires = graph.inputs(columns)
    content = graph.finish(wires, learner.express(state, graph, wires).numbers)
    (got,) = onnxruntime.InferenceSession(content).run(None, {"numbers": columns.numbers})
    np.testing.assert_allclose(got, learner.apply(state, columns).numbers, rtol=1e-9)
    assert (got > 0).all()
    audit_ports(content, {"numbers": ("float64", 3)}, 1)
