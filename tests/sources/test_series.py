"""Python values as columns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import polars as pl
import pytest

from journeyman.sources.series import as_type, kinds_of, series_of, spelled, texts_of, type_of, whole_letters


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([], pl.String()),
        ([None, None], pl.String()),
        ([True, None], pl.Boolean()),
        ([1, 2**62, None], pl.Int64()),
        ([1, 2.5], pl.Float64()),
        ([2**60, 2.5], pl.String()),
        ([2**70], pl.String()),
        ([True, 1], pl.String()),
        (["a", 1.5], pl.String()),
        ([date(2024, 1, 1)], pl.Date()),
        ([date(2024, 1, 1), datetime(2024, 1, 2, 3)], pl.Datetime("us")),
        ([time(3), None], pl.Time()),
        ([timedelta(hours=1)], pl.Duration("us")),
        ([time(3), date(2024, 1, 1)], pl.String()),
    ],
)
def test_a_column_has_the_one_type_that_holds_its_cells(cells: list[object], kind: pl.DataType) -> None:
    series = series_of("x", cells)
    assert series.dtype == kind
    assert series.null_count() == cells.count(None)
    assert type_of(kinds_of(iter(cells))) == kind


def test_mixed_cells_are_spelled_shortest() -> None:
    cells = [1, 2.0, 0.1, "007", True, date(2024, 1, 1), datetime(2024, 1, 1, 2), 10**30, float("inf"), None]
    texts = ["1", "2", "0.1", "007", "True", "2024-01-01", "2024-01-01 02:00:00", "1" + "0" * 30, "inf", None]
    assert series_of("x", cells).to_list() == texts


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=30), "30:00:00"),
        (timedelta(seconds=-90), "-00:01:30"),
        (timedelta(microseconds=1_500_000), "00:00:01.5"),
    ],
)
def test_spans_are_spelled_as_clocks(span: timedelta, text: str) -> None:
    assert spelled(span) == text


def test_columns_become_text_without_loss() -> None:
    frame = pl.DataFrame(
        {"i": [1, None], "f": [0.5, 3.0], "b": [True, False], "s": [{"a": 1}, None], "d": [date(2024, 1, 1)] * 2}
    )
    assert [texts_of(one).to_list() for one in frame.get_columns()] == [
        ["1", None],
        ["0.5", "3"],
        ["True", "False"],
        ['{"a": 1}', None],
        ["2024-01-01"] * 2,
    ]
    assert as_type(pl.Series([1, None]), pl.Float64()).to_list() == [1.0, None]
    assert as_type(pl.Series([1.5, None]), pl.String()).to_list() == ["1.5", None]


def test_half_a_letter_is_none() -> None:
    assert series_of("x", ["a\ud800", "b"]).to_list() == ["a\ufffd", "b"]
    assert whole_letters("\U0001f600") == "\U0001f600"
