from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.smooth_loss import smooth_loss

LOSSES = [("squared", 1), ("absolute", 1), ("poisson", 1), ("logistic", 1), ("logistic", 3)]


@pytest.mark.parametrize(("loss", "outputs"), LOSSES)
def test_slope_and_bend_are_the_derivatives(loss: str, outputs: int) -> None:
    random = np.random.default_rng(3)
    wanted = np.eye(outputs)[random.integers(outputs, size=60)] if outputs > 1 else random.integers(0, 2, (60, 1)) * 1.0
    wanted = random.normal(size=(60, 1)) if loss in ("squared", "absolute") else wanted
    weights = random.uniform(0.5, 1.5, 60)
    smooth = smooth_loss(loss, wanted, weights / weights.mean())  # type: ignore[arg-type]  # literals
    score = random.normal(size=(60, outputs))
    slope, bend = smooth.at(score)[1], smooth.bend(score)
    for one in range(outputs):
        moved = np.zeros(outputs)
        moved[one] = 1e-5
        ahead, behind = smooth.at(score + moved), smooth.at(score - moved)
        assert (ahead[0] - behind[0]) / 2e-5 == pytest.approx(slope[:, one].sum(), rel=1e-5, abs=1e-6)
        np.testing.assert_allclose((ahead[1] - behind[1]) / 2e-5, bend[:, :, one], rtol=1e-4, atol=1e-5)


def test_the_best_constant_score_is_the_start() -> None:
    random = np.random.default_rng(4)
    weights = random.uniform(0.5, 1.5, 60)
    for loss in ("squared", "poisson", "logistic"):
        smooth = smooth_loss(loss, random.integers(0, 2, (60, 1)) * 1.0, weights / weights.mean())
        slope = smooth.at(np.repeat(smooth.start[None], 60, axis=0))[1]
        np.testing.assert_allclose(slope.sum(axis=0), 0.0, atol=1e-9)
