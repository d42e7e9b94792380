from __future__ import annotations

import math

import numpy as np
import pytest

from journeyman.bundle.decision import ANY, NO_ACTION, DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.one_decision import OneDecision

CLASSES = ("a", "b", "c")


@pytest.mark.parametrize("cutoff", [0.0, 40.0])
def test_classes_are_decided_as_in_a_batch(cutoff: float) -> None:
    rule = DecisionRule(
        {"x": {"a": Expression.parse("w / v - 3"), "c": -1.0}, "y": {"b": 30.0, "a": -0.5}}, cutoff=cutoff
    )
    random = np.random.default_rng(1)
    chances = random.dirichlet([1, 1, 1], 200)
    values = {"w": random.normal(0, 99, 200), "v": random.integers(0, 4, 200).astype(float)}
    values["w"][::7] = np.nan
    actions, _ = rule.decide(chances, CLASSES, values)
    known = np.isfinite(rule.promises(chances, CLASSES, values)).all(axis=1)
    one = OneDecision(rule, CLASSES)
    for row in range(200):
        given = {name: float(cells[row]) for name, cells in values.items()}
        assert one.of_classes(chances[row].tolist(), given) == (actions[row], known[row])
    assert set(actions) >= {NO_ACTION, "x"}
    assert 0 < known.sum() < 200


def test_numbers_are_decided_as_in_a_batch() -> None:
    rule = DecisionRule(
        {
            "x": {ANY: Expression.parse("fee - abs(actual - prediction)")},
            "y": {ANY: Expression.parse("prediction / 9")},
        },
        is_for_numbers=True,
        residuals=tuple(np.random.default_rng(2).normal(size=99)),
    )
    random = np.random.default_rng(3)
    predictions, fees = random.normal(0, 9, 200), random.uniform(0, 3, 200)
    actions, _ = rule.decide_numbers(predictions, {"fee": fees})
    one = OneDecision(rule, ())
    for row in range(200):
        assert one.of_number(float(predictions[row]), {"fee": float(fees[row])}) == (actions[row], True)
    assert set(actions) == {NO_ACTION, "x", "y"}
    assert one.of_number(1.0, {"fee": math.nan}) == (NO_ACTION, False)


def test_among_equals_the_first_and_nothing_before_all() -> None:
    one = OneDecision(DecisionRule({"x": {"a": 1.0}, "y": {"a": 1.0}}), CLASSES)
    assert one.of_classes([0.0, 1.0, 0.0], {}) == (NO_ACTION, True)
    assert one.of_classes([1.0, 0.0, 0.0], {}) == ("x", True)
