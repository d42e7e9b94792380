"""Performance without outcomes: what predictions are expected to cost, with an interval, and what that cannot see."""

from __future__ import annotations

import math

import numpy as np

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.losses import expected_errors
from journeyman.monitoring.reference import Reference
from journeyman.table.columns import Numbers

#: What every estimate without outcomes must be told with.
WARNING = (
    "estimated from the rows alone: it sees rows on which the model is less sure, and cannot see that what was true of "
    "such rows has changed (concept drift); outcomes can"
)


def estimated_losses(reference: Reference, batch: Batch) -> Numbers:
    """What each answered row is expected to cost, (answered rows,)."""
    some = batch.take(batch.answered)
    if not len(some):
        return np.empty(0)
    numbers = reference.task == "regression"
    raw = (
        reference.model.raw(some.answers, some.codes)
        if numbers
        else expected_errors(some.answers, reference.label_rule)
    )
    found: Numbers = np.minimum(reference.model.corrected(raw), reference.estimated.span)
    return found


def interval_of(reference: Reference, estimates: Numbers) -> tuple[float, float, float] | None:
    """The mean of estimates with its 95 % interval: chance of the rows, and of what the estimate was learnt from."""
    if not len(estimates):
        return None
    mean = float(estimates.mean())
    # Single losses scatter about what is expected of them: an error comes or does not.
    if reference.task == "regression":
        scatter = float((estimates**2).mean() + estimates.var())
    else:
        scatter = float((estimates * (1 - estimates)).mean() + estimates.var())
    half = 1.96 * math.sqrt(max(scatter, 0.0) / len(estimates) + reference.estimate_error**2)
    return mean, max(mean - half, 0.0), mean + half
