"""The calendar in whole numbers: microseconds since 1970-01-01 UTC, written once for arrays and for the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns, Flags, Integers

HOUR = 3_600_000_000
DAY = 24 * HOUR
#: Days from 0000-03-01, where the calendar's cycles of 400 years begin, to 1970-01-01.
EPOCH = 719_468
#: 0001-01-01 and the last microsecond of 9999-12-31.
FIRST, LAST = -719_162 * DAY, 2_932_897 * DAY - 1


def has_time(columns: Columns) -> Flags:
    """Which date columns have a time of day in some row, (dates,)."""
    return np.asarray(((columns.dates % DAY != 0) & ~columns.dates_missing).any(axis=0))


def calendar(at: Any) -> tuple[Any, Any, Any, Any, Any]:
    """Year, month, day, weekday and hour of microseconds between `FIRST` and `LAST`.

    Written once, for arrays of int64 and for wires alike: nothing is negative after the first line, so NumPy's
    division, which rounds down, and the graph's, which rounds towards zero, are the same. Centuries and years are
    counted in quarters of days, as by Neri and Schneider (Euclidean affine functions and their application to calendar
    algorithms, Software: Practice and Experience 53, 2023): each operation is a node of the graph, and few are enough.
    """
    since = at + EPOCH * DAY
    day = since // DAY
    hour = since % DAY // HOUR
    quarters = day * 4 + 3
    century = quarters // 146_097
    of_century = quarters % 146_097 // 4 * 4 + 3
    year_of_century = of_century // 1_461
    # Months counted from March, so that the leap day is the last of its year; five have 153 days.
    fifths = of_century % 1_461 // 4 * 5 + 2
    from_march = fifths // 153
    day_of_month = fifths % 153 // 5 + 1
    next_year = from_march // 10
    weekday = (day + 2) % 7
    year = century * 100 + year_of_century + next_year
    return year, from_march + 3 - next_year * 12, day_of_month, weekday, hour


def held(dates: Integers) -> Integers:
    """Dates between `FIRST` and `LAST`: others count as the nearest of these."""
    return np.clip(dates, FIRST, LAST)


def express_held(graph: Graph, dates: str) -> str:
    """The same as nodes."""
    at = graph.add("Max", dates, graph.constant([FIRST], np.int64))
    return graph.add("Min", at, graph.constant([LAST], np.int64))


@dataclass(frozen=True)
class Whole:
    """A wire of whole numbers that one can calculate with: each operation is a node."""

    graph: Graph
    wire: str

    def __add__(self, other: Whole | int) -> Whole:
        return self._node("Add", other)

    def __sub__(self, other: Whole | int) -> Whole:
        return self._node("Sub", other)

    def __mul__(self, other: Whole | int) -> Whole:
        return self._node("Mul", other)

    def __floordiv__(self, other: Whole | int) -> Whole:
        return self._node("Div", other)

    def __mod__(self, other: Whole | int) -> Whole:
        return self._node("Mod", other)

    def _node(self, operator: str, other: Whole | int) -> Whole:
        wire = other.wire if isinstance(other, Whole) else self.graph.constant([other], np.int64)
        return Whole(self.graph, self.graph.add(operator, self.wire, wire))
