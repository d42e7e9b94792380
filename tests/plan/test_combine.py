"""Steps behind one another, on some columns, and blended."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.combine import Blend, Chain, Each, Halved, Thin
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Strings


class Less(Step):
    """Numbers less what was learnt; training rows get it twice, to tell `fit_apply` from `apply`."""

    by: float = 0.0

    def fit(self, columns: Columns, target: Target) -> State:
        return {"least": columns.numbers.min(axis=0, initial=np.inf) + self.by}

    def apply(self, state: State, columns: Columns) -> Columns:
        return columns.with_numbers(columns.numbers - state["least"], columns.number_names)

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        state = self.fit(columns, target)
        return state, self.apply(state, self.apply(state, columns))


COLUMNS = Columns.of(
    rows=2,
    numbers=np.array([[1.0, 10.0], [3.0, 30.0]]),
    number_names=("a", "b"),
    words=(Strings.of(["x", "y"]),),
    word_names=("w",),
)
TARGET = Target(task="regression", values=np.zeros(2))


def test_each_step_of_a_chain_learns_from_what_the_steps_before_gave_in_training() -> None:
    chain = Chain(steps=(Less(), Less()))
    state = chain.fit(COLUMNS, TARGET)
    assert {name: array.tolist() for name, array in state.items()} == {"0/least": [1.0, 10.0], "1/least": [-1.0, -10.0]}
    assert chain.apply(state, COLUMNS).numbers.tolist() == [[1.0, 10.0], [3.0, 30.0]]
    again, done = chain.fit_apply(COLUMNS, TARGET)
    assert {name: array.tolist() for name, array in again.items()} == {
        name: array.tolist() for name, array in state.items()
    }
    assert done.numbers.tolist() == [[1.0, 10.0], [3.0, 30.0]]


def test_an_empty_chain_does_nothing() -> None:
    state, done = Chain(steps=()).fit_apply(COLUMNS, TARGET)
    assert state == {}
    assert done is COLUMNS


def test_each_leaves_the_other_columns_alone_and_in_front() -> None:
    each = Each(inner=Less(), columns=("a",))
    state = each.fit(COLUMNS, TARGET)
    assert list(state) == ["inner/least"]
    done = each.apply(state, COLUMNS)
    assert done.names == ("b", "a", "w")
    assert done.numbers.tolist() == [[10.0, 0.0], [30.0, 2.0]]
    assert each.fit_apply(COLUMNS, TARGET)[1].numbers.tolist() == [[10.0, -1.0], [30.0, 1.0]]


def test_a_blend_is_the_weighted_mean() -> None:
    blend = Blend(members=(Less(), Less(by=1.0)), weights=(0.25, 0.75))
    done = blend.apply(blend.fit(COLUMNS, TARGET), COLUMNS)
    assert done.numbers == pytest.approx(np.array([[-0.75, -0.75], [1.25, 19.25]]))
    # The graphs of all three are held to their `apply` by the laws.


def test_thin_fits_on_evenly_spread_rows_and_applies_to_all() -> None:
    numbers = np.arange(100.0)[::-1, None]
    columns = Columns.of(rows=100, numbers=numbers, number_names=("a",))
    target = Target(task="regression", values=np.zeros(100))
    plan = Thin(inner=Less(), rows=3)
    state = plan.fit(columns.take(np.arange(99)), target.take(np.arange(99)))
    assert state["inner/least"].tolist() == [1.0], "rows 0, 49 and 98 stay"
    assert plan.apply(state, columns).rows == 100
    whole = Thin(inner=Less(), rows=100).fit(columns, target)
    assert whole["inner/least"].tolist() == [0.0]


def test_halved_fits_on_half_of_the_rows_with_classes_in_their_shares() -> None:
    columns = Columns.of(rows=100, numbers=np.arange(100.0)[:, None], number_names=("a",))
    target = Target(task="binary", values=(np.arange(100) % 5 == 0).astype(float), classes=("no", "yes"))
    rows = Halved.stay(target)
    assert len(rows) == 50
    assert target.values[rows].sum() == 10, "though each fifth row is one, and rows could be taken in turns"
    assert (np.diff(rows) > 0).all()
    plan = Halved(inner=Less())
    assert plan.fit(columns, target)["inner/least"].tolist() == [float(rows[0])]
    assert plan.apply(plan.fit(columns, target), columns).rows == 100


def test_halved_keeps_groups_whole() -> None:
    groups = np.arange(60) // 6
    target = Target(task="regression", values=np.zeros(60), groups=groups)
    rows = Halved.stay(target)
    assert len(rows) == 30
    assert not set(groups[rows]) & set(groups[np.setdiff1d(np.arange(60), rows)])
    alone = Target(task="regression", values=np.zeros(6), groups=np.zeros(6, np.int64))
    assert len(Halved.stay(alone)) == 6
