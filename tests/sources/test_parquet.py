"""Parquet files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from journeyman.errors import SourceError
from journeyman.sources.parquet import claims
from journeyman.sources.read import read_raw
from journeyman.sources.source import Source, open_source


def test_columns_keep_their_types(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, None], "b": ["x", "y"], "c": [0.5, 1.5]})
    frame.write_parquet(tmp_path / "t.parquet")
    raw = read_raw(tmp_path / "t.parquet")
    assert raw.frame.equals(frame)
    assert raw.origin == "t.parquet: 2 rows, 3 columns"
    assert len(raw.digest) == 64


def test_names_are_cleaned(tmp_path: Path) -> None:
    pl.DataFrame({" a": [1]}).write_parquet(tmp_path / "t.parquet")
    raw = read_raw(tmp_path / "t.parquet")
    assert raw.frame.columns == ["a"]
    assert [finding.code for finding in raw.findings] == ["name_whitespace"]


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": list(range(100))}).write_parquet(path)
    whole = path.read_bytes()
    for content, code in (
        (b"", "empty_file"),
        (whole[:-30], "file_truncated"),
        (b"a,b\n1,2\n", "not_a_table"),
        (whole[:40] + b"\xff" * (len(whole) - 60) + whole[-20:], "file_truncated"),
    ):
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            read_raw(path)
        assert caught.value.code == code


def test_no_rows_are_cells_too_and_no_columns_are_refused(tmp_path: Path) -> None:
    pl.DataFrame({"a": []}).write_parquet(tmp_path / "t.parquet")
    assert read_raw(tmp_path / "t.parquet").rows == 0
    pl.DataFrame().write_parquet(tmp_path / "t.parquet")
    with pytest.raises(SourceError) as caught:
        read_raw(tmp_path / "t.parquet")
    assert caught.value.code == "no_rows"


def test_twin_names_are_refused(tmp_path: Path) -> None:
    twins = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    pq.write_table(twins, tmp_path / "t.parquet")
    with pytest.raises(SourceError) as caught:
        read_raw(tmp_path / "t.parquet")
    assert caught.value.code == "duplicate_names"


def test_claims(tmp_path: Path) -> None:
    assert claims(Source(given="", name="a", path=tmp_path / "a", head=b"PAR1...")) == 3
    assert claims(Source(given="", name="a", path=tmp_path / "a.PQ", suffix=".pq")) == 2
    assert not claims(Source(given="", name="a", path=tmp_path / "a.csv", suffix=".csv"))
    assert not claims(open_source(3))
