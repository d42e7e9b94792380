from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.decision import ANY, MOST_RESIDUALS, NO_ACTION, DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.errors import InputError

CLASSES = ("no", "yes")
RULE = DecisionRule({"call": {"yes": 300.0, "no": -20.0}, "write": {"yes": 100.0, "no": -1.0}})
WORTH = DecisionRule({"call": {"yes": Expression.parse("amount - 12"), "no": -5.0}, "write": {"yes": 1.0}})
ERROR = DecisionRule({"buy": {ANY: Expression.parse("abs(actual - prediction) * -1 + fee")}}, is_for_numbers=True)


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
    assert rule.amounts(("a", "b", "c")).tolist() == [[[0, 0, 0], [0, 5, 0]]]
    actions, _ = rule.decide(np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]]), ("a", "b", "c"))
    assert actions.tolist() == ["call", NO_ACTION]


def test_no_rows_and_missing_probabilities() -> None:
    actions, expected = RULE.decide(np.empty((0, 2)), CLASSES)
    assert actions.shape == expected.shape == (0,)
    actions, expected = RULE.decide(np.full((1, 2), np.nan), CLASSES)
    assert (actions.tolist(), expected.tolist()) == ([NO_ACTION], [0.0])


def test_payoff_is_what_the_truth_was_worth() -> None:
    actions = np.array(["call", "call", "write", NO_ACTION], dtype=object)
    assert RULE.payoff(actions, np.array([1, 0, 0, 1]), CLASSES).tolist() == [300, -20, -1, 0]


def test_a_cutoff_is_what_an_action_must_promise_more_than() -> None:
    rule = RULE.with_cutoff(140.0)
    actions, expected = rule.decide(answers(0.5, 0.51), CLASSES)
    assert actions.tolist() == [NO_ACTION, "call"]
    np.testing.assert_allclose(expected, [0.0, 143.2])
    assert RULE.cutoff == 0.0
    assert DecisionRule.from_data(json.loads(json.dumps(rule.as_data()))) == rule


def test_amounts_of_the_row_decide() -> None:
    values = {"amount": np.array([20.0, 2000.0, np.nan])}
    assert WORTH.columns == ("amount",)
    np.testing.assert_array_equal(WORTH.amounts(CLASSES, values, 3)[:, 1], [[-5, 8], [-5, 1988], [-5, np.nan]])
    actions, expected = WORTH.decide(answers(0.1, 0.1, 0.1), CLASSES, values)
    assert actions.tolist() == ["write", "call", NO_ACTION]
    np.testing.assert_allclose(expected, [0.1, 194.3, 0.0])
    assert WORTH.payoff(actions, np.array([1, 1, 1]), CLASSES, values).tolist() == [1.0, 1988.0, 0.0]
    assert WORTH.payoff(actions, np.array([0, 0, 0]), CLASSES, values).tolist() == [0.0, -5.0, 0.0]
    assert WORTH.knows(values, 3).tolist() == [True, True, False]
    taken = WORTH.payoff(np.array(["call"] * 3, dtype=object), np.array([1, 1, 1]), CLASSES, values)
    assert np.isnan(taken).tolist() == [False, False, True]
    assert DecisionRule.from_data(json.loads(json.dumps(WORTH.as_data()))) == WORTH


def test_a_row_alone_gives_the_bits_of_a_batch() -> None:
    random = np.random.default_rng(0)
    p, amount = random.uniform(size=100), random.uniform(-1e3, 1e3, 100)
    whole = WORTH.promises(answers(*p), CLASSES, {"amount": amount})
    for row in range(100):
        one = WORTH.promises(answers(p[row]), CLASSES, {"amount": amount[row : row + 1]})
        assert one.tobytes() == whole[row].tobytes()


def test_without_the_column_there_is_no_decision() -> None:
    with pytest.raises(InputError, match="no column 'amount'"):
        WORTH.decide(answers(0.5), CLASSES)
    assert WORTH.told()["actions"][0] == ["call", {"yes": "amount - 12", "no": -5.0}]


def test_numbers_are_judged_over_the_spread_of_what_comes() -> None:
    values = {"fee": np.array([1.5, 0.5, np.nan])}
    predictions = np.array([10.0, 10.0, 10.0])
    sure, unsure = ERROR, ERROR.with_residuals((-2.0, 0.0, 1.0))
    np.testing.assert_allclose(sure.decide_numbers(predictions, values)[1], [1.5, 0.5, 0.0])
    actions, expected = unsure.decide_numbers(predictions, values)
    assert actions.tolist() == ["buy", NO_ACTION, NO_ACTION]
    np.testing.assert_allclose(expected, [0.5, 0.0, 0.0])
    taken = np.array(["buy", NO_ACTION, "buy"], dtype=object)
    earned = unsure.payoff_numbers(taken, predictions, np.array([13.0, 0.0, 1.0]), values)
    np.testing.assert_array_equal(earned, [-1.5, 0.0, np.nan])
    assert DecisionRule.from_data(json.loads(json.dumps(unsure.as_data()))) == unsure
    assert unsure.knows(values, 3).tolist() == [True, True, False]


def test_a_missing_prediction_is_not_acted_on() -> None:
    rule = DecisionRule({"go": {ANY: 3.0}}, is_for_numbers=True)
    assert rule.decide_numbers(np.array([1.0, np.nan]))[0].tolist() == ["go", NO_ACTION]


def test_amounts_beyond_all_numbers_are_not_known_and_no_warning() -> None:
    rule = DecisionRule({"go": {"yes": 1e308, "no": 1e308}, "come": {"yes": Expression.parse("x * 1e308")}})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        actions, _ = rule.decide(answers(0.5, 0.5), CLASSES, {"x": np.array([1.0, 1e10])})
    assert actions.tolist() == ["go", NO_ACTION]


@pytest.mark.parametrize(
    "actions",
    [{"none": {"yes": 1.0}}, {"": {"yes": 1.0}}, {"call": {"yes": float("nan")}}, {"call": {"yes": float("inf")}}],
)
def test_rules_that_cannot_be_used_are_refused(actions: dict[str, dict[str, float]]) -> None:
    with pytest.raises(InputError) as caught:
        DecisionRule(actions)
    assert caught.value.because
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("actions", "options", "words"),
    [
        ({"a": {"yes": Expression.parse("prediction")}}, {}, "'prediction'"),
        ({"a": {"yes": 1.0}}, {"is_for_numbers": True}, "no classes"),
        ({"a": {"yes": 1.0}}, {"cutoff": -1.0}, "cutoff"),
        ({"a": {"yes": 1.0}}, {"cutoff": float("inf")}, "cutoff"),
        ({"a": {ANY: 1.0}}, {"is_for_numbers": True, "residuals": (float("nan"),)}, "residuals"),
        ({"a": {ANY: 1.0}}, {"is_for_numbers": True, "residuals": (0.0,) * (MOST_RESIDUALS + 1)}, "residuals"),
    ],
)
def test_what_does_not_fit_together_is_refused(actions: Any, options: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        DecisionRule(actions, **options)


def test_a_rule_judges_what_it_is_for() -> None:
    with pytest.raises(InputError, match="classes"):
        ERROR.decide(answers(0.5), CLASSES)
    with pytest.raises(InputError, match="numbers"):
        RULE.decide_numbers(np.zeros(1))
    with pytest.raises(InputError, match="maybe"):
        DecisionRule({"call": {"maybe": 1.0}}).decide(answers(0.5), CLASSES)


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"actions": {}}, {"actions": []}, {"actions": [["a"]]}, {"actions": [[1, {}]]},
        {"actions": [["a", []]]}, {"actions": [["a", {"yes": "amount"}]]}, {"actions": [["a", {"yes": None}]]},
        {"actions": [["a", {"yes": ["eval", "x"]}]]}, {"actions": [["none", {"yes": 1}]]},
        {"actions": [["", {"yes": 1}]]},
        {"actions": [["a", {}], ["a", {}]]}, {"actions": [["a", {}]] * 5000}, {"actions": [["a", {}]], "more": 1},
        {"actions": [["a", {}]], "cutoff": "1"}, {"actions": [["a", {}]], "cutoff": -1},
        {"actions": [["a", {}]], "residuals": [1]}, {"actions": [["a", {}]], "is_for_numbers": 1},
        {"actions": [["a", {}]], "is_for_numbers": True, "residuals": [0] * 100},
        {"actions": [["a", {}]], "is_for_numbers": True, "residuals": ["0"]},
        {"actions": [["a", {"yes": 1}]], "is_for_numbers": True, "residuals": []},
    ],
)  # fmt: skip
def test_data_that_is_no_rule_is_refused(data: Any) -> None:
    with pytest.raises(InputError) as refused:
        DecisionRule.from_data(data)
    assert refused.value.because
