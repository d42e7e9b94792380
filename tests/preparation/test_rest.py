"""What shallow trees leave of the target."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.derive.rest import rest_of

RANDOM = np.random.default_rng(np.random.PCG64(3))
CELLS = RANDOM.normal(size=(600, 3))
STEP = (CELLS[:, 0] > 0).astype(float)


def test_a_step_is_found_and_hardly_anything_is_left() -> None:
    rest = rest_of(CELLS, [], Target(task="regression", values=10 * STEP))
    assert rest.importance.argmax() == 0
    assert rest.importance.sum() == pytest.approx(1.0)
    assert rest.slope.var() < 0.02 * np.var(10 * STEP)


def test_noise_is_left_as_it_is() -> None:
    values = RANDOM.normal(size=600)
    assert rest_of(CELLS, [], Target(task="regression", values=values)).slope.var() > 0.9 * values.var()


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_of_classes_slopes_are_what_is_missing_to_certainty(task: str) -> None:
    classes = ("a", "b", "c")[: 2 if task == "binary" else 3]
    values = STEP + (CELLS[:, 1] > 0.5) * (task == "multiclass")
    rest = rest_of(CELLS, [], Target(task=task, values=values, classes=classes))  # type: ignore[arg-type]  # one of them
    assert rest.slope.shape == rest.curvature.shape == (600, 1 if task == "binary" else 3)
    assert np.abs(rest.slope).max() <= 1
    assert rest.curvature.min() >= 0
    assert np.abs(rest.slope).mean() < 0.2


def test_rows_count_by_their_weights() -> None:
    weights = np.full(600, 2.0)
    plain = rest_of(CELLS, [], Target(task="regression", values=STEP))
    double = rest_of(CELLS, [], Target(task="regression", values=STEP, weights=weights))
    assert double.curvature == pytest.approx(2 * plain.curvature)
