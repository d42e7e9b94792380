"""What scores are judged by."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import log_softmax

from journeyman.plan.losses import Loss, loss_for, loss_of, losses, of_all_classes, wanted_scores
from journeyman.plan.target import Target


def numbers(*values: float) -> Target:
    return Target(task="regression", values=np.array(values))


def test_the_metric_says_the_loss() -> None:
    assert loss_of("binary", "mae") == "logistic"
    assert loss_of("regression", "mae") == "absolute"
    assert loss_of("regression", "poisson_deviance") == "poisson"
    assert loss_of("regression", "rmse") == "squared"


def test_only_what_is_counted_has_a_rate_and_classes_have_one_loss() -> None:
    assert loss_for(numbers(0.0, 3.0), "poisson") == "poisson"
    assert loss_for(numbers(-1.0, 3.0), "poisson") == "squared"
    assert loss_for(numbers(0.0, 0.0), "poisson") == "squared"
    assert loss_for(numbers(0.0, 3.0), "logistic") == "squared"
    binary = Target(task="binary", values=np.array([0.0, 1.0]), classes=("n", "y"))
    assert loss_for(binary, "absolute") == "logistic"


@pytest.mark.parametrize(
    ("loss", "wanted"), [("squared", 2.0), ("absolute", 2.0), ("poisson", np.exp(1.0) - 3.0)], ids=str
)
def test_numbers_are_judged_by_their_distance(loss: Loss, wanted: float) -> None:
    assert losses(np.array([[1.0]]), numbers(3.0), loss) == pytest.approx([wanted])


def test_classes_are_judged_by_minus_the_logarithm_of_their_chance() -> None:
    random = np.random.default_rng(2)
    codes = random.integers(0, 3, 20)
    score = random.normal(size=(20, 3)) * 500
    several = Target(task="multiclass", values=codes.astype(float), classes=("a", "b", "c"))
    np.testing.assert_allclose(
        losses(score, several, "logistic"), -log_softmax(score, axis=1)[np.arange(20), codes], atol=1e-9
    )
    assert wanted_scores(several).argmax(axis=1).tolist() == codes.tolist()
    two = Target(task="binary", values=(codes > 0).astype(float), classes=("n", "y"))
    both = np.column_stack([np.zeros(20), score[:, 0]])
    np.testing.assert_allclose(
        losses(score[:, :1], two, "logistic"), -log_softmax(both, axis=1)[np.arange(20), two.codes], atol=1e-9
    )


def test_classes_that_training_did_not_hold_are_next_to_impossible() -> None:
    one_column = np.array([[2.0], [3.0]]), np.array([0.5])
    coefficients, intercepts = of_all_classes(one_column, np.array([1, 3]), 4, -9.0)
    assert coefficients.tolist() == [[0, 0, 0, 2], [0, 0, 0, 3]]
    assert intercepts.tolist() == [-9, 0, -9, 0.5]
    three = np.arange(6.0).reshape(2, 3), np.array([1.0, 2.0, 3.0])
    coefficients, intercepts = of_all_classes(three, np.array([0, 2, 3]), 4, -9.0)
    assert coefficients.tolist() == [[0, 0, 1, 2], [3, 0, 4, 5]]
    assert intercepts.tolist() == [1, -9, 2, 3]
