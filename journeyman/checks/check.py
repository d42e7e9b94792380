"""The contract of the shelf: a check is a file with one function.

    def look(table: Table, brief: Brief) -> Finding | tuple[Finding, ...] | Skip | None

It gives what it saw, or `Skip` with the reason why it is not for this table, or None where all is well. It looks at
the table as it was read: no role but "feature" is given yet, so it takes its columns from `looked_at`. It must not
change anything, must give the same answer for the same table, and must be quick: all checks together have two
seconds for 100,000 rows of 30 columns, so look at a `sample` where that does. A check that takes longer, and whose
finding changes nothing for a build, says ``THOROUGH = True``: an audit asks it, a build does not.

A check whose remedy is "group" also has ``clusters(table, brief) -> (rows,) integers``: rows of one number stay on one
side of every split. Such a check gives its finding the name of its own file as code.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding, Skip
from journeyman.table.schema import Column
from journeyman.table.table import Table

Answer = Finding | tuple[Finding, ...] | Skip | None

#: Row numbers in a finding are for people to look at, so a few do.
MOST_ROWS_TOLD = 100


class Check(Protocol):
    """What a module on the shelf has."""

    def look(self, table: Table, brief: Brief) -> Answer:
        """What the check saw."""


def looked_at(table: Table, brief: Brief) -> tuple[Column, ...]:
    """The columns that could become features: all but those to which the brief gives another role."""
    return tuple(
        column for column in table.schema if column.role == "feature" and brief.role_of(column.name) in ("", "feature")
    )


def sample(rows: int, most: int) -> Integers:
    """Positions of at most so many rows, in order, drawn without regard to any pattern in them; always the same."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(np.random.PCG64(0)).choice(rows, most, replace=False))


def row_numbers(table: Table, positions: Integers) -> tuple[int, ...]:
    """The numbers in the source of the first of some rows."""
    return tuple(table.row_numbers[positions[:MOST_ROWS_TOLD]].tolist())


def some(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> some(1, "row"), some(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
