"""The reader: a cell means the same however it comes in, and cells that cannot be read are told."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.reader import Reader, read_cells
from journeyman.errors import InputError
from journeyman.table.columns import MISSING_WORD, Columns, Strings
from journeyman.table.schema import Column

COLUMNS = (
    Column(name="city", kind="category", levels=("Oslo", "Rome"), missing=("na",)),
    Column(name="size", kind="number", low=0.0, high=10.0, missing=("na",)),
    Column(name="member", kind="flag", true_words=("yes",), false_words=("no",)),
    Column(name="when", kind="date", low=0.0, high=2e15),
    Column(name="code", kind="category", levels=("1", "2"), numeric_spelling=True),
    Column(name="price", kind="number", decimal=",", thousands="."),
)
ROW: dict[str, object] = {
    "city": "Oslo",
    "size": 3.5,
    "member": "yes",
    "when": "2020-01-02",
    "code": 1,
    "price": "1.234,5",
}


def same(first: Columns, second: Columns) -> None:
    """Bit for bit the same columns, levels included."""
    assert first.names == second.names
    np.testing.assert_array_equal(first.numbers, second.numbers)
    np.testing.assert_array_equal(first.dates, second.dates)
    np.testing.assert_array_equal(first.dates_missing, second.dates_missing)
    for one, other in zip(first.words, second.words, strict=True):
        assert one.levels == other.levels
        np.testing.assert_array_equal(one.codes, other.codes)


def same_feeds(first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
    assert first.keys() == second.keys()
    for name in first:
        assert first[name].dtype == second[name].dtype
        assert first[name].shape == second[name].shape
        np.testing.assert_array_equal(first[name], second[name])


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-20, 20),
    st.floats(-20, 20, width=32),
    st.sampled_from([float("nan"), float("inf"), "", "na", "NA ", "yes", "no", "Oslo", "Rome", "Bergen", "1.0", "2"]),
    st.sampled_from(["2020-01-02", "2020-01-02T03:04:05Z", "1960-05-06", "31.12.2020", "1.234,5", "7,5", "1e999"]),
    st.text(max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.fixed_dictionaries({column.name: CELLS for column in COLUMNS}), min_size=1, max_size=4))
def test_one_row_alone_reads_as_in_a_batch(rows: list[dict[str, object]]) -> None:
    reader = Reader(COLUMNS)
    cells = {column.name: [row[column.name] for row in rows] for column in COLUMNS}
    try:
        batch = reader.batch(cells, len(rows))
    except InputError:  # most of a column is refused: a batch stops then, and has no rows to compare
        return
    feeds = reader.feeds(batch.columns)
    for place, row in enumerate(rows):
        alone, status, troubles = reader.one(row)
        same_feeds(alone, {name: block[place : place + 1] for name, block in feeds.items()})
        assert status == batch.status[place]
        told = [(one.column, one.value, one.because) for one in batch.troubles if one.row == place]
        assert [(one.column, one.value, one.because) for one in troubles] == told


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True)), min_size=1, max_size=12))
def test_numbers_read_alike_as_array_text_and_objects(cells: list[float | None]) -> None:
    column = Column(name="x", kind="number", low=-5.0, high=5.0)
    objects = read_cells(column, cells)
    array = read_cells(column, np.array([float("nan") if cell is None else cell for cell in cells]))
    texts = read_cells(column, Strings.of(["" if cell is None or cell != cell else repr(cell) for cell in cells]))
    for other in (array, texts):
        np.testing.assert_array_equal(objects.values, other.values)
        np.testing.assert_array_equal(objects.unusual, other.unusual)
        np.testing.assert_array_equal(objects.refused, other.refused)


def test_short_floats_mean_what_they_spell() -> None:
    column = Column(name="x", kind="number")
    short = np.array([0.1, 2.7, np.nan], np.float32)
    np.testing.assert_array_equal(read_cells(column, short).values, [0.1, 2.7, np.nan])
    np.testing.assert_array_equal(read_cells(column, list(short)).values, [0.1, 2.7, np.nan])


def test_dates_read_alike_as_array_and_text() -> None:
    column = Column(name="x", kind="date", low=0.0, high=1e15)
    texts = ["1969-12-31T23:59:59.5", "2001-02-03", "", "2024-05-06 07:08:09.000001"]
    for unit in ("us", "ns"):
        array = np.array([text or "NaT" for text in texts], dtype=f"datetime64[{unit}]")
        first, second = read_cells(column, Strings.of(texts)), read_cells(column, array)
        np.testing.assert_array_equal(first.values.at, second.values.at)  # type: ignore[union-attr]
        np.testing.assert_array_equal(first.values.missing, second.values.missing)  # type: ignore[union-attr]
        np.testing.assert_array_equal(first.unusual, second.unusual)


def test_words_have_one_canonical_form() -> None:
    column = Column(name="x", kind="category", missing=("na",))
    read = read_cells(column, Strings(np.array([3, 0, 1, 0], np.int32), (" b", "NA", "never", "a")))
    assert read.values == Strings(read.values.codes, (MISSING_WORD, "a", "b"))  # type: ignore[union-attr]
    assert read.values.cells().tolist() == ["a", "b", MISSING_WORD, "b"]  # type: ignore[union-attr]


def test_an_empty_batch_has_the_layout_of_every_batch() -> None:
    reader = Reader(COLUMNS)
    full = reader.batch({name: [cell] for name, cell in ROW.items()}, 1).columns
    assert (reader.empty.rows, reader.empty.names) == (0, full.names)
    assert reader.empty.numbers.shape == (0, 3)
    assert full.number_names == ("size", "member", "price")
    assert full.word_names == ("city", "code")
    assert {name: block.shape for name, block in reader.feeds(reader.empty).items()} == {
        "numbers": (0, 3),
        "dates": (0, 1),
        "dates_missing": (0, 1),
        "words": (0, 2),
    }


def test_blocks_without_columns_are_not_fed() -> None:
    reader = Reader(COLUMNS[1:2])
    assert set(reader.one({"size": 1})[0]) == set(reader.feeds(reader.empty)) == {"numbers"}


def test_extra_columns_change_nothing_and_missing_ones_are_named() -> None:
    reader = Reader(COLUMNS)
    cells = {name: [cell, cell] for name, cell in ROW.items()}
    same(reader.batch(cells, 2).columns, reader.batch({"more": [1, 2], **cells}, 2).columns)
    renamed = {("Size " if name == "size" else name): one for name, one in cells.items()}
    with pytest.raises(InputError, match=r"'size' is missing.*did you mean 'Size '") as caught:
        reader.batch(renamed, 2)
    assert caught.value.code == "column_missing"
    with pytest.raises(InputError) as caught:
        reader.batch({"a": [1], "b": [2]}, 1)
    assert caught.value.remedy == f"there are: 'a', 'b'; rename or add {COLUMNS[0].name!r}"


def test_columns_of_another_length_are_refused() -> None:
    with pytest.raises(InputError, match="'size' has 1 cells"):
        Reader(COLUMNS[1:2]).batch({"size": [1]}, 2)


def test_a_column_that_changed_its_type_stops_the_batch() -> None:
    reader = Reader(COLUMNS[1:2])
    with pytest.raises(InputError, match="row 2 holds 'large'") as caught:
        reader.batch({"size": [1, "large", "small", "large", None, 2]}, 6)
    assert caught.value.code == "type_changed"
    batch = reader.batch({"size": [1, "large", 2, 3, 4, 5]}, 6)
    assert batch.status.tolist() == ["ok", "refused", "ok", "ok", "ok", "ok"]
    assert np.isnan(batch.columns.numbers[1, 0])
    assert [(one.row, one.column, one.value) for one in batch.troubles] == [(1, "size", "large")]
    # one row alone is no evidence about its column
    assert reader.batch({"size": ["large"]}, 1).status.tolist() == ["refused"]


def test_status_and_troubles() -> None:
    reader = Reader(COLUMNS)
    assert reader.one(ROW)[1:] == ("ok", ())
    _, status, troubles = reader.one({**ROW, "city": "Bergen", "size": 11})
    assert status == "unusual"
    assert [(one.column, one.value) for one in troubles] == [("city", "Bergen"), ("size", "11")]
    assert reader.one({**ROW, "city": "Bergen", "size": "?"})[1] == "refused"
    lacking = {name: cell for name, cell in ROW.items() if name != "when"}
    feeds, status, troubles = reader.one(lacking)
    assert feeds["dates_missing"].tolist() == [[True]]
    assert (status, troubles[0].column) == ("unusual", "when")
    with pytest.raises(InputError, match="no column 'size', because it has 'sise'"):
        reader.one({**{name: cell for name, cell in ROW.items() if name != "size"}, "sise": 1})
    same_feeds, status, _ = reader.one({**ROW, "sise": 1})
    assert status == reader.one(ROW)[1]
    assert set(same_feeds) == set(reader.one(ROW)[0])


def test_troubles_are_bounded() -> None:
    batch = Reader(COLUMNS[:2]).batch({"city": ["x"] * 3000, "size": np.full(3000, 99.0)}, 3000)
    assert len(batch.troubles) == 1000
    assert batch.troubles[-1].row == 499


def test_cells_are_not_changed() -> None:
    cells = np.array([1.0, np.inf, np.nan])
    read_cells(COLUMNS[1], cells)
    np.testing.assert_array_equal(cells, [1.0, np.inf, np.nan])


def test_one_row_is_read_fast() -> None:
    columns = [
        Column(name=f"x{place}", kind="category", levels=("a", "b"))
        if place % 2
        else Column(name=f"x{place}", kind="number")
        for place in range(20)
    ]
    reader = Reader(columns)
    row: dict[str, object] = {f"x{place}": "a" if place % 2 else 1.5 for place in range(20)}
    best = 1.0
    for _ in range(200):
        start = time.perf_counter()
        reader.one(row)
        best = min(best, time.perf_counter() - start)
    assert best < 60e-6


def test_reading_needs_no_data_frame_library() -> None:
    code = (
        "import sys, journeyman.bundle.reader;"
        "heavy = {'polars', 'pandas', 'sklearn', 'scipy', 'lightgbm', 'onnx', 'onnxruntime', 'pyarrow'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
