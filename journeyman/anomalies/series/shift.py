"""Places where the level changes and stays changed for a while."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.table.columns import Numbers

WHY = "its level changes there"
_SHARE, _FEWEST = 0.02, 10


def strangeness(course: Course) -> Numbers | None:
    """The difference of the medians of the windows before and after a value; 0 within a window of either end."""
    from scipy.ndimage import median_filter

    width = course.window(_SHARE, _FEWEST)
    rows = len(course.values)
    if rows < 4 * width:
        return None
    middle = np.asarray(median_filter(course.values, size=width, mode="nearest"))
    half = width // 2
    found = np.zeros(rows)
    places = np.arange(width, rows - width)
    found[places] = np.abs(middle[places + half + 1] - middle[places - half])
    return found
