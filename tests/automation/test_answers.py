from __future__ import annotations

import numpy as np

from journeyman.automation.answers import UNKNOWN, answers_of
from journeyman.statistics.label_rule import LabelRule


def test_the_predicted_class_is_the_one_that_a_bundle_names() -> None:
    two = answers_of(("no", "yes"), np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([1, 1]))
    assert two.place.tolist() == [1, 0]
    assert two.chance.tolist() == [0.5, 0.9]
    assert two.wrong.tolist() == [False, True]


def test_a_bundle_with_a_rule_of_labels_names_by_it() -> None:
    rule = LabelRule.from_chance(0.2)
    two = answers_of(("no", "yes"), np.array([[0.8, 0.2], [0.9, 0.1]]), np.array([1, 1]), rule=rule)
    assert two.place.tolist() == [1, 0]
    assert two.chance.tolist() == [0.2, 0.9]


def test_a_case_without_an_answer_or_of_an_unknown_class_is_never_right() -> None:
    found = answers_of(("a", "b", "c"), np.array([[np.nan] * 3, [0.1, 0.2, 0.7]]), np.array([0, UNKNOWN]))
    assert found.usual.tolist() == [False, True]
    assert found.wrong[1]


def test_units_say_whether_cases_belong_together() -> None:
    chances, truth = np.full((4, 2), 0.5), np.zeros(4, np.int64)
    assert not answers_of(("a", "b"), chances, truth).is_clustered
    found = answers_of(("a", "b"), chances, truth, units=np.array([0, 0, 1, 2]))
    assert found.is_clustered
    assert not found.take([1, 2, 3]).is_clustered
    assert len(found.take([1, 2])) == 2
