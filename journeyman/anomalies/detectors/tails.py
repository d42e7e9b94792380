"""Cells that lie far out in their own column: empirical tails of numbers, rare levels of words."""

from __future__ import annotations

import numpy as np

from journeyman.anomalies.cells import Cells
from journeyman.anomalies.strangeness import Strangeness
from journeyman.table.columns import Integers, Numbers

WHY = "far out, or rare"


def strangeness(cells: Cells) -> Strangeness:
    """The sum over columns of −log of the share of rows at least as far out, on either side.

    A level counts by the share of rows whose level is as rare or rarer. A missing number adds nothing.

    Source: Li et al., ECOD, TKDE 2022, with both tails in one.
    """
    blocks = [_of_number(values) for values in cells.numbers.T] + [_of_levels(codes) for codes in cells.words]
    found = np.column_stack(blocks) if blocks else np.zeros((cells.rows, 0))
    return Strangeness(found.sum(axis=1), found)


def _of_number(values: Numbers) -> Numbers:
    missing = np.isnan(values)
    there = np.sort(values[~missing])
    above = len(there) - np.searchsorted(there, values[~missing], side="left")
    below = np.searchsorted(there, values[~missing], side="right")
    found = np.zeros(len(values))
    found[~missing] = -np.log(np.minimum(2 * np.minimum(above, below) / max(len(there), 1), 1.0))
    return found


def _of_levels(codes: Integers) -> Numbers:
    counts = np.bincount(codes)
    ordered = np.sort(counts)
    as_rare = np.cumsum(ordered)[np.searchsorted(ordered, counts[codes], side="right") - 1] / max(len(codes), 1)
    return np.asarray(-np.log(as_rare))
