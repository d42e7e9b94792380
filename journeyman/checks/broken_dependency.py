"""Columns that fix another one in all rows but a few: those few are likely slips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, some
from journeyman.checks.evidence.coded import Coded, coded, exceptions
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.said import share
from journeyman.table.table import Table

#: At most this share of the rows may be exceptions.
MOST_BROKEN = 0.01
#: Values of the first stand in so many rows on average, or their own row is what fixes the second.
FEWEST_EACH = 3.0
#: So much of what the second's commonest value leaves open must be fixed.
FIXED = 0.97
MOST_COLUMNS, QUICK_ROWS, MOST_TOLD = 40, 1_500, 5


@dataclass(frozen=True)
class Broken:
    """A dependency and the rows that break it: positions among the rows looked at."""

    first: Coded
    second: Coded
    share: float
    rows: Integers


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each pair "A fixes B" that is broken in at most a hundredth of the rows.

    Words, flags and few whole numbers are looked at; a pair that always holds is no problem. Of all that fix one
    column the one with the fewest values is told.
    """
    columns = tuple(column for column in looked_at(table, brief) if not why_identifier(table, column))
    rows, codes = coded(table, columns, MOST_COLUMNS)
    if len(codes) < 2:
        return Skip("there are not two columns of repeated values")
    found = [one for second in codes if (one := _of(codes, second)) is not None]
    found.sort(key=lambda one: (one.share, one.second.name))
    # Two columns that fix each other are told once.
    broken = list({frozenset((one.first.name, one.second.name)): one for one in reversed(found)}.values())[::-1]
    return tuple(_finding(table, one, rows) for one in broken[:MOST_TOLD])


def _of(codes: tuple[Coded, ...], second: Coded) -> Broken | None:
    known = second.codes[second.codes >= 0]
    if len(known) < 100:
        return None
    commonest = float(np.bincount(known).max()) / len(known)
    found: list[Broken] = []
    for first in codes:
        if first is second or first.levels < second.levels or first.levels * FEWEST_EACH > len(known):
            continue
        quick = exceptions(first, second, QUICK_ROWS)
        if quick is None or quick > 2 * MOST_BROKEN + 0.005:
            continue
        broken = exceptions(first, second, len(first.codes))
        if broken is None or broken > MOST_BROKEN or 1 - broken / max(1 - commonest, 1e-12) < FIXED:
            continue
        if broken == 0:
            # A column that fixes it everywhere says that where another one breaks, nothing is wrong.
            return None
        rows = _exceptions_at(first, second)
        if len(rows):
            found.append(Broken(first, second, broken, rows))
    return min(found, key=lambda one: (one.first.levels, one.share)) if found else None


def _exceptions_at(first: Coded, second: Coded) -> Integers:
    """The rows that differ from what the first's value mostly goes with, where it does so five times or more."""
    there = np.flatnonzero((first.codes >= 0) & (second.codes >= 0))
    pairs, places, counts = np.unique(
        first.codes[there] * second.levels + second.codes[there], return_inverse=True, return_counts=True
    )
    largest = np.zeros(first.levels, np.int64)
    np.maximum.at(largest, pairs // second.levels, counts)
    of_row = largest[first.codes[there]]
    return np.asarray(there[(counts[places] < of_row) & (of_row >= 5)])


def _finding(table: Table, broken: Broken, rows: Integers) -> Finding:
    first, second = broken.first.name, broken.second.name
    count, looked = len(broken.rows), len(rows)
    of = f"{looked:,} rows looked at" if looked < table.rows else f"{looked:,} rows"
    return Finding(
        code="broken_dependency",
        severity="warning",
        message=f"{first!r} fixes {second!r} in all but {some(count, 'row')} of {of} ({share(count / looked)}): "
        "one of the two may be wrong there",
        columns=(first, second),
        rows=row_numbers(table, rows[broken.rows]),
        numbers={"count": count, "share": round(broken.share, 5), "rows": looked},
        remedy=Remedy(action="review", words="look at these rows; the value that goes with most is the likely one"),
    )
