from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

from journeyman.errors import InputError
from journeyman.sources.matrix import cells_of_matrix, frame_of, names_of, table_of_matrix
from journeyman.table.columns import Strings


def test_numbers_stay_numbers_even_where_they_count_rows() -> None:
    matrix = np.column_stack([np.arange(30), np.linspace(0, 1, 30)])
    matrix[3, 1], matrix[4, 1] = np.nan, np.inf
    table = table_of_matrix(matrix)
    assert [(column.name, column.kind) for column in table.schema] == [("x0", "number"), ("x1", "number")]
    assert (table.schema["x0"].low, table.schema["x0"].high) == (0, 29)
    values = table.values["x1"]
    assert isinstance(values, np.ndarray)
    assert np.flatnonzero(np.isnan(values)).tolist() == [3, 4], "infinite numbers count as missing"
    assert [finding.code for finding in table.findings] == ["infinite_values"]
    assert table.features().numbers.shape == (30, 2)


def test_words_dates_and_numbers_as_words_are_found() -> None:
    matrix = np.array(
        [[str(place % 7), "ab"[place % 2], f"2024-01-{place + 1:02}"] for place in range(20)], dtype=object
    )
    table = table_of_matrix(matrix)
    assert [column.kind for column in table.schema] == ["number", "category", "date"]
    assert isinstance(table.values["x1"], Strings)


def test_what_the_user_says_of_a_column_wins() -> None:
    table = table_of_matrix(np.arange(20.0).reshape(10, 2) % 3, {"x1": {"kind": "category"}})
    assert [column.kind for column in table.schema] == ["number", "category"]
    with pytest.raises(InputError, match="x7"):
        table_of_matrix(np.ones((10, 2)), {"x7": {"kind": "category"}})


def test_short_numbers_are_taken_as_they_are() -> None:
    (cells,) = cells_of_matrix(np.array([[0.1]], np.float32))
    assert cells[0] == np.float64(np.float32(0.1))


def test_frames_are_known_by_narwhals_and_lazy_ones_collected() -> None:
    frame = pl.DataFrame({"a": [1], "b": ["x"]})
    assert frame_of(frame) is frame
    assert frame_of(frame.lazy()).equals(frame)
    assert names_of(frame_of(frame.to_arrow())) == ["a", "b"]
    assert names_of(pd.DataFrame([[1, 2]])) == [0, 1]
    for other in (np.ones((2, 2)), [[1, 2]], pd.Series([1, 2]), {"a": [1]}):
        assert frame_of(other) is None
