from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.learners.middle import middle


def test_it_is_nearly_the_median() -> None:
    answers = np.random.default_rng(3).lognormal(sigma=1.5, size=(200, 101))
    found = middle(answers, 0.1)[:, 0]
    median, mean = np.median(answers, axis=1), answers.mean(axis=1)
    assert np.abs(found - median).mean() < 0.1 * np.abs(mean - median).mean()


def test_near_everything_it_is_the_mean() -> None:
    answers = np.random.default_rng(4).normal(size=(20, 11))
    np.testing.assert_allclose(middle(answers, 1e6), answers.mean(axis=1, keepdims=True))


@pytest.mark.parametrize("value", [0.0, -7.5, 1e12])
def test_of_equal_answers_it_is_their_own(value: float) -> None:
    np.testing.assert_allclose(middle(np.full((3, 9), value), 0.1), np.full((3, 1), value))


@given(
    st.lists(st.floats(-1e200, 1e200), min_size=1, max_size=12),
    st.floats(1e-6, 1e6),
)
def test_it_lies_between_the_answers_however_far_they_are(answers: list[float], near: float) -> None:
    (found,) = middle(np.array([answers]), near)[0]
    slack = 1e-9 * max(abs(min(answers)), abs(max(answers)))
    assert min(answers) - slack <= found <= max(answers) + slack
