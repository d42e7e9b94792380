"""Errors, formulas and extents in OpenDocument workbooks, and such a workbook read from end to end."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.excel.excel import read_raw
from journeyman.sources.excel.open_document_marks import marks_by_sheet
from journeyman.sources.raw import Raw
from journeyman.sources.source import open_source

OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    "office": f"{OPEN}:office:1.0",
    "table": f"{OPEN}:table:1.0",
    "text": f"{OPEN}:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
ROOT = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
HEAD = f"<office:document-content {ROOT}><office:body><office:spreadsheet>"
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def words(text: str, more: str = "") -> str:
    return f'<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def number(value: float) -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


ERROR = words("#DIV/0!", 'table:formula="of:=1/0" calcext:value-type="error"')
SHEET = "".join(
    [
        '<table:table table:name="A &amp; B">',
        row(words("group"), words("x")),
        row(words("a", 'table:number-rows-spanned="2"'), number(1)),
        row("<table:covered-table-cell/>", ERROR),
        row(words("b"), number(3), more='table:number-rows-repeated="2"'),
        row(words("c"), '<table:table-cell table:formula="of:=B2"/>'),
        row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048000"'),
        "</table:table>",
    ]
)
FAR = row(
    '<table:table-cell table:number-columns-repeated="9000" office:value-type="float" office:value="1"/>',
    more='table:number-rows-repeated="9000"',
)


def raw_of(folder: Path, body: str, manifest: str = "<m/>") -> Raw:
    with zipfile.ZipFile(folder / "t.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", HEAD + body + TAIL)
        archive.writestr("META-INF/manifest.xml", manifest)
    return read_raw(open_source(folder / "t.ods"))


@pytest.mark.parametrize("size", [1, 13, 200, 100_000])
def test_marks_are_found_however_the_bytes_come(size: int) -> None:
    content = (HEAD + SHEET + f'<table:table table:name="far">{row()}{FAR}</table:table>' + TAIL).encode()
    marks = marks_by_sheet(content[start : start + size] for start in range(0, len(content), size))
    first = marks["A & B"]
    assert first.errors == {(2, 1): "#DIV/0!"}
    assert first.without_result == ((5, 1),)
    assert first.merged == (((1, 0), (2, 0)),)
    assert first.last == (5, 1)
    assert marks["far"].last == (9_000, 8_999)


def test_an_open_document_is_read(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, SHEET)
    assert raw.frame.rows() == [("a", 1), ("a", None), ("b", 3), ("b", 3), ("c", None)]
    told = {one.code: one.numbers["cells"] for one in raw.findings}
    assert told == {"formula_no_value": ["B6"], "error_cells": ["B3"], "merged_cells": ["A2:A3"]}


def test_a_sheet_of_billions_is_refused_before_it_is_held(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        raw_of(tmp_path, f'<table:table table:name="far">{FAR}</table:table>')
    assert caught.value.code == "too_large"


def test_encryption_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        raw_of(tmp_path, SHEET, "<manifest:encryption-data/>")
    assert caught.value.code == "encrypted"
