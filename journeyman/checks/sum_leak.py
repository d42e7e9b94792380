"""Columns that give a number away together: their sum, difference, product or quotient is the target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample, some
from journeyman.checks.evidence.afterwards import says_afterwards
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: Rows that must come out right, and as many of another value than the commonest: coincidence does not reach that.
FEWEST_ROWS = 50
FEWEST_OTHERS = 20
#: Rows in which the cells that it takes are there, as a share of the rows with a target.
FEWEST_SHARE = 0.5
#: Rows by which most combinations are ruled out.
SAMPLE = 64
#: So many rows judge those that are left.
MOST_ROWS = 200_000
#: The first so many columns are looked at in pairs, and for sums of three.
MOST_PAIRED, MOST_TRIPLED = 100, 40
#: A target with so many decimals or fewer is taken for rounded.
MOST_DECIMALS = 6
#: How far what is made of rounded figures, as rates are, may be off, as a share.
ROUNDED = 5e-4
#: Findings that are told; tables of parts and totals have many.
MOST_TOLD = 5

Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """Columns, by place, that make the target; how, in words; and in how many rows."""

    places: tuple[int, ...]
    words: str
    rows: int


@dataclass(frozen=True)
class Cells:
    """The columns' cells (rows, columns), NaN where missing; the target (rows,); how far a result may be from it."""

    values: Numbers
    target: Numbers
    near: Numbers
    names: tuple[str, ...]

    def take(self, rows: Integers) -> Cells:
        """Some rows."""
        return Cells(self.values[rows], self.target[rows], self.near[rows], self.names)


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each few columns whose sum, difference, product or quotient is the target, in every row.

    Sums and differences of two and three columns, products and quotients of two. A result counts as the target where
    it rounds to it; it must do so in every row that has the cells. Columns of one value, and those that are the target
    by themselves, prove nothing and are left out.
    """
    if brief.predict not in table.schema:
        return Skip("no target is named")
    value = table.values[brief.predict]
    if isinstance(value, Strings | Dates) or brief.task in ("binary", "multiclass"):
        return Skip("the target is no number")
    known = np.flatnonzero(~np.isnan(value))
    known = known[sample(len(known), MOST_ROWS)]
    if len(known) < FEWEST_ROWS or not _differs(value[known]) or len(np.unique(value[known])) < 3:
        return Skip("there are too few rows, or too few different targets")
    cells = _cells(table, brief, value[known], known)
    told: list[Finding] = []
    taken: set[int] = set()
    for found in _identities(cells):
        # Of a total and its parts many combinations come out right; each column is told once.
        if not taken & set(found.places) and len(told) < MOST_TOLD:
            taken |= set(found.places)
            told.append(_finding(found, cells, brief))
    return tuple(told)


def _finding(found: Found, cells: Cells, brief: Brief) -> Finding:
    columns = tuple(cells.names[place] for place in found.places)
    loose = tuple(name for name in columns if brief.columns.get(name, {}).get("role") != "feature")
    # One of them is enough; where a name says which was written afterwards, the others may be known beforehand.
    loose = tuple(name for name in loose if says_afterwards(name)) or loose
    remedy = Remedy(
        action="role",
        value="ignored",
        words=f"{_those(loose)} not used; to use what is known beforehand, say --column {columns[0]}:role=feature",
    )
    if not loose:
        words = "they are used, because the brief says so: leave out with --ignore what is known only afterwards"
        remedy = Remedy(action="review", words=words)
    return Finding(
        code="leak",
        # What is set aside does no harm; what is used all the same makes every score of it worthless.
        severity="warning" if loose else "error",
        message=f"{found.words} is {brief.predict!r} in all {some(found.rows, 'row')} that tell: a leak",
        columns=loose or columns,
        numbers={"rows": found.rows},
        remedy=remedy,
    )


def _those(names: Sequence[str]) -> str:
    return f"{names[0]!r} is" if len(names) == 1 else "they are"


def _cells(table: Table, brief: Brief, target: Numbers, known: Integers) -> Cells:
    """The columns that could be part of it: numbers that differ, and are not the target by themselves."""
    near = _half_a_unit(target)
    names, columns = [], []
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if isinstance(value, Strings | Dates) or why_identifier(table, column):
            continue
        cells = np.asarray(value[known], np.float64)
        there = ~np.isnan(cells)
        if there.mean() < FEWEST_SHARE or not _differs(cells[there]):
            continue
        if bool((np.abs(cells - target) <= near)[there].all()):
            continue
        names.append(column.name)
        columns.append(cells)
        if len(names) == MOST_PAIRED:
            break
    values = np.column_stack(columns) if columns else np.empty((len(target), 0))
    return Cells(values, target, near, tuple(names))


def _identities(cells: Cells) -> Iterator[Found]:
    """Pairs first, then three; the simplest that comes out right is what is told."""
    few = cells.take(sample(len(cells.target), SAMPLE))
    with np.errstate(all="ignore"):
        pairs = list(_pairs(few))
        for places, words in [*pairs, *_threes(few)]:
            rows = _rows(_result(cells, places, words), cells)
            if rows:
                yield Found(tuple(place for place, _ in places), _told(cells, places, words), rows)


def _pairs(few: Cells) -> Iterator[tuple[Terms, str]]:
    columns = range(few.values.shape[1])
    for one in columns:
        first = few.values[:, one][:, None]
        for sign, other in ((1, few.values), (-1, -few.values)):
            for two in np.flatnonzero(_agree(first + other, few)):
                if two > one if sign == 1 else two != one:
                    yield ((one, 1), (int(two), sign)), "+"
        for word, result in (("*", first * few.values), ("/", first / few.values)):
            for two in np.flatnonzero(_agree(result, few)):
                if two > one if word == "*" else two != one:
                    yield ((one, 1), (int(two), 1)), word


def _threes(few: Cells) -> Iterator[tuple[Terms, str]]:
    """Sums of three with any signs but all minus: what two of them leave must be the third."""
    columns = min(few.values.shape[1], MOST_TRIPLED)
    for one, two in combinations(range(columns), 2):
        for first, second in ((1, 1), (1, -1), (-1, 1)):
            left = first * few.values[:, [one]] + second * few.values[:, [two]]
            for sign in (1, -1):
                # The third comes later than the two, so that each three is met once.
                for third in np.flatnonzero(_agree(left + sign * few.values[:, two + 1 : columns], few)):
                    yield ((one, first), (two, second), (two + 1 + int(third), sign)), "+"
        left = -few.values[:, [one]] - few.values[:, [two]]
        for third in np.flatnonzero(_agree(left + few.values[:, two + 1 : columns], few)):
            yield ((one, -1), (two, -1), (two + 1 + int(third), 1)), "+"


def _agree(results: Numbers, few: Cells) -> Flags:
    """Whether no result is off, (columns,), of (rows, columns); those that are not there do not count."""
    off = np.isfinite(results) & (np.abs(results - few.target[:, None]) > few.near[:, None])
    return np.asarray(~off.any(axis=0))


def _result(cells: Cells, terms: Terms, word: str) -> Numbers:
    parts = [sign * cells.values[:, place] for place, sign in terms]
    if word == "*":
        return np.asarray(parts[0] * parts[1])
    return np.asarray(parts[0] / parts[1] if word == "/" else np.sum(parts, axis=0))


def _rows(result: Numbers, cells: Cells) -> int:
    """In how many rows a result is the target; 0 where it is not in all, or where they are too few to mean it."""
    there = np.isfinite(result)
    right = np.abs(result - cells.target) <= cells.near
    rows = int(there.sum())
    if not right[there].all() or rows < max(FEWEST_ROWS, FEWEST_SHARE * len(there)):
        return 0
    _, counts = np.unique(cells.target[there], return_counts=True)
    return rows if rows - int(counts.max()) >= FEWEST_OTHERS else 0


def _told(cells: Cells, terms: Terms, word: str) -> str:
    # What is added stands before what is taken away.
    ordered: Sequence[tuple[int, int]] = sorted(terms, key=lambda one: -one[1])
    words = repr(cells.names[ordered[0][0]])
    for place, sign in ordered[1:]:
        words += f" {'−' if sign < 0 else '×' if word == '*' else word} {cells.names[place]!r}"
    return words


def _half_a_unit(target: Numbers) -> Numbers:
    """How far a result may be from each target and still round to it, or come of rounded figures, (rows,)."""
    slack = 1e-9 * np.maximum(np.abs(target), np.abs(target).mean())
    for decimals in range(MOST_DECIMALS + 1):
        if bool((np.abs(target - np.round(target, decimals)) <= slack).all()):
            return np.asarray(np.maximum(0.5 * 10.0**-decimals + slack, ROUNDED * np.abs(target)))
    return np.asarray(np.maximum(slack, ROUNDED * np.abs(target)))


def _differs(cells: Numbers) -> bool:
    return bool(len(cells)) and bool((cells != cells[0]).any())
