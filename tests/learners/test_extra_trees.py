from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.extra_trees import ExtraTrees
from journeyman.learners.learner import Problem
from journeyman.plan import needs
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(12)


def table(random: np.random.Generator, rows: int = 400) -> Columns:
    numbers = random.normal(size=(rows, 3))
    numbers[random.random(rows) < 0.2, 2] = np.nan
    return Columns.of(rows=rows, numbers=numbers, number_names=("a", "b", "c"))


def test_it_learns_numbers_and_classes(random: np.random.Generator) -> None:
    columns = table(random)
    hidden = columns.numbers[:, 0] + columns.numbers[:, 1] ** 2 + np.isnan(columns.numbers[:, 2])
    train, judge = np.arange(400) % 2 == 0, np.arange(400) % 2 == 1
    learner = ExtraTrees(trees=60)
    value = Target(task="regression", values=hidden)
    answers = learner.apply(learner.fit(columns.take(train), value.take(train)), columns.take(judge)).numbers[:, 0]
    assert np.mean((answers - hidden[judge]) ** 2) < 0.4 * hidden.var()
    codes = np.digitize(hidden, [0.5, 2.0]).astype(float)
    target = Target(task="multiclass", values=codes, classes=("x", "y", "z"))
    chances = learner.apply(learner.fit(columns.take(train), target.take(train)), columns.take(judge)).numbers
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (chances.argmax(axis=1) == codes[judge]).mean() > 0.65


def test_no_chance_is_ever_nothing(random: np.random.Generator) -> None:
    columns = table(random)
    binary = Target(task="binary", values=(columns.numbers[:, 0] > 0) + 0.0, classes=("no", "yes"))
    learner = ExtraTrees(trees=20, rows_in_leaf=1, column_share=1.0)
    chances = learner.apply(learner.fit(columns, binary), columns).numbers
    assert 0 < chances.min() < 0.05
    assert 0.95 < chances.max() < 1


def test_a_class_that_training_does_not_hold_keeps_its_place(random: np.random.Generator) -> None:
    columns = table(random)
    target = Target(task="multiclass", values=np.where(columns.numbers[:, 0] > 0, 2.0, 0.0), classes=("x", "y", "z"))
    learner = ExtraTrees(trees=20)
    chances = learner.apply(learner.fit(columns, target), columns).numbers
    assert chances.shape == (400, 3)
    assert chances[:, 1].max() == 0
    assert ((chances[:, 2] > chances[:, 0]) == (columns.numbers[:, 0] > 0)).mean() > 0.9


def test_the_number_of_leaves_is_bounded(random: np.random.Generator) -> None:
    columns = table(random, 2000)
    noise = Target(task="regression", values=random.normal(size=2000))
    state = ExtraTrees(trees=20, most_leaves=3000).fit(columns, noise)
    assert 500 < len(state["leaf_value"]) < 4500


def test_missing_goes_where_it_was_learnt_or_to_the_heavier_side(random: np.random.Generator) -> None:
    columns = table(random)
    target = Target(task="regression", values=np.isnan(columns.numbers[:, 2]) * 10.0)
    learner = ExtraTrees(trees=40, column_share=1.0)
    state = learner.fit(columns, target)
    holes = columns.numbers[:2].copy()
    holes[0, 2], holes[1, 2] = np.nan, 0.0
    holes[:, 0] = np.nan
    answers = learner.apply(state, Columns.of(rows=2, numbers=holes, number_names=columns.number_names)).numbers[:, 0]
    assert answers[0] > 7
    assert answers[1] < 3


def test_it_leaves_long_tables_alone() -> None:
    assert list(ExtraTrees.candidates(Problem(task="binary", rows=900, numbers=3, classes=2)))
    assert not list(ExtraTrees.candidates(Problem(task="binary", rows=900_000, numbers=3, classes=2)))


def test_for_absolute_errors_the_answer_is_the_middle_of_the_trees(random: np.random.Generator) -> None:
    columns = table(random, 1200)
    hidden = columns.numbers[:, 0] + columns.numbers[:, 1]
    # One row in five is far away, to one side: a mean is drawn there, and a median is not.
    far = np.where(random.random(1200) < 0.2, 40.0 * random.random(1200), 0.0)
    target = Target(task="regression", values=hidden + far)
    train, judge = np.arange(600), np.arange(600, 1200)
    errors = {}
    for loss in ("", "absolute"):
        learner = ExtraTrees(rows_in_leaf=1, loss=loss)
        answers = learner.apply(learner.fit(columns.take(train), target.take(train)), columns.take(judge)).numbers
        errors[loss] = float(np.abs(answers[:, 0] - target.values[judge]).mean())
    assert errors["absolute"] < 0.9 * errors[""]


def test_the_form_for_absolute_errors_is_proposed_for_them_only() -> None:
    def names(metric: str) -> list[str]:
        problem = Problem(task="regression", rows=900, numbers=3, metric=metric)
        return [one.name for one in ExtraTrees.candidates(problem)]

    assert names("mae") == ["extra trees", "extra trees, middle"]
    assert names("rmse") == ["extra trees"]


@pytest.mark.parametrize(("unit", "above"), [(1e-9, 0.0), (1.0, 1e8), (1e200, 0.0)])
@pytest.mark.parametrize("loss", ["", "absolute"])
def test_neither_unit_nor_size_of_a_target_matters(
    random: np.random.Generator, unit: float, above: float, loss: str
) -> None:
    columns = table(random)
    hidden = columns.numbers[:, 0] + 0.1 * random.normal(size=400)
    learner = ExtraTrees(trees=20, loss=loss)
    plain, other = (Target(task="regression", values=values) for values in (hidden, hidden * unit + above))
    known, found = (learner.apply(learner.fit(columns, one), columns).numbers[:, 0] for one in (plain, other))
    # Of 1e8 and a little a double keeps eight digits behind the point.
    np.testing.assert_allclose((found - above) / unit, known, atol=1e-6 if not above else 0.05)


def test_a_long_tail_of_a_column_does_not_hide_the_rest() -> None:
    (form, *_) = ExtraTrees.candidates(Problem(task="regression", rows=900, numbers=3))
    assert needs.SKEW_EVENED in form.needs
