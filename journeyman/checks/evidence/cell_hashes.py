"""Cells as well mixed numbers, by which whole rows are compared at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from journeyman.table.columns import Integers, Strings
from journeyman.table.table import Dates, Values

Hashes = NDArray[np.uint64]


def cell_hashes(value: Values, place: int) -> Hashes:
    """Cells as well mixed 64-bit numbers, (rows,), another mixture for every ``place``; equal cells have equal ones."""
    if isinstance(value, Strings):
        return mix(np.arange(max(len(value.levels), 1)).astype(np.uint64), place)[value.codes]
    if isinstance(value, Dates):
        return mix(np.where(value.missing, np.iinfo(np.int64).min, value.at).view(np.uint64), place)
    # Adding 0.0 turns −0.0 into 0.0; all NaN are one.
    plain = np.where(np.isnan(value), np.nan, value + 0.0)
    return mix(plain.view(np.uint64), place)


def alike(rows: int, columns: Sequence[Callable[[Integers], Hashes]]) -> Integers:
    """Equal numbers for rows whose hashes are equal in every column, (rows,).

    Column by column: a row that is alone by the first few is not looked at in the others.

    Parameters
    ----------
    columns : for each column its hashes at some positions, ``(positions,) → (positions,)``
    """
    left, sums = np.arange(rows), np.zeros(rows, np.uint64)
    places = left
    for hashes in columns:
        sums = sums + hashes(left)
        _, places, counts = np.unique(sums, return_inverse=True, return_counts=True)
        kept = counts[places] > 1
        left, sums, places = left[kept], sums[kept], places[kept]
    codes = np.arange(rows)
    codes[left] = rows + places
    return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.int64)


def mix(bits: Hashes, place: int) -> Hashes:
    """The finisher of SplitMix64 (Steele, Lea, Flood 2014)."""
    state = bits + np.uint64((place + 1) * 0x9E3779B97F4A7C15 % 2**64)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(state ^ (state >> np.uint64(31)), dtype=np.uint64)
