"""Text tables: what is found, what is repaired, what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.csv import claims
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_raw
from journeyman.sources.source import open_source


def raw_of(folder: Path, content: bytes | str, name: str = "t.csv") -> Raw:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_raw(path)


def codes(raw: Raw) -> list[str]:
    return [finding.code for finding in raw.findings]


PEOPLE = [("Ada", "36", "1,5"), ("Bjørn", "41", "2,5"), ('C "x"', "", "3\n4")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "\x1f"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("final", [True, False])
def test_any_dialect_gives_the_same_cells(tmp_path: Path, delimiter: str, ending: str, final: bool) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in f'"\n,{delimiter}') else cell

    lines = [delimiter.join(quoted(cell) for cell in row) for row in [("name", "age", "x, y"), *PEOPLE]]
    raw = raw_of(tmp_path, ending.join(lines) + (ending if final else ""))
    assert raw.frame.columns == ["name", "age", "x, y"]
    assert raw.frame.rows() == [tuple(cell or None for cell in row) for row in PEOPLE]
    assert raw.delimiter == delimiter
    assert (raw.ledger.read, raw.ledger.used) == (3, 3)
    assert codes(raw) == ([] if delimiter in ",\t" else ["delimiter"])


@pytest.mark.parametrize(
    ("encoding", "code"),
    [("utf-8", ""), ("utf-8-sig", "bom"), ("utf-16", "encoding"), ("utf-16-le", "encoding"), ("cp1252", "encoding")],
)
def test_encodings(tmp_path: Path, encoding: str, code: str) -> None:
    raw = raw_of(tmp_path, "name;wért\nBjørn;1\nZoé;2\n".encode(encoding))
    assert raw.frame.columns == ["name", "wért"]
    assert raw.frame.rows() == [("Bjørn", "1"), ("Zoé", "2")]
    assert codes(raw) == ([code, "delimiter"] if code else ["delimiter"])


@pytest.mark.parametrize(
    ("content", "rows", "code"),
    [
        ("a,b\r1,2\r3,4\r", [("1", "2"), ("3", "4")], "newlines"),
        ("a,b\n1,2\r\n3,4\r5,6", [("1", "2"), ("3", "4"), ("5", "6")], "newlines"),
        ("a,b\n\n1,2\n\n\n3,4\n\n", [("1", "2"), ("3", "4")], "blank_lines"),
        ("a,b\n1,2\n\n", [("1", "2")], "blank_lines"),
        ("# made today\n# by us\na,b\n1,2\n3,4\n", [("1", "2"), ("3", "4")], "comment_lines"),
        ("a,b,\n1,2,\n3,4,\n", [("1", "2"), ("3", "4")], "trailing_delimiter"),
        ("a,b\n1,2\na,b\n3,4\n", [("1", "2"), ("3", "4")], "repeated_header"),
        ("a,b\n1\n3,4\n5,6\n", [("1", None), ("3", "4"), ("5", "6")], "ragged_rows"),
        ("a,b\n1,2\n3,4,5\n5,6\n", [("1", "2"), ("3", "4"), ("5", "6")], "ragged_rows"),
        ('a,b\n1,x"y\n3,"4\n5,6\n7,8\n9,9"z\n', None, "stray_quote"),
        ("1,2\n3,4\n5,6\n", [("1", "2"), ("3", "4"), ("5", "6")], "no_header"),
        ("a,b\n1,\x002\n", [("1", "2")], "nul_bytes"),
        ("'a;1';b\n'x;y';2\n'z';3\n", [("x;y", "2"), ("z", "3")], "quote"),
        (" a ,b\n1,2\n", [("1", "2")], "name_whitespace"),
        ("a,a\n1,2\n", [("1", "2")], "duplicate_names"),
        (",a\n0,2\n1,3\n", [("2",), ("3",)], "index_column"),
        (",a\n7,2\n1,3\n", [("7", "2"), ("1", "3")], "unnamed_column"),
        ("a\n1\n\n3\n", [("1",), (None,), ("3",)], ""),
    ],
)
def test_repairs_are_told(tmp_path: Path, content: str, rows: list[tuple[str, ...]] | None, code: str) -> None:
    raw = raw_of(tmp_path, content)
    assert [one for one in codes(raw) if one != "delimiter"] == ([code] if code else [])
    if rows is not None:
        assert raw.frame.rows() == rows
    assert raw.ledger.read == raw.rows == raw.ledger.used + len(raw.ledger.set_aside)


def test_a_stray_quote_swallows_nothing(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, 'a,b\n1,x\n2,5" pipe\n3,y\n4,z\n')
    assert raw.frame.rows() == [("1", "x"), ("2", '5" pipe'), ("3", "y"), ("4", "z")]
    swallowing = raw_of(tmp_path, 'a,b\n1,x\n2,"pipe\n3,y\n4,z\n')
    assert swallowing.frame["a"].to_list() == ["1", "2", "3", "4"]
    assert codes(swallowing) == ["stray_quote"]


def test_rows_that_are_set_aside_stay_in_the_frame_with_their_number(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, "a,b\n1,2\n3,4,5\n5,6\n")
    assert [(one.row, one.code) for one in raw.ledger.set_aside] == [(1, "ragged_rows")]
    assert raw.rows == 3


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, gzip.compress(b"a,b\n1,2\n"))
    assert raw.frame.rows() == [("1", "2")]
    assert codes(raw) == ["compressed"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "not_a_table"),
        (b"PK\x03\x04abc", "file_truncated"),
        (gzip.compress(b"a,b\n1,2\n" * 50, mtime=0)[:-20], "file_truncated"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        raw_of(tmp_path, content)
    assert caught.value.code == code
    assert caught.value.because


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        raw_of(tmp_path, b"a,b\n" + b"x" * (33 * 2**20))
    assert caught.value.code == "line_too_long"


def test_texts_keep_their_blanks_and_digits(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, 'a,b\n" x ",007\n1234567890123456789,0.10\n')
    assert raw.frame.rows() == [(" x ", "007"), ("1234567890123456789", "0.10")]


def test_the_same_bytes_have_the_same_digest(tmp_path: Path) -> None:
    assert raw_of(tmp_path, "a\nx\n", "1.csv").digest == raw_of(tmp_path, "a\nx\n", "2.csv").digest
    assert raw_of(tmp_path, "a\nx\n").digest != raw_of(tmp_path, "a\ny\n").digest


def test_the_origin_says_what_was_read(tmp_path: Path) -> None:
    assert raw_of(tmp_path, "a;b\n1;2\n").origin == "t.csv: 1 rows, 2 columns (';' separated)"


def test_claims_files_that_nobody_else_does(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a,b\n1,2\n")
    assert claims(open_source(tmp_path / "x")) == 1
    assert not claims(open_source(tmp_path))
    assert not claims(open_source({"a": [1]}))


def test_one_column_of_texts_with_commas_in_quotes_is_one_column(tmp_path: Path) -> None:
    texts = ["text", *(f'"well, number {place}; or so, they say"' for place in range(30)), "plain"]
    path = tmp_path / "texts.csv"
    path.write_text("\n".join(texts) + "\n")
    raw = read_raw(path)
    assert list(raw.cells()) == ["text"]
    assert raw.rows == 31
