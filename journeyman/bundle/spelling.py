"""How a new table spells numbers, dates and truth values, where it is not as the training table did.

A model declares how its training table was written. A file from elsewhere may have decimal commas, a currency, another
order in its dates. Which it is, is decided for each column over all its cells: a spelling is taken where it reads what
the declared one cannot, and no other reads the cells as something else; where two can be meant, the range of the
training rows decides, if it decides clearly. A row alone is no evidence, and is read as declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.cells import spell
from journeyman.bundle.reader import Cells, ReadCells, read_cells
from journeyman.bundle.ways_to_write import COUNTED, alternatives, date_example
from journeyman.table.columns import Flags, Integers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates

#: Fewer cells than this are no table, and are read as declared.
ENOUGH = 2
#: Of what is there, so much may stay unreadable under a spelling that is taken.
MOST_LEFT = 0.05
#: Within the range of training: so much speaks for a spelling, so much against the one that it is chosen over.
INSIDE, OUTSIDE = 0.9, 0.5
#: Different cells that are looked at to tell spellings apart.
_LOOKED_AT = 2000
#: In microseconds.
_MONTH = 31 * 86_400_000_000


@dataclass(frozen=True)
class Respelt:
    """A column that is spelt otherwise here.

    Parameters
    ----------
    column : as it is to be read in this table
    declared : as the model declares it
    changed : (rows,) which cells are read as something else than the declared spelling would have them
    read : the cells, read
    by_range : whether two spellings read the cells, and the range of the training rows decided
    """

    column: Column
    declared: Column
    changed: Flags
    read: ReadCells
    by_range: bool


@dataclass(frozen=True)
class Unclear:
    """A column that is not spelt as declared, and that two spellings read differently: a cell, and its two readings."""

    column: Column
    row: int
    readings: tuple[str, str]


def respelt(column: Column, cells: Cells) -> Respelt | Unclear | None:
    """How a column is spelt in a new table, None where it is as declared, or as nobody can tell."""
    coded = _coded(cells, column)
    if coded is None or column.kind not in ("number", "date", "flag"):
        return None
    now = read_cells(column, coded)
    there = np.array([bool(text.strip()) for text in coded.levels] or [False])[coded.codes]
    is_far_off = column.kind == "number" and _inside(column, now) < OUTSIDE
    if int(there.sum()) < ENOUGH or not (now.refused.any() or is_far_off):
        return None
    shown, cells_of_each = _shown_levels(coded, now.refused)
    others = [_Fit.of(one, shown, cells_of_each) for one in alternatives(column, shown.levels)]
    near = [one for one in others if one.column.date_format not in COUNTED or one.inside >= INSIDE]
    fits = [_Fit.of(column, shown, cells_of_each), *near]
    fewest = min(one.refused for one in fits)
    able = [one for one in fits if one.refused == fewest]
    if fewest > MOST_LEFT * int(cells_of_each.sum()) or all(one.says_as(fits[0]) for one in able):
        return None
    chosen, by_range = _chosen(able)
    if chosen is None:
        return None if fits[0] in able else _unclear(column, able, coded, shown)
    # A unit that nobody spoke of may be another one than that of training, unless the numbers are like those.
    has_new_unit = chosen.column.unit != column.unit and chosen.inside < OUTSIDE
    if has_new_unit or chosen.says_as(fits[0]):
        return None
    read = read_cells(chosen.column, coded)
    return Respelt(chosen.column, column, differs(now, read), read, by_range)


def is_as_declared(column: Column, read: ReadCells) -> bool:
    """Whether cells that were read as declared leave nothing to ask: all were read, and numbers are not far off."""
    return not read.refused.any() and not (column.kind == "number" and _inside(column, read) < OUTSIDE)


@dataclass(frozen=True, eq=False)
class _Fit:
    """A spelling, tried on different cells: what each would be, NaN for missing, and how many cells it cannot read."""

    column: Column
    values: NDArray[np.float64]
    refused: int
    inside: float

    @classmethod
    def of(cls, column: Column, cells: Strings, counts: Integers) -> _Fit:
        read = read_cells(column, cells)
        values = read.values
        if isinstance(values, Dates):
            found = np.where(values.missing, np.nan, values.at.astype(np.float64))
        else:
            found = np.asarray(values, np.float64)
        return cls(column, found, int(counts[read.refused].sum()), _inside(column, read))

    def says_as(self, other: _Fit) -> bool:
        return bool(np.array_equal(self.values, other.values, equal_nan=True))


def _chosen(able: Sequence[_Fit]) -> tuple[_Fit | None, bool]:
    """The one spelling that is meant, and whether the range of training had to decide; None where nothing decides."""
    kinds: list[_Fit] = []
    for one in able:
        if not any(one.says_as(other) for other in kinds):
            kinds.append(one)
    if len(kinds) == 1:
        return kinds[0], False
    kinds.sort(key=lambda one: -one.inside)
    has_range = kinds[0].column.low is not None and kinds[0].column.kind == "number"
    if has_range and kinds[0].inside >= INSIDE and kinds[1].inside <= OUTSIDE:
        return kinds[0], True
    return None, False


def _unclear(column: Column, able: Sequence[_Fit], cells: Strings, shown: Strings) -> Unclear | None:
    """A cell that two spellings read differently, None where none is read by both."""
    first = able[0].values
    for other in able[1:]:
        places = np.flatnonzero(~np.isnan(first) & ~np.isnan(other.values) & (first != other.values))
        if len(places):
            place = int(places[0])
            row = int(np.flatnonzero(cells.codes == cells.levels.index(shown.levels[place]))[0])
            return Unclear(column, row, (_as_written(column, first[place]), _as_written(column, other.values[place])))
    return None


def _as_written(column: Column, value: float) -> str:
    if column.kind != "date":
        return f"{value:.15g}"
    at = np.datetime64(int(value), "us")
    day = str(at.astype("datetime64[D]"))
    return day if at == at.astype("datetime64[D]") else str(at.astype("datetime64[s]")).replace("T", " ")


def _coded(cells: Cells, column: Column) -> Strings | None:
    """Cells that are text, coded; None where they are something else. Numbers where dates are due count as text."""
    if isinstance(cells, Strings):
        return cells
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "iuf" and column.kind == "date":
        return Strings.of(["" if one != one else spell(float(one)) for one in cells.tolist()])
    if isinstance(cells, np.ndarray) and cells.dtype.kind != "O":
        return None
    texts = ["" if one is None or one != one else one for one in cells]
    if not texts or not all(isinstance(one, str) for one in texts):
        return None
    return Strings.of([str(one) for one in texts])


def _shown_levels(cells: Strings, refused: Flags) -> tuple[Strings, Integers]:
    """Different cells, each once, with how often they stand there: of those that cannot be read, and of the others."""
    is_refused = np.zeros(len(cells.levels), np.bool_)
    is_refused[cells.codes[refused]] = True
    counts = cells.counts()
    has_text = np.array([bool(text.strip()) for text in cells.levels], np.bool_)
    some = [_spread(np.flatnonzero((counts > 0) & has_text & (is_refused == wanted))) for wanted in (True, False)]
    places = np.concatenate(some)
    levels = tuple(cells.levels[place] for place in places.tolist())
    return Strings(np.arange(len(levels), dtype=np.int32), levels), counts[places]


def _spread(places: NDArray[Any]) -> NDArray[Any]:
    return places[:: max(1, -(-len(places) // (_LOOKED_AT // 2)))]


def _inside(column: Column, read: ReadCells) -> float:
    """The share of numbers that are within the range of the training rows; 1 where there are none to judge.

    Of dates, those are within that are no farther from the range than it is wide: new rows come later.
    """
    if column.low is None or column.high is None:
        return 1.0
    if isinstance(read.values, Dates):
        width = max(column.high - column.low, _MONTH)
        known, at = ~read.values.missing, read.values.at
        inside = known & (at >= column.low - width) & (at <= column.high + width)
    elif column.kind == "number" and isinstance(read.values, np.ndarray):
        known = ~np.isnan(read.values)
        inside = known & ~read.unusual
    else:
        return 1.0
    return float(inside.sum() / known.sum()) if known.any() else 1.0


def differs(now: ReadCells, then: ReadCells) -> Flags:
    """Which cells, (rows,), two readings take for something else."""
    first, second = now.values, then.values
    if isinstance(first, Dates) and isinstance(second, Dates):
        dates: Flags = (first.missing != second.missing) | (first.at != second.at)
        return dates
    one, other = np.asarray(first, np.float64), np.asarray(second, np.float64)
    numbers: Flags = (one != other) & ~(np.isnan(one) & np.isnan(other))
    return numbers


def reading_at(one: Respelt, row: int) -> str:
    """What a cell is read as, as people write it."""
    values = one.read.values
    if isinstance(values, Dates):
        return _as_written(one.column, float(values.at[row]))
    return _as_written(one.column, float(np.asarray(values, np.float64)[row]))


def said(one: Respelt) -> str:
    """How a column is spelt here and was when the model was built, in a sentence without an end."""
    column, declared = one.column, one.declared
    if column.kind == "date":
        now, then = date_example(column.date_format), date_example(declared.date_format)
        return f"the dates of {column.name!r} are written as {now}, and were as {then} when the model was built"
    if column.kind == "flag":
        return f"{column.name!r} says yes and no in other words than when the model was built"
    marks = [f"decimal mark {column.decimal!r}"] if column.decimal != declared.decimal else []
    marks += [f"thousands mark {column.thousands!r}"] if column.thousands != declared.thousands else []
    marks += [f"{column.unit!r} beside them"] if column.unit != declared.unit else []
    by = ", which the range of the training rows tells" if one.by_range else ""
    return f"the numbers of {column.name!r} are written otherwise than when the model was built: {', '.join(marks)}{by}"
