from __future__ import annotations

import numpy as np
import pytest

from journeyman.monitoring.loss_model import learn_loss_model


def numbers(rows: int, spread: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    codes = random.integers(0, 5, (rows, 3)).astype(np.uint8)
    answers = random.normal(size=(rows, 1))
    losses = np.abs(random.normal(size=rows)) * (1 + spread * (codes[:, 0] == 4))
    return answers, codes, losses


def test_where_errors_are_larger_they_are_expected_to_be() -> None:
    answers, codes, losses = numbers(4000, 3.0)
    model = learn_loss_model(answers, codes, losses, None)
    found = model.corrected(model.raw(answers, codes))
    large = codes[:, 0] == 4
    assert found[large].mean() == pytest.approx(losses[large].mean(), rel=0.15)
    assert found.mean() == pytest.approx(losses.mean(), rel=0.01)


def test_what_only_chance_shows_is_not_expected() -> None:
    answers, codes, losses = numbers(2000, 0.0)
    model = learn_loss_model(answers, codes, losses, None)
    assert model.corrected(model.raw(answers, codes)).std() < 0.02 * losses.mean()


def test_overconfident_probabilities_are_put_right() -> None:
    random = np.random.default_rng(1)
    expected = random.uniform(0, 0.4, 4000)
    losses = (random.random(4000) < 0.1 + expected).astype(float)
    model = learn_loss_model(np.empty((4000, 2)), np.zeros((4000, 1), np.uint8), losses, expected)
    assert model.corrected(np.array([0.3]))[0] == pytest.approx(0.4, abs=0.06)
    # Beyond all experience the difference stays, and nothing is below 0.
    assert model.corrected(np.array([0.6]))[0] > model.corrected(np.array([0.4]))[0]
    assert model.corrected(np.array([-5.0]))[0] == 0
