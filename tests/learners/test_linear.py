from __future__ import annotations

import time

import numpy as np
import onnxruntime
import pytest

from journeyman.bundle.audit import audit_ports
from journeyman.learners.learner import Problem
from journeyman.learners.linear import Linear
from journeyman.plan import needs
from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(3)


def numbers(array: np.ndarray) -> Columns:
    return Columns.of(rows=len(array), numbers=array, number_names=[f"x{place}" for place in range(array.shape[1])])


def test_ridge_is_the_closed_form(random: np.random.Generator) -> None:
    design = random.normal(size=(50, 3))
    values = design @ [1.0, -2.0, 0.5] + 4.0
    state = Linear(strength=1e-9).fit(numbers(design), Target(task="regression", values=values))
    np.testing.assert_allclose(state["coefficients"][:, 0], [1.0, -2.0, 0.5], atol=1e-6)
    np.testing.assert_allclose(state["intercepts"], [4.0], atol=1e-6)


def test_wide_and_tall_forms_agree(random: np.random.Generator) -> None:
    design = random.normal(size=(30, 30))
    target = Target(task="regression", values=random.normal(size=30), weights=random.uniform(0.5, 2, 30))
    tall = Linear(strength=2.0).fit(numbers(design), target)
    wide = Linear(strength=2.0).fit(numbers(np.hstack([design, np.zeros((30, 1))])), target)
    np.testing.assert_allclose(wide["coefficients"][:30], tall["coefficients"], atol=1e-8)


def test_a_far_off_row_cannot_make_the_answer_explode(random: np.random.Generator) -> None:
    design = random.normal(size=(60, 1))
    values = design[:, 0] * 3
    learner = Linear()
    state = learner.fit(numbers(design), Target(task="regression", values=values))
    far = learner.apply(state, numbers(np.array([[1e9]]))).numbers[0, 0]
    assert far <= values.max() + 0.1 * np.ptp(values) + 1e-9


@pytest.mark.parametrize("classes", [2, 4])
def test_probabilities_sum_to_one_and_follow_the_signal(random: np.random.Generator, classes: int) -> None:
    design = random.normal(size=(600, 3))
    codes = np.digitize(design[:, 0], np.linspace(-1, 1, classes - 1)).astype(float)
    task = "binary" if classes == 2 else "multiclass"
    target = Target(task=task, values=codes, classes=tuple("abcd"[:classes]))
    learner = Linear()
    answers = learner.apply(learner.fit(numbers(design), target), numbers(design)).numbers
    if classes == 2:
        answers = np.hstack([1 - answers, answers])
    np.testing.assert_allclose(answers.sum(axis=1), 1.0)
    assert np.mean(answers.argmax(axis=1) == codes) > 0.8


def test_a_class_without_training_rows_gets_next_to_nothing(random: np.random.Generator) -> None:
    design = random.normal(size=(80, 2))
    codes = (design[:, 0] > 0).astype(float) * 2
    learner = Linear(strength=1.0)
    state = learner.fit(numbers(design), Target(task="multiclass", values=codes, classes=("a", "unseen", "c")))
    assert learner.apply(state, numbers(design)).numbers[:, 1].max() < 1e-3


def test_a_strong_penalty_is_chosen_where_there_is_no_signal(random: np.random.Generator) -> None:
    design = random.normal(size=(100, 40))
    state = Linear().fit(numbers(design), Target(task="regression", values=random.normal(size=100)))
    assert np.abs(state["coefficients"]).max() < 0.1


def test_rates_are_exponentials_and_stay_positive(random: np.random.Generator) -> None:
    design = random.normal(size=(800, 2))
    values = random.poisson(np.exp(1 + 0.7 * design[:, 0])).astype(float)
    learner = Linear(loss="poisson")
    state = learner.fit(numbers(design), Target(task="regression", values=values))
    np.testing.assert_allclose(state["coefficients"][:, 0], [0.7, 0.0], atol=0.07)
    far = learner.apply(state, numbers(np.array([[-1e9, 0.0], [1e9, 0.0]]))).numbers[:, 0]
    assert 0 < far[0] < far[1] <= values.max() * 1.1 + 1e-9


def test_absolute_errors_do_not_follow_a_few_wild_targets(random: np.random.Generator) -> None:
    design = random.normal(size=(300, 1))
    values = 2 * design[:, 0]
    values[:15] += 1000
    state = Linear(loss="absolute").fit(numbers(design), Target(task="regression", values=values))
    np.testing.assert_allclose(state["coefficients"][0, 0], 2.0, atol=0.3)
    assert abs(state["intercepts"][0]) < 0.5


def test_wide_tables_and_many_classes_are_quick(random: np.random.Generator) -> None:
    began = time.process_time()
    Linear().fit(numbers(random.normal(size=(200, 1500))), Target(task="regression", values=random.normal(size=200)))
    codes = random.integers(0, 26, 3000).astype(float)
    classes = tuple("abcdefghijklmnopqrstuvwxyz")
    Linear().fit(numbers(random.normal(size=(3000, 16))), Target(task="multiclass", values=codes, classes=classes))
    assert time.process_time() - began < 20


def test_the_metric_says_the_loss_and_splines_want_numbers() -> None:
    floor, splines = Linear.candidates(Problem(task="regression", rows=100, numbers=2, metric="mae"))
    assert floor.learner == Linear(loss="absolute")
    assert floor.floor
    assert splines.learner == Linear(loss="absolute", pieces=16)
    assert splines.is_readable
    assert needs.SKEW_EVENED not in splines.needs
    assert len(list(Linear.candidates(Problem(task="binary", rows=100, words=2, levels=9)))) == 1


def test_lines_bend_where_there_are_pieces(random: np.random.Generator) -> None:
    design = random.uniform(-2, 2, (600, 2))
    target = Target(task="regression", values=np.abs(design[:, 0]) + 0.1 * random.normal(size=600))
    straight, bent = (
        np.std(one.apply(one.fit(numbers(design), target), numbers(design)).numbers[:, 0] - target.values)
        for one in (Linear(), Linear(pieces=16))
    )
    assert bent < 0.15 < 0.5 < straight


def test_the_graph_gives_the_rates_that_apply_gives() -> None:
    random = np.random.default_rng(12)
    design = random.normal(size=(200, 3))
    target = Target(task="regression", values=random.poisson(np.exp(design[:, 0])).astype(float))
    learner = Linear(loss="poisson")
    columns = numbers(np.vstack([design, np.full((1, 3), 1e308), np.full((1, 3), -1e308), np.full((1, 3), np.nan)]))
    state = learner.fit(numbers(design), target)
    graph = Graph()
    wires = graph.inputs(columns)
    content = graph.finish(wires, learner.express(state, graph, wires).numbers)
    (got,) = onnxruntime.InferenceSession(content).run(None, {"numbers": columns.numbers})
    np.testing.assert_allclose(got, learner.apply(state, columns).numbers, rtol=1e-9)
    assert (got > 0).all()
    audit_ports(content, {"numbers": ("float64", 3)}, 1)
