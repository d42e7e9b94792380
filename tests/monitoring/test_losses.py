from __future__ import annotations

import numpy as np
import pytest

from journeyman.monitoring.losses import LEAST_CHANCE, expected_errors, row_losses
from journeyman.statistics.label_rule import LabelRule


def test_losses_of_classes_and_of_numbers() -> None:
    answers = np.array([[0.9, 0.1], [0.2, 0.8], [1.0, 0.0], [np.nan, np.nan]])
    found = row_losses("binary", np.array([0.0, 0.0, 1.0, 1.0]), answers)
    assert found["error"][:3].tolist() == [0, 1, 1]
    assert found["log_loss"][:3] == pytest.approx(-np.log([0.9, 0.2, LEAST_CHANCE]))
    assert np.isnan(found["error"][3])
    number = row_losses("regression", np.array([1.0, np.nan]), np.array([[3.0], [1.0]]))
    assert number["absolute_error"][0] == 2
    assert np.isnan(number["absolute_error"][1])


def test_the_expected_error_is_what_the_best_class_lacks() -> None:
    assert expected_errors(np.array([[0.9, 0.1], [0.3, 0.7]])) == pytest.approx([0.1, 0.3])


def test_with_a_rule_of_labels_errors_are_those_of_the_class_that_is_named() -> None:
    answers, rule = np.array([[0.9, 0.1], [0.7, 0.3]]), LabelRule.from_chance(0.2)
    assert row_losses("binary", np.array([0.0, 1.0]), answers, rule)["error"].tolist() == [0, 0]
    assert row_losses("binary", np.array([0.0, 1.0]), answers)["error"].tolist() == [0, 1]
    assert expected_errors(answers, rule) == pytest.approx([0.1, 0.7])
