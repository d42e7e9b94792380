from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.estimates import estimated_losses, interval_of
from journeyman.monitoring.losses import row_losses
from journeyman.monitoring.reference import Reference


def test_the_estimate_without_outcomes_holds_what_comes(reference: Reference, fresh: Batch) -> None:
    told = interval_of(reference, estimated_losses(reference, fresh))
    assert told is not None
    _, low, high = told
    real = float(row_losses("binary", fresh.truth, fresh.answers)["error"].mean())
    assert low <= real <= high


def test_rows_on_which_the_model_is_unsure_are_expected_to_cost_more(reference: Reference, fresh: Batch) -> None:
    unsure = fresh.take(np.abs(fresh.answers[:, 1] - 0.5) < 0.15)
    estimates = estimated_losses(reference, unsure)
    real = float(row_losses("binary", unsure.truth, unsure.answers)["error"].mean())
    assert estimates.mean() > 1.3 * reference.estimated.mean
    assert estimates.mean() == pytest.approx(real, abs=0.08)


def test_refused_rows_are_not_estimated(small: Reference, rows_of: Callable[..., Batch]) -> None:
    assert estimated_losses(small, rows_of([0.5, np.nan, 5.0])).tolist() == [0.5, 1.5]
    assert interval_of(small, np.empty(0)) is None
