"""The tables on a sheet: where each begins and ends, its header, and what stands around and among its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journeyman.sources.excel.blocks import Block, blocks_of
from journeyman.sources.excel.grid import EMPTY, TEXT, Grid, filled, kind_of
from journeyman.sources.excel.header_rows import banners_above, depth_of, groups_among, kinds_of_columns, names_of
from journeyman.sources.excel.rows_apart import without_apart
from journeyman.sources.excel.table_model import Left, SheetTable
from journeyman.sources.excel.totals import is_total

#: Of a block of so few rows the widest says how wide the table is.
_FEW = 8
#: A row of labels has a quarter of the cells that others have, in a table of so many columns at least.
_WIDE, _FEWER = 3, 4
#: Words and what they say, in two columns and so many rows at most, are facts about the table beside them.
_FACTS = 15


def tables_on(grid: Grid) -> list[SheetTable]:
    """All tables of a sheet, those of the left first, each from top to bottom.

    A table has two columns or more, a header and a row below it. Rows go on after an empty row where their cells are
    as those above it.
    """
    return [table for band in blocks_of(grid) for table in _tables_in(grid, band)]


def single_column(grid: Grid) -> SheetTable | None:
    """The longest run of cells in one column, as a table; None where there is none of two cells or more."""
    blocks = [block for band in blocks_of(grid) for block in band if len(block.rows) > 1]
    return _table(grid, max(blocks, key=lambda one: len(one.rows))) if blocks else None


def header_alone(grid: Grid) -> SheetTable | None:
    """The first cells of a sheet as a header without rows; None where the sheet is empty."""
    block = next((block for band in blocks_of(grid) for block in band), None)
    if block is None:
        return None
    rows = block.rows[:1]
    return SheetTable(
        header=tuple(rows),
        body=(),
        left=block.left,
        right=block.right,
        names=tuple(names_of(grid, (), rows, block.left, block.right)),
        kinds=(TEXT,) * (block.right - block.left + 1),
    )


def _tables_in(grid: Grid, band: Sequence[Block]) -> list[SheetTable]:
    found: list[SheetTable] = []
    above: list[Left] = []
    names_only: SheetTable | None = None
    for block in band:
        if found and _goes_on(grid, found[-1], block):
            found[-1] = replace(found[-1], body=(*found[-1].body, *block.rows))
            continue
        table = _table(grid, block, above)
        if names_only is not None and 2 * _width(table) >= _width(names_only):
            found.append(_under(grid, names_only, block))
            names_only, above = None, []
        elif table.body and _width(table) > 1:
            found.append(table)
            names_only, above = None, []
        elif not found and _width(table) > 1:
            names_only = table
            above = [*above, *(Left(row, "preamble") for row in block.rows)]
        elif found:
            loose = [Left(row, "footer") for row in block.rows]
            found[-1] = replace(found[-1], apart=(*found[-1].apart, *loose))
        else:
            above += [Left(row, "preamble") for row in block.rows]
    return [without_apart(grid, table) for table in _without_facts(found)]


def _without_facts(found: Sequence[SheetTable]) -> list[SheetTable]:
    """The tables of a band without small ones of a word and what it says, above or below a large one."""
    largest = max(found, key=lambda one: one.size, default=None)
    if largest is None:
        return []
    facts = [one for one in found if _is_facts(one, largest)]
    apart = [
        Left(row, "preamble" if row < largest.first else "footer")
        for one in facts
        for row in (*one.header, *one.body, *(left.row for left in one.apart))
    ]
    return [
        replace(one, apart=(*sorted(apart, key=lambda left: left.row), *one.apart)) if one is largest else one
        for one in found
        if one not in facts
    ]


def _is_facts(one: SheetTable, largest: SheetTable) -> bool:
    is_small = _width(one) <= 2 < _width(largest) and len(one.body) <= _FACTS and one.size < largest.size
    return is_small and all(kind == TEXT for kind in one.kinds)


def _width(table: SheetTable) -> int:
    return table.right - table.left + 1


def _table(grid: Grid, block: Block, above: Sequence[Left] = ()) -> SheetTable:
    """The table of a block: rows that are as wide as most are it, those above name groups of columns or are titles."""
    counts = [len(filled(grid.rows[row], block.left, block.right)) for row in block.rows]
    width = max(counts) if len(counts) <= _FEW else sorted(counts)[3 * (len(counts) - 1) // 4]
    start = next(place for place, count in enumerate(counts) if 2 * count >= width)
    start = _past_facts(grid, block, start)
    rows = block.rows[start:]
    left, right = _columns(grid, rows, block)
    depth = depth_of(grid, rows, left, right)
    count = banners_above(grid, block.rows[:start], left, right) if depth else 0
    depth_of_groups = groups_among(grid, rows[:depth], left, right)
    banners = block.rows[start - count : start + depth_of_groups]
    header = block.rows[start + depth_of_groups : start + depth]
    body = tuple(rows[depth:])
    return SheetTable(
        header=(*banners, *header),
        body=body,
        left=left,
        right=right,
        names=tuple(names_of(grid, banners, header, left, right)),
        kinds=tuple(kinds_of_columns(grid, body, left, right)),
        apart=(*above, *(Left(row, "preamble") for row in block.rows[: start - count])),
    )


def _past_facts(grid: Grid, block: Block, start: int) -> int:
    """The first row that is not a word and what it says, where below such rows stand a header and numbers."""
    place = start
    while place < len(block.rows) - 1 and block.right > block.left + 1:
        there = filled(grid.rows[block.rows[place]], block.left, block.right)
        if not there or there[-1] > block.left + 1:
            break
        place += 1
    if place == start:
        return start
    rows = block.rows[place:]
    kinds = kinds_of_columns(grid, rows[1:], block.left, block.right)
    has_header = any(kind != TEXT for kind in kinds) and depth_of(grid, rows, block.left, block.right) > 0
    return place if has_header else start


def _under(grid: Grid, names: SheetTable, block: Block) -> SheetTable:
    """A block whose header stands above an empty row."""
    kinds = kinds_of_columns(grid, block.rows, names.left, names.right)
    return replace(names, body=tuple(block.rows), kinds=tuple(kinds))


def _columns(grid: Grid, rows: Sequence[int], block: Block) -> tuple[int, int]:
    """The columns in which the rows hold something; a title above them may reach further."""
    unused = list(range(block.left, block.right + 1))
    for row in rows:
        unused = [place for place in unused if grid.rows[row][place] is None]
    used = [place for place in range(block.left, block.right + 1) if place not in {*unused}]
    return used[0], used[-1]


def _goes_on(grid: Grid, table: SheetTable, block: Block) -> bool:
    """Whether the rows below an empty row are of the same kind as those of the table above it."""
    if block.left > table.right or block.right < table.left:
        return False
    usual = max(len(filled(grid.rows[row], table.left, table.right)) for row in table.body[:20])
    rows = [grid.rows[row][table.left : table.right + 1] for row in block.rows[:50]]
    if usual >= _WIDE and len(rows) > 1 and _FEWER * sum(1 for cell in rows[0] if cell is not None) <= usual:
        rows = rows[1:]
    wide = sum(1 for cell in rows[0] if cell is not None)
    if is_total(rows[0], table.kinds, [True] * len(table.kinds)):
        return True
    if 2 * wide < usual:
        return False
    typed = [place for place, kind in enumerate(table.kinds) if kind != TEXT]
    if not typed:
        return _shares_words(grid, table, block)
    first = [place for place in typed if kind_of(rows[0][place]) != EMPTY]
    return bool(first) and 2 * sum(kind_of(rows[0][place]) == table.kinds[place] for place in first) > len(first)


def _shares_words(grid: Grid, table: SheetTable, block: Block) -> bool:
    """Whether a word of a column stands in it below the empty row, too, and nothing but text is there."""
    kinds = kinds_of_columns(grid, block.rows, table.left, table.right)
    if any(kind != TEXT for kind in kinds):
        return False
    return any(
        {grid.rows[row][place] for row in table.body} & {grid.rows[row][place] for row in block.rows} - {None}
        for place in range(table.left, table.right + 1)
    )
