"""What is known of a source before any kind reads it."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.source import HEAD, open_source


def test_a_file_is_opened_so_far_that_its_first_bytes_are_known(tmp_path: Path) -> None:
    path = tmp_path / "Churn.CSV"
    path.write_bytes(b"x" * (HEAD + 5))
    source = open_source(path)
    assert (source.name, source.suffix, source.packing) == ("Churn", ".csv", "")
    assert source.head == b"x" * HEAD
    assert source.content() == b"x" * (HEAD + 5)
    assert source.digest() == hashlib.sha256(b"x" * (HEAD + 5)).hexdigest()
    with source.on_disk() as where:
        assert where == path


@pytest.mark.parametrize("name", ["churn.csv.gz", "churn.csv"])
def test_packed_content_is_what_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    source = open_source(path)
    assert (source.name, source.suffix, source.packing) == ("churn", ".csv", "gzip")
    assert source.head == source.content() == b"a,b\n1,2\n"
    assert [one.code for one in source.findings] == ["compressed"]
    assert source.digest() == hashlib.sha256(path.read_bytes()).hexdigest()
    with source.on_disk() as where:
        assert where.read_bytes() == b"a,b\n1,2\n"
    assert not where.exists()


def test_a_file_in_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.csv", "x\n1\n")
        made.writestr("b.tsv", "y\n2\n")
    source = open_source(f"{path}#b.tsv")
    assert (source.name, source.suffix, source.member, source.part) == ("b", ".tsv", "b.tsv", "")
    assert source.shown == "all.zip, b.tsv"
    assert open_source(path, table="a.csv#inner").part == "inner"


def test_a_part_is_split_off_unless_a_file_has_just_that_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")
    assert open_source(f"{tmp_path}/a.csv#Sheet 2").part == "Sheet 2"
    (tmp_path / "a.csv#1").write_text("x\n1\n")
    assert open_source(f"{tmp_path}/a.csv#1").part == ""


def test_addresses_and_tables_in_memory_have_no_file() -> None:
    source = open_source("postgresql://me@host/shop?x=1", table="customers", query="")
    assert (source.path, source.name, source.part) == (None, "shop", "customers")
    assert source.address == "postgresql://me@host/shop?x=1"
    assert open_source({"a": [1]}).name == "table"
    with pytest.raises(SourceError, match="is no file"):
        _ = source.file


def test_a_file_that_is_larger_than_asked_for_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * 100)
    with pytest.raises(SourceError, match="larger than") as caught:
        open_source(tmp_path / "a.csv").content(99)
    assert caught.value.code == "too_large"


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("x\n1\n")
    (tmp_path / "data.py").write_text("")
    with pytest.raises(SourceError, match=r"there is no file .*dta.csv") as caught:
        open_source(tmp_path / "dta.csv")
    assert "data.csv" in caught.value.remedy
    (tmp_path / "endless").symlink_to("/dev/zero")
    with pytest.raises(SourceError, match="not a regular file") as caught:
        open_source(tmp_path / "endless")
    assert caught.value.code == "not_a_file"
    for name in ("a\x00b.csv", "x" * 5000, "a#" * 3000):
        with pytest.raises(SourceError, match="there is no file"):
            open_source(name)
