"""Dates become year, month, day, weekday, hour, and days since 1970."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

HOUR = 3_600_000_000
DAY = 24 * HOUR
#: Days from 0000-03-01, where the calendar's cycles of 400 years begin, to 1970-01-01.
EPOCH = 719_468
#: 0001-01-01 and the last microsecond of 9999-12-31.
FIRST, LAST = -719_162 * DAY, 2_932_897 * DAY - 1
PARTS = ("year", "month", "day", "weekday")
#: ONNX's number for float64.
_DOUBLE = 11


class DateParts(Step):
    """Parts of dates.

    For every learner: none reads dates. A date gives ``"<name> year"``, ``month`` (1–12), ``day`` of the month
    (1–31), ``weekday`` (Monday is 0), ``hour`` (0–23, only where some training row has a time of day), all in UTC,
    and ``"<name> days"`` since 1970-01-01 with the time of day as a fraction. A missing date gives NaN in each.
    The calendar is the Gregorian one, also before 1582; dates outside the years 1 to 9999 count as the nearest inside.
    """

    answers: ClassVar[str] = needs.DATES_AS_NUMBERS

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``timed`` places of the date columns that get an hour, int64."""
        timed = ((columns.dates % DAY != 0) & ~columns.dates_missing).any(axis=0)
        return {"timed": np.flatnonzero(timed).astype(np.int64)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Integer arithmetic as in the graph."""
        at = np.clip(columns.dates, FIRST, LAST)
        *parts, hour = _calendar(at)
        whole = np.hstack([*parts, hour[:, state["timed"]]]).astype(np.float64)
        numbers = np.hstack([whole, at.astype(np.float64) / DAY])
        missing = columns.dates_missing[:, _sources(state, len(columns.date_names))]
        return replace(
            columns,
            numbers=np.hstack([columns.numbers, np.where(missing, np.nan, numbers)]),
            number_names=columns.number_names + _names(state, columns.date_names),
            dates=np.empty((columns.rows, 0), np.int64),
            dates_missing=np.empty((columns.rows, 0), np.bool_),
            date_names=(),
        )

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Whole-number Add, Sub, Mul and Div; then as float64."""
        width = len(wires.date_names)
        if not width:
            return wires
        at = graph.add("Max", wires.dates, graph.constant([FIRST], np.int64))
        at = graph.add("Min", at, graph.constant([LAST], np.int64))
        *parts, hour = (part.wire for part in _calendar(_Whole(graph, at)))
        whole = graph.join(*parts, graph.pick(hour, state["timed"].tolist(), width))
        days = graph.add("Div", graph.add("Cast", at, to=_DOUBLE), graph.constant(DAY))
        numbers = graph.join(graph.add("Cast", whole, to=_DOUBLE), days)
        missing = graph.pick(wires.dates_missing, _sources(state, width), width)
        numbers = graph.add("Where", missing, graph.constant(np.nan), numbers)
        return replace(
            wires,
            numbers=graph.join(wires.numbers, numbers),
            number_names=wires.number_names + _names(state, wires.date_names),
            dates="",
            dates_missing="",
            date_names=(),
        )


def _sources(state: State, width: int) -> list[int]:
    """The place of the date column that each number is made of."""
    return [*list(range(width)) * len(PARTS), *state["timed"].tolist(), *range(width)]


def _names(state: State, names: Sequence[str]) -> tuple[str, ...]:
    parts = [f"{name} {part}" for part in PARTS for name in names]
    hours = [f"{names[place]} hour" for place in state["timed"].tolist()]
    return (*parts, *hours, *(f"{name} days" for name in names))


def _calendar(at: Any) -> tuple[Any, Any, Any, Any, Any]:
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


@dataclass(frozen=True)
class _Whole:
    """A wire of whole numbers that one can calculate with: each operation is a node."""

    graph: Graph
    wire: str

    def __add__(self, other: _Whole | int) -> _Whole:
        return self._node("Add", other)

    def __sub__(self, other: _Whole | int) -> _Whole:
        return self._node("Sub", other)

    def __mul__(self, other: _Whole | int) -> _Whole:
        return self._node("Mul", other)

    def __floordiv__(self, other: _Whole | int) -> _Whole:
        return self._node("Div", other)

    def _node(self, operator: str, other: _Whole | int) -> _Whole:
        wire = other.wire if isinstance(other, _Whole) else self.graph.constant([other], np.int64)
        return _Whole(self.graph, self.graph.add(operator, self.wire, wire))
