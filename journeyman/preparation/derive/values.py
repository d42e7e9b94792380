"""Values of a number that come again, as levels: each has a code, here and in the graph.

A price, a weight, a number that is an id: where the same value comes again and again, its rows may have more in common
than rows of like values, and no split at a threshold tells them from their neighbours.
"""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import INT64, Graph
from journeyman.plan.thresholds import express_below
from journeyman.preparation.derive.arithmetic import LARGEST
from journeyman.table.columns import Integers, Numbers

#: The most values with a code of their own, and the share of the rows that must have a value that comes again.
_MOST_VALUES, _LEAST_SHARE = 10_000, 0.3
#: Around 0 numbers too small to be told from it, wherever they are compared, are 0.
_TINY = 2 * float(np.finfo(np.float64).tiny)
#: The most that single precision changes a number by, as a share of it.
_SINGLE = 2.0**-24


def values_that_recur(numbers: Numbers) -> tuple[Numbers, int]:
    """The most frequent values that come again, rising, and how many values besides there are.

    None of them where fewer than `_LEAST_SHARE` of the rows that are not missing have such a value.
    """
    there, counts = np.unique(numbers[~np.isnan(numbers)] + 0.0, return_counts=True)
    again = np.flatnonzero((counts > 1) & (np.abs(there) < LARGEST))
    if counts[again].sum() < max(_LEAST_SHARE * counts.sum(), 1):
        return np.empty(0), len(there)
    kept = again[np.argsort(-counts[again], kind="stable")[:_MOST_VALUES]]
    return there[np.sort(kept)], len(there) - len(kept)


def around(values: Numbers) -> Numbers:
    """Two thresholds for each value, (2 · values,): the numbers above the first and not above the second are equal.

    A value that was kept in single precision (a database's, an array's) is equal, too, where no other value is as near.
    """
    with np.errstate(over="ignore"):
        single = values.astype(np.float32).astype(np.float64)
    gaps = np.diff(values, prepend=-np.inf, append=np.inf)
    is_single = np.abs(single - values) <= _SINGLE * np.abs(values)  # not where it underflows to 0, or overflows
    is_apart = is_single & (np.abs(single - values) < np.minimum(gaps[:-1], gaps[1:]) / 2)
    least, above = np.where(is_apart, [np.minimum(single, values), np.maximum(single, values)], values)
    below = np.nextafter(least, -np.inf)
    is_zero = np.abs(values) < _TINY
    below[is_zero], above[is_zero] = -_TINY, _TINY
    return np.maximum.accumulate(np.column_stack([below, above]).ravel())


def value_codes(numbers: Numbers, thresholds: Numbers) -> Integers:
    """Each row's code, (rows,) int64: its value's place; for missing one more than the last, for all others two more.

    Parameters
    ----------
    thresholds : as `around` gives them
    """
    found = _code_of(thresholds)[np.searchsorted(thresholds, numbers, side="left")]
    return np.where(np.isnan(numbers), len(thresholds) // 2, found).astype(np.int64)


def express_value_codes(graph: Graph, cell: str, thresholds: Numbers) -> str:
    """The twin of `value_codes`, (N, 1) both."""
    below = graph.add("Cast", express_below(graph, cell, [thresholds]), to=INT64)
    found = graph.add("Gather", graph.constant(_code_of(thresholds), np.int64), below, axis=0)
    gone = graph.constant([[len(thresholds) // 2]], np.int64)
    return graph.add("Where", graph.add("IsNaN", cell), gone, found)


def _code_of(thresholds: Numbers) -> Integers:
    """The code of a number above so many thresholds: between its value's two, or between values."""
    count = len(thresholds) // 2
    found = np.full(2 * count + 1, count + 1, np.int64)
    found[1::2] = np.arange(count)
    return found
