"""The encoding is told from a mark, or from where NUL bytes stand."""

from __future__ import annotations

import codecs

import pytest

from journeyman.sources.text.encodings import encoding_of, line_as_utf8

TEXT = "name,city\nBjørn,Kraków\nZoé,Łódź\n" * 3


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark(encoding: str) -> None:
    assert encoding_of(TEXT.encode(encoding)) == (encoding, 0)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_marks(mark: bytes, encoding: str) -> None:
    assert encoding_of(mark + TEXT.encode(encoding)) == (encoding, len(mark))


def test_a_few_nul_bytes_are_no_encoding() -> None:
    assert encoding_of(b"a,b\n1,\x002\n") == ("utf-8", 0)
    assert encoding_of(TEXT.encode().replace(b"Zo", b"Zo\x00")) == ("utf-8", 0)


def test_lines_that_are_no_utf8() -> None:
    assert line_as_utf8("Zoé\n".encode()) is None
    assert line_as_utf8("Zoé\n".encode("cp1252")) == "Zoé\n".encode()
    assert line_as_utf8(b"\x81\xe9") == "\x81é".encode()  # Windows-1252 has no 0x81
