from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.calibrate.rounded import Rounded
from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers


def columns(answers: Numbers) -> Columns:
    return Columns.of(rows=len(answers), numbers=answers[:, None], number_names=("answer.0",))


def counted(values: Numbers) -> Target:
    return Target(task="regression", values=values)


def error(answers: Numbers, target: Target) -> float:
    return float(np.abs(answers.ravel() - target.values).mean())


@pytest.mark.parametrize("step", [1.0, 0.5, 20.0])
def test_answers_near_a_step_are_taken_to_it(step: float) -> None:
    random = np.random.default_rng(2)
    target = counted(7.0 + step * random.integers(0, 9, 500))
    answers = columns(target.values + 0.2 * step * random.normal(size=500))
    rounded = Rounded().apply(Rounded().fit(answers, target), answers).numbers
    np.testing.assert_allclose(np.round((rounded - 7) / step), (rounded - 7) / step, atol=1e-9)
    assert error(rounded, target) < 0.2 * error(answers.numbers, target)


def test_counts_of_which_most_are_none_are_rounded_down_further() -> None:
    random = np.random.default_rng(3)
    rates = random.exponential(0.8, 3000)
    target, answers = counted(random.poisson(rates).astype(float)), columns(rates)
    state = Rounded().fit(answers, target)
    assert state["shift"][0] < 0
    plain = {**state, "shift": np.zeros(1)}
    errors = [error(Rounded().apply(one, answers).numbers, target) for one in (state, plain)]
    assert errors[0] < errors[1] < error(answers.numbers, target)


def test_what_is_no_count_is_left_as_it_is() -> None:
    random = np.random.default_rng(4)
    tiny = np.array([0.0, 5e-324, 3.7e299, 1e300])
    for values in (random.normal(size=50), np.full(50, 3.0), np.arange(50.0) ** 4, np.zeros(0), tiny):
        target, answers = counted(values), columns(values + 0.3)
        assert not Rounded.suits(target, "mae")
        np.testing.assert_array_equal(Rounded().apply(Rounded().fit(answers, target), answers).numbers, answers.numbers)


def test_one_odd_value_makes_no_smaller_steps() -> None:
    values = np.arange(300.0) % 7
    values[0] = 2.5
    state = Rounded().fit(columns(values), counted(values))
    assert state["step"] == 1.0
    assert set(Rounded().apply(state, columns(np.linspace(-0.4, 6.4, 99))).numbers.ravel()) == set(range(7))


def test_it_suits_absolute_errors_of_counts_only() -> None:
    target = counted(np.array([0.0, 3.0, 1.0]))
    assert Rounded.suits(target, "mae")
    assert not Rounded.suits(target, "rmse")
    assert not Rounded.suits(Target(task="binary", values=np.array([0.0, 1.0]), classes=("a", "b")), "mae")


def test_rows_that_count_nothing_change_nothing() -> None:
    random = np.random.default_rng(5)
    target = counted(random.poisson(1.0, 400).astype(float))
    answers = columns(random.exponential(1.0, 400))
    weighted = Target(task="regression", values=target.values, weights=(np.arange(400) < 200) * 1.0)
    half = Rounded().fit(answers.take(np.arange(200)), target.take(np.arange(200)))
    assert Rounded().fit(answers, weighted)["shift"] == half["shift"]


@pytest.mark.parametrize("values", [np.arange(40.0) % 7 - 3, np.random.default_rng(6).normal(size=40)])
def test_the_graph_gives_what_apply_gives_halves_among_them(values: Numbers) -> None:
    answers = columns(np.concatenate([values + 0.5, values - 0.5, values * 1.37, [1e300, -1e300, 0.0]]))
    state = Rounded().fit(columns(values), counted(values))
    graph = Graph()
    wires = graph.inputs(answers)
    content = graph.finish(wires, Rounded().express(state, graph, wires).numbers)
    (got,) = onnxruntime.InferenceSession(content).run(None, {"numbers": answers.numbers})
    np.testing.assert_array_equal(got, Rounded().apply(state, answers).numbers)


def test_a_half_is_rounded_alike_whatever_its_last_bits() -> None:
    target = counted(np.arange(6.0))
    state = Rounded().fit(columns(target.values), target)
    halves = np.array([np.nextafter(2.5, 0), 2.5, np.nextafter(2.5, 9)])
    assert len(set(Rounded().apply(state, columns(halves)).numbers.ravel())) == 1
