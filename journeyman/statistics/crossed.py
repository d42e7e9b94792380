"""Two conditions together: whether they make more, or less, than each makes by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from journeyman.statistics.contrast import ranked
from journeyman.table.columns import Flags, Integers, Numbers

#: Each of the four cells has at least so many rows.
FEWEST = 15


@dataclass(frozen=True)
class Crossed:
    """The difference of differences: both − first alone − second alone + neither.

    Parameters
    ----------
    means, rows : of the cells (neither, second alone, first alone, both)
    error : the value's standard error
    p_value : two-sided; the largest over scales on which it must show
    """

    value: float
    error: float
    p_value: float
    means: tuple[float, ...]
    rows: tuple[int, ...]

    def interval(self, confidence: float) -> tuple[float, float]:
        """Bounds of the value."""
        from scipy.special import ndtri

        half = float(ndtri(0.5 + confidence / 2)) * self.error
        return self.value - half, self.value + half


def crossed(
    values: Numbers, first: Flags, second: Flags, *, is_rate: bool, units: Integers | None = None
) -> Crossed | None:
    """The interaction of two conditions; None where a cell has too few rows, or scales disagree about its sign.

    An interaction on one scale may be none on another: two conditions that each double the odds make more than their
    sum in rates. So it must show on both: of rates also in log-odds (Woolf's test, each count raised by a half), of
    means also in the ranks of what is left when the two are taken away, and of amounts above 0 also in logarithms.

    Shapes: (rows,) each, nothing missing; ``values`` 0 and 1 for a rate.
    """
    cells = first.astype(np.int64) * 2 + second
    counts = np.bincount(cells, minlength=4).astype(np.float64)
    if counts.min() < FEWEST:
        return None
    value, error, means = _on_scale(values, cells, counts, units)
    if not error > 0:
        return None
    scales = [(value, error)]
    if is_rate:
        hits = np.bincount(cells, values, 4)
        odds = np.log((hits + 0.5) / (counts - hits + 0.5))
        wide = math.sqrt(float((1 / (hits + 0.5) + 1 / (counts - hits + 0.5)).sum()))
        scales.append((float(odds[3] - odds[2] - odds[1] + odds[0]), wide))
    else:
        design = np.column_stack([np.ones(len(values)), first, second]).astype(np.float64)
        left = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
        scales.append(_on_scale(ranked(left), cells, counts, units)[:2])
        if values.min() > 0:
            scales.append(_on_scale(np.log(values), cells, counts, units)[:2])
    if len({math.copysign(1.0, one) for one, _ in scales}) > 1:
        return None
    p_value = max(_tails(one / wide) if wide > 0 else 1.0 for one, wide in scales)
    return Crossed(value, error, p_value, tuple(means.tolist()), tuple(counts.astype(int).tolist()))


def _on_scale(
    values: Numbers, cells: Integers, counts: Numbers, units: Integers | None
) -> tuple[float, float, Numbers]:
    """The difference of differences, its standard error, and the means of the cells."""
    means = np.bincount(cells, values, 4) / counts
    signs = np.array([1.0, -1.0, -1.0, 1.0])
    influence = (signs / np.maximum(counts - 1, 1))[cells] * (values - means[cells])
    variance = float(influence @ influence)
    if units is not None:
        sums = np.bincount(np.unique(units, return_inverse=True)[1], influence)
        variance = max(variance, float(sums @ sums))
    return float(signs @ means), math.sqrt(variance), means


def _tails(statistic: float) -> float:
    return math.erfc(abs(statistic) / math.sqrt(2))
