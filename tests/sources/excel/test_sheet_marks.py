"""Formulas without results, errors and long numbers, found in a sheet's XML."""

from __future__ import annotations

import pytest

from journeyman.sources.excel import sheet_marks
from journeyman.sources.excel.sheet_marks import last_column, long_numbers, marks_of

SHEET = b"""<worksheet><sheetData>
<row r="2"><c r="B2" t="e"><f t="shared" si="0"/><v>#DIV/0!</v></c><c r="C2"><f>1/0</f></c>
<c r="D2" t="str"><f>""</f><v></v></c><c r="E2"><f>A1</f><v>5</v></c></row>
<row spans="1:9" r="7"><c r="AA7" t="e"><f>a&gt;b</f><v>#REF!</v></c><c s="3" r="AB7"><f t="shared" si="1"/><v/></c>
<c r="AC7"><v>12345678901234567</v></c><c r="AD7" t="s"><v>1234567890123456</v></c><c r="AE7"><v>1.5</v></c></row>
</sheetData></worksheet>"""


def prefixed(sheet: bytes) -> bytes:
    return sheet.replace(b"<", b"<x:").replace(b"<x:/", b"</x:")


@pytest.mark.parametrize("sheet", [SHEET, prefixed(SHEET)], ids=["plain", "prefixed"])
@pytest.mark.parametrize("size", [1, 7, 50, 10_000])
def test_marks_are_found_however_the_bytes_come(sheet: bytes, size: int) -> None:
    pieces = [sheet[start : start + size] for start in range(0, len(sheet), size)]
    marks = marks_of(pieces)
    assert marks.without_result == ((1, 2), (6, 27))
    assert marks.errors == {(1, 1): "#DIV/0!", (6, 26): "#REF!"}
    assert marks.last == (6, 701)
    assert last_column(pieces) == 30
    assert long_numbers(pieces) == {(6, 28): "12345678901234567"}


def test_rows_without_numbers_are_counted() -> None:
    assert marks_of([b"<worksheet><row><c><v>1</v></c></row><row/><row></row></worksheet>"]).last == (2, 25)


def test_a_row_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_marks, "_LONGEST_ROW", 100)
    with pytest.raises(ValueError, match="longer"):
        marks_of([b'<row r="1">' + b"<c/>" * 10] * 5)
