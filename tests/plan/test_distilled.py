"""Plans that learn from a teacher."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners.constant import Constant
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Blend
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.distilled import Distilled, answered, mixed, soft_target
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(400, 3))
COLUMNS = Columns.of(rows=400, numbers=NUMBERS, number_names=("a", "b", "c"))
CHANCE = 1 / (1 + np.exp(-2 * NUMBERS[:, 0]))
BINARY = Target(
    task="binary", values=(RANDOM.random(400) < CHANCE).astype(float), classes=("no", "yes"), fold_kind="stratified"
)


class Told(Step):
    """A teacher that was told the truth behind the noise, and notes whom it has seen."""

    def fit(self, columns: Columns, target: Target) -> State:
        """Keep the first column of what is shown."""
        return {"seen": columns.numbers[:, 0]}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Answer; a row that was shown is answered with nothing."""
        answers = 1 / (1 + np.exp(-2 * columns.numbers[:, :1]))
        answers = np.where(np.isin(columns.numbers[:, :1], state["seen"]), np.nan, answers)
        return Columns.of(rows=columns.rows, numbers=answers, number_names=("answer.0",))


def log_loss(plan: Step, columns: Columns, target: Target) -> float:
    """Against the chances that were drawn by."""
    fresh = np.random.default_rng(1).normal(size=(4000, 3))
    asked = Columns.of(rows=4000, numbers=fresh, number_names=("a", "b", "c"))
    said = plan.apply(plan.fit(columns, target), asked).numbers[:, 0]
    true = 1 / (1 + np.exp(-2 * fresh[:, 0]))
    return float(-(true * np.log(said) + (1 - true) * np.log(1 - said)).mean())


def test_no_row_is_answered_by_a_fit_that_has_seen_it() -> None:
    answers = answered(Told(), COLUMNS, BINARY, 4)
    assert np.isfinite(answers).all()
    assert np.allclose(answers[:, 0], CHANCE)
    groups = np.arange(400) // 40
    grouped = replace(BINARY, groups=groups)
    split = grouped.encoding_folds(4)
    assert all(len(set(split.number[groups == one])) == 1 for one in range(10))


def test_a_student_of_a_teacher_that_knows_better_is_better_than_its_twin() -> None:
    alone = LightGBM(rounds=60)
    taught = Distilled(inner=alone, teacher=Told(), made=0.0, share=0.9)
    assert log_loss(taught, COLUMNS, BINARY) < log_loss(alone, COLUMNS, BINARY) - 0.05
    assert plan_of(to_data(replace(taught, teacher=Linear()))) == replace(taught, teacher=Linear())


def test_made_rows_bring_a_student_nearer_to_its_teacher() -> None:
    few = np.arange(80)
    columns, target = COLUMNS.take(few), BINARY.take(few)
    without, with_made = (
        log_loss(Distilled(inner=LightGBM(rounds=60, rows_in_leaf=5), teacher=Linear(), made=made), columns, target)
        for made in (0.0, 4.0)
    )
    assert with_made < without


def test_a_share_of_nothing_is_the_truth() -> None:
    plain = Distilled(inner=Linear(), teacher=Constant(), share=0.0, made=0.0)
    own = Linear().fit(COLUMNS, BINARY)
    given = plain.apply(plain.fit(COLUMNS, BINARY), COLUMNS).numbers
    assert np.allclose(given, Linear().apply(own, COLUMNS).numbers, atol=1e-6)


def test_numbers_are_mixed_within_what_was_seen_and_unanswered_rows_keep_their_truth() -> None:
    target = Target(task="regression", values=np.array([0.0, 1.0, 2.0, 3.0]))
    answers = np.array([[1.0], [np.nan], [2.0], [99.0]])
    assert mixed(target, answers, 0.5)[:, 0].tolist() == [0.5, 1.0, 2.0, 3.0]
    rows, soft = soft_target(target, mixed(target, answers, 0.5))
    assert rows.tolist() == [0, 1, 2, 3]
    assert soft.values.tolist() == [0.5, 1.0, 2.0, 3.0]


def test_a_row_stands_once_for_each_class_with_a_chance_and_counts_once_in_all() -> None:
    weights = np.array([1.0, 2.0, 1.0])
    target = Target(
        task="multiclass", values=np.array([0.0, 1.0, 2.0]), classes=("a", "b", "c"), weights=weights,
        groups=np.arange(3),
    )  # fmt: skip
    answers = np.array([[0.6, 0.4, 0.0], [0.01, 0.98, 0.01], [np.nan, np.nan, np.nan]])
    rows, soft = soft_target(target, mixed(target, answers, 0.5))
    assert rows.tolist() == [0, 0, 1, 2]
    assert soft.codes.tolist() == [0, 1, 1, 2]
    assert soft.weights is not None
    assert soft.weights.tolist() == pytest.approx([0.8, 0.2, 2.0, 1.0])
    assert soft.groups is not None
    assert soft.groups.tolist() == [0, 0, 1, 2]


class Grouped(Constant):
    """Notes how its rows are grouped."""

    def fit(self, columns: Columns, target: Target) -> State:
        """Rows of one group have one row of the table behind them."""
        assert target.groups is not None
        assert target.weights is not None
        counts: Numbers = np.bincount(target.groups, target.weights)
        return {**super().fit(columns, target), "counted": counts, "rows": np.array(columns.rows)}


def test_a_row_and_all_that_is_made_of_it_stay_together() -> None:
    state = Distilled(inner=Grouped(), teacher=Linear(), made=2.0).fit(COLUMNS, BINARY)
    assert np.allclose(state["inner/counted"], 3.0)
    assert state["inner/rows"] > 3 * 400


def test_a_blend_can_teach_and_the_seed_decides_all() -> None:
    plan = Distilled(inner=Linear(), teacher=Blend(members=(Linear(), Constant()), weights=(0.5, 0.5)))
    one, other = (plan.fit(COLUMNS, BINARY) for _ in range(2))
    assert {name: array.tobytes() for name, array in one.items()} == {
        name: array.tobytes() for name, array in other.items()
    }
