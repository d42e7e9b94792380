"""Whether the order of the rows in the file is time, where no column says so: a clock ticks along the rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.curation import names
from journeyman.curation.cells import chance_of_equal, codes_of, ranks_of
from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Share of steps from a row to the next at which a clock stands still or goes on by one.
TICKS = 0.95
#: A clock that goes round fewer times is a column by which the file is sorted.
FEWEST_ROUNDS = 3
FEWEST_ROWS = 300
#: Likeness of the target in neighbouring rows: beyond so many standard errors for a clock to count, and so much of it
#: that a person is asked where no clock is seen.
ERRORS, MUCH = 5.0, 0.3
#: A column whose equal cells lie together to this degree is one by which the file is sorted.
SORTED = 0.8


def find_row_order(table: Table, columns: Sequence[Column], goal: Numbers) -> tuple[str, tuple[Finding, ...]]:
    """Why the rows lie in time, in words (empty where they do not); and what to ask where it is not sure.

    Neighbouring rows are alike in the target in a file that is sorted by anything, so likeness alone says nothing: a
    hand of a clock (hour, day, month, period) must go round along the rows, step by step, many times.

    Parameters
    ----------
    goal : (rows, outputs) the target, each output with mean 0
    """
    along = float((goal[1:] * goal[:-1]).sum() / max(float((goal**2).sum()), 1e-300)) if len(goal) else 0.0
    if table.rows < FEWEST_ROWS or along <= ERRORS / np.sqrt(table.rows):
        return "", ()
    hands = [column.name for column in columns if names.says_clock(column.name) and _ticks(table, column.name)]
    if hands:
        shown = " and ".join(repr(name) for name in hands[:3])
        return f"{shown} {'goes' if len(hands) == 1 else 'go'} round like a clock from row to row", ()
    if along < MUCH or _is_sorted(ranks_of(_dense(goal))) or any(_is_sorted_by(table, one) for one in columns):
        return "", ()
    words = "if the rows lie in time, add a column that counts them and name it with --when; else shuffle the file"
    message = f"neighbouring rows are alike in the target (correlation {along:.2f}), and no column says why"
    return "", (
        Finding(
            code="time_order",
            severity="warning",
            message=f"{message}; the score may be too good if new rows are later ones",
            numbers={"correlation": round(along, 4)},
            remedy=Remedy(action="review", words=words),
        ),
    )


def _ticks(table: Table, name: str) -> bool:
    codes = codes_of(table, name)
    if (codes < 0).any() or not 3 <= int(codes.max()) + 1 <= 400:
        return False
    steps = np.diff(codes)
    value = table.values[name]
    if isinstance(value, Strings):
        # Words have no order of their own: the hand stands still, moves on, and comes back.
        rounds = int((steps != 0).sum()) / (int(codes.max()) + 1)
        goes_on = steps == 0
    else:
        rounds = int((steps < 0).sum())
        goes_on = (steps == 0) | (steps == 1) | (steps < -(int(codes.max()) // 2))
    return rounds >= FEWEST_ROUNDS and float(goes_on.mean()) >= TICKS


def _is_sorted_by(table: Table, column: Column) -> bool:
    """Whether equal cells lie together, or the cells ascend or descend."""
    if isinstance(table.values[column.name], Dates) and names.says_about(column.name):
        return False
    codes = codes_of(table, column.name)
    there = codes[codes >= 0]
    if len(there) < 2 or there.max() < 1:
        return False
    chance = chance_of_equal(there)
    most = 1 - (int(there.max()) + 1) / len(there)
    together = (float((np.diff(there) == 0).mean()) - chance) / (most - chance) if most > chance + 0.02 else 0.0
    return together >= SORTED or _is_sorted(ranks_of(there))


def _is_sorted(ranks: Numbers) -> bool:
    """Whether ranks go up or down through the file, as a whole or from nearly every row to the next."""
    if float(ranks.std()) == 0:
        return False
    rising, falling = float((np.diff(ranks) >= 0).mean()), float((np.diff(ranks) <= 0).mean())
    along = abs(float(np.corrcoef(ranks, np.arange(len(ranks)))[0, 1]))
    return along >= SORTED or max(rising, falling) >= 0.9


def _dense(goal: Numbers) -> Integers:
    return np.unique(goal[:, 0], return_inverse=True)[1].astype(np.int64)
