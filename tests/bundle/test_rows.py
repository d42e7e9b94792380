from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.reader import Reader
from journeyman.bundle.rows import cells_of
from journeyman.errors import InputError
from journeyman.table.schema import Column

COLUMNS = (
    Column(name="n", kind="number"),
    Column(name="i", kind="number"),
    Column(name="f", kind="flag"),
    Column(name="d", kind="date"),
    Column(name="z", kind="date"),
    Column(name="c", kind="category", levels=("a", "b")),
)
NAMES = [column.name for column in COLUMNS]
MOMENTS = [datetime(2020, 1, 2, 3, 4), None, datetime(2021, 5, 6)]
CELLS: dict[str, list[Any]] = {
    "n": [1.5, None, 3.0],
    "i": [1, None, 2**40],
    "f": [True, None, False],
    "d": MOMENTS,
    "z": [None if one is None else one.replace(tzinfo=UTC) for one in MOMENTS],
    "c": ["a", None, "b"],
}
NO_GAPS = {name: [column[0], column[2]] for name, column in CELLS.items()}


def read(rows: Any) -> tuple[Any, ...]:
    cells, count = cells_of(rows, NAMES)
    columns = Reader(COLUMNS).batch(cells, count).columns
    words = tuple(tuple(column.cells()) for column in columns.words)
    return columns.numbers.tolist().__repr__(), columns.dates.tolist(), columns.dates_missing.tolist(), words


@pytest.mark.parametrize("cells", [CELLS, NO_GAPS])
@pytest.mark.parametrize("form", ["dicts", "arrays", "tuples", "pandas", "pandas-arrow", "polars", "lazy", "arrow"])
def test_every_form_gives_the_same_columns(form: str, cells: dict[str, list[Any]]) -> None:
    import pandas
    import polars
    import pyarrow

    made: Any
    if form == "dicts":
        made = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    elif form == "arrays":
        made = {name: np.array(column, dtype=object) for name, column in cells.items()}
    elif form == "tuples":
        made = {name: tuple(column) for name, column in cells.items()}
    elif form == "pandas":
        made = pandas.DataFrame(cells)
    elif form == "pandas-arrow":
        made = pandas.DataFrame(cells).convert_dtypes(dtype_backend="pyarrow")
    elif form == "polars":
        made = polars.DataFrame(cells).with_columns(polars.col("c").cast(polars.Categorical))
    elif form == "lazy":
        made = polars.DataFrame(cells).lazy()
    else:
        made = pyarrow.table(cells)
    assert read(made) == read(cells)


def test_columns_that_no_row_has_stay_missing_and_others_are_left_out() -> None:
    cells, count = cells_of([{"a": 1, "x": 5}, {"b": 2}], ["a", "b", "c"])
    assert (cells, count) == ({"a": [1, None], "b": [None, 2]}, 2)


def test_no_rows() -> None:
    assert cells_of([], ["a"]) == ({"a": []}, 0)
    assert cells_of({}, ["a"]) == ({}, 0)


@pytest.mark.parametrize(
    "rows", [5, "text", b"bytes", None, [1, 2], ["a"], {"a": 5}, {"a": "text"}, {"a": [1, 2], "b": [1]}]
)
def test_what_is_no_table_is_refused(rows: Any) -> None:
    with pytest.raises(InputError):
        cells_of(rows, ["a", "b"])


def test_numbers_are_not_copied_into_objects() -> None:
    cells, _ = cells_of({"a": np.arange(3.0)}, ["a"])
    assert isinstance(cells["a"], np.ndarray)
    assert cells["a"].dtype == np.float64
