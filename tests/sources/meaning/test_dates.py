from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.date_formats import date_written
from journeyman.sources.meaning import Meaning, understand
from journeyman.sources.meaning.dates import DATE_FORMATS
from journeyman.table.columns import Strings
from journeyman.table.table import Dates

Mean = Callable[..., Meaning]
Codes = Callable[[Meaning], list[str]]


@pytest.mark.parametrize(
    ("cells", "date_format", "sure"),
    [
        (["2024-05-06", "2023-01-02"], "iso", 1.0),
        (["13/02/2024", "01/03/2024"], "d/m/y", 1.0),
        (["02/13/2024", "01/03/2024"], "m/d/y", 1.0),
        (["02/03/2024", "01/03/2024"], "m/d/y", 0.6),
        (["02.03.2024", "01.03.2024"], "d.m.y", 1.0),
        (["2024/02/28", "2024/12/01"], "y/m/d", 1.0),
        (["13 Jan 2024", "2. März 2023"], "d b y", 1.0),
        (["January 13, 2024", "May 2, 2023"], "b d y", 1.0),
        (["2020Q3", "2021Q1"], "quarter", 1.0),
        (["1957:01", "1957:02"], "y:m", 1.0),
        (["2020-03", "2020-11"], "y-m", 1.0),
        # the day is what is the same in all of them: first days of months
        (["10/1/00", "1/1/01", "4/1/01"], "m/d/y", 1.0),
        (["1/10/2000", "1/1/2001", "1/4/2001"], "d/m/y", 1.0),
        # either way the same day
        (["1/1/1984", "2/2/1985"], "m/d/y", 1.0),
    ],
)
def test_formats(mean: Mean, codes: Codes, cells: list[str], date_format: str, sure: float) -> None:
    found = mean(cells)
    assert (found.column.kind, found.column.date_format, found.column.sure) == ("date", date_format, sure)
    assert codes(found) == (["date_ambiguous"] if sure == 0.6 else [])


def test_day_and_month_are_said_by_whoever_knows(mean: Mean, codes: Codes) -> None:
    cells = ["02/03/2024", "01/03/2024"]
    assert codes(mean(cells, wishes={"date_format": "d/m/y"})) == []
    remedy = mean(cells).findings[0].remedy.words
    assert "m/d/y or d/m/y" in remedy


def test_several_formats_are_read_and_counted(mean: Mean) -> None:
    cells = ["2024-05-06", "13/02/2024", "2024-01-01", "14 Jan 2024", "15/02/2024", "15 Jan 2024"] * 10
    found = mean(cells)
    assert (found.column.date_format, set(found.column.date_formats)) == ("iso", {"d/m/y", "d b y"})
    assert not found.read.refused.any()
    told = found.findings[0]
    assert (told.code, told.severity, told.numbers["count"], told.numbers["iso"]) == ("date_formats", "info", 40, 20)
    assert told.numbers["examples"][0] == [2, "13/02/2024", "2024-02-13"]


def test_serial_numbers_among_dates_are_a_warning_and_alone_they_are_numbers(mean: Mean) -> None:
    found = mean(["2024-05-06", "2024-05-07", "45000"] * 10)
    assert (found.column.date_formats, found.findings[0].severity) == (("serial",), "warning")
    assert mean(["45000", "45001"]).column.kind == "number"


def test_dates_that_no_calendar_has_are_missing_and_told(mean: Mean, codes: Codes) -> None:
    found = mean([f"2024-01-{day:02}" for day in range(1, 31)] + ["2023-02-31", "2023-13-01"] * 4)
    assert found.column.kind == "date"
    assert isinstance(found.read.values, Dates)
    assert found.read.values.missing.tolist() == [False] * 30 + [True] * 8
    assert codes(found) == ["date_invalid"]
    zero = mean(["2024-01-01", "2024-01-02", "0000-00-00"])
    assert (codes(zero), zero.read.refused.any()) == (["date_invalid"], False)


@pytest.mark.parametrize(
    "cells",
    [
        ["2010/11", "2003/04", "2008/09"] * 9,
        ["1.5.2", "1.4.9"],
        ["May", "June"],
        ["10-12", "7-30"],
        ["2020", "2021"],
        ["12/2", "13/4"],
        ["room 3 2020", "room 4 2021"],
    ],
)
def test_what_only_looks_like_dates(mean: Mean, cells: list[str]) -> None:
    assert mean(cells).column.kind != "date"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dates(min_value=date(1971, 1, 1), max_value=date(2068, 12, 31)), min_size=1),  # days have no zone
    st.sampled_from([one for one in DATE_FORMATS if "d" in one and "ymd" not in one]),
)
def test_dates_in_any_format_are_read_back(days: list[date], date_format: str) -> None:
    moments = [datetime(day.year, day.month, day.day, 13, 30, tzinfo=UTC) for day in days]
    moments.append(datetime(1999, 12, 31, 13, 30, tzinfo=UTC))
    found = understand("x", Strings.of([date_written(one, date_format) for one in moments]))
    assert found.column.kind == "date"
    assert isinstance(found.read.values, Dates)
    assert found.read.values.at.tolist() == [int(one.timestamp()) * 1_000_000 for one in moments]
