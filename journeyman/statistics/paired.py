"""Is one better than another on the same rows? Bounds of the mean difference that hold up where it is skewed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Integers, Numbers

_REPLAYS = 2_000


@dataclass(frozen=True)
class Difference:
    """A mean difference, its one-sided lower bound, and the upper one; of how many independent units."""

    value: float
    low: float
    high: float
    units: int


def difference(differences: Numbers, units: Integers, confidence: float = 0.95, seed: int = 0) -> Difference:
    """The mean of paired differences with one-sided bounds, by the studentised bootstrap over whole units.

    The studentised form keeps its error rate where differences are skewed, as those of payoffs are: most rows are
    treated alike (Hall 1988; Davison and Hinkley 1997, section 5.2). With fewer than two units nothing is bounded.

    Shapes: (rows,) each; rows of one unit are drawn together.
    """
    codes = np.unique(units, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(codes).astype(np.float64)
    sums: Numbers = np.bincount(codes, differences).astype(np.float64)
    count = len(sizes)
    mean = float(differences.mean()) if len(differences) else math.nan
    if count < 2:
        return Difference(mean, -math.inf, math.inf, count)
    error = _error(sums, sizes, mean, np.ones(count))
    if not error > 0:
        return Difference(mean, mean, mean, count)
    random = np.random.default_rng(np.random.PCG64(seed))
    found = []
    for _ in range(_REPLAYS):
        times = np.bincount(random.integers(count, size=count), minlength=count).astype(np.float64)
        one = float(times @ sums / (times @ sizes))
        spread = _error(sums, sizes, one, times)
        found.append((one - mean) / spread if spread > 0 else 0.0)
    low, high = np.quantile(found, [1 - confidence, confidence])
    return Difference(mean, mean - float(high) * error, mean - float(low) * error, count)


def _error(sums: Numbers, sizes: Numbers, mean: float, times: Numbers) -> float:
    """The standard error of a ratio of sums over units, each counted so many times."""
    away = sums - mean * sizes
    total, count = float(times @ sizes), float(times.sum())
    return math.sqrt(float(times @ (away * away)) * count / max(count - 1, 1)) / total
