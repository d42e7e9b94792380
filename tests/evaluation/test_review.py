from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.evaluation.review import MOST, review
from journeyman.learners.constant import Constant
from journeyman.learners.extra_trees import ExtraTrees
from journeyman.learners.linear import Linear
from journeyman.learners.network import Network
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.table.columns import Columns
from journeyman.trials.trial import Trial

ROWS = 1000
FOLDS = make_folds("random", 5, rows=ROWS)


def answered(answers: np.ndarray) -> Trial:
    return Trial(plan=Constant(), name="one", key="1", status="done", answers=answers)


def columns(random: np.random.Generator) -> Columns:
    numbers = random.normal(size=(ROWS, 2))
    numbers[17] = 30.0, -30.0
    return Columns.of(rows=ROWS, numbers=numbers, number_names=("a", "b"))


def test_wrong_labels_are_listed_first_by_their_rows_in_the_source() -> None:
    random = np.random.default_rng(0)
    yes = random.choice([0.03, 0.97], ROWS)
    truth = random.uniform(size=ROWS) < yes
    wrong = random.uniform(size=ROWS) < 0.05
    target = Target(task="binary", values=(truth ^ wrong).astype(float), classes=("no", "yes"))
    numbers = np.arange(ROWS) + 5000
    found = review(answered(yes[:, None]), columns(random), target, FOLDS, numbers)
    assert found is not None
    assert len(found.targets) == MOST
    assert all(one.row >= 5000 and one.recorded != one.answer for one in found.targets)
    assert found.wrong_at_most.low <= 0.05 + 0.03 <= found.wrong_at_most.high + 0.02
    assert 0 < found.wrong_of_listed <= MOST
    assert found.irregular[0].row == 5017
    assert {cell[0] for cell in found.irregular[0].cells} == {"a", "b"}
    json.dumps(found.as_data(), allow_nan=False)


def test_if_hardly_any_label_can_be_wrong_hardly_any_listed_one_is_said_to_be() -> None:
    random = np.random.default_rng(1)
    yes = random.uniform(size=ROWS)
    target = Target(task="binary", values=(random.uniform(size=ROWS) < yes).astype(float), classes=("no", "yes"))
    found = review(answered(yes[:, None]), columns(random), target, FOLDS, np.arange(ROWS))
    assert found is not None
    assert found.wrong_at_most.value < 0.12
    assert found.wrong_of_listed < 0.8 * len(found.targets)


def test_numbers_far_from_their_answers_are_listed() -> None:
    random = np.random.default_rng(2)
    answers = random.normal(size=(ROWS, 1))
    values = answers[:, 0] + random.normal(size=ROWS)
    values[3] += 40
    found = review(answered(answers), columns(random), Target(task="regression", values=values), FOLDS, np.arange(ROWS))
    assert found is not None
    assert found.targets[0].row == 3
    assert found.targets[0].strength > 20
    assert found.as_data()["wrong_of_listed"] is None


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_always_the_same_answer_and_few_rows_say_nothing(task: str) -> None:
    random = np.random.default_rng(3)
    values = random.integers(0, 2, ROWS).astype(float)
    target = Target(task=task, values=values, classes=("no", "yes") if task == "binary" else ())  # type: ignore[arg-type]  # one of the tasks
    found = review(answered(np.full((ROWS, 1), 0.4)), columns(random), target, FOLDS, np.arange(ROWS))
    assert found is not None
    assert not found.targets
    assert np.isnan(found.wrong_at_most.value)
    assert review(answered(np.zeros((0, 0))), columns(random), target, FOLDS, np.arange(ROWS)) is None


def test_other_kinds_of_models_are_asked_too() -> None:
    random = np.random.default_rng(4)
    score = 4 * random.normal(size=ROWS)
    truth = random.uniform(size=ROWS) < 1 / (1 + np.exp(-score))
    wrong = random.uniform(size=ROWS) < 0.1
    target = Target(task="binary", values=(truth ^ wrong).astype(float), classes=("no", "yes"))
    answers = [1 / (1 + np.exp(-0.4 * (score + random.normal(scale=4, size=ROWS)))) for _ in range(4)]
    plans = (Linear(), ExtraTrees(), Network())
    others = [
        Trial(plan=plan, name="other", key="2", status="done", answers=one[:, None])
        for plan, one in zip(plans, answers[1:], strict=True)
    ]

    def hits(others: list[Trial]) -> int:
        found = review(answered(answers[0][:, None]), columns(random), target, FOLDS, np.arange(ROWS), others)
        assert found is not None
        assert all(-1 <= row.strength <= 1 for row in found.targets)
        return sum(bool(wrong[row.row]) for row in found.targets)

    assert hits(others) > hits([]) + 2
