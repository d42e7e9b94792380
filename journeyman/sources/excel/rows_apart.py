"""Rows among and below those of a table that are none of them: totals, labels, notes, the header again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from journeyman.sources.excel.grid import TEXT, Grid, kind_of
from journeyman.sources.excel.table_model import Left, SheetTable
from journeyman.sources.excel.totals import is_total, says_total, sums_up

#: A column that is filled in so many of a hundred rows is hardly ever empty.
_USUAL = 0.95
#: A row of labels has a quarter of the cells that others have, or a twentieth, in a table of so many columns at least.
_WIDE, _FEWER, _FEWEST = 3, 4, 20
#: So many rows may say that they are totals, or this share of them.
_FEW, _SHARE = 20, 0.1
#: Text in a last cell that is longer is a footnote.
_LONG = 40


def without_apart(grid: Grid, table: SheetTable) -> SheetTable:
    """The table without rows of totals, labels and notes, and with the headers known that stand among its rows."""
    cells = {row: grid.rows[row][table.left : table.right + 1] for row in table.body}
    apart = [Left(row, "footer") for row in _notes_below(table, cells)]
    for one in apart:
        del cells[one.row]
    if not cells:
        return table
    said = _that_say_total(cells)
    # A word that so many rows say is a level, whatever it means.
    may_sum = len(said) <= max(_FEW, _SHARE * len(cells))
    some = [row for number, row in list(cells.items())[:: max(len(cells) // 2000, 1)] if number not in said]
    usual = _usual(some or list(cells.values()))
    wide = sorted(len(row) - row.count(None) for row in some or cells.values())[len(some or cells) // 2]
    header = [list(grid.rows[row][table.left : table.right + 1]) for row in table.header]
    above: list[Sequence[object]] = []
    since = 0
    for number, row in cells.items():
        if row in header:
            apart.append(Left(number, "repeated_header"))
        elif number in said and (is_total(row, table.kinds, usual) or (may_sum and _sums_up(row, above, since))):
            apart.append(Left(number, "footer"))
            since = len(above)
        elif _FEWER * (len(row) - row.count(None)) <= wide and _is_label(row, table.kinds, wide):
            apart.append(Left(number, "label"))
        else:
            above.append(row)
    lost = {one.row for one in apart if one.why != "repeated_header"}
    body = tuple(row for row in table.body if row not in lost)
    return replace(table, body=body, apart=(*table.apart, *apart)) if body else table


def _that_say_total(cells: Mapping[int, Sequence[object]]) -> set[int]:
    """The rows that say in a cell that they are totals. Words are looked at once, however often they stand."""
    words: set[object] = set()
    for column in zip(*cells.values(), strict=True):
        if str in set(map(type, column)):
            words |= {cell for cell in set(column) if says_total((cell,))}
    return {number for number, row in cells.items() if not words.isdisjoint(row)} if words else set()


def _usual(rows: Sequence[Sequence[object]]) -> list[bool]:
    """Which columns hardly ever have an empty cell."""
    return [len(rows) - column.count(None) >= _USUAL * len(rows) for column in zip(*rows, strict=True)]


def _sums_up(row: Sequence[object], above: Sequence[Sequence[object]], since: int) -> bool:
    """Whether a row is the total of the rows since the last one, or of all above it."""
    return sums_up(row, above[since:]) or sums_up(row, above)


def _is_label(row: Sequence[object], kinds: Sequence[str], wide: int) -> bool:
    """Whether a row only says what the rows below it are: few cells, all of them text, some where numbers should be, or
    hardly any."""
    there = [place for place, cell in enumerate(row) if cell is not None]
    if wide < _WIDE or not all(isinstance(row[place], str) for place in there):
        return False
    is_out_of_place = any(kinds[place] != TEXT and kind_of(row[place]) == TEXT for place in there)
    return is_out_of_place or _FEWEST * len(there) <= wide


def _notes_below(table: SheetTable, cells: dict[int, Sequence[object]]) -> Iterator[int]:
    """Rows at the end with nothing but a text in one cell: where the column holds no texts, or the text is long."""
    for row in reversed(table.body):
        there = [(place, cell) for place, cell in enumerate(cells[row]) if cell is not None]
        if len(there) != 1 or len(table.names) < 2 or kind_of(there[0][1]) != TEXT:
            return
        place, cell = there[0]
        is_long = len(str(cell)) > _LONG
        if not (table.kinds[place] != TEXT or is_long or len(table.names) > 2):
            return
        yield row
