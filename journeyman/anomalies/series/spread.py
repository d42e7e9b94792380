"""Stretches that vary more, or less, than the series mostly does."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.table.columns import Numbers

WHY = "it varies more or less than it mostly does"
_SHARE, _FEWEST = 0.01, 10


def strangeness(course: Course) -> Numbers | None:
    """How far the logarithm of the standard deviation in a window around a value is from its usual one."""
    from scipy.ndimage import uniform_filter1d

    width = course.window(_SHARE, _FEWEST)
    centred = course.values - np.median(course.values)
    mean = uniform_filter1d(centred, width, mode="nearest")
    square = uniform_filter1d(centred**2, width, mode="nearest")
    least = (1e-9 * float(np.abs(centred).max()) + 1e-12) ** 2
    spread = 0.5 * np.log(np.maximum(square - mean**2, least))
    return np.asarray(np.abs(spread - np.median(spread)))
