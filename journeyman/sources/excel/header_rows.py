"""Which rows at the top of a block of cells are its header, and what the columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise

from journeyman.sources.excel.grid import EMPTY, HOLE, NUMBER, TEXT, Grid, filled, kind_of, majority
from journeyman.sources.series import spelled

#: No table has more header rows than this.
_DEEPEST = 6
_SAMPLE = 500
_YEARS = range(1800, 2201)
#: Texts that stand where a number is not known; a row of data may hold them.
_MISSING = frozenset({"", "-", "--", "–", ".", "..", "...", "?", "na", "n/a", "nan", "null", "none", "#n/a"})


def kinds_of_columns(grid: Grid, rows: Sequence[int], left: int, right: int) -> list[str]:
    """The kind of each column, over a sample of the rows."""
    step = max(len(rows) // _SAMPLE, 1)
    some = [grid.rows[row] for row in rows[::step]]
    return [majority([row[place] for row in some]) for place in range(left, right + 1)]


def depth_of(grid: Grid, rows: Sequence[int], left: int, right: int) -> int:
    """How many of the rows are the header: 0 where the first already looks as the others do.

    Where a column holds numbers, dates or truth values, its header does not. A table of nothing but text has one
    header row.

    Parameters
    ----------
    rows : the block's rows that hold something; the first is as wide as the table
    """
    if len(rows) < 2:
        return 1
    lower = rows[_DEEPEST:] if len(rows) > 2 * _DEEPEST else rows[1:]
    kinds = kinds_of_columns(grid, lower, left, right)
    typed = [place for place in range(left, right + 1) if kinds[place - left] != TEXT]
    if not typed:
        return 1
    depth = ahead = 0
    for row in rows[: min(_DEEPEST, len(rows) - 1)]:
        cells = grid.rows[row]
        if depth == 0 and _is_text(cells, typed, left, right):
            ahead += 1
            continue
        # The first row may hold a number or two; where one stands in a further row, it is a row of data.
        is_header = _is_header(cells, kinds, typed, left, share=1.0 if depth else 0.5)
        if depth and _is_label(cells, left, right):
            break
        if not is_header and not (depth == 0 and _counts_up(cells, typed, grid, lower)):
            break
        depth += 1
    return ahead + depth if depth else 0


def banners_above(grid: Grid, rows: Sequence[int], left: int, right: int) -> int:
    """How many of the rows that stand directly above a header belong to it: they name groups of columns.

    Parameters
    ----------
    rows : rows one below the other, the last of them directly above the header
    """
    count = 0
    for row in reversed(rows):
        places = filled(grid.rows[row], left, right)
        is_text = all(kind_of(grid.rows[row][place]) == TEXT for place in places)
        spans = [one for one in grid.merged if one[0][0] == row and one[1][1] > one[0][1]]
        width = max((last[1] - first[1] + 1 for first, last in spans), default=1)
        # Two words beside each other at the left are a word and what it says, as "Date" and "May".
        is_apart = len(places) > 1 and places[-1] > left + 1
        is_group = is_apart or 1 < width <= (right - left + 1) // 2
        if not places or not is_text or not is_group or count + 1 >= _DEEPEST:
            break
        count += 1
    return count


def groups_among(grid: Grid, rows: Sequence[int], left: int, right: int) -> int:
    """How many of the header rows only name groups of columns: words stand in them again and again, or in few columns,
    and the rows below tell every column apart."""
    for count in range(len(rows) - 1, 0, -1):
        below = _joined(grid, rows[count:], left, right)
        words = [_word(grid.rows[row][place]) for row in rows[:count] for place in filled(grid.rows[row], left, right)]
        is_sparse = 2 * len(words) <= count * (right - left + 1)
        if all(below) and len(set(below)) == len(below) and (is_sparse or 2 * len(set(words)) <= len(words)):
            return count
    return 0


def names_of(grid: Grid, banners: Sequence[int], rows: Sequence[int], left: int, right: int) -> list[str]:
    """The columns' names: the header rows' cells from top to bottom, joined by spaces; merged cells count for all.

    A cell that repeats the one above it is said once. What stands in the banner above is said before a name that is
    not the only one of its kind, or is empty; other names need it not.
    """
    names = _joined(grid, rows, left, right)
    groups = _joined(grid, banners, left, right)
    return [
        f"{group} {name}".strip() if group and (not name or names.count(name) > 1) else name
        for group, name in zip(groups, names, strict=True)
    ]


def _joined(grid: Grid, rows: Sequence[int], left: int, right: int) -> list[str]:
    over = {
        (row, column - grid.left): (first[0], first[1] - grid.left)
        for first, last in grid.merged
        if any(first[0] <= row <= last[0] for row in rows)
        for row in range(first[0], last[0] + 1)
        for column in range(first[1], last[1] + 1)
    }
    names = []
    for place in range(left, right + 1):
        words: list[str] = []
        for row in rows:
            at, column = over.get((row, place), (row, place))
            inside = at < len(grid.rows) and 0 <= column < grid.width
            word = " ".join(_word(grid.rows[at][column]).split()) if inside else ""
            if word and word not in words[-1:]:
                words.append(word)
        names.append(" ".join(words))
    return names


def _is_header(cells: Sequence[object], kinds: Sequence[str], typed: Sequence[int], left: int, share: float) -> bool:
    """Whether a share of a row's cells, or more, are not of the kind of the cells below them."""
    there = [place for place in typed if kind_of(cells[place]) != EMPTY and not _is_missing(cells[place])]
    unlike = [place for place in there if kind_of(cells[place]) != kinds[place - left]]
    return bool(there) and len(unlike) >= share * len(there)


def _is_label(cells: Sequence[object], left: int, right: int) -> bool:
    """Whether a row says in its first cell what the rows below it are."""
    count = len(filled(cells, left, right))
    return cells[left] is not None and (count == 1 or 4 * count <= right - left + 1)


def _is_text(cells: Sequence[object], typed: Sequence[int], left: int, right: int) -> bool:
    """Whether a row holds two texts or more, and nothing where numbers, dates or truth values are below."""
    places = filled(cells, left, right)
    is_text = all(kind_of(cells[place]) == TEXT for place in places)
    return len(places) > 1 and is_text and all(cells[place] is None for place in typed)


def _is_missing(cell: object) -> bool:
    return isinstance(cell, str) and cell.strip().casefold() in _MISSING


def _counts_up(cells: Sequence[object], typed: Sequence[int], grid: Grid, lower: Sequence[int]) -> bool:
    """Whether a row's numbers are years that go up, above numbers that are none."""
    years = [cells[place] for place in typed if kind_of(cells[place]) == NUMBER]
    numbers = [int(one) for one in years if isinstance(one, int | float) and one in _YEARS]
    if len(numbers) < 3 or len(numbers) < len(years):
        return False
    is_even = len({after - before for before, after in pairwise(numbers)}) == 1
    below = [grid.rows[row][place] for row in lower[:50] for place in typed]
    inside = sum(1 for one in below if isinstance(one, int | float) and one in _YEARS)
    return is_even and 2 * inside < len(below)


def _word(cell: object) -> str:
    if cell is None or cell is HOLE:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return spelled(cell)
