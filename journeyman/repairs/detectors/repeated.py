"""A value of what names one row each, copied to rows that have nothing else in common."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level

STAGE = 2
#: In a column that names rows, so much of the different texts stand once, and they are so much of the cells.
_ONCE, _DIFFERENT, _MOST = 0.9, 0.5, 0.15
_FEWEST_CELLS = 50
#: More texts that recur are no exception.
_MOST_LOOKED_AT = 400
#: A measured number of so many digits hardly comes twice; other texts must come so often.
_DIGITS, _OFTEN = 6, 4
#: Rows with a text in common agree in another column so much more than any two rows do.
_AGREE, _MORE = 0.4, 5.0


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column that names rows and holds some texts again and again: which."""
    for name, column in grid.columns.items():
        copied = _copied(grid, column)
        if copied:
            yield Rule("repeated", name, {"copied": copied})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells that hold a copied text. One of each is right, and nobody knows which."""
    column = grid.columns[rule.column]
    copied = rule.knows["copied"]
    verdicts = {}
    for code, level in enumerate(column.levels):
        count = copied.get(level)
        if count and column.counts[code] > 1:
            why = f"{count:,} rows that have nothing else in common hold it, and nearly all others stand once"
            verdicts[code] = Verdict(0.85 * (1 - 1 / count), None, 0.0, why)
    return by_level(rule, column, verdicts)


def _copied(grid: Grid, column: Written) -> dict[str, int]:
    present = (column.counts > 0) & column.is_filled
    if column.is_prose or column.filled < _FEWEST_CELLS or present.sum() < _DIFFERENT * column.filled:
        return {}
    once = (column.counts == 1) & present
    if once.sum() < _ONCE * present.sum():
        return {}
    found: dict[str, int] = {}
    if (present & (column.counts > 1)).sum() > _MOST_LOOKED_AT:
        return found
    usual = max(_DIGITS, np.median([_digits(level) for level in column.levels[:_MOST_LOOKED_AT]]) - 2)
    for code in np.flatnonzero(present & (column.counts > 1)).tolist():
        level, count = column.levels[code], int(column.counts[code])
        if column.is_numeric and _digits(level) < usual:
            continue  # numbers pile up at round ones
        if _MOST * column.filled >= count >= (2 if column.is_numeric else _OFTEN) and not _agree(grid, column, code):
            found[level] = count
    return found


def _digits(level: str) -> int:
    return sum(one.isdigit() for one in level.strip("0"))


def _agree(grid: Grid, column: Written, code: int) -> bool:
    """Whether the rows that hold a text agree in another column, where any two rows hardly do."""
    rows = np.flatnonzero(column.codes == code)
    for other in grid.columns.values():
        if other is column or not other.filled:
            continue
        shares = other.counts / max(grid.rows, 1)
        usual = float((shares**2).sum())
        if usual > _AGREE / 2:
            continue
        _, mine = np.unique(other.codes[rows], return_counts=True)
        pairs = float((mine * (mine - 1)).sum()) / (len(rows) * (len(rows) - 1))
        if pairs >= max(_AGREE, _MORE * usual) and other.is_filled[other.codes[rows]].mean() > 0.5:
            return True
    return False
