"""What the XML of an OpenDocument workbook (ods) says of its cells beside their values.

Its cells carry no addresses: they are counted, and one tag can stand for thousands of cells. So a few kilobytes can
describe a sheet of billions, which is found here before anything is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from journeyman.sources.excel.grid import Range
from journeyman.sources.excel.sheet_marks import Cell, Marks

_LONGEST_BLOCK = 256 * 2**20
_ROW_END = b"table-row>"
_TAG = re.compile(
    rb"<table:table (?P<sheet>[^>]*)>|<table:table-row(?P<row>[^>]*)>|(?P<end></table:table-row>)"
    rb"|<table:(?:covered-)?table-cell(?P<cell>[^>]*)>(?P<text>[^<]*(?:<text:p>[^<]*)?)"
)
_NUMBERS = {
    what: re.compile(rb'table:number-%s="([0-9]{1,9})"' % what.encode())
    for what in ("rows-repeated", "columns-repeated", "rows-spanned", "columns-spanned")
}
_NAME = re.compile(rb'table:name="([^"]*)"')
#: What a cell with an error shows.
_ERROR = re.compile(rb"<text:p>((?:#[A-Z][A-Z0-9/ ]*[!?A]|Err:[0-9]+))")


@dataclass
class _Sheet:
    """A sheet as far as it was read."""

    row: int = 0
    repeated: int = 1
    column: int = 0
    last: Cell = (0, 0)
    filled: int = -1
    without: list[Cell] = field(default_factory=list)
    errors: dict[Cell, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)


def marks_by_sheet(pieces: Iterable[bytes]) -> dict[str, Marks]:
    """Look for formulas without a result, errors, merged cells and the size of each sheet.

    Parameters
    ----------
    pieces : the part ``content.xml``, unpacked

    Raises
    ------
    ValueError : a row is longer than any may be
    """
    sheets: dict[str, _Sheet] = {}
    sheet = _Sheet()
    for block in _blocks(pieces):
        for tag in _TAG.finditer(block):
            if tag["cell"] is not None:
                _cell(sheet, tag["cell"], tag["text"])
            elif tag["row"] is not None:
                sheet.repeated, sheet.column, sheet.filled = _number("rows-repeated", tag["row"]), 0, -1
                if tag["row"].endswith(b"/"):
                    _end_row(sheet)
            elif tag["end"] is not None:
                _end_row(sheet)
            else:
                name = _NAME.search(tag["sheet"])
                sheet = sheets.setdefault(unescape(name[1].decode("utf-8", "replace")) if name else "", _Sheet())
    return {name: Marks(tuple(one.without), one.errors, one.last, tuple(one.merged)) for name, one in sheets.items()}


def _cell(sheet: _Sheet, tag: bytes, text: bytes) -> None:
    repeated = _number("columns-repeated", tag)
    at = (sheet.row, sheet.column)
    if b"office:value-type" in tag or text.strip():
        sheet.filled = sheet.column + repeated - 1
        error = _ERROR.search(text) if b'"error"' in tag or b"table:formula" in tag else None
        if error is not None:
            sheet.errors[at] = error[1].decode("ascii", "replace")
    elif b"table:formula" in tag:
        sheet.without.append(at)
    rows, columns = _number("rows-spanned", tag), _number("columns-spanned", tag)
    if rows > 1 or columns > 1:
        sheet.merged.append((at, (at[0] + rows - 1, at[1] + columns - 1)))
    sheet.column += repeated


def _end_row(sheet: _Sheet) -> None:
    if sheet.filled >= 0:
        sheet.last = (sheet.row + sheet.repeated - 1, max(sheet.last[1], sheet.filled))
    sheet.row += sheet.repeated
    sheet.repeated = 1


def _number(what: str, tag: bytes) -> int:
    found = _NUMBERS[what].search(tag)
    return 1 if found is None else max(int(found[1]), 1)


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes; each block but the last ends with a tag of a row."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        joined = b"".join([*held[-1:], piece]) if held else piece
        end = joined.rfind(_ROW_END)
        held[-1:] = [joined]
        size += len(piece)
        if end >= 0:
            end += len(_ROW_END)
            yield b"".join([*held[:-1], joined[:end]])
            held = [joined[end:]]
            size = len(held[0])
        if size > _LONGEST_BLOCK:
            raise ValueError("a row of the sheet is longer than any may be")
    yield b"".join(held)
