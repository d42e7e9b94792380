from __future__ import annotations

import numpy as np
import pytest

from journeyman.automation.answers import answers_of
from journeyman.automation.compared import compare, meaning_of


def test_a_decision_stands_for_the_outcome_that_comes_with_it_more_than_with_others() -> None:
    decided = np.array([0] * 100 + [1] * 100)
    truth = np.array([0] * 95 + [1] * 5 + [0] * 70 + [1] * 30)
    assert meaning_of(decided, ("release", "detain"), truth, ("stays", "flees")) == {
        "release": "stays",
        "detain": "flees",
    }


def test_people_and_model_are_compared_on_the_same_cases() -> None:
    random = np.random.default_rng(1)
    truth = random.integers(0, 2, 2000)
    people = np.where(random.random(2000) < 0.3, 1 - truth, truth)
    model = np.where(random.random(2000) < 0.1, 1 - truth, truth)
    answers = answers_of(("no", "yes"), np.eye(2)[model], truth)
    used = np.arange(2000) < 500
    people[-100:] = -1
    found = compare(answers, people, used, {"a": "no"})
    assert found.cases == 1900
    assert found.people == pytest.approx(0.3, abs=0.03)
    assert found.model == pytest.approx(0.1, abs=0.03)
    assert found.difference[1] < 0.2 < found.difference[2]
    assert found.automated is not None
    assert found.automated[2] - found.automated[1] > found.difference[2] - found.difference[1]
    assert compare(answers, people, used & False, {}).automated is None
