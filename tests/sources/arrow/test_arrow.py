"""Arrow files and streams."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from polars.testing.parametric import dataframes
from pyarrow import feather

from journeyman.errors import SourceError
from journeyman.sources.arrow.arrow import batches, claims, read_raw
from journeyman.sources.source import Source, open_source

TABLE = pa.table(
    {
        "whole": pa.array([1, None, 3]),
        "words": pa.array(["x", None, "x"]).dictionary_encode(),
        "decimal": pa.array([1, 2, 3]).cast(pa.decimal128(24, 2)),
        "zoned": pa.array([0, 1, 2], pa.timestamp("ms", "Europe/Oslo")),
        "span": pa.array([1, 2, 3], pa.duration("us")),
        "nested": pa.array([{"a": 1, "b": [1]}] * 3),
        "bytes": pa.array([b"\0", b"x", None]),
    }
)
TWINS = pa.table([pa.array([1, 2]), pa.array(["x", "y"])], names=["a", "a"])


def written(table: pa.Table, path: Path) -> Path:
    if path.suffix == ".arrows":
        with pa.ipc.new_stream(path, table.schema) as writer:
            writer.write_table(table)
    elif path.suffix == ".feather":
        feather.write_feather(table, path)
    else:
        with pa.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=2)
    return path


@pytest.mark.parametrize("name", ["t.arrow", "t.feather", "t.arrows", "t.dat"])
def test_files_and_streams_keep_their_types(tmp_path: Path, name: str) -> None:
    source = open_source(written(TABLE, tmp_path / name))
    assert claims(source) == 3
    raw = read_raw(source)
    assert raw.origin == f"{name}: 3 rows, 7 columns"
    assert raw.findings == ()
    kinds = dict(zip(raw.frame.columns, raw.frame.dtypes, strict=True))
    assert kinds["zoned"] == pl.Datetime("ms", "Europe/Oslo")
    assert kinds["span"] == pl.Duration("us")
    assert [one["whole"] for one in raw.frame.to_dicts()] == [1, None, 3]
    assert list(raw.cells()["words"].cells()) == ["x", "", "x"]
    pieces = list(batches(source, 2))
    assert [one.rows for one in pieces] == [2, 1]
    assert pl.concat([one.frame for one in pieces]).equals(raw.frame)


def test_what_polars_writes_is_read(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    frame.write_ipc(tmp_path / "t.feather")
    frame.write_ipc_stream(tmp_path / "t.arrows")
    for name in ("t.feather", "t.arrows"):
        assert read_raw(open_source(tmp_path / name)).frame.equals(frame)


@pytest.mark.parametrize("name", ["t.arrow", "t.arrows"])
def test_twin_names_are_numbered(tmp_path: Path, name: str) -> None:
    source = open_source(written(TWINS, tmp_path / name))
    for raw in (read_raw(source), *batches(source, 5)):
        assert raw.frame.columns == ["a", "a_2"]
        assert raw.frame.rows() == [(1, "x"), (2, "y")]
        assert [one.code for one in raw.findings] == ["duplicate_names"]


@pytest.mark.parametrize("name", ["t.arrow", "t.arrows"])
def test_no_rows_are_cells_too(tmp_path: Path, name: str) -> None:
    source = open_source(written(TABLE.slice(0, 0), tmp_path / name))
    assert (read_raw(source).rows, read_raw(source).frame.width) == (0, 7)
    assert [one.rows for one in batches(source, 5)] == [0]


def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    file = written(TABLE, tmp_path / "t.arrow").read_bytes()
    stream = written(TABLE, tmp_path / "t.arrows").read_bytes()
    for content, code in (
        (b"", "empty_file"),
        (b"a,b\n1,2\n", "not_a_table"),
        (b"FEA1" + bytes(40), "not_a_table"),
        (file[:-100], "file_truncated"),
        (file[:20], "file_truncated"),
        (stream[:-300], "file_truncated"),
    ):
        path = tmp_path / "u.arrow"
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            read_raw(open_source(path))
        assert caught.value.code == code
        assert caught.value.because


def test_a_stream_without_its_end_mark_is_told(tmp_path: Path) -> None:
    path = written(TABLE, tmp_path / "t.arrows")
    path.write_bytes(path.read_bytes()[:-8])
    raw = read_raw(open_source(path))
    assert raw.rows == 3
    assert [(one.code, one.severity) for one in raw.findings] == [("file_truncated", "warning")]


def test_changed_bytes_never_do_more_than_refuse(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = written(TABLE, tmp_path / "t.arrow").read_bytes()
    path = tmp_path / "u.arrow"
    draw = np.random.default_rng(11)
    for _ in range(40):
        place = int(draw.integers(8, len(whole)))
        path.write_bytes(whole[:place] + draw.bytes(3) + whole[place + 3 :])
        try:
            read_raw(open_source(path)).cells()
        except SourceError as error:
            assert error.code in ("file_truncated", "no_rows")  # noqa: PT017 - some changes do no harm
    capfd.readouterr()  # a panic of the native reader writes there


def test_claims(tmp_path: Path) -> None:
    assert claims(Source(given="", name="a", path=tmp_path / "a.ipc", suffix=".ipc")) == 2
    assert not claims(Source(given="", name="a", path=tmp_path / "a.csv", suffix=".csv", head=b"\xff\xff\xff\xffab"))
    assert not claims(Source(given="", name="a", path=tmp_path))


KINDS = [pl.Int32, pl.Int64, pl.UInt8, pl.Float64, pl.String, pl.Boolean, pl.Date, pl.Datetime("us"), pl.Duration("us")]


@given(dataframes(min_cols=1, max_cols=4, max_size=12, allowed_dtypes=KINDS, allow_null=True))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_reads_back(tmp_path: Path, frame: pl.DataFrame) -> None:
    frame.write_ipc(tmp_path / "t.feather")
    source = open_source(tmp_path / "t.feather")
    assert read_raw(source).frame.equals(frame)
    assert pl.concat([one.frame for one in batches(source, 5)]).equals(frame)
