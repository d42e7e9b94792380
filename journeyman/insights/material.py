"""A table made ready for being looked at: what outcomes are, and into which groups each column cuts the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from journeyman.insights.condition import Condition, bare, bound, exact, level_is, named
from journeyman.insights.cuts import round_cuts
from journeyman.statistics.contrast import ranked
from journeyman.table.columns import MISSING_WORD, Flags, Integers, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: A level is looked at from so many rows, and so large a share, on; so many levels of a column at most.
FEWEST_ROWS, LEAST_SHARE, MOST_LEVELS = 30, 0.01, 40
#: Numbers with so many different values or fewer are looked at value by value.
MOST_VALUES = 8
#: Other numbers are cut at about these shares.
FIFTHS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class Outcome:
    """What differs, or does not: the mean of a column, or the rate of one of its values.

    Parameters
    ----------
    column : its name
    label : the value whose rate it is, as people read it; empty for a mean
    level : that value as cells hold it; None for a mean
    values : (rows,) NaN where missing; 0 and 1 for a rate
    is_amount : whether it is never below 0
    """

    column: str
    label: str
    level: float | str | None
    values: Numbers

    @property
    def is_rate(self) -> bool:
        """Whether it is the rate of a value."""
        return self.level is not None

    @property
    def said(self) -> str:
        """The value whose rate it is, as a sentence shows it: words in quotes, numbers bare."""
        is_bare = isinstance(self.level, float) and self.label == exact(self.level).replace(",", "").replace("−", "-")
        return self.label if is_bare else named(self.label)

    @cached_property
    def known(self) -> Flags:
        """Which rows have it, (rows,)."""
        return ~np.isnan(self.values)

    @cached_property
    def ranks(self) -> Numbers:
        """The ranks of the values, (rows,); NaN where missing."""
        ranks = np.full(len(self.values), np.nan)
        ranks[self.known] = ranked(self.values[self.known])
        return ranks

    @cached_property
    def spread(self) -> float:
        """The standard deviation of the values; 0 where there is none."""
        known = self.values[self.known]
        return float(known.std()) if len(known) else 0.0


@dataclass(frozen=True)
class Feature:
    """A column as it is looked at.

    Parameters
    ----------
    numbers : (rows,) numbers, or microseconds of dates, NaN where missing; None for words
    codes : (rows,) the group of each row, −1 where it is in none
    groups : the conditions of each group, in the order of numbers, or the most frequent level first
    missing : (rows,)
    is_levels : whether groups are single values, not ranges
    """

    column: Column
    numbers: Numbers | None
    codes: Integers
    groups: tuple[tuple[Condition, ...], ...]
    missing: Flags
    is_levels: bool

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column.name

    @property
    def is_date(self) -> bool:
        """Whether it holds dates."""
        return self.column.kind == "date"

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers that have an order and differ: no words, dates or flags."""
        return self.numbers is not None and self.column.kind == "number"

    @cached_property
    def ranks(self) -> Numbers:
        """The ranks of the numbers, (rows,); NaN where missing."""
        ranks = np.full(len(self.codes), np.nan)
        if self.numbers is not None:
            ranks[~self.missing] = ranked(self.numbers[~self.missing])
        return ranks

    def take(self, rows: Any) -> Feature:
        """Some rows, in the same groups."""
        numbers = None if self.numbers is None else self.numbers[rows]
        return replace(self, numbers=numbers, codes=self.codes[rows], missing=self.missing[rows])


@dataclass(frozen=True)
class Material:
    """Rows to be looked at.

    Parameters
    ----------
    rows : how many
    outcomes : the target's mean, or the rate of each of its classes; without a target the numbers that may differ
    features : in the table's order, the target not among them
    has_target : whether the outcomes are of a target
    units : (rows,) codes of rows that belong together; None where every row stands alone
    """

    rows: int
    outcomes: tuple[Outcome, ...]
    features: tuple[Feature, ...]
    has_target: bool
    units: Integers | None = None

    def take(self, rows: Any) -> Material:
        """Some rows (positions)."""
        return Material(
            len(rows),
            tuple(replace(one, values=one.values[rows]) for one in self.outcomes),
            tuple(one.take(rows) for one in self.features),
            self.has_target,
            None if self.units is None else self.units[rows],
        )

    def feature(self, name: str) -> Feature:
        """The feature of a name."""
        return next(one for one in self.features if one.name == name)

    @cached_property
    def dates(self) -> tuple[Feature, ...]:
        """The features that hold dates."""
        return tuple(one for one in self.features if one.is_date)

    @cached_property
    def numbers(self) -> tuple[Feature, ...]:
        """The features that hold numbers."""
        return tuple(one for one in self.features if one.is_number)


def feature_of(table: Table, column: Column, whole: Table | None = None) -> Feature | None:
    """A column of a table as it is looked at; None where there is nothing to look at.

    Parameters
    ----------
    whole : the table of which these rows are a part; None where they are all
    """
    cells = table.values[column.name]
    missing = table.missing(column.name)
    if isinstance(cells, Strings):
        codes, groups = _levels(column, cells)
        return Feature(column, None, codes, groups, missing, is_levels=True)
    numbers = bare(cells)
    known = numbers[~missing]
    distinct = np.unique(known)
    if len(distinct) < 2:
        return Feature(column, numbers, np.full(table.rows, -1), (), missing, is_levels=True) if missing.any() else None
    if len(distinct) <= MOST_VALUES and not isinstance(cells, Dates):
        codes, groups = _values(column, numbers, distinct)
        return Feature(column, numbers, codes, groups, missing, is_levels=True)
    cuts = round_cuts(known, FIFTHS, is_date=isinstance(cells, Dates))
    return Feature(
        column,
        numbers,
        ranges(numbers, cuts, column),
        between(column, cuts, lowest_of(whole or table, column.name)),
        missing,
        is_levels=False,
    )


def lowest_of(table: Table, name: str) -> float:
    """The lowest number, or moment, of a column."""
    return float(np.nanmin(bare(table.values[name])))


def ranges(numbers: Numbers, cuts: Sequence[float], column: Column) -> Integers:
    """Which range each number is in, (rows,): a bound belongs to the range below it, of dates to the one above it."""
    side = "right" if column.kind == "date" else "left"
    codes = np.searchsorted(np.asarray(cuts, np.float64), numbers, side=side)  # type: ignore[call-overload]  # a literal
    return np.where(np.isnan(numbers), -1, codes).astype(np.int64)


def between(column: Column, cuts: Sequence[float], lowest: float | None = None) -> tuple[tuple[Condition, ...], ...]:
    """The conditions of each range that so many cuts make; ``lowest`` is the lowest number of the column."""
    found = []
    for place in range(len(cuts) + 1):
        low = [bound(column, "above", cuts[place - 1])] if place else []
        high = [bound(column, "up_to", cuts[place], lowest=lowest)] if place < len(cuts) else []
        found.append((*low, *high))
    return tuple(found) if cuts else ()


def _levels(column: Column, cells: Strings) -> tuple[Integers, tuple[tuple[Condition, ...], ...]]:
    counts = cells.counts()
    least = max(FEWEST_ROWS, LEAST_SHARE * len(cells))
    places = [
        place
        for place in np.argsort(-counts, kind="stable").tolist()
        if counts[place] >= least and cells.levels[place] != MISSING_WORD
    ][:MOST_LEVELS]
    of_level = np.full(len(cells.levels) or 1, -1, np.int64)
    of_level[places] = np.arange(len(places))
    return of_level[cells.codes], tuple((level_is(column, cells.levels[place]),) for place in places)


def _values(column: Column, numbers: Numbers, distinct: Numbers) -> tuple[Integers, tuple[tuple[Condition, ...], ...]]:
    least = max(FEWEST_ROWS, LEAST_SHARE * len(numbers))
    kept = [value for value in distinct.tolist() if (numbers == value).sum() >= least]
    codes = np.full(len(numbers), -1, np.int64)
    for place, value in enumerate(kept):
        codes[numbers == value] = place
    return codes, tuple((level_is(column, value),) for value in kept)
