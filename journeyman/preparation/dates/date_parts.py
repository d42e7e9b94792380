"""Dates become year, month, day, weekday, hour, and days since 1970."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.dates.calendar import DAY, Whole, calendar, express_held, has_time, held
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns

PARTS = ("year", "month", "day", "weekday")


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
        return {"timed": np.flatnonzero(has_time(columns)).astype(np.int64)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Integer arithmetic as in the graph."""
        at = held(columns.dates)
        *parts, hour = calendar(at)
        whole = np.hstack([*parts, hour[:, state["timed"]]]).astype(np.float64)
        numbers = np.hstack([whole, at.astype(np.float64) / DAY])
        missing = columns.dates_missing[:, _sources(state, len(columns.date_names))]
        return replace(
            columns,
            numbers=np.hstack([columns.numbers, np.where(missing, np.nan, numbers)]),
            number_names=columns.number_names + made_names(_names(state, columns.date_names), columns.names),
            dates=np.empty((columns.rows, 0), np.int64),
            dates_missing=np.empty((columns.rows, 0), np.bool_),
            date_names=(),
        )

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Whole-number Add, Sub, Mul and Div; then as float64."""
        width = len(wires.date_names)
        if not width:
            return wires
        at = express_held(graph, wires.dates)
        *parts, hour = (part.wire for part in calendar(Whole(graph, at)))
        whole = graph.join(*parts, graph.pick(hour, state["timed"].tolist(), width))
        days = graph.add("Div", graph.add("Cast", at, to=DOUBLE), graph.constant(DAY))
        numbers = graph.join(graph.add("Cast", whole, to=DOUBLE), days)
        missing = graph.pick(wires.dates_missing, _sources(state, width), width)
        numbers = graph.add("Where", missing, graph.constant(np.nan), numbers)
        return replace(
            wires,
            numbers=graph.join(wires.numbers, numbers),
            number_names=wires.number_names + made_names(_names(state, wires.date_names), wires.names),
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
