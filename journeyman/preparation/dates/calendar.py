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
    division, which rounds down, and the graph's, which rounds towards zero, are the same. The method is Howard
    Hinnant's ``civil_from_days`` (chrono-Compatible Low-Level Date Algorithms, 2013).
    """
    since = at + EPOCH * DAY
    day = since // DAY
    hour = (since - day * DAY) // HOUR
    era = day // 146_097
    of_era = day - era * 146_097
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (year_of_era * 365 + year_of_era // 4 - year_of_era // 100)
    # Months counted from March, so that the leap day is the last of its year.
    from_march = (of_year * 5 + 2) // 153
    next_year = from_march // 10
    day_of_month = of_year - (from_march * 153 + 2) // 5 + 1
    weekday = day + 2 - (day + 2) // 7 * 7
    year = era * 400 + year_of_era + next_year
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

    def _node(self, operator: str, other: Whole | int) -> Whole:
        wire = other.wire if isinstance(other, Whole) else self.graph.constant([other], np.int64)
        return Whole(self.graph, self.graph.add(operator, self.wire, wire))
