"""Two columns beside each other: which text of one stands with which of the other, and how often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.repairs.grid import Written
from journeyman.table.columns import Integers


@dataclass(frozen=True)
class Together:
    """For each text of the first column: ``best`` (levels,) the code of the second that most of its cells stand with,
    ``most`` how many do, ``total`` how many stand with any; empty cells of either are left out (best is -1).
    """

    best: Integers
    most: Integers
    total: Integers


def together(first: Written, second: Written) -> Together:
    """Count the pairs of two columns of one table."""
    both = first.is_filled[first.codes] & second.is_filled[second.codes]
    width = len(second.levels)
    pairs, counts = np.unique(first.codes[both].astype(np.int64) * width + second.codes[both], return_counts=True)
    mine, other = pairs // width, pairs % width
    size = len(first.levels)
    best, most = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    order = np.argsort(counts, kind="stable")  # the last written wins
    best[mine[order]], most[mine[order]] = other[order], counts[order]
    total = np.bincount(mine, weights=counts, minlength=size).astype(np.int64)
    return Together(best, most, total)
