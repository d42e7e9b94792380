from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.newton import newton
from journeyman.learners.smooth_loss import SmoothLoss, smooth_loss


def example(loss: str, outputs: int) -> tuple[np.ndarray, SmoothLoss]:
    random = np.random.default_rng(2)
    design = random.normal(size=(60, 3))
    weights = random.uniform(0.5, 1.5, 60)
    if outputs > 1:
        wanted = np.eye(outputs)[random.integers(outputs, size=60)]
    else:
        wanted = (random.poisson(np.exp(design[:, :1])) if loss == "poisson" else random.random((60, 1)) < 0.4).astype(
            float
        )
    return design, smooth_loss(loss, wanted, weights / weights.mean())  # type: ignore[arg-type]  # literals


LOSSES = [("logistic", 1), ("poisson", 1), ("logistic", 3)]


@pytest.mark.parametrize(("loss", "outputs"), LOSSES)
def test_the_slope_is_flat_at_the_end(loss: str, outputs: int) -> None:
    design, smooth = example(loss, outputs)
    found = newton(design, smooth, 0.1, np.zeros((4, outputs)))
    slope = smooth.at(design @ found[:-1] + found[-1])[1]
    np.testing.assert_allclose(design.T @ slope + 0.1 * found[:-1], 0.0, atol=1e-2)
    np.testing.assert_allclose(slope.sum(axis=0), 0.0, atol=1e-2)


def test_classes_that_a_line_tells_apart_end_at_finite_coefficients() -> None:
    design = np.linspace(-1, 1, 40)[:, None]
    smooth = smooth_loss("logistic", (design > 0).astype(float), np.ones(40))
    found = newton(design, smooth, 1e-4, np.zeros((2, 1)))
    assert np.isfinite(found).all()
    assert found[0, 0] > 50


def test_a_start_far_off_comes_back() -> None:
    design, smooth = example("poisson", 1)
    near = newton(design, smooth, 1.0, np.zeros((4, 1)))
    far = newton(design, smooth, 1.0, np.full((4, 1), 5.0))
    np.testing.assert_allclose(far, near, atol=1e-3)
