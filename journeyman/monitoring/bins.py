"""Bins of a column: coarse codes of its cells, by which shares of new rows are held against those of training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.table.columns import MISSING_WORD, TERM_END, Flags, Integers, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Values

#: Bins of a number, and levels of a category that have a bin of their own.
MOST_BINS = 10
#: No column has more codes than these, the three of `BESIDE` among them.
MOST_CODES = 16
#: A level has a bin of its own where so many rows hold it: codes of rows tell nothing of single people.
FEWEST_OF_A_LEVEL = 20
#: What is in no bin: cells that are missing, that training never saw, that cannot be read.
BESIDE = ("missing", "never seen", "unreadable")

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Bins:
    """How the cells of a column are coded.

    Codes are those of `names`: ordinary bins first, then the three of `BESIDE`. Of a number's cell the bin is found
    among ``cuts`` (a cell at a cut is below it), of a category's among ``levels``, and all other levels are one bin.
    Of a text the number of its terms counts. Dates move on by themselves: only whether they are there is looked at.
    """

    column: str
    kind: str
    cuts: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def ordinary(self) -> int:
        """How many bins hold cells as training had them."""
        return len(self.levels) + 1 if self.kind == "category" else len(self.cuts) + 1

    @property
    def names(self) -> tuple[str, ...]:
        """What each code means, in words."""
        if self.kind == "category":
            return (*self.levels, "any other level", *BESIDE)
        if self.kind == "flag" and self.cuts:
            return ("false", "true", *BESIDE)
        what = " terms" if self.kind == "text" else ""
        told = [f"{one:.6g}" for one in self.cuts]
        if not told:
            return ("anything", *BESIDE)
        between = [f"above {low} to {high}{what}" for low, high in pairwise(told)]
        return (f"up to {told[0]}{what}", *between, f"above {told[-1]}{what}", *BESIDE)

    def codes(self, values: Values, unseen: Flags, refused: Flags) -> Codes:
        """The code of each cell, (rows,)."""
        if isinstance(values, Dates):
            found, missing = np.zeros(len(values.missing), np.int64), values.missing
            unseen = np.zeros(len(found), np.bool_)
        elif isinstance(values, Strings):
            found, missing = self._of_words(values)
        else:
            found, missing = np.searchsorted(self.cuts, values, side="left"), np.isnan(values)
        found = np.where(missing, self.ordinary, np.where(unseen, self.ordinary + 1, found))
        return np.asarray(np.where(refused, self.ordinary + 2, found), np.uint8)

    def _of_words(self, values: Strings) -> tuple[Integers, Flags]:
        missing = np.array([one == MISSING_WORD for one in values.levels] or [False])
        if self.kind == "text":
            terms = np.array([one.count(TERM_END) + 1 if one else 0 for one in values.levels] or [0])
            of_level: Any = np.searchsorted(self.cuts, terms, side="left")
        else:
            places = {level: place for place, level in enumerate(self.levels)}
            of_level = np.array([places.get(one, len(self.levels)) for one in values.levels] or [0])
        return of_level[values.codes], missing[values.codes]

    def as_data(self) -> dict[str, Any]:
        """The bins as JSON holds them."""
        return {"column": self.column, "kind": self.kind, "cuts": list(self.cuts), "levels": list(self.levels)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Bins:
        """The bins that `as_data` wrote."""
        cuts, levels = tuple(map(float, data["cuts"])), tuple(map(str, data["levels"]))
        return cls(str(data["column"]), str(data["kind"]), cuts, levels)


def make_bins(column: Column, values: Values) -> Bins:
    """Bins of about equally many rows of training each."""
    if isinstance(values, Dates):
        return Bins(column.name, "date")
    if isinstance(values, Strings) and column.kind != "text":
        counts = values.counts()
        order = np.argsort(-counts, kind="stable")[: MOST_BINS - 1].tolist()
        kept = [values.levels[one] for one in order if counts[one] >= FEWEST_OF_A_LEVEL]
        return Bins(column.name, "category", levels=tuple(one for one in kept if one != MISSING_WORD))
    if isinstance(values, Strings):
        terms = np.array([one.count(TERM_END) + 1 if one else 0 for one in values.levels] or [0], np.float64)
        return Bins(column.name, "text", cuts=_cuts(terms[values.codes]))
    if column.kind == "flag":
        return Bins(column.name, "flag", cuts=(0.5,))
    return Bins(column.name, "number", cuts=_cuts(values[~np.isnan(values)]))


def unseen_alone(column: Column, values: Values) -> Flags:
    """Cells that would be new, (rows,), had training been without their row: lone levels, the largest, the least.

    So many cells of new rows are new on average, though nothing has changed (Good 1953).
    """
    if isinstance(values, Dates) or column.kind in ("text", "flag"):
        return np.zeros(len(values.missing if isinstance(values, Dates) else values), np.bool_)
    if isinstance(values, Strings):
        lone = (values.counts() == 1) & np.array([one != MISSING_WORD for one in values.levels] or [False])
        return np.asarray(lone[values.codes])
    found = np.zeros(len(values), np.bool_)
    for edge in (np.nanmin(values), np.nanmax(values)) if np.isfinite(values).any() else ():
        places = np.flatnonzero(values == edge)
        found[places] |= len(places) == 1
    return found


def _cuts(numbers: Numbers) -> tuple[float, ...]:
    if not len(numbers):
        return ()
    cuts = np.unique(np.quantile(numbers, np.arange(1, MOST_BINS) / MOST_BINS, method="lower"))
    # A cut at the largest number would leave an empty bin above it.
    return tuple(cuts[cuts < numbers.max()].tolist())
