"""Columns that parts of one table have in common."""

from __future__ import annotations

import polars as pl
import pytest

from journeyman.sources.parquet.common_shape import conformed, shape_of, type_for


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ([pl.Int32(), pl.Int64()], pl.Int64()),
        ([pl.Int8(), pl.Float32()], pl.Float64()),
        ([pl.UInt64(), pl.Int64()], pl.String()),
        ([pl.Date(), pl.Datetime("ms")], pl.Datetime("us")),
        ([pl.Datetime("ms", "Europe/Oslo"), pl.Datetime("ns", "UTC")], pl.Datetime("us", "UTC")),
        ([pl.Datetime("us", "UTC"), pl.Datetime("us")], pl.String()),
        ([pl.Null(), pl.Int32()], pl.Int32()),
        ([pl.Null()], pl.String()),
        ([pl.Int64(), pl.String()], pl.String()),
    ],
)
def test_types_are_brought_together(kinds: list[pl.DataType], kind: pl.DataType) -> None:
    assert type_for(kinds) == kind


def test_parts_are_brought_to_one_shape_and_told() -> None:
    first, second = pl.DataFrame({"a": [1], "b": ["x"]}), pl.DataFrame({"b": [2.5], "c": [True]})
    shape = shape_of({"p1": dict(first.schema), "p2": dict(second.schema)})
    rows = pl.concat([conformed(first, shape), conformed(second, shape)]).rows()
    assert rows == [(1, "x", None), (None, "2.5", True)]
    told = {(one.code, one.columns): one for one in shape.findings}
    assert set(told) == {("column_missing", ("a",)), ("column_missing", ("c",)), ("mixed_types", ("b",))}
    assert "p2" in told["column_missing", ("a",)].message
    assert "string in p1; float64 in p2" in told["mixed_types", ("b",)].message
    assert told["mixed_types", ("b",)].severity == "warning"


def test_numbers_of_other_widths_are_no_warning() -> None:
    shape = shape_of({"p": {"a": pl.Int32()}, "q": {"a": pl.Int64()}})
    assert [one.severity for one in shape.findings] == ["info"]
    assert shape_of({"p": {"a": pl.Categorical()}, "q": {"a": pl.String()}}).findings == ()
