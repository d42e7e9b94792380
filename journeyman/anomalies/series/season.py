"""Values that are not usual for the time of the day, or of the week."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import DAY, WEEK, Course, in_spreads, phase
from journeyman.table.columns import Numbers

WHY = "not usual for the time"
#: A period is looked at where the series holds so many of it.
_FEWEST_PERIODS = 4.0


def strangeness(course: Course) -> Numbers | None:
    """The distance from the median of values at the same time of the day, or of the week where that explains more.

    None where the series holds fewer than four days, or comes so seldom that a day has no parts.
    """
    best: Numbers | None = None
    for period in (DAY, WEEK):
        if course.spans < _FEWEST_PERIODS * period:
            continue
        parts = phase(course.at, period)
        counts = np.bincount(parts)
        if (counts > 0).sum() < 2:
            continue
        residuals = course.values - _medians(course.values, parts)[parts]
        # A profile of more parts fits better by itself: parts take a degree of freedom each.
        free = max(len(residuals) - int((counts > 0).sum()), 1)
        if best is None or np.abs(residuals).sum() / free < np.abs(best).sum() / max(len(best) - 1, 1):
            best = residuals
    return None if best is None else in_spreads(best)


def _medians(values: Numbers, parts: np.ndarray) -> Numbers:
    """(parts,) the median of the values of each part; NaN where it has none."""
    order = np.lexsort((values, parts))
    counts = np.bincount(parts)
    starts = np.cumsum(counts) - counts
    ordered = values[order]
    low = np.minimum(starts + (np.maximum(counts, 1) - 1) // 2, len(values) - 1)
    high = np.minimum(starts + np.maximum(counts, 1) // 2, len(values) - 1)
    return np.where(counts > 0, (ordered[low] + ordered[high]) / 2, np.nan)
