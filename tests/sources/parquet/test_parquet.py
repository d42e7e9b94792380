"""Parquet files."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from polars.testing.parametric import dataframes

from journeyman.errors import SourceError
from journeyman.sources.parquet.parquet import batches, claims, read_raw
from journeyman.sources.read import read
from journeyman.sources.source import Source, open_source


def test_columns_keep_their_types(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, None], "b": ["x", "y"], "c": [0.5, 1.5]})
    frame.write_parquet(tmp_path / "t.parquet")
    raw = read_raw(open_source(tmp_path / "t.parquet"))
    assert raw.frame.equals(frame)
    assert raw.origin == "t.parquet: 2 rows, 3 columns"
    assert len(raw.digest) == 64


def test_every_type_of_arrow_becomes_cells(tmp_path: Path) -> None:
    table = pa.table(
        {
            "struct": pa.array([{"a": 1, "b": [1, None]}, None]),
            "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
            "decimal": pa.array([1, None]).cast(pa.decimal128(24, 2)),
            "zoned": pa.array([0, None], pa.timestamp("ns", "Europe/Oslo")),
            "words": pa.array(["a", None]).dictionary_encode(),
            "bytes": pa.array([b"\0\xff", None]),
            "span": pa.array([1_500_000, None], pa.duration("us")),
            "none": pa.nulls(2),
            "big": pa.array([2**63, None], pa.uint64()),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    cells = read_raw(open_source(tmp_path / "t.parquet")).cells()
    first = {name: (one.cells()[0] if hasattr(one, "cells") else one[0]) for name, one in cells.items()}
    assert first["struct"] == '{"a": 1, "b": [1, null]}'
    assert "k" in first["map"]
    assert (first["decimal"], first["words"], first["bytes"], first["span"]) == (1.0, "a", "00ff", 1.5)
    assert str(first["zoned"]).startswith("1970-01-01T00:00")
    assert (first["none"], first["big"]) == ("", str(2**63))


def test_names_are_cleaned_and_twins_numbered(tmp_path: Path) -> None:
    pl.DataFrame({" a": [1]}).write_parquet(tmp_path / "t.parquet")
    raw = read_raw(open_source(tmp_path / "t.parquet"))
    assert raw.frame.columns == ["a"]
    assert [finding.code for finding in raw.findings] == ["name_whitespace"]
    twins = pa.Table.from_arrays([pa.array([1, 2]), pa.array(["x", "y"])], names=["a", "a"])
    pq.write_table(twins, tmp_path / "t.parquet")
    source = open_source(tmp_path / "t.parquet")
    for raw in (read_raw(source), *batches(source, 10)):
        assert raw.frame.rows() == [(1, "x"), (2, "y")]
        assert raw.frame.columns == ["a", "a_2"]
        assert [finding.code for finding in raw.findings] == ["duplicate_names"]
        assert raw.digest == source.digest()


def test_batches_are_the_same_rows(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": range(1000), "b": [f"t{place}" for place in range(1000)]})
    frame.write_parquet(tmp_path / "t.parquet", row_group_size=150)
    source = open_source(tmp_path / "t.parquet")
    for rows in (1, 100, 150, 400, 5000):
        found = list(batches(source, rows))
        assert pl.concat([one.frame for one in found]).equals(frame)
        assert all(one.rows <= rows for one in found)
        assert sum(one.ledger.used for one in found) == 1000


def test_no_rows_are_cells_too(tmp_path: Path) -> None:
    pl.DataFrame({"a": []}).write_parquet(tmp_path / "t.parquet")
    source = open_source(tmp_path / "t.parquet")
    assert read_raw(source).rows == 0
    assert [one.rows for one in batches(source, 10)] == [0]
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "t.parquet")
    assert caught.value.code == "no_rows"


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "t.parquet")
    (tmp_path / "t.parquet.gz").write_bytes(gzip.compress((tmp_path / "t.parquet").read_bytes()))
    assert read_raw(open_source(tmp_path / "t.parquet.gz")).frame.rows() == [(1,)]


def test_claims(tmp_path: Path) -> None:
    assert claims(Source(given="", name="a", path=tmp_path / "a", head=b"PAR1...")) == 3
    assert claims(Source(given="", name="a", path=tmp_path / "a.PQ", suffix=".pq")) == 2
    assert not claims(Source(given="", name="a", path=tmp_path / "a.csv", suffix=".csv"))
    assert not claims(Source(given="", name="a", path=tmp_path))
    assert not claims(Source(given={}, name="a"))


KINDS = [pl.Int32, pl.Int64, pl.UInt8, pl.Float64, pl.String, pl.Boolean, pl.Date, pl.Datetime("us"), pl.Duration("us")]


@given(dataframes(min_cols=1, max_cols=4, max_size=12, allowed_dtypes=KINDS, allow_null=True))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_reads_back(tmp_path: Path, frame: pl.DataFrame) -> None:
    frame.write_parquet(tmp_path / "t.parquet", row_group_size=3)
    source = open_source(tmp_path / "t.parquet")
    assert read_raw(source).frame.equals(frame)
    assert pl.concat([one.frame for one in batches(source, 5)]).equals(frame)
