from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.few_columns import Lasso, few_columns
from journeyman.learners.learner import Problem
from journeyman.learners.linear import Linear
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

COUNT = np.array([3, 17, 40])


def world(seed: int, rows: int = 150, columns: int = 200) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    design = random.normal(size=(rows, columns))
    return design, design[:, COUNT] @ [2.0, -1.5, 1.0] + random.normal(size=rows)


def numbers(array: np.ndarray) -> Columns:
    return Columns.of(rows=len(array), numbers=array, number_names=[f"x{place}" for place in range(array.shape[1])])


@pytest.mark.parametrize("seed", range(3))
def test_the_columns_that_count_are_found_among_many(seed: int) -> None:
    design, values = world(seed)
    few = few_columns(design, Target(task="regression", values=values), "squared")
    assert set(COUNT) <= set(few.columns.tolist())
    assert len(few.columns) <= 16


@pytest.mark.parametrize("task", ["regression", "binary", "multiclass"])
def test_it_errs_less_than_a_model_of_all_columns(task: str) -> None:
    (design, score), (fresh, its_score) = world(5), world(6, 2000)
    edges = {"regression": [], "binary": [0.0], "multiclass": [-1.5, 1.5]}[task]
    values = np.digitize(score, edges).astype(float) if edges else score
    truth = np.digitize(its_score, edges) if edges else its_score
    target = Target(task=task, values=values, classes=tuple("abc"[: len(edges) + 1]) if edges else ())

    def error(learner: Linear) -> float:
        answers = learner.apply(learner.fit(numbers(design), target), numbers(fresh)).numbers
        if task == "regression":
            return float(np.mean((answers[:, 0] - truth) ** 2))
        chances = answers if task == "multiclass" else np.hstack([1 - answers, answers])
        return float(-np.log(chances[np.arange(len(truth)), truth]).mean())

    assert error(Linear(few=True)) < 0.8 * error(Linear())


def test_weights_are_heeded() -> None:
    random = np.random.default_rng(1)
    design = random.normal(size=(400, 30))
    values = np.where(np.arange(400) < 200, 2 * design[:, 0], 2 * design[:, 1])
    weights = np.where(np.arange(400) < 200, 1.0, 1e-9)
    taken = Lasso(design, Target(task="regression", values=values, weights=weights)).first(1)
    assert np.flatnonzero(taken).tolist() == [0]


def test_columns_that_say_the_same_and_rows_of_no_weight_do_no_harm() -> None:
    random = np.random.default_rng(3)
    walks = random.normal(size=(120, 60)).cumsum(axis=0)
    values = walks[:, 4] + random.normal(size=120)
    few = few_columns(np.hstack([walks, walks]), Target(task="regression", values=values), "squared")
    assert 0 < len(few.columns) <= 60
    none = Target(task="regression", values=values, weights=np.zeros(120))
    assert not Lasso(walks, none).first(5).any()


def test_no_signal_no_rows_and_no_columns_leave_a_constant() -> None:
    random = np.random.default_rng(2)
    for design, values in (
        (random.normal(size=(100, 50)), random.normal(size=100)),
        (np.zeros((60, 30)), random.normal(size=60)),
        (random.normal(size=(60, 30)), np.full(60, 3.0)),
        (random.normal(size=(5, 30)), np.arange(5.0)),
        (np.zeros((60, 0)), random.normal(size=60)),
    ):
        learner = Linear(few=True)
        answers = learner.apply(learner.fit(numbers(design), Target(task="regression", values=values)), numbers(design))
        assert np.ptp(answers.numbers) <= np.ptp(values) + 1e-9
        assert np.isfinite(answers.numbers).all()


def test_it_is_proposed_where_columns_are_many_beside_rows() -> None:
    def names(rows: int, columns: int) -> list[str]:
        return [one.name for one in Linear.candidates(Problem(task="regression", rows=rows, numbers=columns))]

    assert "linear model, few columns" in names(200, 1000)
    assert "linear model, few columns" not in names(200, 5)
    assert "linear model, few columns" not in names(100_000, 50)
