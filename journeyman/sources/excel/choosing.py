"""Which sheet holds the table, and which of the tables on it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from journeyman.errors import SourceError, nearest
from journeyman.sources.excel.addresses import range_name, range_of
from journeyman.sources.excel.grid import TEXT, Grid, Range
from journeyman.sources.excel.sheet_marks import Marks
from journeyman.sources.excel.table_model import SheetTable
from journeyman.sources.excel.tables import header_alone, single_column, tables_on
from journeyman.sources.excel.workbook import Sheet, Workbook, grid_of, marks_on, range_of_table
from journeyman.table.finding import Finding, Remedy

#: A sheet of nothing but text in so few rows, beside a table of ten times as many cells, is notes.
_FEW_ROWS, _TIMES = 60, 10


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A table, and where it is.

    Parameters
    ----------
    marks : what the sheet says of its cells beside their values
    others : other tables on the sheet
    findings : what had to be chosen
    """

    sheet: Sheet
    grid: Grid
    table: SheetTable
    marks: Marks = field(default_factory=Marks)
    others: tuple[SheetTable, ...] = ()
    findings: tuple[Finding, ...] = ()


def choose(workbook: Workbook, part: str) -> Chosen:
    """Find the table of a workbook.

    Hidden sheets are looked at where no other holds a table. A sheet of notes, or one that describes the columns of
    another, is no table.

    Parameters
    ----------
    part : a sheet, a range (``Data!B4:G204``, or ``B4:G204`` of the only sheet), or what the workbook calls a table;
        ``""`` to find it

    Raises
    ------
    SourceError : several sheets hold tables and none was named, the one that was named is not there, or nothing is
    """
    if part:
        return _named(workbook, part)
    found = [one for sheet in workbook.sheets if sheet.is_visible and (one := _on(workbook, sheet))]
    rivals = _without_notes([one for one in found if one.table.body and one.table.right > one.table.left])
    if not rivals and not found:
        found = [one for sheet in workbook.sheets if not sheet.is_visible and (one := _on(workbook, sheet))]
    rivals = rivals or found
    if len(rivals) > 1:
        listed = ", ".join(f"{one.sheet.name!r} ({_extent(one)})" for one in rivals[:6])
        raise SourceError(
            f"{workbook.shown} has {len(rivals)} sheets with tables: {listed}",
            because="it is not clear which of them is meant",
            remedy=f"say which, as --table {_quoted(rivals[0].sheet.name)}",
            code="ambiguous_sheet",
        )
    if not rivals:
        raise SourceError(
            f"{workbook.shown} is empty",
            because=f"none of its {len(workbook.sheets)} sheets has a cell",
            remedy="name another file",
            code="empty_file",
        )
    return _told(workbook, rivals[0])


def _named(workbook: Workbook, part: str) -> Chosen:
    names = [sheet.name for sheet in workbook.sheets]
    name, _, area = part.rpartition("!") if part not in names else (part, "", "")
    wanted: Range | None = None
    if part not in names:
        wanted = range_of(area)
        own = range_of_table(workbook, part) if wanted is None else None
        if own is not None:
            name, wanted = own
        elif wanted is not None and not name and len(names) == 1:
            name = names[0]
    same = [sheet for sheet in workbook.sheets if sheet.name == name]
    same = same or [sheet for sheet in workbook.sheets if sheet.name.strip().casefold() == part.strip().casefold()]
    if not same:
        raise SourceError(
            f"{workbook.shown} has no sheet {part!r}",
            because="neither a sheet nor a table of it has that name",
            remedy=nearest(part, names),
            code="table_missing",
        )
    chosen = _on(workbook, same[0], wanted)
    if chosen is None:
        raise SourceError(
            f"{workbook.shown} has no cells at {part!r}",
            because="the sheet is empty there",
            remedy=nearest("", names),
            code="empty_file",
        )
    return chosen


def _on(workbook: Workbook, sheet: Sheet, area: Range | None = None) -> Chosen | None:
    """The largest table of a sheet; None where it has no cell."""
    marks = marks_on(workbook, sheet)
    grid = grid_of(workbook, sheet, marks)
    if area is not None:
        grid = grid.within(area)
    tables = tables_on(grid)
    if not tables:
        alone = single_column(grid) or header_alone(grid)
        return None if alone is None else Chosen(sheet=sheet, grid=grid, table=alone, marks=marks)
    table = max(tables, key=lambda one: one.size)
    others = tuple(one for one in tables if one is not table)
    return Chosen(sheet=sheet, grid=grid, table=table, marks=marks, others=others)


def _without_notes(found: Sequence[Chosen]) -> list[Chosen]:
    """The sheets without those that only tell of another."""
    if len(found) < 2:
        return list(found)
    most = max(one.table.size for one in found)
    kept = [
        one
        for one in found
        if not (
            all(kind == TEXT for kind in one.table.kinds)
            and len(one.table.body) <= _FEW_ROWS
            and one.table.size * _TIMES <= most
        )
        and not any(_describes(one, other) for other in found if other is not one)
    ]
    return kept or list(found)


def _describes(one: Chosen, other: Chosen) -> bool:
    """Whether a column of one sheet lists the columns of another."""
    names = {name.casefold() for name in other.table.names if name}
    if len(names) < 3 or len(one.table.body) > 4 * len(names):
        return False
    for place in range(one.table.left, one.table.right + 1):
        cells = {str(one.grid.rows[row][place]).strip().casefold() for row in one.table.body}
        if 2 * len(names & cells) >= len(names):
            return True
    return False


def _told(workbook: Workbook, chosen: Chosen) -> Chosen:
    if len(workbook.sheets) < 2:
        return chosen
    left = [sheet for sheet in workbook.sheets if sheet is not chosen.sheet]
    seen = [sheet.name for sheet in left if sheet.is_visible]
    shown = ", ".join(repr(sheet.name) + ("" if sheet.is_visible else " (hidden)") for sheet in left[:5])
    finding = Finding(
        code="sheet_chosen",
        severity="info",
        message=f"the table is on sheet {chosen.sheet.name!r}; not read: {shown}" + (", …" if len(left) > 5 else ""),
        numbers={"sheet": chosen.sheet.name, "left": [sheet.name for sheet in left]},
        remedy=Remedy(action="review", words=f"name another with --table, as --table {_quoted(seen[0])}")
        if seen
        else Remedy(),
    )
    return Chosen(**{**vars(chosen), "findings": (finding,)})


def _extent(chosen: Chosen) -> str:
    table, left = chosen.table, chosen.grid.left
    return range_name((table.first, table.left + left), (table.last, table.right + left))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
