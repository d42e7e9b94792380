"""Workbooks (xlsx, xlsm, xlsb, xls, ods): the one table in them, every cell as it is stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from journeyman.errors import SourceError
from journeyman.sources.excel.addresses import cell_name
from journeyman.sources.excel.choosing import Chosen, choose
from journeyman.sources.excel.columns import Column, columns_of, series_of_column
from journeyman.sources.excel.grid import text_of
from journeyman.sources.excel.package import Package, encrypted, open_package
from journeyman.sources.excel.sheet_marks import long_numbers
from journeyman.sources.excel.told import findings_of
from journeyman.sources.excel.told_cells import findings_of_cells
from journeyman.sources.excel.workbook import open_workbook
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.table.finding import Finding
from journeyman.table.table import LONGEST_RECORD, Ledger, SetAside

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots")
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How an old container names the stream that holds an encrypted workbook, and those of other documents.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    ("WordDocument".encode("utf-16-le"), "a Word document"),
    ("PowerPoint".encode("utf-16-le"), "a presentation"),
)
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin")


def claims(source: Source) -> int:
    """A file that begins as workbooks do, or is named as one and is no text."""
    if source.path is None or source.path.is_dir():
        return 0
    if source.head.startswith((_ZIP, _OLD)):
        return 3
    is_text = source.head and b"\0" not in source.head[:1000]
    return 2 if source.suffix in SUFFIXES and not is_text else 0


def read_raw(source: Source) -> Raw:
    """Read the table of a workbook.

    Rows and columns around the table, rows of totals among its rows, and rows that only say what the next ones are, are
    no rows of it; all are told with their numbers. A column of one type has that type; one of several types is text,
    numbers in their shortest spelling. Cells with errors, and formulas whose result is not stored, are missing.

    Raises
    ------
    SourceError : the workbook is empty, damaged, encrypted or unsafe to open, is another kind of document, or has
        several sheets with tables of which none was named
    """
    import polars as pl

    if not source.head:
        raise SourceError(
            f"{source.shown} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file"
        )
    with source.on_disk() as path:
        package = _package(path, source)
        with open_workbook(path, package, source.shown) as workbook:
            chosen = choose(workbook, source.part)
        columns, beside = columns_of(chosen.grid, chosen.table)
        exact = cache(lambda: _exact(package, chosen.sheet.part))
        names, findings = clean_names([column.name for column in columns])
        series = [
            series_of_column(column, name, partial(_digits, chosen, column, exact))
            for column, name in zip(columns, names, strict=True)
        ]
    if not chosen.table.header:
        findings = tuple(one for one in findings if one.code != "unnamed_column")
    told = (*findings, *findings_of(chosen, beside), *findings_of_cells(chosen, columns, names))
    return _raw(source, chosen, pl.DataFrame(series), told)


def _raw(source: Source, chosen: Chosen, frame: pl.DataFrame, findings: tuple[Finding, ...]) -> Raw:
    table, grid = chosen.table, chosen.grid
    again = {one.row for one in table.apart if one.why == "repeated_header"}
    aside = tuple(
        SetAside(row=place, code="repeated_header", line=row + 1, text=text_of(grid.rows[row])[:LONGEST_RECORD])
        for place, row in enumerate(table.body)
        if row in again
    )
    first, last = cell_name(table.first, table.left + grid.left), cell_name(table.last, table.right + grid.left)
    return Raw(
        name=source.name,
        frame=frame,
        origin=f"{source.shown} (sheet {chosen.sheet.name!r}, {first} to {last}): {frame.height:,} rows, "
        f"{frame.width:,} columns",
        digest=source.digest(),
        ledger=Ledger(read=frame.height, used=frame.height - len(aside), set_aside=aside),
        findings=findings,
        lines=np.array(table.body, np.int64) + 1,
    )


def _package(path: Path, source: Source) -> Package | None:
    """The archive that a workbook is, looked at; None for the old format.

    Raises
    ------
    SourceError : it is damaged, encrypted, unsafe, or no workbook
    """
    if source.head.startswith(_ZIP):
        package = open_package(path, source.shown)
        names = package.parts
        manifest = package.content("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise encrypted(source.shown)
        is_book = any(one in names for one in _BOOKS)
        if not is_book and b"spreadsheet" not in package.content("mimetype") + manifest:
            what = "a Word document" if "word/document.xml" in names else "another kind of document"
            raise _foreign(source, what)
        return package
    if not source.head.startswith(_OLD):
        raise _foreign(source, "something else, whatever its name")
    content = source.content()
    if _ENCRYPTED in content:
        raise encrypted(source.shown)
    for mark, what in _FOREIGN:
        if mark in content:
            raise _foreign(source, what)
    return None


def _foreign(source: Source, what: str) -> SourceError:
    return SourceError(
        f"{source.shown} is no workbook",
        because=f"it is {what}",
        remedy="save the table in it as CSV or as a workbook",
        code="not_a_table",
    )


def _exact(package: Package | None, part: str) -> dict[tuple[int, int], str]:
    return long_numbers(package.pieces(part)) if package is not None and part.endswith(".xml") else {}


def _digits(chosen: Chosen, column: Column, exact: Callable[[], dict[tuple[int, int], str]]) -> dict[int, str]:
    """The exact digits of a column's numbers by their place among its cells."""
    found = exact()
    place = column.place + chosen.grid.left
    return {number: found[row, place] for number, row in enumerate(chosen.table.body) if (row, place) in found}
