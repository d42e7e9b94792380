"""The end of Parquet files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from journeyman.errors import SourceError
from journeyman.sources.parquet.footer import Footer, footer_of, with_names
from journeyman.sources.parquet.thrift import Damaged

TWINS = pa.table(
    [
        pa.array([1, 2, 3]),
        pa.array([{"a": 1, "b": [1]}] * 3),
        pa.array([1, 2, 3], pa.duration("us")),
        pa.array([1, 2, 3], pa.timestamp("ms", "Europe/Oslo")),
    ],
    names=["a", "s", "a", "a"],
)


def footer(table: pa.Table, folder: Path, **options: object) -> Footer:
    pq.write_table(table, folder / "t.parquet", **options)
    return footer_of(folder / "t.parquet", "t.parquet")


def test_names_rows_and_groups_are_read(tmp_path: Path) -> None:
    found = footer(TWINS, tmp_path, row_group_size=2)
    assert found.names == ["a", "s", "a", "a"]
    assert (found.rows, found.groups, found.is_encrypted) == (3, [2, 1], False)


def test_other_names_change_nothing_else(tmp_path: Path) -> None:
    found = footer(TWINS, tmp_path)
    data = (tmp_path / "t.parquet").read_bytes()
    renamed = with_names(found, ["a", "s", "ä 2", "a much longer name"])
    path = tmp_path / "u.parquet"
    path.write_bytes(data[: found.start] + renamed + len(renamed).to_bytes(4, "little") + b"PAR1")
    frame = pl.read_parquet(path)
    assert frame.columns == ["a", "s", "ä 2", "a much longer name"]
    assert frame.dtypes[2:] == [pl.Duration("us"), pl.Datetime("ms", "Europe/Oslo")]
    assert frame.to_arrow().column(1).to_pylist() == TWINS.column(1).to_pylist()
    with pytest.raises(Damaged):
        with_names(found, ["a"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"a,b\n1,2\n", "not_a_table"),
        (b"PAR1", "file_truncated"),
        (b"PAR1" + bytes(20), "file_truncated"),
        (b"PAR1" + b"\xff\xff\0\0PAR1", "file_truncated"),
        (b"PAR1" + bytes(20) + b"\4\0\0\0PARE", "encrypted"),
        (b"PARE" + bytes(20), "encrypted"),
    ],
)
def test_files_that_are_not_whole_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "t.parquet").write_bytes(content)
    with pytest.raises(SourceError) as caught:
        footer_of(tmp_path / "t.parquet", "t.parquet")
    assert caught.value.code == code
    assert caught.value.because
