"""Tables in memory, from any library, give one and the same table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from journeyman.errors import SourceError
from journeyman.sources.frame import claims
from journeyman.sources.read import read, read_raw
from journeyman.sources.source import open_source

DATA: dict[str, list[Any]] = {
    "n": [1, 2, None],
    "f": [0.5, None, -1.25],
    "w": ["a", None, "b"],
    "b": [True, None, False],
    "d": [datetime(2024, 1, 2, 3), None, datetime(2020, 5, 6)],
}
FORMS: dict[str, Any] = {
    "dict": DATA,
    "rows": [dict(zip(DATA, row, strict=True)) for row in zip(*DATA.values(), strict=True)],
    "polars": pl.DataFrame(DATA),
    "lazy": pl.LazyFrame(DATA),
    "arrow": pa.table(DATA),
    "pandas": pd.DataFrame(DATA),
    "pandas objects": pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in DATA.items()}),
    "pandas nullable": pd.DataFrame(DATA).convert_dtypes(),
}


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_gives_the_same_table(form: str) -> None:
    assert claims(open_source(FORMS[form]))
    expected, found = read(DATA), read(FORMS[form])
    assert found.schema == expected.schema
    one, other = found.features(), expected.features()
    np.testing.assert_array_equal(one.numbers, other.numbers)
    np.testing.assert_array_equal(one.dates, other.dates)
    np.testing.assert_array_equal(one.dates_missing, other.dates_missing)
    assert [column.cells().tolist() for column in one.words] == [column.cells().tolist() for column in other.words]
    assert [column.kind for column in found.schema] == ["number", "number", "category", "flag", "date"]


def test_a_frame_is_not_changed_and_not_kept() -> None:
    frame = pd.DataFrame({" a": [1.0, 2.0], "b": ["x", "y"]})
    before = frame.copy()
    raw = read_raw(frame)
    pd.testing.assert_frame_equal(frame, before)
    frame.iloc[0, 0] = 9.0
    assert raw.frame["a"].to_list() == [1.0, 2.0]
    ours = pl.DataFrame({" a": [1]})
    read_raw(ours)
    assert ours.columns == [" a"]


def test_mixed_cells_become_text() -> None:
    raw = read_raw({"x": [1, "two", None, 2.5, True]})
    assert raw.frame["x"].to_list() == ["1", "two", None, "2.5", "True"]


def test_rows_with_keys_that_come_and_go() -> None:
    raw = read_raw([{"a": 1}, {"b": "x", "a": 2}])
    assert raw.frame.rows() == [(1, None), (2, "x")]


def test_twin_names() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    arrow = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    for source in (frame, arrow):
        raw = read_raw(source)
        assert raw.frame.columns == ["a", "a_2"]
        assert [finding.code for finding in raw.findings] == ["duplicate_names"]


def test_pandas_categories_and_zoned_times() -> None:
    frame = pd.DataFrame({"c": pd.Categorical(["x", None, "y"]), "t": pd.to_datetime(["2024-01-01T00:00+02:00"] * 3)})
    table = read(frame)
    assert table.schema["c"].levels == ("x", "y")
    assert (table.values["t"].at == np.datetime64("2023-12-31T22:00", "us").astype(np.int64)).all()  # type: ignore[union-attr]
    assert table.schema["t"].kind == "date"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ([], "no_rows"),
        (pl.DataFrame(), "no_rows"),
        ({"a": [1], "b": [1, 2]}, "ragged_rows"),
        ({"a": 5}, "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused(source: Any, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_raw(source)
    assert caught.value.code == code


def test_same_cells_same_digest() -> None:
    assert read_raw(DATA).digest == read_raw(FORMS["rows"]).digest
    assert read_raw({"a": [1, 2]}).digest != read_raw({"a": np.array([1, 3])}).digest
