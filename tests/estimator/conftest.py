"""A table with every kind of column, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest

from journeyman.estimator import JourneymanClassifier, JourneymanRegressor

Rows = tuple[pl.DataFrame, Any]


@pytest.fixture(scope="session")
def churn() -> Callable[..., Rows]:
    return make_churn


def make_churn(rows: int = 240, seed: int = 0) -> Rows:
    random = np.random.default_rng(seed)
    tenure = random.integers(0, 72, rows)
    charge = random.gamma(4, 15, rows)
    contract = random.choice(["monthly", "one year", "two years"], rows)
    days = np.array("2024-01-01", "datetime64[D]") + random.integers(0, 600, rows)
    logit = 2 * (contract == "monthly") - 1 - (tenure - 36) / 12
    leaves = np.where(random.random(rows) < 1 / (1 + np.exp(-logit)), "yes", "no")
    missing = random.random(rows) < 0.1
    frame = pl.DataFrame(
        {
            "tenure": tenure,
            "charge": [None if gone else value for gone, value in zip(missing, charge.tolist(), strict=True)],
            "contract": contract,
            "since": days,
        }
    )
    return frame, leaves


@pytest.fixture(scope="session")
def classifier(churn: Callable[..., Rows]) -> JourneymanClassifier:
    """Fitted on a frame with every kind of column."""
    return JourneymanClassifier(trials=1, workers=0, gain={"call:true": 50, "call:false": -10}).fit(*churn())


@pytest.fixture(scope="session")
def regressor() -> JourneymanRegressor:
    """Fitted on an array of numbers, some of them missing."""
    random = np.random.default_rng(1)
    numbers = random.normal(size=(120, 3))
    answers = 3 * numbers[:, 0] - numbers[:, 1] + 0.1 * random.normal(size=120)
    numbers[::17, 2] = np.nan
    return JourneymanRegressor(trials=1, workers=0).fit(numbers, answers)
