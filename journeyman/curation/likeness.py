"""How alike the target is in rows that belong together, beyond what the other columns explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.curation.cells import ranks_of
from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.table import Dates, Table

#: Groups are looked at until there are about so many rows; never more than twice as many, however large groups are.
MOST_ROWS = 10_000
MOST_COLUMNS, MOST_CLASSES = 30, 5
BINS = 10
RIDGE = 10.0


@dataclass(frozen=True)
class Likeness:
    """Correlation of what is not explained of the target, in two rows of one group.

    Parameters
    ----------
    rest : 1 where all rows of a group have one target, 0 where the group says nothing
    error : its standard error if it were 0
    """

    rest: float
    error: float


def goal_of(target: Target) -> Numbers:
    """The target as numbers of mean 0, (rows, outputs): ranks, or one indicator for each of the first classes."""
    if not target.classes:
        codes = np.unique(target.values, return_inverse=True)[1].astype(np.int64)
        goal = ranks_of(codes)[:, None]
    else:
        shown = 1 if len(target.classes) == 2 else min(len(target.classes), MOST_CLASSES)
        goal = (target.values[:, None] == np.arange(shown)).astype(np.float64)
    return np.asarray(goal - goal.mean(axis=0))


def likeness(table: Table, names: Sequence[str], groups: Integers, goal: Numbers) -> Likeness:
    """Explain the target by the columns, each in bins, learnt on other groups; see what is left alike in a group.

    Parameters
    ----------
    names : the columns that may explain; not the one that names the groups
    groups : (rows,) codes from 0 on, −1 for rows of no group
    goal : (rows, outputs) as `goal_of` gives it
    """
    random = np.random.default_rng(np.random.PCG64(0))
    rows, groups = some_groups(groups, MOST_ROWS, random)
    first, second = pairs(groups, random)
    if len(first) < 2:
        return Likeness(0.0, 1.0)
    wanted = goal[rows]
    design = _design(table, names, rows, wanted)
    half = (random.permutation(int(groups.max()) + 1) % 2)[groups]
    rest = np.empty_like(wanted)
    for side in (0, 1):
        train, judge = half != side, half == side
        mean = wanted[train].mean(axis=0)
        held = design[train]
        slopes = np.linalg.solve(held.T @ held + RIDGE * np.eye(design.shape[1]), held.T @ (wanted[train] - mean))
        rest[judge] = wanted[judge] - mean - design[judge] @ slopes
    power = float((rest**2).sum(axis=1).mean())
    together = float((rest[first] * rest[second]).sum() / len(first))
    return Likeness(together / power if power > 0 else 0.0, 1 / float(np.sqrt(len(first))))


def some_groups(groups: Integers, most: int, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Positions of the rows of some groups, about so many rows, and the groups' codes from 0 on.

    Groups are whole, unless those that are taken have more than twice so many rows.
    """
    rows = np.flatnonzero(groups >= 0)
    counts = np.bincount(groups[rows])
    if len(rows) > most:
        shuffled = random.permutation(len(counts))
        taken = max(2, int(np.searchsorted(np.cumsum(counts[shuffled]), most)) + 1)
        kept = np.zeros(len(counts), np.bool_)
        kept[shuffled[:taken]] = True
        rows = rows[kept[groups[rows]]]
    if len(rows) > 2 * most:
        rows = np.sort(random.choice(rows, 2 * most, replace=False))
    return rows, np.unique(groups[rows], return_inverse=True)[1].astype(np.int64)


def pairs(groups: Integers, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Pairs of rows of one group, drawn without regard to their order: each row with the next of a shuffle."""
    shuffled = random.permutation(len(groups))
    order = shuffled[np.argsort(groups[shuffled], kind="stable")]
    same = groups[order][1:] == groups[order][:-1]
    return order[:-1][same], order[1:][same]


def _design(table: Table, names: Sequence[str], rows: Integers, wanted: Numbers) -> Numbers:
    """Indicators of bins and levels of those columns that explain the most each for itself, (rows, indicators).

    Of a wide table one column is held at a time; those that explain the most are put into bins once more.
    """
    worth: list[tuple[float, str]] = []
    for name in names:
        bins = _bins(table, name, rows)
        counts = np.bincount(bins)
        if len(counts) > 1:
            sums = [np.bincount(bins, one) for one in wanted.T]
            worth.append((float(sum((one**2 / np.maximum(counts, 1)).sum() for one in sums)), name))
    worth.sort(key=lambda one: -one[0])
    found = (_bins(table, name, rows) for _, name in worth[:MOST_COLUMNS])
    blocks = [np.eye(int(bins.max()) + 1)[bins] for bins in found]
    return np.hstack(blocks) if blocks else np.zeros((len(rows), 1))


def _bins(table: Table, name: str, rows: Integers) -> Integers:
    value = table.values[name]
    if isinstance(value, Strings):
        codes = value.codes[rows]
        order = np.argsort(-np.bincount(codes, minlength=len(value.levels)), kind="stable")
        place = np.full(len(value.levels), BINS, np.int64)
        place[order[:BINS]] = np.arange(min(BINS, len(order)))
        return place[codes]
    cells = (value.at if isinstance(value, Dates) else value)[rows].astype(np.float64)
    missing = table.missing(name)[rows]
    there = cells[~missing]
    if not len(there):
        return np.zeros(len(rows), np.int64)
    edges = np.unique(np.quantile(there, np.linspace(0, 1, BINS + 1)[1:-1], method="inverted_cdf"))
    return np.where(missing, len(edges) + 1, np.searchsorted(edges, np.where(missing, 0.0, cells)))
