"""Packed files unpack as bounded streams, and say what is wrong with them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from backports import zstd

from journeyman.errors import SourceError
from journeyman.sources import packing
from journeyman.sources.packing import member_of, packing_of, require_bounded, unpacked

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "Zstandard": zstd.compress,
}
TEXT = b"".join(b"%d,%d\n" % (row, row * row) for row in range(50_000))


@pytest.mark.parametrize("name", PACKERS)
def test_what_was_packed_comes_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / "t"
    path.write_bytes(PACKERS[name](TEXT))
    assert packing_of(path) == name
    with unpacked(path, name) as stream:
        assert stream.read() == TEXT


@pytest.mark.parametrize("name", PACKERS)
def test_a_file_cut_short_is_refused_while_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "t"
    whole = PACKERS[name](TEXT)
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(SourceError, match="cut short or damaged") as caught, unpacked(path, name) as stream:
        stream.read()
    assert caught.value.code == "file_truncated"


def test_a_bomb_is_refused_after_little_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LARGEST_ANYHOW", 2**20)
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(b"\x00" * 2**26))
    with pytest.raises(SourceError, match="larger than it may be") as caught, unpacked(path, "gzip") as stream:
        stream.read()
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("name", [*PACKERS, "zip"])
def test_what_is_packed_too_well_is_refused_before_anybody_looks_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(packing, "LARGEST_ANYHOW", 2**21)
    monkeypatch.setattr(packing, "_LOOKED_AT", 2**20)
    monkeypatch.setattr(packing, "USUAL_RATIO", 10)
    path = tmp_path / "t.csv.packed"
    bomb = b"1,2,0\n" * 2**20
    if name == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("t.csv", bomb)
    else:
        path.write_bytes(PACKERS[name](bomb))
    with pytest.raises(SourceError, match="larger than it may be") as caught:
        require_bounded(path, name, "t.csv")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("name", ["gzip", "Zstandard"])
def test_what_is_packed_as_tables_are_is_not_unpacked_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(packing, "LARGEST_ANYHOW", 2**21)
    monkeypatch.setattr(packing, "_LOOKED_AT", 2**20)
    monkeypatch.setattr(packing, "LARGEST_RATIO", 1)
    path = tmp_path / "t.csv.packed"
    path.write_bytes(PACKERS[name](np.random.default_rng(0).integers(32, 127, 3 * 2**20, np.uint8).tobytes()))
    require_bounded(path, name)  # larger than it may be, which is found where it is read


def archive(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("_", "."), text)
    return path


def test_the_one_table_of_an_archive_is_found(tmp_path: Path) -> None:
    path = archive(tmp_path / "t.zip", a_csv="x\n1\n", readme_md="hello", __MACOSX="")
    assert packing_of(path) == "zip"
    assert member_of(path) == "a.csv"
    assert member_of(path, "readme") == "readme.md"
    with unpacked(path, "zip", "a.csv") as stream:
        assert stream.read() == b"x\n1\n"


def test_of_two_tables_one_must_be_named(tmp_path: Path) -> None:
    path = archive(tmp_path / "t.zip", a_csv="x\n1\n", b_csv="x\n2\n")
    with pytest.raises(SourceError, match=r"holds 2 tables: a\.csv, b\.csv") as caught:
        member_of(path)
    assert caught.value.code == "ambiguous_archive"
    assert "--table a.csv" in caught.value.remedy
    assert member_of(path, "b") == "b.csv"
    with pytest.raises(SourceError, match="no file 'c' in it"):
        member_of(path, "c")


def test_a_workbook_is_no_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", "<workbook/>")
    assert packing_of(path) == ""


def test_an_archive_that_is_cut_short_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "t.zip", a_csv="x\n1\n")
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(SourceError, match="cut short or damaged"):
        member_of(path)


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "t.zip", a_csv="x\n1\n")
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag of the local header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and that of the directory
    path.write_bytes(bytes(content))
    with pytest.raises(SourceError, match="is encrypted") as caught:
        unpacked(path, "zip", "a.csv")
    assert caught.value.code == "encrypted"
