"""Where dates stand in their day, week and year, as points on circles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.dates.calendar import DAY, EPOCH, Whole, express_held, has_time, held
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns, Numbers

MINUTE = 60_000_000
#: Ten thousandths of a day in the calendar's mean year of 365.2425 days.
YEAR = 3_652_425
#: Each circle's points; the first day of the calendar's cycles is 1 March, the 59th after New Year.
_MINUTES, _WEEKDAYS, _DAYS, _MARCH = 1_440, 7, 366, 59.0
#: The place of a missing date, behind all others.
_NOWHERE = _DAYS + _WEEKDAYS + _MINUTES


class Cycles(Step):
    """Cycles of dates.

    For linear models and networks, to which 23 h and 0 h are far apart otherwise. A date gives sine and cosine of its
    place in the year, counted in whole days of the mean year (within two days of the calendar's), of its weekday, and,
    where some training row has a time of day, of its minute of the day, all in UTC: ``"<name> year sine"`` and so on.
    Dates stay. A missing date gives NaN in each; dates outside the years 1 to 9999 count as the nearest inside.
    """

    answers: ClassVar[str] = needs.DATES_AS_CYCLES

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``timed`` places of the date columns that get a place in the day, int64."""
        return {"timed": np.flatnonzero(has_time(columns)).astype(np.int64)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Places in whole numbers, and each place's point off a table."""
        year, week, day = _places(held(columns.dates))
        places = np.hstack([year, week + _DAYS, day[:, state["timed"]] + (_DAYS + _WEEKDAYS)])
        places[columns.dates_missing[:, _sources(state, len(columns.date_names))]] = _NOWHERE
        numbers = np.hstack([columns.numbers, *(side.take(places) for side in _table())])
        names = columns.number_names + made_names(_names(state, columns.date_names), columns.names)
        return columns.with_numbers(numbers, names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same whole numbers, and Gather."""
        width = len(wires.date_names)
        if not width:
            return wires
        at = express_held(graph, wires.dates)
        year, week, day = _places(Whole(graph, at))
        timed = graph.pick((day + (_DAYS + _WEEKDAYS)).wire, state["timed"].tolist(), width)
        places = graph.join(year.wire, (week + _DAYS).wire, timed)
        missing = graph.pick(wires.dates_missing, _sources(state, width), width)
        places = graph.add("Where", missing, graph.constant(_NOWHERE, np.int64), places)
        points = graph.join(*(graph.add("Gather", graph.constant(side), places, axis=0) for side in _table()))
        names = wires.number_names + made_names(_names(state, wires.date_names), wires.names)
        return graph.with_numbers(wires, graph.join(wires.numbers, points), names)


def _places(at: Any) -> tuple[Any, Any, Any]:
    """Day of the mean year, weekday and minute of the day, for arrays of int64 and for wires alike."""
    since = at + EPOCH * DAY
    day = since // DAY
    tenths = day * 10_000
    return tenths % YEAR // 10_000, (day + 2) % 7, since % DAY // MINUTE


def _table() -> tuple[Numbers, Numbers]:
    """Sines and cosines of all places: of the year, the week, the day, and nowhere."""
    turns = [(np.arange(_DAYS) + _MARCH) / 365.2425, np.arange(_WEEKDAYS) / 7, np.arange(_MINUTES) / _MINUTES]
    angles = 2 * np.pi * np.concatenate([*turns, [np.nan]])
    return np.sin(angles), np.cos(angles)


def _sources(state: State, width: int) -> list[int]:
    """The place of the date column that each sine is made of."""
    return [*range(width), *range(width), *state["timed"].tolist()]


def _names(state: State, names: Sequence[str]) -> tuple[str, ...]:
    places = [f"{name} {cycle}" for cycle in ("year", "week") for name in names]
    places += [f"{names[place]} day" for place in state["timed"].tolist()]
    return tuple(f"{place} {side}" for side in ("sine", "cosine") for place in places)
