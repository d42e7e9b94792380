"""Values that cannot be, by what the column's name says it measures: an age of 455, a negative count."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, some
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import number
from journeyman.table.table import Table

#: Where more of the cells are out of bounds, the name means something else.
MOST_SHARE = 0.02
FEWEST_ROWS = 20
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|%")


@dataclass(frozen=True)
class Bound:
    """What cells of a name can be.

    Parameters
    ----------
    words : one of these is the last word of the name, or all of it
    low, high : the bounds
    whole : whether a broken number is impossible, too
    usual : quantiles 0.05 and 0.95 lie within these, or the name means something else
    """

    what: str
    words: frozenset[str]
    low: float
    high: float
    whole: bool = False
    usual: tuple[float, float] = (-np.inf, np.inf)


_BOUNDS = (
    Bound("an age of a person", frozenset({"age", "alter"}), 0, 122, usual=(0, 110)),
    Bound("a latitude", frozenset({"lat", "latitude"}), -90, 90, usual=(-90, 90)),
    Bound("a longitude", frozenset({"lon", "lng", "long", "longitude"}), -180, 180, usual=(-180, 180)),
    Bound("a share in percent", frozenset({"percent", "percentage", "pct", "%"}), 0, 100, usual=(0, 100)),
    Bound("an hour of the day", frozenset({"hour", "hr"}), 0, 24, whole=True, usual=(0, 24)),
    Bound("a month", frozenset({"month", "mnth"}), 1, 12, whole=True, usual=(1, 12)),
    Bound("a weekday", frozenset({"weekday", "dow"}), 0, 7, whole=True, usual=(0, 7)),
    Bound("a year", frozenset({"year", "yr", "yearbuilt", "built"}), 1500, 2150, whole=True, usual=(1700, 2100)),
    Bound("a pH", frozenset({"ph"}), 0, 14, usual=(0, 14)),
    Bound("a humidity in percent", frozenset({"humidity"}), 0, 100, usual=(0, 100)),
)
#: What is counted, paid for in time, or measured by a rule is not below 0.
_NOT_NEGATIVE = frozenset(
    word
    for line in (
        "count counts quantity qty weight height width length distance area volume duration population rooms",
        "bedrooms bathrooms beds visits calls orders employees children persons people households size",
        "mileage horsepower",
    )
    for word in line.split()
)
#: Words that make a difference, score or logarithm of what they stand beside.
_RELATIVE = frozenset(
    word
    for line in (
        "change diff difference delta balance net residual error log ln z score norm scaled std gap growth",
        "trend",
    )
    for word in line.split()
)


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of numbers of which a few cells cannot be what its name says.

    Only a few: where many cells are out of bounds, or the bulk of them is, the name means something else, as an age
    in days does.
    """
    found = []
    names = [column.name for column in looked_at(table, brief) if column.kind == "number"]
    for name in names + ([brief.predict] if brief.predict in table.schema else []):
        value = table.values[name]
        if isinstance(value, np.ndarray) and (one := _look(table, name, value)) is not None:
            found.append(one)
    return tuple(found)


def impossible(name: str, value: Numbers) -> tuple[str, Integers]:
    """What cells of a column should be, and the positions of the few that cannot be that; none where nothing is said.

    Parameters
    ----------
    value : (rows,) NaN where missing
    """
    bound = _bound_of([word.lower() for word in _WORD.findall(name)])
    there = np.flatnonzero(~np.isnan(value)) if bound is not None else np.empty(0, np.int64)
    if bound is None or len(there) < FEWEST_ROWS:
        return "", there[:0]
    cells = value[there]
    low, high = np.quantile(cells, [0.05, 0.95])
    if not (bound.usual[0] <= low and high <= bound.usual[1]):
        return bound.what, there[:0]
    if bound.low == 0 and not bound.whole and _runs_through_zero(cells):
        return bound.what, there[:0]
    bad: Flags = (cells < bound.low) | (cells > bound.high)
    if bound.whole:
        bad |= cells != np.floor(cells)
    return bound.what, there[bad] if bad.sum() <= MOST_SHARE * len(cells) else there[:0]


def _look(table: Table, name: str, value: Numbers) -> Finding | None:
    what, places = impossible(name, value)
    if not len(places):
        return None
    count, bad = len(places), value[places]
    return Finding(
        code="impossible_values",
        severity="warning",
        message=f"{name!r} holds {some(count, 'value')} that cannot be {what}: {_few(bad)} (first: row "
        f"{int(table.row_numbers[places[0]]) + 1:,})",
        columns=(name,),
        rows=row_numbers(table, places),
        numbers={"count": count, "low": float(bad.min()), "high": float(bad.max())},
        remedy=Remedy(action="review", words="correct them, or make them missing"),
    )


def _runs_through_zero(cells: Numbers) -> bool:
    """Whether broken numbers lie evenly around a middle so near to 0 that some must be below: no amounts, then."""
    if bool((cells == np.floor(cells)).all()):
        return False
    low, middle, high = np.quantile(cells, [0.05, 0.5, 0.95])
    is_even = 0.75 * (high - middle) <= middle - low <= 1.35 * (high - middle)
    return bool(is_even and middle < 2.2 * (middle - low))


def _bound_of(words: list[str]) -> Bound | None:
    if not words or _RELATIVE.intersection(words):
        return None
    for bound in _BOUNDS:
        if words[-1] in bound.words and len(words) <= 3:
            return bound
    if words[-1] in _NOT_NEGATIVE:
        return Bound("a possible amount", frozenset(), 0, np.inf, usual=(0, np.inf))
    return None


def _few(bad: Numbers) -> str:
    values = np.unique(bad)
    shown = ", ".join(number(float(one)) if abs(one) < 1000 or one % 1 else f"{one:.0f}" for one in values[:3])
    return shown + (", …" if len(values) > 3 else "")
