"""What is looked at before a workbook is opened."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.excel import package
from journeyman.sources.excel.package import open_package

PLAIN = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def packed(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        open_package(path, "book.xlsx")
    return caught.value.code


def test_parts_are_read_whole_and_in_pieces(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9_000
    found = open_package(packed(tmp_path, PLAIN | {"xl/big.bin": content}), "book.xlsx")
    assert b"".join(found.pieces("xl/big.bin")) == content
    assert found.content("xl/workbook.xml") == b"<workbook/>"
    assert found.content("xl/big.bin", limit=10) == b""
    assert found.content("none") == b""


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "b">]><t>&a;</t>',
        b'<?xml version="1.0"?>' + b" " * 1_048_555 + b"<!DOCTYPE t><t/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE t><t/>'.encode("utf-16"),
        b"<t><!entity x></t>",
    ],
)
def test_a_document_type_is_refused_in_every_encoding(tmp_path: Path, content: bytes) -> None:
    assert refused(packed(tmp_path, PLAIN | {"xl/styles.xml": content})) == "unsafe_xml"


def test_pictures_may_declare_what_they_like(tmp_path: Path) -> None:
    svg = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>'
    assert "xl/media/image1.svg" in open_package(packed(tmp_path, PLAIN | {"xl/media/image1.svg": svg}), "b").parts


def test_bombs_are_refused_by_size_and_by_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = packed(tmp_path, PLAIN | {"xl/worksheets/sheet1.xml": bytes(package.PACKED_ABOVE + 1)})
    assert refused(zeros) == "unsafe_xml"
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 10)
    assert refused(packed(tmp_path, PLAIN)) == "unsafe_xml"


def test_an_archive_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, PLAIN | {"xl/worksheets/sheet1.xml": b"<x/>" * 5_000})
    whole = path.read_bytes()
    size = struct.pack("<I", 20_000)
    assert whole.count(size) == 2
    for smaller in (b"\x10\0\0\0", struct.pack("<I", 30_000)):
        path.write_bytes(whole.replace(size, smaller))
        assert refused(path) == "file_truncated"


def test_encrypted_parts_and_twins_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, PLAIN)
    whole = bytearray(path.read_bytes())
    place = whole.index(b"PK\x01\x02")
    whole[place + 8] |= 1
    path.write_bytes(whole)
    assert refused(path) == "encrypted"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xml", "2")
    assert refused(path) == "unsafe_xml"


@pytest.mark.parametrize("keep", [0, 10, 60, -30])
def test_an_archive_that_is_cut_is_damaged(tmp_path: Path, keep: int) -> None:
    path = packed(tmp_path, PLAIN)
    path.write_bytes(path.read_bytes()[:keep])
    assert refused(path) == "file_truncated"


def test_flipped_bytes_never_do_more_than_refuse(tmp_path: Path) -> None:
    path = packed(tmp_path, PLAIN | {"xl/worksheets/sheet1.xml": b"<row/>" * 200})
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            open_package(path, "book.xlsx")
        except SourceError as error:
            assert error.code in ("file_truncated", "encrypted", "unsafe_xml")  # noqa: PT017 - some flips do no harm
