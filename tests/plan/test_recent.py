"""Plans fitted on the newest rows; their graphs are those of the plans inside."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.data import plan_of, to_data
from journeyman.plan.recent import FEWEST_ROWS, Recent, found_share, newest
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Mean(Step):
    """The mean of the target it is given, and of how many rows."""

    def fit(self, columns: Columns, target: Target) -> State:
        return {"mean": target.mean(), "rows": np.array([len(target)])}

    def apply(self, state: State, columns: Columns) -> Columns:
        return columns.with_numbers(np.tile(state["mean"], (columns.rows, 1)), ("answer.0",))


def rows(values: np.ndarray, **more: object) -> tuple[Columns, Target]:
    order = np.arange(len(values))[::-1].copy()
    target = Target(task="regression", values=values, order=order, fold_kind="forward")
    return Columns.of(rows=len(values), numbers=values[:, None], number_names=("a",)), target


def test_the_newest_are_kept_wherever_they_stand_in_the_table() -> None:
    columns, target = rows(np.arange(1000.0))
    kept = Recent(inner=Mean(), share=0.25).stay(columns, target)
    assert kept.tolist() == list(range(250)), "the order runs backwards here"
    state = Recent(inner=Mean(), share=0.25).fit(columns, target)
    assert state["inner/rows"].tolist() == [250]


def test_rows_of_one_time_stay_together_and_few_rows_widen_the_window() -> None:
    target = Target(task="regression", values=np.zeros(400), order=np.repeat(np.arange(4), 100))
    assert len(newest(target, 0.3)) == 200
    assert len(newest(target, 0.01)) == FEWEST_ROWS


def test_no_class_is_lost() -> None:
    values = np.zeros(1000)
    values[:300] = 1
    target = Target(task="binary", values=values, classes=("no", "yes"), order=np.arange(1000))
    assert values[newest(target, 0.125)].sum() >= 5


def test_without_an_order_every_row_is_kept() -> None:
    columns, target = rows(np.arange(500.0))
    assert len(Recent(inner=Mean(), share=0.1).stay(columns, Target(task="regression", values=target.values))) == 500


@pytest.mark.parametrize(("jump", "share"), [(0.0, 1.0), (6.0, 0.25)])
def test_a_window_is_found_where_something_changed_and_only_there(jump: float, share: float) -> None:
    random = np.random.default_rng(0)
    values = random.normal(size=4000)
    values[:900] += jump  # the newest, as the order runs backwards
    columns, target = rows(values)
    assert found_share(Mean(), columns, target) <= share
    assert (found_share(Mean(), columns, target) == 1.0) is (jump == 0.0)


def test_it_is_data_and_comes_back() -> None:
    from journeyman.learners.constant import Constant

    plan = Recent(inner=Constant(), judge=Constant())
    assert plan_of(to_data(plan)) == plan
