"""How irregular each row is among the others: far or rare cells, and cells that hardly ever come together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers

#: A cell is out of the way where at most this share of the rows lies as far out, or has as rare a level.
OUT = 0.01
#: Columns of so many common levels, and so many columns at most, are looked at in pairs; a pair of levels that was
#: expected so often and is seen so seldom is rare.
_LEVELS, _PAIRED, _EXPECTED, _SEEN = (2, 12), 14, 8.0, 2
#: A cell beyond the width of the middle 98 % of a column weighs as much more as its distance in such widths, tenfold.
_DISTANCE = 10.0


@dataclass(frozen=True)
class Irregular:
    """What is out of the way in each row, in natural logarithms of one over its chance; more is rarer.

    Parameters
    ----------
    cells : (rows, columns) of single cells, 0 where they are as others
    pairs : (rows,) of the rarest pair of cells, 0 where none is rare
    which : (rows, 2) the places of that pair's columns, −1 where there is none
    """

    cells: Numbers
    pairs: Numbers
    which: Integers

    @property
    def scores(self) -> Numbers:
        """(rows,) of the whole row."""
        return np.asarray(self.cells.sum(axis=1) + self.pairs)


def irregular(numbers: Sequence[Numbers], codes: Sequence[Integers]) -> Irregular:
    """How irregular rows are, column by column and in pairs of columns.

    A cell of a number counts by how few rows lie as far out on its side, and by how far beyond the middle 98 % it
    lies; a level by the share of rows whose level is as rare; a missing number where few are missing. A pair counts
    where its levels are each common, were to come together by chance at least eight times, and do at most twice.

    Parameters
    ----------
    numbers : (rows,) each; missing is NaN
    codes : (rows,) each, from 0 on; the columns of levels, behind those of numbers

    Source: Li et al., ECOD, TKDE 2022, for the tails; pairs and distances are added.
    """
    blocks = [_of_number(one) for one in numbers] + [_of_levels(one) for one in codes]
    rows = len(numbers[0] if len(numbers) else codes[0]) if blocks else 0
    cells = np.column_stack(blocks) if blocks else np.zeros((rows, 0))
    few = [(place, np.where(np.isnan(one), -1, one)) for place, one in enumerate(numbers)]
    levels = [(place, np.unique(one, return_inverse=True)[1]) for place, one in few if _is_coded(one)]
    levels += [(len(numbers) + place, one) for place, one in enumerate(codes)]
    pairs, which = _pairs([(place, one) for place, one in levels if _is_few(one)][:_PAIRED], rows)
    return Irregular(cells, pairs, which)


def _of_number(values: Numbers) -> Numbers:
    """What is out of the way in a column of numbers, (rows,)."""
    missing = np.isnan(values)
    there = np.sort(values[~missing])
    out = np.zeros(len(values))
    if 0 < missing.mean() <= OUT:
        out[missing] = -np.log(missing.mean())
    if len(there) < 20 or there[0] == there[-1]:
        return out
    low, high = np.quantile(there, [0.01, 0.99])
    # Rows at least as far out on the side on which a value lies; ties count.
    above = len(there) - np.searchsorted(there, values[~missing], side="left")
    below = np.searchsorted(there, values[~missing], side="right")
    chance = np.minimum(above, below) / len(there)
    beyond = np.maximum(np.maximum(values[~missing] - high, low - values[~missing]), 0.0)
    width = high - low
    far = np.divide(beyond, width, out=np.where(beyond > 0, 1.0, 0.0), where=width > 0)
    weight = np.where(chance <= OUT, -np.log(chance) * np.minimum(_DISTANCE * far, 1.0) + np.log1p(_DISTANCE * far), 0)
    out[~missing] = weight
    return out


def _of_levels(codes: Integers) -> Numbers:
    """What is out of the way in a column of levels, (rows,)."""
    counts = np.bincount(codes)
    order = np.sort(counts[counts > 0])
    # Rows whose level is as rare or rarer: where all levels are rare, none is out of the way.
    as_rare = np.cumsum(order)[np.searchsorted(order, counts[codes], side="right") - 1] / max(len(codes), 1)
    return np.asarray(np.where(as_rare <= OUT, -np.log(np.maximum(as_rare, 1e-12)), 0.0))


def _is_coded(values: Numbers) -> bool:
    """Whether a column of numbers has few values, all of them whole."""
    return bool((values == np.floor(values)).all()) and float(values.max(initial=0) - values.min(initial=0)) < 100


def _is_few(codes: Integers) -> bool:
    common = np.bincount(codes) > _EXPECTED
    return bool(_LEVELS[0] <= int(common.sum()) <= _LEVELS[1])


def _pairs(levels: Sequence[tuple[int, Integers]], rows: int) -> tuple[Numbers, Integers]:
    """The rarest pair of cells of each row."""
    best, which = np.zeros(rows), np.full((rows, 2), -1)
    for (one, left), (other, right) in itertools.combinations(levels, 2):
        wide = int(right.max()) + 1
        cells = left * wide + right
        seen = np.bincount(cells, minlength=(int(left.max()) + 1) * wide)
        expected = (np.outer(np.bincount(left), np.bincount(right, minlength=wide)) / rows).ravel()
        rare: Flags = (expected >= _EXPECTED) & (seen <= _SEEN) & (seen > 0)
        if not rare.any():
            continue
        # The chance of so few, about: Poisson's for none, times what one or two add.
        strength = np.where(rare, expected - seen * np.log(np.maximum(expected, 1.0)), 0.0)
        found = strength[cells]
        better = found > best
        best = np.where(better, found, best)
        which[better] = (one, other)
    return best, which
