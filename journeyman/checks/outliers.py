"""Numbers far from all others: one typed with a point too few is a million times too large."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, sample, some
from journeyman.checks.impossible_values import impossible
from journeyman.table.columns import Integers, Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import number
from journeyman.table.table import Table

#: Beyond these many different values a column is a scale on which "far" means something.
FEWEST_VALUES, FEWEST_ROWS = 10, 30
#: The far values lie so many times as far from the middle as the next ones.
TIMES = 5.0
#: So many of the rows, and of values, at most are the far ones.
MOST_SHARE, MOST_FAR = 0.005, 50
#: How probable such a gap may be in one column, were the far values of the same tail as the others.
LEAST_CHANCE = 1e-5
#: So many of the largest say how heavy the tail is.
TAIL = 100
MOST_ROWS = 20_000
#: The code of what is found in the target.
TARGET_OUTLIERS = "target_outliers"


@dataclass(frozen=True)
class Far:
    """Values beyond a gap: their positions, how many times as far they are as the next, and how probable that is."""

    rows: Integers
    times: float
    chance: float


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of numbers, the target too, with a few values beyond a gap that its tail cannot make.

    The logarithms of the largest distances from the median fall by exponential steps, whose size says how heavy the
    tail is (Hill 1975); the step before the far values is held against it (Rényi's representation of order
    statistics). So sums of money, whose tails are heavy, are not called wrong for being so.
    """
    names = [column.name for column in looked_at(table, brief) if column.kind == "number"]
    names += [brief.predict] if brief.predict in table.schema else []
    rows = sample(table.rows, MOST_ROWS)
    found = []
    for name in names:
        value = table.values[name]
        if not isinstance(value, np.ndarray) or (far := far_values(value, rows)) is None:
            continue
        # What the name says cannot be is told as that.
        if not np.isin(far.rows, impossible(name, value)[1]).all():
            found.append(_finding(table, name, value, far, is_target=name == brief.predict))
    return tuple(found)


def far_values(value: Numbers, rows: Integers) -> Far | None:
    """The values beyond a gap, or None.

    Parameters
    ----------
    value : (rows,) NaN where missing
    rows : positions that stand for all; a gap is looked for in all rows where these leave room for one
    """
    some_values = value[rows]
    some_values = some_values[~np.isnan(some_values)]
    if len(some_values) < FEWEST_ROWS:
        return None
    middle = float(np.median(some_values))
    with np.errstate(over="ignore"):
        usual = float(np.quantile(np.abs(some_values - middle), 0.95))
        low, high = float(np.nanmin(value)), float(np.nanmax(value))
        if max(high - middle, middle - low) < TIMES * usual or len(np.unique(some_values)) < FEWEST_VALUES:
            return None
        distance = np.abs(value - middle)
    distance[np.isnan(distance)] = 0.0
    count = min(len(distance), TAIL + MOST_FAR + 1)
    places = np.argpartition(distance, len(distance) - count)[-count:]
    places = places[np.argsort(-distance[places], kind="stable")]
    largest = distance[places]
    most = int(min(MOST_FAR, max(1, MOST_SHARE * len(value)), len(largest) - 11))
    return _gap(places, largest, most)


def _gap(places: Integers, largest: Numbers, most: int) -> Far | None:
    """The least probable gap behind one of the first values, where one is wide and improbable enough."""
    best: Far | None = None
    largest = np.minimum(largest, np.finfo(np.float64).max)
    for far in range(1, most + 1):
        tail = largest[far : far + TAIL]
        tail = tail[tail > 0]
        if len(tail) < 10 or largest[far - 1] < TIMES * tail[0]:
            continue
        logs = np.log(tail)
        # The mean excess over the last is the reciprocal of the tail's index; ties make it too small, never 0.
        mean = max(float((logs[:-1] - logs[-1]).mean()), 1.0 / len(tail))
        step = float(np.log(largest[far - 1]) - logs[0])
        # With a mean of so many steps the tail is that of Student's, hardly lighter than an exponential one.
        chance = float((1 + far * step / (mean * (len(tail) - 1))) ** -(len(tail) - 1))
        if chance < LEAST_CHANCE and (best is None or chance < best.chance):
            best = Far(places[:far], float(np.exp(step)), chance)
    return best


def _finding(table: Table, name: str, value: Numbers, far: Far, *, is_target: bool) -> Finding:
    positions = np.sort(far.rows)
    first = int(far.rows[0])
    times = "a million times or more" if far.times >= 1e6 else f"{number(round(far.times))} times"
    count = len(positions)
    others = np.delete(value, positions)
    words = "look whether it is a slip; trees hardly mind it, linear models do"
    if is_target:
        words = "look whether it is a slip: such a row alone decides squared errors, and hardly those of --metric mae"
    return Finding(
        code=TARGET_OUTLIERS if is_target else "outliers",
        severity="warning",
        message=f"{name!r} holds {some(count, 'value')} {times} as far out as any other: "
        f"{_told(float(value[first]))} in row {int(table.row_numbers[first]) + 1:,}, where all others "
        f"lie between {_told(float(np.nanmin(others)))} and {_told(float(np.nanmax(others)))}",
        columns=(name,),
        rows=row_numbers(table, positions),
        numbers={"count": count, "times": float(f"{far.times:.3g}"), "chance": float(f"{far.chance:.2g}")},
        remedy=Remedy(action="review", words=words),
    )


def _told(value: float) -> str:
    return number(value) if abs(value) < 1e15 else f"{value:.3g}"
