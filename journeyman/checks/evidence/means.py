"""Whether numbers are means of others over groups of rows, as good as an identity."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import Integers, Numbers

#: Groups of several rows whose mean must come out, different means among them, and how many must be right.
FEWEST_GROUPS, FEWEST_VALUES, RIGHT = 10, 4, 0.98
#: What a target is known to from a group's figure and the other rows of the group, and is not from those rows alone.
KNOWN, UNKNOWN = 0.995, 0.95
#: A figure with so many decimals or fewer is taken for rounded.
MOST_DECIMALS = 8
#: Half a unit of figures with two decimals; with fewer they must be exact.
COARSEST = 0.005


def groups_of_means(cells: Numbers, goal: Numbers) -> int:
    """In how many groups of equal cells these are the mean of the goal; 0 where that does not hold of all."""
    there = np.isfinite(cells)
    if not there.all():
        cells, goal = cells[there], goal[there]
    if len(cells) < FEWEST_GROUPS:
        return 0
    # The mean over all rows must come out, too: nearly every column ends here.
    apart = abs(float(cells.mean() - goal.mean()))
    if apart > COARSEST + 1e-6 * float(max(abs(goal.min()), abs(goal.max()))) or apart > _half_a_unit(cells):
        return 0
    near = _half_a_unit(cells)
    values, places, counts = np.unique(cells, return_inverse=True, return_counts=True)
    several = counts > 1
    if several.sum() < FEWEST_VALUES or counts[several].sum() < FEWEST_GROUPS:
        return 0
    means = np.bincount(places, goal) / counts
    right = np.abs(means - values)[several] <= near
    # Groups in which all targets are equal would agree with a copy of the target, too.
    spread = np.bincount(places, goal**2) / counts - means**2
    mixed = (spread > 1e-9 * max(float(goal.var()), 1e-300))[several]
    if right.mean() < RIGHT or mixed.sum() < FEWEST_VALUES:
        return 0
    return int(several.sum())


def _half_a_unit(cells: Numbers) -> float:
    """How far a mean may be from a cell and still round to it."""
    size = float(np.abs(cells).max())
    slack = 1e-9 * size
    some = cells[:2000]
    for decimals in range(MOST_DECIMALS + 1):
        if bool((np.abs(some - np.round(some, decimals)) <= slack).all()):
            return float(0.5 * 10.0**-decimals + slack) if decimals >= 2 else slack
    return slack


def is_known(cells: Numbers, places: Integers, goal: Numbers) -> bool:
    """Whether a column fixed within groups and the other rows' goals make a row's own goal known.

    Parameters
    ----------
    cells, goal : (rows,) the column, without gaps, and what may be averaged in it
    places : (rows,) the group of each row, from 0 on without holes
    """
    first = np.zeros(int(places.max(initial=-1)) + 1)
    first[places] = cells
    # Most columns are not fixed within groups, and end here.
    if len(first) < FEWEST_GROUPS or np.ptp(first) == 0 or not bool(np.allclose(first[places], cells, rtol=1e-9)):
        return False
    counts = np.bincount(places)
    several = counts[places] > 1
    if several.sum() < 5 * FEWEST_GROUPS:
        return False
    size, one = counts[places].astype(np.float64), np.ones(len(goal))
    others = np.bincount(places, goal)[places] - goal
    without = _explained(np.column_stack([one, size, others, others / np.maximum(size - 1, 1)])[several], goal[several])
    if without > UNKNOWN:
        return False
    return _explained(np.column_stack([one, size, others, cells, size * cells])[several], goal[several]) >= KNOWN


def _explained(design: Numbers, goal: Numbers) -> float:
    total = float(((goal - goal.mean()) ** 2).sum())
    if total == 0:
        return 1.0
    scaled = design / np.maximum(np.abs(design).max(axis=0), 1e-300)
    rest = goal - scaled @ np.linalg.lstsq(scaled, goal, rcond=None)[0]
    return 1 - float((rest**2).sum()) / total
