from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.estimator import JourneymanRegressor

QUICK: dict[str, Any] = {"trials": 1, "workers": 0}
NUMBERS = np.random.default_rng(0).normal(size=(90, 2))


def test_whole_numbers_are_predicted_as_numbers() -> None:
    answers = np.round(10 * NUMBERS[:, 0]).astype(int)
    model = JourneymanRegressor(**QUICK).fit(NUMBERS, answers)
    assert model.predict(NUMBERS).dtype == np.float64
    assert model.score(NUMBERS, answers) > 0.95
    assert set(model.evaluation_.estimates) >= {"rmse", "mae", "r2"}


def test_two_values_are_no_classes_here() -> None:
    model = JourneymanRegressor(**QUICK).fit(NUMBERS, (NUMBERS.sum(axis=1) > 0).astype(int))
    assert len(np.unique(model.predict(NUMBERS))) > 2


def test_a_constant_is_learnt() -> None:
    model = JourneymanRegressor(**QUICK).fit(NUMBERS, np.full(90, 7.0))
    np.testing.assert_allclose(model.predict(NUMBERS), 7.0)


@pytest.mark.parametrize(("bad", "words"), [(np.nan, "NaN"), (np.inf, "infinity"), ("x", "could not convert")])
def test_answers_that_are_no_numbers_are_refused(bad: Any, words: str) -> None:
    answers = NUMBERS[:, 0].astype(object)
    answers[3] = bad
    with pytest.raises(ValueError, match=words):
        JourneymanRegressor(**QUICK).fit(NUMBERS, answers if isinstance(bad, str) else answers.astype(float))


def test_words_without_numbers_are_enough() -> None:
    words = [["a"], ["b"], ["c"]] * 30
    model = JourneymanRegressor(**QUICK).fit(words, np.tile([1.0, 5.0, 9.0], 30) + 0.1 * NUMBERS[:, 0])
    np.testing.assert_allclose(model.predict([["a"], ["c"]]), [1, 9], atol=0.7)
