"""Which pairs of columns say more together than each says alone: what is left of the target, looked at in fields."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import numpy as np

from journeyman.table.columns import Integers, Numbers

#: A column is cut into so many fields at most, missing cells and rare levels apart.
_FIELDS = 8
#: So many columns are paired with each other, and so many rows are looked at.
MOST_COLUMNS, MOST_ROWS = 30, 20_000
#: What is learnt of a field on some parts of the rows is judged on another, so many parts in all.
_PARTS = 4
#: How many rows of no effect a field's mean is drawn towards 0 by, in units of the mean curvature.
_DRAWN = 5.0
#: A pair must lower the loss by so many times what a row is worth by chance, or else it is likely to be noise.
_LEAST = 3.0


def telling_pairs(
    numbers: Numbers,
    slopes: Numbers,
    curvatures: Numbers,
    *,
    most: int,
    among: Collection[int],
    codes: Collection[int],
    seed: int = 0,
) -> tuple[tuple[int, int], ...]:
    """The pairs whose fields lower the loss most on rows that they were not learnt from, the best first.

    A field's value is one Newton step; what either column's own fields bring is taken off. Pairs that bring nothing are
    left out, so that tables without interactions give none.

    Source: after FAST, Lou et al., Accurate intelligible models with pairwise interactions, KDD 2013; here judged
    out of sample.

    Parameters
    ----------
    numbers : (rows, columns)
    slopes, curvatures : (rows, outputs), first and second derivatives of the loss by the score
    most : how many pairs at most
    among : places of the columns to be paired
    codes : places of columns of level codes
    """
    rows = len(numbers)
    if rows > MOST_ROWS:
        chosen = np.linspace(0, rows - 1, MOST_ROWS).astype(np.int64)
        numbers, slopes, curvatures = numbers[chosen], slopes[chosen], curvatures[chosen]
    part = np.random.default_rng(np.random.PCG64(seed)).integers(0, _PARTS, len(numbers))
    fields = {place: _fields(numbers[:, place], place in codes) for place in sorted(among)}
    fields = {place: one for place, one in fields.items() if one.max(initial=0) > 0}
    least = _LEAST * float((slopes**2).mean() / max(float(curvatures.mean()), 1e-300))
    gains = {}
    alone = {place: _gain(one, part, slopes, curvatures) for place, one in fields.items()}
    for first, second in combinations(fields, 2):
        both = fields[first] * (_FIELDS + 2) + fields[second]
        gain = _gain(both, part, slopes, curvatures) - max(alone[first], 0.0) - max(alone[second], 0.0)
        if gain > least:
            gains[first, second] = gain
    return tuple(sorted(gains, key=lambda pair: (-gains[pair], pair))[:most])


def _fields(numbers: Numbers, is_code: bool) -> Integers:
    """The field of each row, (rows,): 0, 1, …; missing is the last."""
    missing = np.isnan(numbers)
    if is_code:
        # Codes stand in the order of how frequent their levels are.
        found = np.minimum(np.where(missing, 0.0, numbers), _FIELDS).astype(np.int64)
    else:
        known = numbers[~missing]
        cuts = np.unique(np.quantile(known, np.linspace(0, 1, _FIELDS + 1)[1:-1])) if len(known) else np.zeros(0)
        if len(cuts) and cuts[-1] >= known.max():
            cuts = cuts[:-1]
        found = np.searchsorted(cuts, numbers, side="left").astype(np.int64)
    return np.where(missing, _FIELDS + 1, found)


def _gain(fields: Integers, part: Integers, slopes: Numbers, curvatures: Numbers) -> float:
    """By how much the loss of all rows falls, each part's by what the others learnt of the fields."""
    _, fields = np.unique(fields, return_inverse=True)
    size = int(fields.max(initial=0)) + 1
    places = fields * _PARTS + part
    gain = 0.0
    for slope, curvature in zip(slopes.T, curvatures.T, strict=True):
        first = np.bincount(places, slope, size * _PARTS).reshape(size, _PARTS)
        second = np.bincount(places, curvature, size * _PARTS).reshape(size, _PARTS)
        drawn = _DRAWN * float(curvature.mean())
        step = -(first.sum(axis=1, keepdims=True) - first) / (
            second.sum(axis=1, keepdims=True) - second + max(drawn, 1e-300)
        )
        gain -= float((first * step + 0.5 * second * step**2).sum())
    return gain
