"""The curve from numbers to the normal score of their rank."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import Numbers


def rank_curve(numbers: Numbers, points: int) -> tuple[Numbers, Numbers]:
    """Some of the distinct numbers, and the normal score of each one's middle rank.

    All distinct numbers where they are few enough; else those at evenly spaced ranks, so that a number that is
    frequent is always among them.

    Parameters
    ----------
    numbers : at least one, none missing
    points : the most points that the curve may have
    """
    from scipy.special import ndtri

    distinct, counts = np.unique(numbers, return_counts=True)
    ends = np.cumsum(counts)
    chosen = np.arange(len(distinct))
    if len(distinct) > points:
        ranks = np.linspace(0, len(numbers) - 1, points)
        chosen = np.unique(np.searchsorted(ends, ranks, side="right"))
    middles = (ends - 0.5 * counts)[chosen] / len(numbers)
    return distinct[chosen] + 0.0, np.asarray(ndtri(middles), np.float64)
