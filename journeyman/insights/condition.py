"""Which rows a sentence speaks of: conditions on cells that anybody can check in the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

Cycle = Literal["hour", "weekday", "month"]
Test = Literal["is", "above", "up_to", "missing", "known", "hour", "weekday", "month"]

HOUR, DAY = 3_600_000_000, 86_400_000_000
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: Characters of a name or a level that a sentence shows.
LONGEST = 48


@dataclass(frozen=True)
class Condition:
    """A column's cell is such: ``value`` is a level, a number, microseconds of a date, or the part of a cycle.

    ``above`` a date means on or after it, ``up_to`` a date means before it; of numbers the bound is in ``up_to``.
    ``said`` is the condition in words, to follow the column's name.
    """

    column: str
    test: Test
    value: float | str | None = None
    said: str = ""

    @property
    def label(self) -> str:
        """The condition in the fewest words, as beside a bar."""
        return self.said.removeprefix("is ").removeprefix("a ").removeprefix("in ")

    def as_data(self) -> dict[str, Any]:
        """The condition as JSON."""
        return {"column": self.column, "test": self.test, "value": self.value, "said": self.said}


def holds(table: Table, conditions: Sequence[Condition]) -> Flags:
    """The rows in which all conditions hold, (rows,); a missing cell meets none but that it is missing."""
    kept = np.ones(table.rows, np.bool_)
    for one in conditions:
        kept &= _holds(table, one)
    return kept


def _holds(table: Table, one: Condition) -> Flags:
    cells = table.values[one.column]
    if one.test in ("missing", "known"):
        missing = table.missing(one.column)
        return missing if one.test == "missing" else ~missing
    if isinstance(cells, Strings):
        return np.asarray(np.array([level == one.value for level in cells.levels] or [False])[cells.codes])
    if isinstance(cells, Dates):
        return ~cells.missing & _of_dates(cells.at, one)
    value = float(one.value or 0.0)
    with np.errstate(invalid="ignore"):
        return np.asarray(
            cells == value if one.test == "is" else cells > value if one.test == "above" else cells <= value
        )


def _of_dates(at: Integers, one: Condition) -> Flags:
    value = float(one.value or 0.0)
    if one.test in ("above", "up_to"):
        return np.asarray(at >= value if one.test == "above" else at < value)
    return np.asarray(part_of(at, one.test) == int(value))


def part_of(at: Integers, cycle: str) -> Integers:
    """The hour (0 to 23), weekday (0 is Monday) or month (0 is January) of moments in microseconds, (rows,)."""
    if cycle == "hour":
        return np.asarray(at // HOUR % 24)
    if cycle == "weekday":
        return np.asarray((at // DAY + 3) % 7)
    return np.asarray((at // DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12)


def instance_of(at: Integers, cycle: str) -> Integers:
    """Which single hour, day or month moments lie in, (rows,): what is one piece of evidence for a cycle."""
    if cycle == "hour":
        return np.asarray(at // HOUR)
    if cycle == "weekday":
        return np.asarray(at // DAY)
    return np.asarray((at // DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


def named(text: str) -> str:
    """A name or level as a sentence shows it: in quotes, on one line, not too long.

    >>> named("Contract"), named("a" * 60)[-4:]
    ("'Contract'", "aa…'")
    """
    return repr(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def words(conditions: Sequence[Condition]) -> str:
    """The conditions in words, to follow "where".

    >>> words([Condition("age", "above", 30.0, "is above 30"), Condition("age", "up_to", 45.0, "is up to 45")])
    "'age' is above 30, up to 45"
    """
    told: list[str] = []
    last = ""
    for one in conditions:
        if one.column == last:
            told[-1] += f", {one.label}"
        else:
            told.append(f"{named(one.column)} {one.said}")
        last = one.column
    return " and ".join(told)


def plain_label(column: Column, value: float | str | None) -> str:
    """A level as people write it, without quotes: a flag's by its word."""
    if isinstance(value, str):
        return value
    spelt = (column.true_words if value else column.false_words) if column.kind == "flag" else ()
    return spelt[0] if spelt else exact(value or 0.0).replace(",", "").replace("−", "-")


def level_is(column: Column, value: float | str) -> Condition:
    """The condition that a cell is a level, or a number."""
    said = named(value) if isinstance(value, str) else exact(value, is_year=is_year(column))
    if not isinstance(value, str) and column.kind == "flag":
        spelt = column.true_words if value else column.false_words
        said = named(spelt[0]) if spelt else said
    return Condition(column.name, "is", value, f"is {said}")


def bound(column: Column, test: Literal["above", "up_to"], value: float, *, lowest: float | None = None) -> Condition:
    """The condition that a cell is above a number (from a date on), or up to it (before it).

    Up to the ``lowest`` number of the column means that it is that number, and is said so.
    """
    if test == "up_to" and value == lowest and column.kind != "date":
        return Condition(column.name, test, value, f"is {exact(value, is_year=is_year(column))}")
    if column.kind == "date":
        said = f"is {'from' if test == 'above' else 'before'} {moment(value)}{' on' if test == 'above' else ''}"
    else:
        said = f"is {'above' if test == 'above' else 'up to'} {exact(value, is_year=is_year(column))}"
    return Condition(column.name, test, value, said)


def presence(column: Column, *, is_missing: bool) -> Condition:
    """The condition that a cell is missing, or there."""
    return Condition(
        column.name, "missing" if is_missing else "known", None, "is missing" if is_missing else "is there"
    )


def phase(column: Column, cycle: Cycle, value: int) -> Condition:
    """The condition that a date is in one part of a cycle."""
    said = f"is from {value:02d}:00 to {value:02d}:59"
    if cycle != "hour":
        said = f"is a {WEEKDAYS[value]}" if cycle == "weekday" else f"is in {MONTHS[value]}"
    return Condition(column.name, cycle, float(value), said)


def exact(value: float, *, is_year: bool = False) -> str:
    """A number with all its digits, as a bound that can be checked.

    >>> exact(1250000.0), exact(0.125), exact(-3.0), exact(2011.0, is_year=True)
    ('1,250,000', '0.125', '−3', '2011')
    """
    text = f"{value:,.10f}".rstrip("0").rstrip(".") if abs(value) >= 1e-4 or value == 0 else f"{value:.10g}"
    text = text.replace(",", "") if is_year else text
    return text.replace("-", "−")


def moment(at: float) -> str:
    """A moment in microseconds as a date, with the time where it is not midnight.

    >>> moment(0.0), moment(3_600_000_000.0)
    ('1970-01-01', '1970-01-01 01:00')
    """
    when = datetime(1970, 1, 1) + timedelta(microseconds=int(at))
    return f"{when:%Y-%m-%d}" if at % DAY == 0 else f"{when:%Y-%m-%d %H:%M}"


def is_year(column: Column) -> bool:
    """Whether a column's numbers look like years, which are written without marks between thousands."""
    return column.low is not None and column.high is not None and column.low >= 1500 and column.high <= 2200


def bare(cells: Any) -> Numbers:
    """The cells of a column as numbers, (rows,): dates in microseconds; NaN where missing.

    Raises
    ------
    ValueError : they are words
    """
    if isinstance(cells, Strings):
        raise ValueError("words are no numbers")
    if isinstance(cells, Dates):
        return np.where(cells.missing, np.nan, cells.at.astype(np.float64))
    return np.asarray(cells, np.float64)
