"""An empty cell in a column of few texts that hardly ever is empty, in a table that hardly has empty cells."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.repairs.grid import Grid
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.table import said

STAGE = 1
#: So much of a column may be empty, and so much of the other columns must have no empty cell.
_MOST_EMPTY, _MOST_COLUMNS = 0.15, 0.25
#: Columns of more different texts may well have gaps.
_MOST_TEXTS = 0.5


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each such column."""
    empty = {name: 1 - column.filled / max(grid.rows, 1) for name, column in grid.columns.items()}
    if sum(share > 0 for share in empty.values()) > _MOST_COLUMNS * len(empty):
        return
    for name, column in grid.columns.items():
        is_of_words = column.share_numbers < 0.5 and column.present <= _MOST_TEXTS * column.filled
        if 0 < empty[name] <= _MOST_EMPTY and is_of_words:
            yield Rule("emptied", name, {"share": round(empty[name], 4)})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The empty cells."""
    column = grid.columns[rule.column]
    why = f"it is empty, as {said.share(rule.knows['share'])} of the column are, and hardly a cell of the other columns"
    verdict = Verdict(0.55, None, 0.0, why)
    codes = np.flatnonzero(~column.is_filled & (column.counts > 0)).tolist()
    return by_level(rule, column, dict.fromkeys(codes, verdict))
