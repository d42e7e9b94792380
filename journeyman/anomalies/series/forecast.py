"""Values that the ones before them did not announce."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import DAY, WEEK, Course, in_spreads
from journeyman.table.columns import Numbers

WHY = "not what the values before it announced"
_LAGS, _RIDGE, _CLIP = 12, 1.0, 5.0
#: Periods with so many waves each, where the series holds so many of them.
_WAVES = ((DAY, 2), (WEEK, 1))
_FEWEST_PERIODS = 3.0


def strangeness(course: Course) -> Numbers | None:
    """The error of a linear forecast from the last twelve values and waves of day and week, in robust deviations.

    It is fitted by least squares on the whole series, values clipped so that what is strange does not teach. The first
    twelve values are not forecast: 0.
    """
    rows = len(course.values)
    if rows < 4 * _LAGS:
        return None
    middle = np.median(course.values)
    spread = float(np.median(np.abs(course.values - middle))) or float(course.values.std()) or 1.0
    scaled = (course.values - middle) / (1.4826 * spread)
    clipped = np.clip(scaled, -_CLIP, _CLIP)
    known = [clipped[_LAGS - lag - 1 : rows - lag - 1] for lag in range(_LAGS)] + [np.ones(rows - _LAGS)]
    for period, waves in _WAVES:
        if course.spans >= _FEWEST_PERIODS * period:
            for wave in range(1, waves + 1):
                angle = 2 * np.pi * wave * course.at[_LAGS:] / period
                known += [np.sin(angle), np.cos(angle)]
    table = np.column_stack(known)
    weights = np.linalg.solve(table.T @ table + _RIDGE * np.eye(table.shape[1]), table.T @ clipped[_LAGS:])
    return np.concatenate([np.zeros(_LAGS), in_spreads(scaled[_LAGS:] - table @ weights)])
