"""Cells of typed columns, as readers take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest

from journeyman.sources.raw import Raw, cells_of, digest_cells
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger, SetAside


@pytest.mark.parametrize(
    ("series", "cells"),
    [
        (pl.Series(["a", None, "", "a"]), ["a", "", "", "a"]),
        (pl.Series(["a", "b"], dtype=pl.Categorical), ["a", "b"]),
        (pl.Series([True, None, False]), ["True", "", "False"]),
        (pl.Series([None, None]), ["", ""]),
        (pl.Series([2**60, None, 1]), [str(2**60), "", "1"]),
        (pl.Series([[1, 2], None]), ["[1, 2]", ""]),
        (pl.Series([{"a": 1}]), ['{"a": 1}']),
        (pl.Series([b"\x00\xff"]), ["00ff"]),
        (pl.Series([time(1, 2, 3, 500_000), None, time(1, 2, 3)]), ["01:02:03.500", "", "01:02:03"]),
    ],
)
def test_words(series: pl.Series, cells: list[str]) -> None:
    found = cells_of(series)
    assert isinstance(found, Strings)
    assert found.cells().tolist() == cells


@pytest.mark.parametrize(
    ("series", "cells"),
    [
        (pl.Series([1, 2], dtype=pl.UInt8), [1, 2]),
        (pl.Series([1, None]), [1.0, np.nan]),
        (pl.Series([1.5, None, float("inf")]), [1.5, np.nan, np.inf]),
        (pl.Series([Decimal("0.10"), None]), [0.1, np.nan]),
        (pl.Series([timedelta(seconds=1.5), None]), [1.5, np.nan]),
    ],
)
def test_numbers(series: pl.Series, cells: list[float]) -> None:
    np.testing.assert_array_equal(cells_of(series), cells)


def test_times_are_utc_microseconds() -> None:
    expected = np.array(["2024-01-02", "NaT"], "datetime64[us]")
    for series in (
        pl.Series([date(2024, 1, 2), None]),
        pl.Series([datetime(2024, 1, 2), None], dtype=pl.Datetime("ns")),
        pl.Series([datetime(2024, 1, 2, tzinfo=UTC), None]).dt.convert_time_zone("Asia/Tokyo"),
    ):
        found = np.asarray(cells_of(series))
        assert found.dtype == expected.dtype
        np.testing.assert_array_equal(found, expected)


def test_digest_depends_on_every_cell() -> None:
    first = {"a": cells_of(pl.Series([1, 2])), "b": cells_of(pl.Series(["x", "y"]))}
    assert digest_cells(first) == digest_cells(dict(first))
    assert digest_cells(first) != digest_cells({**first, "b": cells_of(pl.Series(["x", "z"]))})


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_times_of_any_unit_are_microseconds_and_impossible_ones_are_missing(unit: Any) -> None:
    known = [datetime(2024, 3, 1, 12, 30, 5, 123000), None, datetime(1969, 12, 31, 23, 59, 59)]
    plain = cells_of(pl.Series(known, dtype=pl.Datetime(unit)))
    assert np.asarray(plain).tolist() == known
    zoned = cells_of(pl.Series(known, dtype=pl.Datetime(unit)).dt.replace_time_zone("Europe/Oslo"))
    assert np.asarray(zoned)[0] == np.datetime64("2024-03-01T11:30:05.123")
    odd = pl.Series([2**62, -(2**62), 0], dtype=pl.Int64).cast(pl.Datetime(unit))
    assert np.isnat(np.asarray(cells_of(odd))).tolist() == [unit != "ns", unit != "ns", False]


def test_pieces_are_the_rows_in_their_order_with_what_was_set_aside() -> None:
    aside = (SetAside(1, "ragged_rows"), SetAside(6, "ragged_rows"))
    finding = Finding(code="ragged_rows", severity="info", message="two")
    raw = Raw(
        name="t", frame=pl.DataFrame({"a": range(7)}), origin="", digest="", findings=(finding,),
        ledger=Ledger(read=7, used=5, set_aside=aside), lines=np.arange(2, 9),
    )  # fmt: skip
    pieces = list(raw.in_pieces(3))
    assert [one.frame["a"].to_list() for one in pieces] == [[0, 1, 2], [3, 4, 5], [6]]
    assert [[each.row for each in one.ledger.set_aside] for one in pieces] == [[1], [], [0]]
    assert [one.ledger.used for one in pieces] == [2, 3, 0]
    assert [one.findings for one in pieces] == [(), (), (finding,)]
    assert pieces[1].lines is not None
    assert pieces[1].lines.tolist() == [5, 6, 7]
    assert [one.rows for one in replace(raw, frame=raw.frame.head(0), lines=None).in_pieces(3)] == [0]
