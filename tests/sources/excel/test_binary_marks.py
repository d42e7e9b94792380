"""Errors and extents in binary workbooks, and such a workbook read from end to end."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from journeyman.sources.excel.binary_marks import marks_of, sheets_in
from journeyman.sources.excel.excel import read_raw
from journeyman.sources.source import open_source


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(content)
    while size >= 128:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + content


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def cell(column: int, kind: int, payload: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + payload)


def row(number: int, *cells: bytes) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)) + b"".join(cells)


SHEET = b"".join(
    [
        record(129),
        record(148, struct.pack("<4I", 0, 3, 0, 1)),
        record(145),
        row(0, cell(0, 6, text("name")), cell(1, 6, text("age" * 50))),
        row(1, cell(0, 6, text("a")), cell(1, 5, struct.pack("<d", 1.5))),
        row(2, cell(0, 6, text("b")), cell(1, 3, b"\x07")),
        row(3, cell(0, 6, text("c")), cell(1, 11, b"\x2a" + bytes(10))),
        record(146),
        record(130),
    ]
)
BOOK = b"".join(
    [
        record(131),
        record(143),
        record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Ä")),
        record(144),
        record(132),
    ]
)


@pytest.mark.parametrize("size", [1, 5, 64, 10_000])
def test_errors_and_extent_are_found_however_the_bytes_come(size: int) -> None:
    marks = marks_of(SHEET[start : start + size] for start in range(0, len(SHEET), size))
    assert marks.errors == {(2, 1): "#DIV/0!", (3, 1): "#N/A"}
    assert marks.last == (3, 1)


def test_sheets_are_found_with_their_relations() -> None:
    assert sheets_in(BOOK) == {"Ä": "rId1"}
    with pytest.raises(ValueError, match=r"early|longer"):
        sheets_in(record(156, b"\0" * 10))
    with pytest.raises(ValueError, match="longer"):
        list(sheets_in(b"\x01\xff\xff\xff\xff"))


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationships xmlns="{}"><Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "t.xlsb", "w") as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", relation.format(space, office, "officeDocument", "xl/workbook.bin"))
        rels = relation.format(space, office, "worksheet", "worksheets/sheet1.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", rels)
        archive.writestr("xl/workbook.bin", BOOK)
        archive.writestr("xl/worksheets/sheet1.bin", SHEET)
    raw = read_raw(open_source(tmp_path / "t.xlsb"))
    assert raw.frame.rows() == [("a", 1.5), ("b", None), ("c", None)]
    (told,) = raw.findings
    assert (told.code, told.numbers["cells"]) == ("error_cells", ["B3", "B4"])
