"""A workbook's sheets as grids of cells; whatever its parser says of a damaged one is told in our words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import python_calamine

from journeyman.errors import SourceError
from journeyman.sources.excel.addresses import cell_name
from journeyman.sources.excel.binary_marks import marks_of as marks_of_binary
from journeyman.sources.excel.compound_file import stream
from journeyman.sources.excel.grid import HOLE, Grid, Range
from journeyman.sources.excel.old_marks import is_encrypted
from journeyman.sources.excel.old_marks import marks_by_sheet as marks_of_old
from journeyman.sources.excel.open_document_marks import marks_by_sheet as marks_of_open_document
from journeyman.sources.excel.package import Package, damaged, encrypted
from journeyman.sources.excel.sheet_marks import Marks, last_column, marks_of
from journeyman.sources.excel.sheet_parts import parts_of_sheets

#: The parser holds a sheet as a rectangle of cells; a larger one would not fit in memory.
LARGEST_SHEET = 2**26


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    name : as its tab says
    is_visible : whether a person sees the tab
    part : the part of the package that holds its cells; ``""`` where that is not known
    """

    name: str
    is_visible: bool
    part: str = ""


@dataclass(frozen=True)
class Workbook:
    """An open workbook.

    Parameters
    ----------
    shown : the file's name in messages
    sheets : its sheets of cells, in the order of their tabs
    package : the archive that it is; None for the old format
    known : what is known of sheets that all lie in one part, by name
    """

    shown: str
    sheets: tuple[Sheet, ...]
    package: Package | None
    parser: Any
    known: Mapping[str, Marks]


@contextlib.contextmanager
def open_workbook(path: Path, package: Package | None, shown: str) -> Iterator[Workbook]:
    """Open a workbook that was looked at before.

    Raises
    ------
    SourceError : it is damaged or encrypted, reaches further than can be held, or holds no sheet of cells
    """
    try:
        known = _known(path, package, shown)
        parts = {} if package is None else parts_of_sheets(package)
    except ValueError as error:
        raise damaged(shown, str(error)) from error
    # Opened as a file, not by its path: the parser would go by the path's ending, which may lie.
    with _Told(shown), path.open("rb") as file:
        parser = python_calamine.CalamineWorkbook.from_filelike(file, load_tables=_has_tables(package))
    kinds = (python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetTypeEnum.MacroSheet)
    visible = python_calamine.SheetVisibleEnum.Visible
    sheets = tuple(
        Sheet(one.name, one.visible == visible, parts.get(one.name, ""))
        for one in parser.sheets_metadata
        if one.typ in kinds
    )
    if not sheets:
        raise damaged(shown, "it holds no sheet with cells")
    try:
        yield Workbook(shown, sheets, package, parser, known)
    finally:
        parser.close()


def marks_on(workbook: Workbook, sheet: Sheet) -> Marks:
    """What a sheet's own part says of its cells beside their values.

    Raises
    ------
    SourceError : the sheet reaches further than can be held
    """
    if workbook.package is None or not sheet.part:
        return workbook.known.get(sheet.name, Marks())
    pieces = workbook.package.pieces
    try:
        if sheet.part.endswith(".bin"):
            marks = marks_of_binary(pieces(sheet.part))
        else:
            marks = marks_of(pieces(sheet.part))
            if _cells_of(marks) > LARGEST_SHEET:
                marks = replace(marks, last=(marks.last[0], last_column(pieces(sheet.part))))
    except ValueError as error:
        raise damaged(workbook.shown, str(error)) from error
    _require_size(marks, sheet.name, workbook.shown)
    return marks


def grid_of(workbook: Workbook, sheet: Sheet, marks: Marks) -> Grid:
    """The cells of a sheet. Text of nothing but spaces is no cell; errors and formulas without a result are holes.

    Raises
    ------
    SourceError : the sheet is damaged
    """
    with _Told(workbook.shown):
        parsed = workbook.parser.get_sheet_by_name(sheet.name)
        start = parsed.start
        rows = [] if start is None else [_cells(row) for row in parsed.iter_rows()]
        merged = parsed.merged_cell_ranges
    if merged is None:
        merged = marks.merged
    width = max((len(row) for row in rows), default=0)
    rows = [row if len(row) == width else row + [None] * (width - len(row)) for row in rows]
    left = 0 if start is None else start[1]
    for row, column in (*marks.errors, *marks.without_result):
        if row < len(rows) and 0 <= column - left < width:
            rows[row][column - left] = HOLE
    return Grid(rows, left, tuple((first, last) for first, last in merged))


def _known(path: Path, package: Package | None, shown: str) -> dict[str, Marks]:
    """What one part says of all sheets at once: of old workbooks, and of those of OpenDocument.

    Raises
    ------
    SourceError : a sheet reaches further than can be held
    ValueError : the part is damaged
    """
    if package is None:
        book = stream(path.read_bytes(), "Workbook", "Book")
        if is_encrypted(book):
            raise encrypted(shown)
        return marks_of_old(book)
    known = marks_of_open_document(package.pieces("content.xml")) if "content.xml" in package.parts else {}
    for name, marks in known.items():
        _require_size(marks, name, shown)
    return known


def _cells_of(marks: Marks) -> int:
    return (marks.last[0] + 1) * (marks.last[1] + 1)


def _require_size(marks: Marks, name: str, shown: str) -> None:
    if _cells_of(marks) > LARGEST_SHEET:
        raise SourceError(
            f"{shown}, sheet {name!r}, is larger than it may be: it reaches to {cell_name(*marks.last)}",
            because=f"that makes {_cells_of(marks):,} cells; {LARGEST_SHEET:,} can be held",
            remedy="delete the rows and columns behind the table, or save the table as CSV or Parquet",
            code="too_large",
        )


def range_of_table(workbook: Workbook, name: str) -> tuple[str, Range] | None:
    """Sheet and range of what the workbook itself calls a table, its header included; None where it has none such."""
    names = workbook.parser.table_names if _has_tables(workbook.package) else None
    if not names or name not in names:
        return None
    with _Told(workbook.shown):
        table = workbook.parser.get_table_by_name(name)
    if table.start is None or table.end is None:
        return None
    top = max(table.start[0] - 1, 0)
    return table.sheet, ((top, table.start[1]), table.end)


def _cells(row: Sequence[Any]) -> list[Any]:
    return [None if cell == "" or (type(cell) is str and cell.isspace()) else cell for cell in row]


def _has_tables(package: Package | None) -> bool:
    return package is not None and any(name.startswith("xl/tables/") for name in package.parts)


class _Told:
    """What the parser says of a damaged workbook, in our words; a panic of its native code, too, whose type nobody can
    name."""

    def __init__(self, shown: str) -> None:
        self._shown = shown

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, python_calamine.PasswordError):
            raise encrypted(self._shown) from error
        if isinstance(error, python_calamine.CalamineError | OSError | ValueError | OverflowError):
            raise damaged(self._shown, str(error)) from error
        if type(error).__module__ == "pyo3_runtime":
            raise damaged(self._shown, "its parser gave up") from error
