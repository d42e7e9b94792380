from __future__ import annotations

import numpy as np
import pytest

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.errors import InputError

CLASSES = ("no", "yes")
RULE = DecisionRule({"call": {"yes": 300.0, "no": -20.0}, "write": {"yes": 100.0, "no": -1.0}})


def answers(*positive: float) -> np.ndarray:
    p = np.array(positive)
    return np.column_stack([1 - p, p])


def test_the_action_that_promises_most_is_taken() -> None:
    actions, expected = RULE.decide(answers(0.001, 0.05, 0.5), CLASSES)
    assert actions.tolist() == [NO_ACTION, "write", "call"]
    np.testing.assert_allclose(expected, [0.0, 4.05, 140.0])


def test_among_equals_the_first_is_taken_and_nothing_before_all() -> None:
    rule = DecisionRule({"b": {"yes": 1.0, "no": -1.0}, "a": {"yes": 1.0, "no": -1.0}})
    assert rule.decide(answers(0.5, 0.6), CLASSES)[0].tolist() == [NO_ACTION, "b"]
    again = DecisionRule.from_data(rule.as_data())
    assert again == rule
    assert again.names == (NO_ACTION, "b", "a")


def test_outcomes_that_are_not_named_are_worth_nothing() -> None:
    rule = DecisionRule({"call": {"b": 5.0}})
    assert rule.amounts(("a", "b", "c")).tolist() == [[0, 0, 0], [0, 5, 0]]
    actions, _ = rule.decide(np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]]), ("a", "b", "c"))
    assert actions.tolist() == ["call", NO_ACTION]


def test_no_rows_and_missing_probabilities() -> None:
    actions, expected = RULE.decide(np.empty((0, 2)), CLASSES)
    assert actions.shape == expected.shape == (0,)
    assert RULE.decide(np.full((1, 2), np.nan), CLASSES)[0].tolist() == [NO_ACTION]


def test_payoff_is_what_the_truth_was_worth() -> None:
    actions = np.array(["call", "call", "write", NO_ACTION], dtype=object)
    assert RULE.payoff(actions, np.array([1, 0, 0, 1]), CLASSES).tolist() == [300, -20, -1, 0]


@pytest.mark.parametrize(
    "actions",
    [{"none": {"yes": 1.0}}, {"": {"yes": 1.0}}, {"call": {"yes": float("nan")}}, {"call": {"yes": float("inf")}}],
)
def test_rules_that_cannot_be_used_are_refused(actions: dict[str, dict[str, float]]) -> None:
    with pytest.raises(InputError) as caught:
        DecisionRule(actions)
    assert caught.value.because
    assert caught.value.remedy


def test_an_outcome_that_is_no_class_is_refused() -> None:
    with pytest.raises(InputError, match="maybe"):
        DecisionRule({"call": {"maybe": 1.0}}).decide(answers(0.5), CLASSES)
