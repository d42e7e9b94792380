"""Bounds that people can read: where a column of numbers or dates is cut, at round values, by its own spread alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from journeyman.insights.condition import DAY, HOUR
from journeyman.table.columns import Numbers

#: How far the share of rows below a rounded bound may be from what was asked for.
NEAR = 0.025


def round_cuts(values: Numbers, shares: Sequence[float], *, is_date: bool = False) -> tuple[float, ...]:
    """Round values at about the given shares of a column, ascending and each once; fewer where values are tied.

    Parameters
    ----------
    values : (rows,) nothing missing; microseconds where they are dates, which are cut at midnight or at full hours

    >>> round_cuts(np.arange(1, 1001.0), [0.2, 0.5])
    (200.0, 500.0)
    """
    if not len(values):
        return ()
    ordered = np.sort(values)
    found = []
    for share in shares:
        exact = float(ordered[min(int(share * len(ordered)), len(ordered) - 1)])
        cut = _moment(exact, ordered) if is_date else _rounded(exact, ordered)
        if ordered[0] <= cut < ordered[-1]:
            found.append(cut)
    return tuple(sorted(set(found)))


def _rounded(exact: float, ordered: Numbers) -> float:
    """The shortest number with about as many values up to it."""
    wanted = _below(exact, ordered)
    if exact == 0 or not math.isfinite(exact):
        return exact
    size = math.floor(math.log10(abs(exact)))
    for digits in range(1, 7):
        cut = round(exact, digits - 1 - size)
        if abs(_below(cut, ordered) - wanted) <= NEAR:
            return cut
    return exact


def _moment(exact: float, ordered: Numbers) -> float:
    unit = DAY if ordered[-1] - ordered[0] > 20 * DAY else HOUR
    return float(math.floor(exact / unit) * unit) if ordered[-1] - ordered[0] > unit else exact


def _below(cut: float, ordered: Numbers) -> float:
    return float(np.searchsorted(ordered, cut, side="right")) / len(ordered)
