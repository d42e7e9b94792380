"""Values by name, and as blocks."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Dates, Ledger, Table, blocks


def table() -> Table:
    return Table(
        name="small",
        schema=Schema(
            (
                Column(name="word", kind="category"),
                Column(name="number", kind="number"),
                Column(name="when", kind="date"),
                Column(name="flag", kind="flag"),
                Column(name="y", kind="category", role="target"),
            )
        ),
        values={
            "word": Strings.of(["a", MISSING_WORD, "b"]),
            "number": np.array([1.0, np.nan, 3.0]),
            "when": Dates(np.array([5, 0, 7]), np.array([False, True, False])),
            "flag": np.array([0.0, 1.0, np.nan]),
            "y": Strings.of(["no", "no", "yes"]),
        },
        rows=3,
        ledger=Ledger(read=3, used=3),
        origin="three rows",
        digest="",
        row_numbers=np.arange(3),
    )


def test_features_are_blocks_in_the_schemas_order() -> None:
    features = table().features()
    assert features.number_names == ("number", "flag")
    assert features.date_names == ("when",)
    assert features.word_names == ("word",)
    assert np.array_equal(features.numbers, [[1, 0], [np.nan, 1], [3, np.nan]], equal_nan=True)
    assert (features.dates.dtype, features.dates_missing.dtype) == (np.int64, np.bool_)


def test_blocks_of_nothing() -> None:
    assert blocks({}, 5).rows == 5
    assert blocks({}, 5).names == ()


def test_texts_are_words_that_are_said_to_be_texts() -> None:
    schema = table().schema
    read = table().with_schema(schema.with_column(Column(name="word", kind="text")))
    assert read.features().texts == read.features().text_names == ("word",)
    assert table().features().texts == ()


def test_missing_cells_of_every_kind() -> None:
    for name in ("word", "number", "when"):
        assert table().missing(name).tolist() == [False, True, False]
    assert table().missing("flag").tolist() == [False, False, True]


def test_rows_are_taken_together() -> None:
    some = table().take(np.array([2, 0]))
    assert (some.rows, some.row_numbers.tolist()) == (2, [2, 0])
    assert some.features().words[0].cells().tolist() == ["b", "a"]
    assert some.features().dates[:, 0].tolist() == [7, 5]
    assert table().take(np.array([True, False, False])).rows == 1


def test_another_schema_leaves_the_cells() -> None:
    one = table()
    renamed = one.with_schema(one.schema.with_role("flag", "ignored", ""))
    assert renamed.values is one.values
    assert renamed.features().number_names == ("number",)
