"""Two ids that cross: every row is where a user meets a film, or a student a lecturer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.curation.cells import chance_of_equal, codes_of
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: An id that crosses has so many values, and each in so many rows on average.
FEWEST_VALUES, FEWEST_ROWS = 100, 5
#: As many repeated meetings must be expected by chance, of which at most this share is there.
FEWEST_MEETINGS, MOST_REPEATED = 100.0, 0.01


def crossing(table: Table, name: str, others: Sequence[Column]) -> str:
    """Another id that hardly ever meets a value of ``name`` twice, though chance would have made many such meetings.

    Empty where there is none. It looks at words and whole numbers without gaps.
    """
    mine = codes_of(table, name) + 1
    pairs = table.rows * (table.rows - 1) / 2 * chance_of_equal(mine)
    for column in others:
        value = table.values[column.name]
        if column.name == name or isinstance(value, Dates) or column.kind in ("flag", "text"):
            continue
        if isinstance(value, np.ndarray) and bool((value != np.floor(value)).any()):
            continue
        codes = codes_of(table, column.name)
        many = int(codes.max(initial=-1)) + 1
        if many < FEWEST_VALUES or table.rows < FEWEST_ROWS * many or bool((codes < 0).any()):
            continue
        by_chance = pairs * chance_of_equal(codes)
        repeated = table.rows - len(np.unique(mine * many + codes))
        if by_chance >= FEWEST_MEETINGS and repeated <= MOST_REPEATED * by_chance:
            return column.name
    return ""
