"""Rows that have no others close by."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.cells import Cells
from journeyman.anomalies.strangeness import Strangeness
from journeyman.table.columns import Integers, Numbers

WHY = "no other row is near"
_NEIGHBOURS = 10
#: Distances are held of so many pairs at a time.
_PAIRS = 4_000_000


def strangeness(cells: Cells) -> Strangeness:
    """The mean distance to the ten nearest other rows; of each cell, its part in the distance from their middle.

    Source: Ramaswamy, Rastogi and Shim, SIGMOD 2000; Angiulli and Pizzuti, PKDD 2002, for the mean.
    """
    values, column = cells.scaled.values, cells.scaled.column
    places, squares = _nearest(values, min(_NEIGHBOURS, cells.rows - 1))
    middle = np.zeros_like(values)
    for one in places.T:
        middle += values[one] / places.shape[1]
    parts = np.zeros((cells.rows, len(cells.names)))
    np.add.at(parts.T, column, ((values - middle) ** 2).T)
    return Strangeness(np.sqrt(squares).mean(axis=1), parts)


def _nearest(values: Numbers, count: int) -> tuple[Integers, Numbers]:
    """(rows, count) each: the places of the nearest other rows, and the squares of their distances."""
    rows = len(values)
    lengths = (values**2).sum(axis=1)
    places, squares = np.empty((rows, count), np.int64), np.empty((rows, count))
    step = max(1, _PAIRS // max(rows, 1))
    for first in range(0, rows, step):
        some = np.arange(first, min(first + step, rows))
        apart = lengths[some][:, None] + lengths - 2 * (values[some] @ values.T)
        apart[np.arange(len(some)), some] = np.inf
        near = np.argpartition(apart, count - 1, axis=1)[:, :count]
        places[some] = near
        squares[some] = np.maximum(np.take_along_axis(apart, near, axis=1), 0.0)
    return places, squares
