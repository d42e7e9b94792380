"""Does a row name the columns, or is it data? Judged by what stands below it; and several rows of names made one."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence

from journeyman.sources.text.columns import ColumnModel
from journeyman.sources.text.shapes import TYPED, kind_of, mask_of, shape_of

#: A row names the columns where this much speaks for it; strong is what stands for itself.
LEAST, STRONG = 0.0, 3.0
#: So many columns are looked at, to know whether a row names them.
_MOST = 300
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}")
#: Most tables have names.
_PRIOR = 0.6


def names_columns(row: Sequence[str], columns: Sequence[ColumnModel]) -> float:
    """How much speaks for a row being names and not data, in units where 1 is a hint and 3 is strong.

    Parameters
    ----------
    row : as many cells as there are columns
    columns : learnt from rows further down
    """
    cells = [cell.strip() for cell in row]
    filled = [cell for cell in cells if cell]
    counts = _counts(cells, columns)
    if not filled or (all(kind_of(cell) == "number" for cell in filled) and not counts):
        return -5.0
    total = _PRIOR + (0.5 if len(set(filled)) == len(cells) else 0.0)
    for cell, column in itertools.islice(zip(cells, columns, strict=False), _MOST):
        if cell and column.rows > column.empty:
            total += 0.5 if counts and kind_of(cell) == "number" else _speaks(cell, column)
    return total


def continues_names(row: Sequence[str], above: Sequence[str], columns: Sequence[ColumnModel]) -> bool:
    """Whether a row below one of names is of names, too: it is the same, it names what that one groups or leaves
    empty, or it has words where columns hold numbers or dates.
    """
    cells = [cell.strip() for cell in row]
    named = [cell.strip() for cell in above]
    if cells == named or _fills_gaps(cells, named):
        return True
    if any(kind_of(cell) == "number" and not _YEAR.fullmatch(cell) for cell in cells):
        return False
    some = itertools.islice(zip(cells, columns, strict=False), _MOST)
    typed = [(cell, one) for cell, one in some if one.strict and cell and _is_known(one)]
    words = sum(kind_of(cell) not in (*TYPED, "missing") and any(map(str.isalpha, cell)) for cell, _ in typed)
    data = sum(kind_of(cell) in column.kinds for cell, column in typed)
    return words > data and len(cells) > 1 and names_columns(row, columns) > 0.0


def _is_known(column: ColumnModel) -> bool:
    """Whether enough cells of the column are known to say what is none of it."""
    return column.rows - column.empty >= 4


def _fills_gaps(cells: Sequence[str], named: Sequence[str]) -> bool:
    """Whether a row has words where the names above have gaps, or group what is below, and nothing elsewhere."""
    filled = [place for place, cell in enumerate(cells) if cell]
    in_gaps = [place for place in filled if not named[place]]
    groups = {place for place, name in enumerate(named[:-1]) if name and not named[place + 1]}
    if not in_gaps or not all(place in groups for place in filled if named[place]):
        return False
    return len(filled) >= 2 and all(kind_of(cells[place]) == "words" for place in filled)


def _speaks(cell: str, column: ColumnModel) -> float:
    kind = kind_of(cell)
    filled = column.rows - column.empty
    if column.strict:
        return 0.0 if kind == "missing" else -2.0 if kind in column.kinds else 2.0 if kind not in TYPED else 0.5
    if cell in column.levels:
        return -3.0 if column.levels[cell] > 1 else -1.5
    once = sum(count == 1 for count in column.levels.values())
    new = (once + 0.5) / (filled + 1.0)
    if new < 0.5 and filled >= 8:
        return min(2.0, -math.log(new))
    if column.typed:
        shape = shape_of(mask_of(cell))
        if shape not in column.shapes:
            return 1.5
        return -0.3 if shape.isalpha() else -1.5
    if kind in TYPED:
        return -1.0
    if not _is_known(column):
        return 0.0
    away = (math.log(len(cell)) - column.length) / column.spread
    return 0.5 if away < -1.5 else -0.3 if away > 2.0 else 0.0


def _counts(cells: Sequence[str], columns: Sequence[ColumnModel]) -> bool:
    """Whether the cells above columns of numbers go up by one step, as years in a header do."""
    some = itertools.islice(zip(cells, columns, strict=False), _MOST)
    above = [cell for cell, column in some if column.strict and cell]
    if len(above) < 3 or not all(cell.isascii() and cell.isdigit() for cell in above):
        return False
    numbers = [int(cell) for cell in above]
    steps = {two - one for one, two in itertools.pairwise(numbers)}
    is_year = all(1500 <= number <= 2200 for number in numbers)
    return len(steps) == 1 and steps != {0} and (is_year or numbers[0] in (0, 1))


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names that several rows of names make together, joined by a blank.

    A name that stands over several columns, empty to its right, is said for each of them. Where the rows above only
    group columns and the last one names each differently, the last one is enough.

    >>> joined([["control", "", "fire", ""], ["X", "Y", "X", "Y"]])
    ('control X', 'control Y', 'fire X', 'fire Y')
    """
    last = [cell.strip() for cell in rows[-1]]
    is_enough = all(last) and len(set(last)) == len(last)
    if is_enough and all(any(not cell.strip() for cell in row) for row in rows[:-1]):
        return tuple(rows[-1])
    spread = [list(row) for row in rows]
    for place in range(len(rows) - 2, -1, -1):
        _spread(spread[place], [bool(cell.strip()) for cell in spread[place + 1]])
    return tuple(" ".join(cell for cell in cells if cell.strip()) for cells in zip(*spread, strict=True))


def _spread(row: list[str], named_below: Sequence[bool]) -> None:
    for place in range(1, len(row)):
        if not row[place].strip() and row[place - 1].strip() and named_below[place] and named_below[place - 1]:
            row[place] = row[place - 1]
