"""The time of decision, found: by which columns the rows of a table lie in time, so that the future can judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from shlex import quote

import numpy as np

from journeyman.curation import names
from journeyman.curation.cells import ranks_of
from journeyman.curation.parts_of_date import join_parts
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Points of evidence from which on a date, and a number, is the time of decision.
ENOUGH_FOR_DATE, ENOUGH_FOR_NUMBER = 2, 3
#: Fewer different times make no blocks; more rows without a time than this share are too many.
FEWEST_TIMES, MOST_MISSING = 10, 0.05
#: Below this many rows a time is not taken by itself: blocks of it would hardly say anything.
FEWEST_ROWS = 300
#: How far the times may be from even (largest distance of distributions): what is about things piles up or trails off.
EVEN, UNEVEN = 0.5, 0.6
#: Rank correlation of time and place in the file.
IN_ORDER, ROUGHLY_IN_ORDER = 0.95, 0.5
_SECONDS = (6.0e8, 2.6e9)


@dataclass(frozen=True)
class Time:
    """Rows in time.

    Parameters
    ----------
    columns : what the time is made of; one column, or parts of a date
    order : (rows,) the time of each row as a whole number; rows without one come before all others
    points, evidence : how sure, and why, in words
    is_date : whether it is a column of dates
    is_telling : whether its name or the order of the file speaks for it, not the spread of its values alone
    """

    columns: tuple[str, ...]
    order: Integers
    points: int
    evidence: tuple[str, ...]
    is_date: bool
    is_telling: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return " and ".join(repr(one) for one in self.columns)

    @property
    def is_enough(self) -> bool:
        """Whether the evidence is enough to go by it."""
        return self.points >= self._enough

    @property
    def is_likely(self) -> bool:
        """Whether it is nearly enough, so that a person should be asked."""
        return self.points == self._enough - 1 and self.is_telling

    @property
    def _enough(self) -> int:
        return ENOUGH_FOR_DATE if self.is_date else ENOUGH_FOR_NUMBER


def find_time(table: Table, columns: Sequence[Column]) -> tuple[Time | None, tuple[Finding, ...]]:
    """The time of decision among some columns, or none; and what to ask a person where it is not sure.

    A date counts for its name, for being spread evenly (times at which rows were collected are; birthdays, last visits
    and the like pile up), and for the file lying in its order. A number counts only with the name of a time, or as
    seconds since 1970. Nobody's birth, building or last review is a time of decision.
    """
    seen = [*_dates(table, columns), *_numbers(table, columns)]
    good = [one for one in seen if one.is_enough]
    if good:
        best = _best(good)
        if table.rows >= FEWEST_ROWS:
            return best, ()
        return None, (replace(_ask(best, f"{table.rows:,} rows are few for that"), severity="info"),)
    likely = [one for one in seen if one.is_likely]
    return None, (_ask(_best(likely), "that is not sure"),) if likely else ()


def _best(found: Sequence[Time]) -> Time:
    """Dates before numbers, then the most evidence, then the shortest span, then the first."""
    most = max((one.is_date, one.points) for one in found)
    return next(one for one in found if (one.is_date, one.points) == most)


def _ask(time: Time, why: str) -> Finding:
    words = f"say --when {quote(time.columns[0])} to learn from the past and score on the future"
    if len(time.columns) > 1:
        words = "make one column of them and name it with --when, to learn from the past and score on the future"
    return Finding(
        code="time_order",
        severity="warning",
        message=f"{time.name} may be the time of decision ({', '.join(time.evidence)}), but {why}; folds are not by it",
        columns=time.columns,
        numbers={"time": time.name, "why": why},
        remedy=Remedy(action="review", words=words),
    )


def _dates(table: Table, columns: Sequence[Column]) -> Iterator[Time]:
    for column in columns:
        value = table.values[column.name]
        if isinstance(value, Dates) and not names.says_about(column.name):
            named = (1, "its name speaks of a moment") if names.says_moment(column.name) else (0, "it is a date")
            found = _weighed((column.name,), value.at.astype(np.float64), value.missing, named, is_date=True)
            if found is not None:
                yield found


def _numbers(table: Table, columns: Sequence[Column]) -> Iterator[Time]:
    parts: dict[tuple[str, ...], dict[str, Column]] = {}
    for column in columns:
        value = table.values[column.name]
        if isinstance(value, Dates) or names.says_about(column.name):
            continue
        part, others = names.part_of_date(column.name)
        if part:
            parts.setdefault(others, {})[part] = column
        named = _named(column.name, value) if isinstance(value, np.ndarray) and part != "year" else None
        if named is not None and isinstance(value, np.ndarray):
            found = _weighed((column.name,), value, np.isnan(value), named, is_date=False)
            if found is not None:
                yield found
    for together in parts.values():
        if "year" in together:
            found = _of_parts(table, together)
            if found is not None:
                yield found


def _named(name: str, cells: Numbers) -> tuple[int, str] | None:
    """What the name of a number, and its size, say of it as a time; None where they say nothing."""
    there = cells[~np.isnan(cells)]
    if not len(there) or bool((there != np.floor(there)).any()):
        return None
    low, high = float(there.min()), float(there.max())
    moment = names.says_moment(name)
    if moment and any(_SECONDS[0] * scale <= low and high <= _SECONDS[1] * scale for scale in (1, 1e3, 1e6, 1e9)):
        return 2, "it counts seconds since 1970"
    if low >= 19_000_101 and high <= 21_001_231 and bool(np.isin(there // 100 % 100, np.arange(1, 13)).all()):
        return 2, "it is a date written as one number"
    if names.says_only_time(name):
        # A week or month that goes beyond its year does not go round.
        goes_on = names.words_of(name)[-1] in {"week", "wk", "month"} and high > 60
        return (2 if goes_on else 1), "its name is that of a time"
    return (-1, "its name speaks of a year") if names.says_year(name) else None


def _of_parts(table: Table, parts: Mapping[str, Column]) -> Time | None:
    """A year, with the month, day and hour beside it as far as they are there."""
    joined = join_parts(table, parts)
    if joined is None:
        return None
    columns, order, missing = joined
    # The year of something, as of a sale, is asked about and never taken by itself.
    is_named = names.says_only_time(columns[0])
    named = (2, "its name is that of a year") if is_named else (-1, "its name speaks of a year")
    return _weighed(columns, order, missing, named, is_date=False)


def _weighed(
    columns: tuple[str, ...], cells: Numbers, missing: Flags, named: tuple[int, str], *, is_date: bool
) -> Time | None:
    """The evidence for a time; None where it cannot be one."""
    there = np.flatnonzero(~missing)
    if len(there) < max(2 * FEWEST_TIMES, (1 - MOST_MISSING) * len(cells)):
        return None
    codes = np.unique(cells[there], return_inverse=True)[1].astype(np.int64)
    if int(codes.max()) + 1 < FEWEST_TIMES:
        return None
    points, evidence = named[0], [named[1]]
    known = np.sort(cells[there])
    gap = float(np.abs((known - known[0]) / (known[-1] - known[0]) - np.linspace(0, 1, len(known))).max())
    if gap <= EVEN:
        points += 1
        evidence.append("it is spread evenly")
    elif gap > UNEVEN:
        points -= 1
    along = abs(float(np.corrcoef(ranks_of(codes), there)[0, 1]))
    if along >= ROUGHLY_IN_ORDER:
        points += 2 if along >= IN_ORDER else 1
        evidence.append("the file lies in its order" if along >= IN_ORDER else "the file roughly follows it")
    order = np.full(len(cells), -1, np.int64)
    order[there] = codes
    is_telling = along >= ROUGHLY_IN_ORDER or named[0] == (1 if is_date else 2)
    return Time(columns, order, points, tuple(evidence), is_date, is_telling)
