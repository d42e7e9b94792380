"""Errors and formulas in old workbooks."""

from __future__ import annotations

import struct

import pytest

from journeyman.sources.excel.old_marks import is_encrypted, marks_by_sheet


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x06, struct.pack("<3H", row, column, 0) + result + bytes(8))


EMPTY, ERROR, NUMBER = b"\3\0\0\0\0\0\xff\xff", b"\2\0\x17\0\0\0\xff\xff", struct.pack("<d", 1.5)


def book(*sheets: bytes, before: bytes = b"") -> bytes:
    names = [b"A", "Ä b".encode("utf-16-le")]
    begin = record(0x809, bytes(16)) + before
    size = len(begin) + sum(4 + 8 + len(name) for name in names[: len(sheets)]) + 4
    bundle, start = b"", size
    for name, sheet in zip(names, sheets, strict=False):
        wide = name is not names[0]
        letters = len(name) // 2 if wide else len(name)
        bundle += record(0x85, struct.pack("<I2B2B", start, 0, 0, letters, int(wide)) + name)
        start += len(sheet)
    return begin + bundle + record(0x0A) + b"".join(sheets)


def test_errors_are_named_by_sheet_and_cell() -> None:
    first = record(0x205, struct.pack("<3H2B", 4, 1, 0, 0x2A, 1)) + record(0x205, struct.pack("<3H2B", 5, 1, 0, 1, 0))
    second = formula(7, 2, ERROR) + formula(8, 2, NUMBER) + formula(9, 2, EMPTY)
    marks = marks_by_sheet(book(first + record(0x0A), second + record(0x0A)))
    assert marks["A"].errors == {(4, 1): "#N/A"}
    assert marks["Ä b"].errors == {(7, 2): "#REF!"}
    assert marks["Ä b"].without_result == ()


def test_formulas_of_which_none_was_computed_have_no_result() -> None:
    sheet = formula(1, 3, EMPTY) + formula(2, 3, EMPTY) + record(0x0A)
    assert marks_by_sheet(book(sheet))["A"].without_result == ((1, 3), (2, 3))


def test_encryption_and_damage() -> None:
    assert is_encrypted(book(record(0x0A), before=record(0x2F, bytes(6))))
    assert not is_encrypted(book(record(0x0A)))
    assert marks_by_sheet(b"") == {}
    with pytest.raises(ValueError, match="early"):
        marks_by_sheet(record(0x85, b"\0"))
