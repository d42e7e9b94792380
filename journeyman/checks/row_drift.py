"""Columns that begin, or stop, to be filled somewhere along the rows: what is learnt of them holds for a part only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, sample, some
from journeyman.table.columns import Flags, Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.said import share
from journeyman.table.table import Dates, Table

#: The first and the last part of the rows, and the fewest rows of each.
PART, FEWEST = 0.25, 30
#: A column says nothing where so many of its cells are empty or one value, and something where at most so many are.
NOTHING, SOMETHING = 0.95, 0.4
#: With fewer different values, one of them may fill a part of a file that is sorted.
FEWEST_VALUES = 20
MOST_ROWS = 8_000
_TOLD = 4


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """One finding with the columns that hold nothing, or one value, at one end of the file and much at the other.

    That a file is sorted is no problem of its own, so columns that merely lie elsewhere are not told here; where rows
    are split by time, that is told as drift.
    """
    rows = sample(table.rows, MOST_ROWS)
    count = int(PART * len(rows))
    if count < FEWEST:
        return Skip("there are too few rows for a beginning and an end")
    found: dict[str, tuple[float, float]] = {}
    for column in looked_at(table, brief):
        for quiet in _say_nothing(table, column.name, rows) if column.kind not in ("id", "text") else ():
            ends = float(quiet[:count].mean()), float(quiet[-count:].mean())
            if max(ends) >= NOTHING and min(ends) <= SOMETHING:
                found.setdefault(column.name, ends)
    if not found:
        return None
    shown = ", ".join(
        f"{name!r} ({share(1 - first)} at the beginning, {share(1 - last)} at the end)"
        for name, (first, last) in list(found.items())[:_TOLD]
    )
    more = ", …" if len(found) > _TOLD else ""
    begins = "begins or stops" if len(found) == 1 else "begin or stop"
    return Finding(
        code="row_drift",
        severity="info",
        message=f"{some(len(found), 'column')} {begins} to be filled along the rows: {shown}{more}",
        columns=tuple(found),
        numbers={name: [round(1 - first, 3), round(1 - last, 3)] for name, (first, last) in list(found.items())[:20]},
        remedy=Remedy(action="review", words="if the file is in order of time, say --when; new rows are like its end"),
    )


def _say_nothing(table: Table, name: str, rows: Integers) -> Iterator[Flags]:
    """Which cells are empty, (rows,); and which are empty or the commonest value, in a column of many values."""
    gaps = table.missing(name)[rows]
    value = table.values[name]
    if gaps.any():
        yield gaps
    if isinstance(value, Strings | Dates):
        return
    cells = value[rows]
    values, counts = np.unique(cells[~gaps], return_counts=True)
    if len(values) >= FEWEST_VALUES:
        yield np.asarray(gaps | (cells == values[int(np.argmax(counts))]))
