from __future__ import annotations

import numpy as np

from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.stakes import Stakes, incumbent_of
from journeyman.plan.target import Target
from journeyman.table.columns import Strings

BINARY = Target(task="binary", values=np.array([0.0, 1.0, 1.0]), classes=("no", "yes"))
NUMBERS = Target(task="regression", values=np.array([1.0, 2.0, 3.0]))
RULE = DecisionRule({"call": {"yes": 3.0, "no": -1.0}, "write": {"yes": 1.0}})


def test_words_that_are_actions_are_decisions():
    found = incumbent_of("done", Strings.of(["call", "none", "write"]), RULE, BINARY)
    assert found.actions.tolist() == ["call", "none", "write"]


def test_two_words_say_whether_something_was_done():
    found = incumbent_of("sent", Strings.of(["Yes", "NO", "Yes"]), RULE, BINARY)
    assert found.actions.tolist() == ["call", "none", "call"]


def test_classes_say_that_the_positive_one_was_acted_on():
    target = Target(task="binary", values=np.zeros(3), classes=("stay", "leave"))
    found = incumbent_of("guess", Strings.of(["stay", "leave", "leave"]), None, target)
    assert found.actions.tolist() == ["none", "act", "act"]


def test_two_numbers_are_decisions_and_more_are_a_score():
    assert incumbent_of("flag", np.array([0.0, 1.0, 1.0]), RULE, BINARY).actions.tolist() == ["none", "call", "call"]
    score = incumbent_of("score", np.array([0.1, np.nan, 0.7, 0.3]), RULE, BINARY)
    assert score.actions is None
    np.testing.assert_array_equal(score.score, [0.1, np.nan, 0.7, 0.3])


def test_of_a_number_two_values_are_a_forecast():
    assert incumbent_of("forecast", np.array([1.0, 2.0, 2.0]), None, NUMBERS).score is not None


def test_rows_are_taken_of_everything():
    incumbent = incumbent_of("flag", np.array([0.0, 1.0, 1.0]), RULE, BINARY)
    taken = Stakes(RULE, {"amount": np.array([1.0, 2.0, 3.0])}, 0.1, incumbent).take(np.array([2, 0]))
    assert taken.values["amount"].tolist() == [3.0, 1.0]
    assert taken.incumbent.actions.tolist() == ["call", "none"]
    assert taken.share == 0.1
