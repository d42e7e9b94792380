"""Cells as well mixed numbers, by which whole rows are compared at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from journeyman.table.columns import Strings
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


def mix(bits: Hashes, place: int) -> Hashes:
    """The finisher of SplitMix64 (Steele, Lea, Flood 2014)."""
    state = bits + np.uint64((place + 1) * 0x9E3779B97F4A7C15 % 2**64)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(state ^ (state >> np.uint64(31)), dtype=np.uint64)
