"""Folders of Parquet files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from journeyman.errors import SourceError
from journeyman.sources.parquet.folder import batches, claims, read_raw
from journeyman.sources.source import open_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    parts = {
        "year=2023/month=01/part-2.parquet": {"a": [1, 2], "b": ["x", "y"]},
        "year=2023/month=01/part-10.parquet": {"a": [3], "b": ["z"]},
        "year=2024/month=02/part-1.parquet": {"a": [4.5], "b": ["w"]},
        "year=__HIVE_DEFAULT_PARTITION__/month=a%20b/part-1.parquet": {"a": [5.0], "b": [None]},
    }
    for name, columns in parts.items():
        path = tmp_path / "table" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pl.DataFrame(columns, schema_overrides={"b": pl.String}).write_parquet(path)
    for name in ("_SUCCESS", "_metadata.parquet", ".hidden.parquet", "_delta_log/x.parquet"):
        path = tmp_path / "table" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("no Parquet")
    return tmp_path / "table"


def test_parts_are_one_table_in_the_order_of_their_names(folder: Path) -> None:
    source = open_source(folder)
    assert claims(source) == 3
    raw = read_raw(source)
    assert raw.name == "table"
    assert raw.frame.columns == ["a", "b", "year", "month"]
    assert raw.frame["a"].to_list() == [1.0, 2.0, 3.0, 4.5, 5.0]
    assert raw.frame["year"].to_list() == [2023, 2023, 2023, 2024, None]
    assert raw.frame["month"].to_list() == ["01", "01", "01", "02", "a b"]
    assert raw.origin == "table: 5 rows, 4 columns in 4 Parquet files"
    assert [one.code for one in raw.findings] == ["mixed_types"]
    assert raw.ledger.read == 5


def test_batches_are_the_same_rows(folder: Path) -> None:
    whole = read_raw(open_source(folder))
    for rows in (1, 2, 3, 100):
        found = list(batches(open_source(folder), rows))
        assert pl.concat([one.frame for one in found]).equals(whole.frame)
        assert all(one.rows <= rows for one in found)
        assert found[-1].findings == whole.findings
        assert {one.digest for one in found} == {whole.digest}


def test_the_digest_knows_of_every_part(folder: Path) -> None:
    before = read_raw(open_source(folder)).digest
    pl.DataFrame({"a": [9.0], "b": ["n"]}).write_parquet(folder / "year=2024" / "month=02" / "part-1.parquet")
    assert read_raw(open_source(folder)).digest != before


def test_a_damaged_part_is_named(folder: Path) -> None:
    path = folder / "year=2024" / "month=02" / "part-1.parquet"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(SourceError) as caught:
        read_raw(open_source(folder))
    assert caught.value.code == "file_truncated"
    assert "year=2024/month=02/part-1.parquet" in caught.value.happened


def test_other_folders_are_left_to_others(tmp_path: Path) -> None:
    assert claims(open_source(tmp_path)) == 0
    (tmp_path / "a.csv").write_text("a\n1\n")
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "b.parquet")
    assert claims(open_source(tmp_path)) == 0
    (tmp_path / "a.csv").unlink()
    assert claims(open_source(tmp_path)) == 3


def test_parts_without_rows_are_a_table_without_rows(tmp_path: Path) -> None:
    pl.DataFrame({"a": []}, schema={"a": pl.Int64}).write_parquet(tmp_path / "b.parquet")
    raw = read_raw(open_source(tmp_path))
    assert (raw.rows, raw.frame.schema) == (0, {"a": pl.Int64()})
