"""A share of rows with its interval, where rows may weigh differently and belong together."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers


class Proportion(NamedTuple):
    """A share with its interval, and how many rows it was counted in."""

    value: float
    low: float
    high: float
    rows: int


def proportion(hits: Flags, weights: Numbers, units: Integers, confidence: float = 0.95) -> Proportion:
    """The weighted share of hits, with Wilson's interval for as many independent rows as the units amount to.

    How many these are comes from how far hits differ between units (the design effect of cluster samples; Korn and
    Graubard 1998, Survey Methodology 24), but is never more than there are rows. NaN without weight.

    Shapes: (rows,) each; ``units`` are whole numbers from 0 on.

    >>> [round(one, 3) for one in proportion(np.arange(100) < 90, np.ones(100), np.arange(100))]
    [0.9, 0.826, 0.945, 100]
    """
    total = float(weights.sum())
    if not total > 0:
        return Proportion(math.nan, math.nan, math.nan, len(hits))
    value = float(weights @ hits) / total
    per_unit = np.bincount(units, weights)
    there = int(np.count_nonzero(per_unit))
    count = min(total * total / float(per_unit @ per_unit), len(hits))
    away = np.bincount(units, weights * (hits - value))
    squares = float(away @ away) * there / max(there - 1, 1) / (total * total)
    if squares > 0:
        # Against the same estimate for single rows, so that single rows count as what they are.
        count = min(value * (1 - value) / squares * len(hits) / max(len(hits) - 1, 1), len(hits))
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle = (value + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(value * (1 - value) / count + z * z / (4 * count * count))
    return Proportion(value, max(middle - half, 0.0), min(middle + half, 1.0), len(hits))
