"""How far rows that lie near each other in time are alike, and what single rows are worth because of it."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import Numbers

#: Stretches of time with the same number of rows; fewer where they would have fewer rows than this.
STRETCHES, FEWEST = 40, 10


def inflation_in_time(order: Numbers, residuals: Numbers) -> float:
    """By how much the variance of a mean over time is larger than were every row independent; at least 1.

    Rows are cut into stretches of time. How far the means of stretches differ, beyond what single rows would make
    them, is the design effect of cluster samples; how far a stretch is like the one before it raises it further, by
    (1 + r) / (1 − r) of a first-order autoregression.

    Shapes: (rows,) each; ``residuals`` are what is left when the effect that is tested is taken away.

    >>> inflation_in_time(np.arange(400.0), np.tile([1.0, -1.0], 200))
    1.0
    """
    count = min(STRETCHES, len(order) // FEWEST)
    variance = float(residuals.var()) if len(residuals) else 0.0
    if count < 4 or not variance > 0:
        return 1.0
    parts = np.array_split(residuals[np.argsort(order, kind="stable")], count)
    means = np.array([part.mean() for part in parts])
    ratio = float(means.var(ddof=1)) / (variance * count / len(order))
    if ratio <= 1:
        return 1.0
    centred = means - means.mean()
    alike = float(centred[:-1] @ centred[1:]) / float(centred @ centred)
    return ratio * max(1.0, (1 + min(alike, 0.95)) / (1 - min(alike, 0.95)))
