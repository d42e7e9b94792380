"""Strengths on any scale as evidence: −log of the share of rows that would be as strange by chance."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import Numbers

#: How fast strengths thin out is read off the rows between these shares, and goes on so beyond: what lies there is too
#: rare to count, and may hold the very rows that are looked for.
_FROM, _TO = 0.75, 0.95


def evidence(strengths: Numbers) -> Numbers:
    """−log of the share of rows that are as strange, (rows,); beyond the 95th percentile as the tail goes on.

    The tail is taken for exponential: a row twice as far beyond the 95th percentile as another has twice the evidence.
    Where strengths hardly vary the share itself is all there is.

    Shapes: ``strengths`` (rows,), larger is stranger, finite.
    """
    rows = len(strengths)
    if not rows:
        return np.zeros(0)
    ordered = np.sort(strengths)
    as_strange = rows - np.searchsorted(ordered, strengths, side="left")
    counted = -np.log(as_strange / rows)
    low, high = np.quantile(strengths, [_FROM, _TO])
    scale = (high - low) / np.log((1 - _FROM) / (1 - _TO))
    if not scale > 0:
        return np.asarray(counted)
    last = -np.log(1 - _TO)
    return np.asarray(np.where(strengths > high, last + (strengths - high) / scale, np.minimum(counted, last)))
