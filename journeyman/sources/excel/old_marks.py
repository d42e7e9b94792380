"""What the records of an old workbook (xls) say of its cells beside their values."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from journeyman.sources.excel.binary_marks import ERRORS
from journeyman.sources.excel.sheet_marks import Cell, Marks

#: Kinds of records: a sheet, a truth value or error, a formula, the end of a sheet, a workbook that is encrypted.
_SHEET, _TRUTH_OR_ERROR, _FORMULA, _FORMULAS_OLD, _END, _ENCRYPTED = 0x85, 0x205, 0x06, (0x206, 0x406), 0x0A, 0x2F

_ERROR_RESULT, _EMPTY_RESULT = 2, 3


def marks_by_sheet(book: bytes) -> dict[str, Marks]:
    """Errors and formulas without a result, by the sheet's name.

    Parameters
    ----------
    book : the stream of the workbook

    Raises
    ------
    ValueError : it is damaged
    """
    try:
        sheets = {
            _name(record): struct.unpack_from("<I", record)[0] for kind, record in _records(book, 0) if kind == _SHEET
        }
        return {name: _marks(book, start) for name, start in sheets.items()}
    except (struct.error, IndexError) as error:
        raise ValueError("a record ends early") from error


def is_encrypted(book: bytes) -> bool:
    """Whether a password is needed to read the cells."""
    return any(kind == _ENCRYPTED for kind, _ in _records(book, 0))


def _marks(book: bytes, start: int) -> Marks:
    """The marks of one sheet. An empty text is what programs store that do not compute; one that computed stores
    other results, too."""
    errors: dict[Cell, str] = {}
    empty: list[Cell] = []
    has_results = False
    for kind, record in _records(book, start):
        if kind == _TRUTH_OR_ERROR and record[7]:
            errors[struct.unpack_from("<2H", record)] = ERRORS.get(record[6], "an error")
        elif kind == _FORMULA or kind in _FORMULAS_OLD:
            cell, result = struct.unpack_from("<2H", record), record[6:14]
            is_text = result[6:8] == b"\xff\xff"
            if is_text and result[0] == _ERROR_RESULT:
                errors[cell] = ERRORS.get(result[2], "an error")
            elif is_text and result[0] == _EMPTY_RESULT:
                empty.append(cell)
            has_results = has_results or cell not in empty[-1:]
    return Marks(() if has_results else tuple(empty), errors)


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place up to the end of their sheet."""
    place = start
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, place)
        yield kind, book[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == _END:
            return


def _name(record: bytes) -> str:
    """The name in a sheet's record: its length, whether letters have two bytes, letters."""
    length, is_wide = record[6], record[7] & 1
    letters = record[8 : 8 + length * (2 if is_wide else 1)]
    return letters.decode("utf-16-le" if is_wide else "latin-1", "replace")
