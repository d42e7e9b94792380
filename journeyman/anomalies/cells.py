"""The cells of a table as detectors of strange rows take them: numbers, levels, and both on one scale."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journeyman.table.columns import MISSING_WORD, Integers, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

_DAY = 86_400e6
#: A column of words with more levels than this share of the rows names rows, and is not compared.
_NAMES = 0.5
#: So many levels of a column of words stand for themselves in distances, where enough rows bear them; all others are
#: one.
_LEVELS, _FEWEST_OF_LEVEL = 20, 5
#: A quarter of a normal distribution lies beyond this many standard deviations on each side.
_QUARTILE = 0.6745
#: In distances no number is farther from the middle than so many standard deviations: how far out a cell lies alone is
#: for tails to say.
_FARTHEST = 10.0


@dataclass(frozen=True)
class Cells:
    """The cells that are compared.

    Parameters
    ----------
    names : of the numbers, then of the words
    numbers : (rows, k), dates among them as days; missing is NaN
    words : of the columns of levels, codes from 0 on, each (rows,)
    absent : of each column of levels, the code that means "missing"; −1 where none does
    """

    names: tuple[str, ...]
    numbers: Numbers
    words: tuple[Integers, ...]
    absent: tuple[int, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    def take(self, rows: Integers) -> Cells:
        """Some rows."""
        return Cells(self.names, self.numbers[rows], tuple(one[rows] for one in self.words), self.absent)

    @cached_property
    def scaled(self) -> Scaled:
        """All cells on one scale."""
        return _scaled(self)


@dataclass(frozen=True)
class Scaled:
    """Cells on one scale: two rows drawn at random differ by about √2 in a number, and in a level.

    Shapes: ``values`` (rows, width) without gaps; ``column`` (width,) the place of the column that each is of; a number
    has its value first, then a flag for its gaps where there are any.
    """

    values: Numbers
    column: Integers


def cells_of(table: Table, without: Collection[str] = ()) -> Cells:
    """The columns of a table that can be compared: numbers, flags, dates and categories that vary.

    Left out are columns with another role than feature, ids, texts, words that differ in most rows, what holds one
    value only, and ``without``.
    """
    numbers: dict[str, Numbers] = {}
    words: dict[str, tuple[Integers, int]] = {}
    for column in table.schema:
        if column.role != "feature" or column.kind in ("id", "text") or column.name in without:
            continue
        value = table.values[column.name]
        if isinstance(value, Strings):
            codes = np.unique(value.codes, return_inverse=True)
            if 1 < len(codes[0]) <= max(_NAMES * table.rows, 2):
                missing = [place for place, code in enumerate(codes[0]) if value.levels[code] == MISSING_WORD]
                words[column.name] = codes[1].astype(np.int64), missing[0] if missing else -1
        elif _varies(found := _as_numbers(value, column)):
            numbers[column.name] = found
    return Cells(
        (*numbers, *words),
        np.column_stack([*numbers.values()]) if numbers else np.empty((table.rows, 0)),
        tuple(codes for codes, _ in words.values()),
        tuple(absent for _, absent in words.values()),
    )


def _as_numbers(value: Numbers | Dates, column: Column) -> Numbers:
    if isinstance(value, Dates):
        return np.where(value.missing, np.nan, value.at / _DAY)
    return np.where(np.isfinite(value), value, np.nan)


def _varies(values: Numbers) -> bool:
    known = values[~np.isnan(values)]
    return len(known) > 1 and bool(known.min() < known.max())


def _scaled(cells: Cells) -> Scaled:
    blocks, columns = [], []
    for place, values in enumerate(cells.numbers.T):
        gaps = np.isnan(values)
        blocks.append(np.where(gaps, 0.0, standard(values)))
        columns.append(place)
        if gaps.any():
            blocks.append(gaps.astype(np.float64))
            columns.append(place)
    for place, codes in enumerate(cells.words, cells.numbers.shape[1]):
        counts = np.bincount(codes)
        common = np.argsort(-counts, kind="stable")[:_LEVELS]
        common = common[counts[common] >= _FEWEST_OF_LEVEL]
        for level in common.tolist():
            blocks.append((codes == level).astype(np.float64))
            columns.append(place)
        others = ~np.isin(codes, common)
        if others.any():
            blocks.append(others.astype(np.float64))
            columns.append(place)
    values = np.column_stack(blocks) if blocks else np.empty((cells.rows, 0))
    return Scaled(values, np.array(columns, np.int64))


def standard(values: Numbers) -> Numbers:
    """Numbers in robust standard deviations from their median, at most 10 away; NaN stays."""
    low, middle, high = np.nanquantile(values, [0.25, 0.5, 0.75])
    spread = (high - low) / (2 * _QUARTILE) or float(np.nanstd(values)) or 1.0
    return np.asarray(np.clip((values - middle) / spread, -_FARTHEST, _FARTHEST))
