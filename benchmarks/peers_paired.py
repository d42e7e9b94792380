"""Our error over another system's on the same test rows, with a 95 % interval: replays of rows, paired."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np

from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers

_REPLAYS = 400
#: Errors below this share of the trivial error are none: ratios of them would tell of noise alone.
SMALLEST = 0.001


@dataclass(frozen=True)
class Ratio:
    """One error over another: the ratio, and bounds that hold it in 95 of 100 draws of test rows."""

    value: float
    low: float
    high: float

    def as_row(self) -> dict[str, float]:
        """For a file of results."""
        return {name: round(value, 6) for name, value in asdict(self).items()}


def left_to_gain(metric: Metric, score: float) -> float:
    """The error that a score leaves: 1 less an AUC; an error is itself."""
    return 1 - score if metric.greater_is_better else score


def floored(error: float, trivial: float) -> float:
    """An error, or the smallest that counts beside the trivial one."""
    return max(error, SMALLEST * trivial)


def compared(
    metric: Metric, truth: Numbers, ours: Numbers, other: Numbers, units: Numbers, trivial: float, seed: int = 0
) -> Ratio:
    """Our error over the other's by the percentile bootstrap over units, both judged on the same draw of rows.

    Shapes: ``truth`` and ``units`` (rows,); ``ours`` and ``other`` (rows, outputs). ``trivial`` is the error of one
    same answer for all. Where a draw leaves a score undefined (one class only), it is drawn again, at most ten times
    as often as there are replays; with less than two such draws there are no bounds.
    """
    codes = np.unique(units, return_inverse=True)[1].reshape(-1)
    count = int(codes.max()) + 1
    random = np.random.default_rng(np.random.PCG64(seed))

    def logarithm(weights: Numbers | None) -> float:
        errors = [left_to_gain(metric, metric.score(truth, one, weights)) for one in (ours, other)]
        return math.log(floored(errors[0], trivial) / floored(errors[1], trivial))

    found: list[float] = []
    for _ in range(10 * _REPLAYS):
        drawn = np.bincount(random.integers(count, size=count), minlength=count).astype(np.float64)[codes]
        one = logarithm(drawn)
        if math.isfinite(one):
            found.append(one)
        if len(found) == _REPLAYS:
            break
    value = math.exp(logarithm(None))
    if len(found) < 2:
        return Ratio(value, 0.0, math.inf)
    low, high = np.exp(np.quantile(found, [0.025, 0.975]))
    return Ratio(value, float(low), float(high))
