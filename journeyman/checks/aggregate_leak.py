"""Columns that hold a mean of the target over some rows, the row's own target among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.answer import answer_of
from journeyman.checks.evidence.means import FEWEST_GROUPS, groups_of_means, is_known
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: Classes of which means are looked for.
MOST_CLASSES = 10
#: Columns that may name groups; rows that are looked at; a value in so many rows is no group.
MOST_GROUPINGS, MOST_ROWS, LARGEST = 20, 20_000, 0.5
#: Whole numbers that lie further apart than so many times the rows are measured, or name rows.
WIDEST = 20


@dataclass(frozen=True)
class Goal:
    """A number that may be averaged: the target, or whether it is one of its classes; (rows,) and what it is called."""

    values: Numbers
    words: str


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each column that holds means of the target, made with the row's own.

    Two signs, each as good as an identity. Where the column's cells are equal, the mean of their targets is what stands
    in them, to its last decimal, whatever was grouped. Or the column is fixed within another column's levels, and its
    value with the other rows' targets makes the row's own target known, as a smoothed mean does.
    """
    answer = answer_of(table, brief)
    if isinstance(answer, Skip):
        return answer
    goals, known = _goals(table, brief)
    numbers = {}
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if isinstance(value, np.ndarray) and column.kind != "id":
            numbers[column.name] = np.asarray(value, np.float64)
    found: dict[str, Finding] = {}
    is_whole = bool(known.all())
    for name, cells in numbers.items():
        for goal in goals:
            both = (cells, goal.values) if is_whole else (cells[known], goal.values[known])
            groups = groups_of_means(*both)
            if groups and name not in found:
                found[name] = _finding(table, brief, name, goal, groups, "rows with the same value")
    for grouping, codes in _groupings(table, brief):
        rows = _some(codes, known)
        places = np.unique(codes[rows], return_inverse=True)[1].astype(np.int64)
        left = [name for name in numbers if name not in found and name != grouping]
        for name in left:
            if not bool(np.isfinite(numbers[name][rows]).all()):
                continue
            for goal in goals:
                if name not in found and is_known(numbers[name][rows], places, goal.values[rows]):
                    groups = int(places.max()) + 1
                    found[name] = _finding(table, brief, name, goal, groups, f"rows of one {grouping!r}")
    return tuple(found.values())


def _goals(table: Table, brief: Brief) -> tuple[list[Goal], Flags]:
    target, value = brief.predict, table.values[brief.predict]
    known = ~table.missing(target)
    if not isinstance(value, Strings | Dates):
        numbers = np.asarray(value, np.float64)
        return [Goal(numbers, repr(target))], known
    cells, labels = labelled(table, target)
    count = len(labels)
    asked = range(1, 2) if count == 2 else range(min(count, MOST_CLASSES))
    return [Goal((cells == one).astype(np.float64), f"{target!r} = {str(labels[one])!r}") for one in asked], known


def _groupings(table: Table, brief: Brief) -> Iterator[tuple[str, Integers]]:
    """Columns whose levels may be what was averaged over, with codes (rows,)."""
    told = 0
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if isinstance(value, Dates) or column.kind in ("id", "flag"):
            continue
        if isinstance(value, Strings):
            codes = value.codes.astype(np.int64)
        else:
            numbers = _counted(value)
            if numbers is None:
                continue
            codes = numbers
        counts = np.bincount(codes)
        counts = counts[counts > 0]
        if (
            len(counts) >= FEWEST_GROUPS
            and counts.max() <= LARGEST * len(codes)
            and (counts > 1).sum() >= FEWEST_GROUPS
        ):
            told += 1
            if told > MOST_GROUPINGS:
                return
            yield column.name, codes


def _counted(value: Numbers) -> Integers | None:
    """Whole numbers as codes from 0 on; None where they are no whole numbers, or lie too far apart to be levels."""
    if not len(value) or not bool((value[:2000] == np.floor(value[:2000])).all()):
        return None
    low, high = float(value.min()), float(value.max())
    if not np.isfinite(high - low) or high - low > WIDEST * len(value):
        return None
    codes = (value - low).astype(np.int64)
    return codes if bool((codes == value - low).all()) else None


def _some(codes: Integers, known: Flags) -> Integers:
    """Rows of whole groups, with a target, about as many as are looked at."""
    rows = np.flatnonzero(known)
    if len(rows) <= MOST_ROWS:
        return rows
    counts = np.bincount(codes[rows])
    shuffled = np.random.default_rng(np.random.PCG64(0)).permutation(len(counts))
    taken = np.zeros(len(counts), np.bool_)
    taken[shuffled[: max(1, int(np.searchsorted(np.cumsum(counts[shuffled]), MOST_ROWS)))]] = True
    return rows[taken[codes[rows]]]


def _finding(table: Table, brief: Brief, name: str, goal: Goal, groups: int, whose: str) -> Finding:
    is_kept = brief.columns.get(name, {}).get("role") == "feature"
    words = (
        f"it is not used: means of the target are made inside the folds; to use it, say --column {name}:role=feature"
    )
    remedy = Remedy(action="role", value="ignored", words=words)
    if is_kept:
        remedy = Remedy(action="review", words="it is used, because the brief says so; every score of it is too good")
    return Finding(
        code="leak",
        severity="warning",
        message=f"{name!r} holds the mean of {goal.words} over {whose}, the row's own among them ({groups:,} groups)",
        columns=(name,),
        numbers={"kind": "aggregate", "groups": groups},
        remedy=remedy,
    )
