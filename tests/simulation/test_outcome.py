from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.outcome import Outcome, best_scores, class_scores, drawn, mixed, outcome_at, trivial_scores

RANDOM = np.random.default_rng(0)


def test_chances_follow_from_log_odds():
    signal = np.array([[0.0], [np.log(3)]])
    np.testing.assert_allclose(outcome_at("binary", signal, np.ones(2), "normal").best[:, 0], [0.5, 0.75])
    many = outcome_at("multiclass", np.array([[0.0, np.log(2), 0.0]]), np.ones(1), "normal")
    np.testing.assert_allclose(many.best, [[0.25, 0.5, 0.25]])


def test_draws_follow_the_chances():
    many = Outcome(task="multiclass", best=np.tile([0.2, 0.5, 0.3], (50_000, 1)), variance=np.zeros(50_000))
    np.testing.assert_allclose(np.bincount(drawn(many, RANDOM).astype(int)) / 50_000, [0.2, 0.5, 0.3], atol=0.01)
    two = Outcome(task="binary", best=np.full((50_000, 1), 0.3), variance=np.zeros(50_000))
    assert drawn(two, RANDOM).mean() == pytest.approx(0.3, abs=0.01)


def test_the_deviation_of_counts_from_their_median():
    means = np.array([0.3, 0.69, 0.7, 2.5, 7.0, 54.0])
    outcome = Outcome(task="regression", best=means[:, None], variance=means, noise="poisson")
    exact = []
    for mean in means:
        counts = RANDOM.poisson(mean, 400_000)
        exact.append(np.abs(counts - np.median(counts)).mean())
    assert best_scores(outcome)["mae"] == pytest.approx(np.mean(exact), abs=0.01)


def test_a_mixture_has_the_mean_and_all_the_variance():
    parts = [
        (3.0, Outcome(task="regression", best=np.array([[0.0]]), variance=np.array([1.0]))),
        (1.0, Outcome(task="regression", best=np.array([[4.0]]), variance=np.array([2.0]))),
    ]
    found = mixed(parts)
    assert (found.best[0, 0], found.variance[0]) == (1.0, 0.75 * 1 + 0.25 * (2 + 16) - 1)
    assert "mae" not in best_scores(found)
    with pytest.raises(ValueError, match="mean and variance"):
        drawn(found, RANDOM)
    assert mixed(parts[:1]) is parts[0][1]


def test_expected_scores_are_means_over_what_may_come():
    outcome = Outcome(task="binary", best=np.array([[0.9], [0.2]]), variance=np.zeros(2))
    found = class_scores(outcome, np.array([[0.8], [0.6]]))
    assert found["accuracy"] == pytest.approx((0.9 + 0.2) / 2)
    expected = -(0.9 * np.log(0.8) + 0.1 * np.log(0.2) + 0.2 * np.log(0.6) + 0.8 * np.log(0.4)) / 2
    assert found["log_loss"] == pytest.approx(expected)
    assert class_scores(outcome, outcome.best)["log_loss"] < found["log_loss"]


def test_constants_are_the_best_of_their_kind():
    outcome = Outcome(task="regression", best=np.array([[0.0], [2.0]]), variance=np.array([1.0, 1.0]))
    found = trivial_scores(outcome, np.array([0.0, 2.0]))
    assert found == {"rmse": pytest.approx(np.sqrt(2)), "mae": 1.0, "r2": 0.0}
