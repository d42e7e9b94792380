"""Plans fitted on another scale of the target; their graphs are held to their `apply` by the laws."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.data import plan_of, to_data
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.retarget import Form, Retargeted
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.scale.standard import Standard
from journeyman.table.columns import Columns

COLUMNS = Columns.of(rows=4, numbers=np.arange(4.0)[:, None], number_names=("a",))
VALUES = np.array([0.0, 1.0, 3.0, 100.0])


class Mean(Step):
    """The mean of the target it is given, and ``more``."""

    more: float = 0.0

    def fit(self, columns: Columns, target: Target) -> State:
        return {"mean": target.mean() + self.more, "seen": target.values}

    def apply(self, state: State, columns: Columns) -> Columns:
        return columns.with_numbers(np.tile(state["mean"], (columns.rows, 1)), ("answer.0",))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        zeros = graph.zeros(wires)
        return graph.with_numbers(wires, graph.add("Add", zeros, graph.constant(state["mean"])), ("answer.0",))


def answer(form: Form, values: np.ndarray = VALUES, more: float = 0.0, weights: np.ndarray | None = None) -> float:
    plan = Retargeted(inner=Mean(more=more), form=form)
    columns = COLUMNS.take(np.zeros(len(values), np.int64))
    state = plan.fit(columns, Target(task="regression", values=values, weights=weights))
    return float(plan.apply(state, columns).numbers[0, 0])


def test_plain_is_the_inner_plan() -> None:
    assert answer("plain") == 26.0


def test_log_answers_what_is_best_for_squared_logarithmic_errors() -> None:
    assert answer("log") == pytest.approx(np.expm1(np.log1p(VALUES).mean()))


def test_log_mean_sets_the_mean_right() -> None:
    plan = Retargeted(inner=Standard(), form="log_mean")
    # A step that answers with logarithms that are right but for their size.
    scores = np.log1p(VALUES)[:, None] * 0.8
    given = COLUMNS.with_numbers(scores, ("answer.0",))
    state = plan.fit(given, Target(task="regression", values=VALUES))
    assert 0.5 <= state["factor"][0] <= 4.0
    assert answer("log_mean", np.array([1.0, 2.0, 4.0, 9.0])) == pytest.approx(4.0)
    weights = np.array([1.0, 1.0, 1.0, 5.0])
    assert answer("log_mean", np.array([1.0, 2.0, 4.0, 9.0]), weights=weights) == pytest.approx(6.5)


def test_the_factor_is_held() -> None:
    lottery = np.append(np.ones(99), 1e9)
    assert answer("log_mean", lottery) == pytest.approx(4 * np.expm1(np.log1p(lottery).mean()))


def test_neither_zeros_nor_dust_are_the_unit() -> None:
    values = np.exp(np.random.default_rng(0).normal(size=200))
    values[:20] = 0.0
    assert answer("log_median", values * 1e3) == pytest.approx(1e3 * answer("log_median", values))
    dust = np.where(values == 0, 1e-16, values)
    assert answer("log_median", dust) > 0.1 * answer("log_median", values)


def test_negative_targets_are_taken_above_their_least() -> None:
    values = np.array([-5.0, -4.0, 10.0])
    assert answer("log", values) == pytest.approx(np.expm1(np.log1p(values + 5).mean()) - 5)


@pytest.mark.parametrize("form", ["log_mean", "log_median"])
@pytest.mark.parametrize("unit", [1e-300, 1e-6, 1e-3])
def test_small_targets_have_logarithms_too(form: Form, unit: float) -> None:
    values = np.exp(np.random.default_rng(0).normal(size=200))
    assert answer(form, values * unit) / unit == pytest.approx(answer(form, values), rel=0.2)
    assert answer("log_median", values * unit) < 0.9 * (values * unit).mean()


@pytest.mark.parametrize("form", ["log", "log_mean", "log_median"])
@pytest.mark.parametrize("values", [VALUES, np.array([-1e308, 1e308]), np.array([0.0, 1.7e308]), np.full(3, 7.0)])
def test_answers_stay_in_the_widened_range(form: Form, values: np.ndarray) -> None:
    highest = min(values.max(), 1e308)
    spread = min(0.1 * highest - 0.1 * values.min(), 1e307)
    least, most = answer(form, values, -1e9), answer(form, values, 1e9)
    assert np.isfinite([least, most]).all()
    assert min(values.min(), 0.0) <= least <= values.max()
    assert values.min() <= most <= highest + spread * (1 + 1e-12)


def test_the_rest_of_the_target_is_kept_and_classes_are_not_changed() -> None:
    target = Target(task="binary", values=np.array([0.0, 1.0, 1.0, 0.0]), classes=("no", "yes"))
    plan = Retargeted(inner=Mean(), form="log")
    state = plan.fit(COLUMNS, target)
    assert set(state) == {"inner/mean", "inner/seen"}
    assert plan.apply(state, COLUMNS).numbers[0, 0] == 0.5


def test_no_rows_teach_nothing() -> None:
    nothing = Target(task="regression", values=np.zeros(0))
    for form in ("log", "log_mean"):
        state = Retargeted(inner=Mean(), form=form).fit(COLUMNS.take([]), nothing)  # type: ignore[arg-type]  # a Form
        assert set(state) == {"inner/mean", "inner/seen"}


def test_it_is_data_like_any_plan() -> None:
    plan = Retargeted(inner=Standard(), form="log")
    assert to_data(plan)["step"] == "plan.retarget"
    assert plan_of(to_data(plan)) == plan
