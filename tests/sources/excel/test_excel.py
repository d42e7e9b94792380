"""Workbooks from the file to typed cells."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from journeyman.errors import SourceError
from journeyman.sources.excel.excel import claims, read_raw
from journeyman.sources.raw import Raw
from journeyman.sources.source import open_source

PEOPLE: list[list[Any]] = [["name", "age", "height"], ["Ada", 36, 1.61], ["Bo", 41, 1.8], ["Cy", 29, 1.75]]
Write = Callable[..., Path]


def raw_of(path: Path, table: str = "") -> Raw:
    return read_raw(open_source(path, table=table))


def codes(raw: Raw) -> list[str]:
    return [one.code for one in raw.findings]


def refused(path: Path, table: str = "") -> SourceError:
    with pytest.raises(SourceError) as caught:
        raw_of(path, table)
    assert caught.value.because
    return caught.value


def test_a_plain_sheet_is_its_cells(write: Write) -> None:
    raw = raw_of(write(PEOPLE))
    assert raw.frame.columns == PEOPLE[0]
    assert raw.frame.rows() == [tuple(row) for row in PEOPLE[1:]]
    assert raw.frame.dtypes == [pl.String(), pl.Int64(), pl.Float64()]
    assert raw.findings == ()
    assert raw.origin == "book.xlsx (sheet 'A', A1 to C4): 3 rows, 3 columns"
    assert raw.lines is not None
    assert raw.lines.tolist() == [2, 3, 4]


def test_every_kind_of_cell_keeps_its_value(write: Write) -> None:
    rows: list[list[Any]] = [
        ["day", "moment", "clock", "span", "flag", "text", "mixed", "code"],
        [date(2024, 2, 29), datetime(2024, 1, 2, 3, 4, 5), time(3, 4), timedelta(hours=30), True, " a ", 1, "007"],
        [date(1999, 1, 1), datetime(2024, 1, 3), time(23, 59, 59), timedelta(minutes=1), False, "b\nc", "x", "010"],
        [None, None, None, None, None, None, 2.5, "0"],
    ]
    raw = raw_of(write(rows))
    kinds = [
        pl.Date(),
        pl.Datetime("us"),
        pl.Time(),
        pl.Duration("us"),
        pl.Boolean(),
        pl.String(),
        pl.String(),
        pl.String(),
    ]
    assert raw.frame.dtypes == kinds
    assert raw.frame["mixed"].to_list() == ["1", "x", "2.5"]
    assert [list(row) for row in raw.frame.drop("mixed").rows()] == [row[:6] + row[7:] for row in rows[1:]]


def test_dates_that_count_from_1904_are_the_same_days(write: Write) -> None:
    def change(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    raw = raw_of(write([["d", "x"], [date(2024, 2, 29), 1], [date(1999, 1, 1), 2]], change=change))
    assert raw.frame["d"].to_list() == [date(2024, 2, 29), date(1999, 1, 1)]


def test_the_number_zero_among_dates_is_missing_and_told(write: Write) -> None:
    def change(book: Any) -> None:
        book["A"]["A4"] = 0
        book["A"]["A4"].number_format = "yyyy-mm-dd"

    rows = [["d", "x"], [date(2024, 2, 29), 1], [date(1999, 1, 1), 2], [None, 3]]
    raw = raw_of(write(rows, change=change))
    assert raw.frame["d"].to_list() == [date(2024, 2, 29), date(1999, 1, 1), None]
    assert codes(raw) == ["date_invalid"]
    assert raw.findings[0].numbers["cells"] == ["A4"]


def test_whole_numbers_keep_digits_that_a_float_does_not(write: Write) -> None:
    path = write([["id", "x"], [11, 1], [12, 2]])
    edited(path, "xl/worksheets/sheet1.xml", b"<v>11</v>", b"<v>12345678901234567</v>")
    assert raw_of(path).frame["id"].to_list() == [12345678901234567, 12]


def test_formulas_without_result_and_errors_are_missing_and_named(write: Write) -> None:
    rows = [["a", "b"], [1, 2], ["=A2*2", 3], [4, "#DIV/0!"], [5, "#N/A"]]
    raw = raw_of(write([["Title"], [], *rows]))
    assert raw.frame.rows() == [(1, 2), (None, 3), (4, None), (5, None)]
    told = {one.code: one for one in raw.findings}
    assert told["formula_no_value"].numbers["cells"] == ["A5"]
    assert told["formula_no_value"].rows == (1,)
    assert told["formula_no_value"].severity == "warning"
    assert told["error_cells"].numbers["cells"] == ["B6", "B7"]
    assert "B6 #DIV/0!" in told["error_cells"].message


def test_what_stands_around_and_among_the_rows_is_no_row_and_told(write: Write) -> None:
    rows = [
        ["Sales of the year"],
        [],
        ["region", "units", "worth"],
        ["North", 5, 1.5],
        ["South", 7, 2.5],
        ["Subtotal", 12, 4.0],
        ["East", 1, 0.5],
        ["region", "units", "worth"],
        ["West", 2, 0.25],
        ["Total", 15, 4.75],
        [],
        ["Source: our own books, closed in March of the year after"],
    ]
    raw = raw_of(write(rows))
    assert raw.frame["region"].to_list() == ["North", "South", "East", None, "West"]
    assert (raw.ledger.read, raw.ledger.used) == (5, 4)
    (aside,) = raw.ledger.set_aside
    assert (aside.row, aside.code, aside.line, aside.text) == (3, "repeated_header", 8, "region\tunits\tworth")
    told = {one.code: one.numbers["lines"] for one in raw.findings}
    assert told == {"preamble": [1], "footer": [12, 6, 10], "repeated_header": [8]}


def test_merged_cells_in_the_rows_stand_for_all_of_them(write: Write) -> None:
    rows = [["group", "x"], ["a", 1], [None, 2], ["b", 3]]
    raw = raw_of(write(rows, change=lambda book: book["A"].merge_cells("A2:A3")))
    assert raw.frame["group"].to_list() == ["a", "a", "b"]
    assert codes(raw) == ["merged_cells"]


def test_parts_are_named_by_sheet_range_and_table(write: Write) -> None:
    def change(book: Any) -> None:
        book["B"].add_table(openpyxl.worksheet.table.Table(displayName="Wages", ref="A1:B3"))

    other = [["who", "wage"], ["Ada", 3], ["Bo", 4], ["note", None]]
    path = write(PEOPLE, other, change=change)
    assert raw_of(path, "B").frame.columns == ["who", "wage"]
    assert raw_of(path, "B").rows == 3
    assert raw_of(path, "b").rows == 3
    assert raw_of(path, "Wages").frame.rows() == [("Ada", 3), ("Bo", 4)]
    assert raw_of(path, "A!A1:B3").frame.rows() == [("Ada", 36), ("Bo", 41)]
    assert raw_of(path, "A!A1:B3").origin.startswith("book.xlsx (sheet 'A', A1 to B3)")
    assert refused(path, "C").code == "table_missing"
    assert refused(path, "A!M1:N3").code == "empty_file"


def test_a_header_without_rows_is_a_table_without_rows(write: Write) -> None:
    raw = raw_of(write(PEOPLE[:1]))
    assert raw.frame.columns == PEOPLE[0]
    assert raw.rows == 0


def test_what_is_no_workbook_is_refused(write: Write, tmp_path: Path) -> None:
    whole = write(PEOPLE).read_bytes()
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for content, code in (
        (b"", "empty_file"),
        (whole[:-100], "file_truncated"),
        (old + "EncryptedPackage".encode("utf-16-le") + bytes(2000), "encrypted"),
        (old + "WordDocument".encode("utf-16-le") + bytes(2000), "not_a_table"),
        (old + bytes(4000), "file_truncated"),
        (b"\0\1\2\3", "not_a_table"),
    ):
        path = tmp_path / "other.xlsx"
        path.write_bytes(content)
        assert refused(path).code == code, content[-20:]
    assert refused(write([])).code == "empty_file"


def test_other_documents_are_named_for_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert "Word" in refused(path).because


def test_a_name_that_lies_about_the_format_does_no_harm(write: Write, tmp_path: Path) -> None:
    path = write(PEOPLE)
    for name in ("lies.xls", "lies.ods", "lies.dat"):
        shutil.copy(path, tmp_path / name)
        assert claims(open_source(tmp_path / name)) == 3
        assert raw_of(tmp_path / name).rows == 3


def test_text_that_is_named_as_a_workbook_is_left_to_others(tmp_path: Path) -> None:
    (tmp_path / "export.xls").write_text("a\tb\n1\t2\n")
    assert claims(open_source(tmp_path / "export.xls")) == 0
    assert claims(open_source(tmp_path)) == 0


def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_held(write: Write) -> None:
    path = write(PEOPLE, change=lambda book: book["A"].__setitem__("XFD1048576", "far"))
    error = refused(path)
    assert error.code == "too_large"
    assert "XFD1048576" in error.happened


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda number: float(f"{number:.12g}")),
    st.text("abcXYZ äöü.-", min_size=1, max_size=12).map(lambda text: f"t{text}t"),
    st.booleans(),
)


@given(st.lists(st.tuples(st.integers(1, 9), CELLS, CELLS), min_size=2, max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_reads_back(write: Write, rows: list[tuple[Any, ...]]) -> None:
    raw = raw_of(write([["key", "first", "second"], *rows]))
    assert raw.frame.height == len(rows)
    for place, name in enumerate(("key", "first", "second")):
        cells = [row[place] for row in rows]
        if all(cell is None for cell in cells):
            continue
        kinds = {bool if isinstance(cell, bool) else type(cell) for cell in cells if cell is not None}
        read = raw.frame[name].to_list()
        if kinds <= {int, float} or len(kinds) == 1:
            assert read == cells
        else:
            assert [None if one is None else str(one) for one in read] == [as_text(cell) for cell in cells]


def as_text(cell: Any) -> str | None:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return None if cell is None else str(cell)


def edited(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
