"""Joint codes of one to three keys: how frequent each is, and the mean of the target over its rows.

A recipe is (key, key, key, what), with −1 for keys that it has not; ``what`` is −1 for the frequency, else the output
whose mean is taken: the value, the positive class's share, or a class's share. The table of a recipe has a row for each
joint code that could be; those that no row has give the frequency 0 and the mean over all rows. Where many rare levels
share a code, its frequency is that of one of them, in the mean: together they would seem frequent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers

#: The most rows that a recipe's table may have.
MOST_CODES = 40_000
#: Stands for "no key" and for the frequency.
NONE = -1
#: How many rows the mean over all rows counts for in a joint code's mean, and the folds that training rows are read by.
SMOOTHING, FOLDS = 10.0, 5


def joint_keys(sizes: Sequence[int], twos: Sequence[int], threes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Sets of keys whose joint codes are not too many: each alone, each two, and each three of some."""
    for count, places in ((1, range(len(sizes))), (2, twos), (3, threes)):
        for chosen in combinations(places, count):
            if math.prod(sizes[key] for key in chosen) <= MOST_CODES:
                padded = (*chosen, NONE, NONE)
                yield padded[0], padded[1], padded[2]


def joint_size(keys: Sequence[int], sizes: Sequence[int]) -> int:
    """How many joint codes there could be."""
    return math.prod(sizes[key] for key in keys if key != NONE)


def joint_codes(keys: Sequence[int], sizes: Sequence[int], codes: Sequence[Integers]) -> Integers:
    """Each row's joint code, (rows,)."""
    found = codes[keys[0]]
    for key in keys[1:]:
        if key != NONE:
            found = found * sizes[key] + codes[key]
    return found


def express_joint_codes(graph: Graph, keys: Sequence[int], sizes: Sequence[int], codes: Sequence[str]) -> str:
    """The twin of `joint_codes`, (N, 1) int64."""
    found = codes[keys[0]]
    for key in keys[1:]:
        if key != NONE:
            grown = graph.add("Mul", found, graph.constant([[sizes[key]]], np.int64))
            found = graph.add("Add", grown, codes[key])
    return found


def wanted_of(target: Target) -> Numbers:
    """What is averaged, (rows, outputs): the values, or for several classes a 0/1 column each."""
    if target.outputs == 1:
        return target.values[:, None]
    return np.asarray(target.codes[:, None] == np.arange(target.outputs), np.float64)


def frequency_table(found: Integers, keys: Sequence[int], sizes: Sequence[int], pooled: Sequence[int]) -> Numbers:
    """How many rows each joint code has, (size,), as log(1 + rows); of pooled levels, one of them in the mean.

    Parameters
    ----------
    pooled : of each key, how many levels share its last code
    """
    return np.log1p(np.bincount(found, minlength=joint_size(keys, sizes)) / _levels_of_codes(keys, sizes, pooled))


def frequency_column(found: Integers, keys: Sequence[int], sizes: Sequence[int], pooled: Sequence[int]) -> Numbers:
    """The same of training rows, (rows,), each seeing the others only: a new row is not counted either."""
    others = np.bincount(found, minlength=joint_size(keys, sizes))[found] - 1
    return np.log1p(others / _levels_of_codes(keys, sizes, pooled)[found])


def _levels_of_codes(keys: Sequence[int], sizes: Sequence[int], pooled: Sequence[int]) -> Numbers:
    """How many levels share each joint code, (size,)."""
    parts = [np.append(np.ones(sizes[key] - 1), pooled[key]) for key in keys if key != NONE]
    return reduce(np.multiply.outer, parts).ravel()


def joint_table(what: int, found: Integers, size: int, target: Target, alike: int) -> Numbers:
    """The means that a recipe gives for each joint code, (size,), learnt from all these rows.

    Parameters
    ----------
    alike : codes behind these many stand for rows that have nothing in common: they have the mean over all rows
    """
    return _means(found, size, wanted_of(target)[:, what], _weights(target), alike)


def joint_column(what: int, found: Integers, size: int, target: Target, alike: int) -> Numbers:
    """The means that training rows are given, (rows,): by the rows of other folds."""
    made = joint_table(what, found, size, target, alike)[found]
    if not len(found):
        return made
    wanted, weights = wanted_of(target)[:, what], _weights(target)
    folds = target.encoding_folds(FOLDS)
    for fold in range(folds.count):
        training, scored = folds.training(fold), folds.scored(fold)
        if len(training) and len(scored):
            means = _means(found[training], size, wanted[training], weights[training], alike)
            made[scored] = means[found[scored]]
    return made


def _weights(target: Target) -> Numbers:
    return np.ones(len(target)) if target.weights is None else target.weights


def _means(found: Integers, size: int, wanted: Numbers, weights: Numbers, alike: int) -> Numbers:
    total = float(weights.sum())
    mean = float((weights * wanted).sum()) / total if total > 0 else 0.0
    count = np.bincount(found, weights=weights, minlength=size)
    # Differences from the mean: a code whose rows all have it has exactly the mean.
    excess = np.bincount(found, weights=weights * (wanted - mean), minlength=size)
    excess[alike:] = 0.0
    return np.asarray(mean + excess / (count + SMOOTHING))
