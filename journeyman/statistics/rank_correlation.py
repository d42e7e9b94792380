"""How far two columns rise together, by ranks: no far value and no unit has a say."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from journeyman.statistics.contrast import ranked
from journeyman.table.columns import Integers, Numbers


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's correlation with the number of rows it is of, its standard error around 0, and a two-sided p-value."""

    value: float
    rows: int
    error: float
    p_value: float

    def interval(self, confidence: float) -> tuple[float, float]:
        """Bounds by Fisher's transformation, with Bonett and Wright's error for ranks (2000, Psychometrika 65)."""
        from scipy.special import ndtri

        held = min(max(self.value, -0.999999), 0.999999)
        wider = self.error * math.sqrt(max(self.rows - 1, 1))
        half = float(ndtri(0.5 + confidence / 2)) * wider
        half *= math.sqrt((1 + held * held / 2) / max(self.rows - 3, 1))
        middle = math.atanh(held)
        return math.tanh(middle - half), math.tanh(middle + half)


def rank_correlation(first: Numbers, second: Numbers, units: Integers | None = None) -> RankCorrelation | None:
    """Spearman's correlation of two columns; None where a column does not differ, or under four rows.

    Its variance when nothing goes together is 1 / (rows − 1), whatever the ties; the tails are those of Student's t
    (as good as exact for 20 rows or more). Where rows belong together (``units``), the variance is that of units' sums.

    Shapes: (rows,) each, nothing missing.
    """
    from scipy.special import stdtr

    rows = len(first)
    if rows < 4:
        return None
    left, right = ranked(first) - (rows + 1) / 2, ranked(second) - (rows + 1) / 2
    size = math.sqrt(float(left @ left) * float(right @ right))
    if not size > 0:
        return None
    value = float(left @ right) / size
    inflation, degrees = 1.0, float(rows - 2)
    if units is not None:
        products = left * (right - value * left * math.sqrt(float(right @ right) / float(left @ left)))
        sums = np.bincount(np.unique(units, return_inverse=True)[1], products)
        inflation = max(1.0, float(sums @ sums) / max(float(products @ products), 1e-300))
        degrees = float(max(len(sums) - 2, 1))
    statistic = value * math.sqrt((rows - 2) / max(1 - value * value, 1e-12) / inflation)
    p_value = float(min(1.0, 2 * stdtr(degrees, -abs(statistic))))
    return RankCorrelation(value, rows, math.sqrt(inflation / (rows - 1)), p_value)
