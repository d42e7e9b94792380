"""Which cells of a sheet lie together: side by side without an empty column between, below each other without an empty
row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.sources.excel.grid import Grid, filled

#: Cells beside each other are of one table, though an empty column lies between, where so much of their rows agree.
_SAME_ROWS = 0.8


@dataclass(frozen=True)
class Block:
    """Rows one below the other that hold something.

    Parameters
    ----------
    rows : their numbers, from 0, without gaps
    left, right : the columns of the grid between which they lie, both included
    """

    rows: Sequence[int]
    left: int
    right: int


def blocks_of(grid: Grid) -> list[list[Block]]:
    """The blocks of a sheet: bands of columns from left to right, each with its blocks from top to bottom."""
    bands = _bands(grid)
    merged: list[tuple[int, int]] = []
    for band in bands:
        if merged and _is_one(grid, merged[-1], band):
            merged[-1] = (merged[-1][0], band[1])
        else:
            merged.append(band)
    return [_runs(grid, left, right) for left, right in merged]


def _bands(grid: Grid) -> list[tuple[int, int]]:
    """Runs of columns that hold something."""
    unused = list(range(grid.width))
    for row in grid.rows:
        unused = [place for place in unused if row[place] is None]
        if not unused:
            break
    gaps = {*unused}
    bands: list[tuple[int, int]] = []
    for place in range(grid.width):
        if place in gaps:
            continue
        if bands and bands[-1][1] == place - 1:
            bands[-1] = (bands[-1][0], place)
        else:
            bands.append((place, place))
    return bands


def _runs(grid: Grid, left: int, right: int) -> list[Block]:
    runs: list[list[int]] = []
    for number, row in enumerate(grid.rows):
        if any(cell is not None for cell in row[left : right + 1]):
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
    return [Block(run, left, right) for run in runs]


def _is_one(grid: Grid, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two bands are one table: they have the same rows, and no name stands in both."""
    rows = [{number for block in _runs(grid, *band) for number in block.rows} for band in (first, second)]
    shared = rows[0] & rows[1]
    if len(shared) < _SAME_ROWS * max(len(one) for one in rows):
        return False
    top = min(shared)
    names = [{grid.rows[top][place] for place in filled(grid.rows[top], *band)} for band in (first, second)]
    return not names[0] & names[1]
