from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.bundle.date_formats import (
    DAY,
    date_text_reader,
    date_written,
    is_date_format,
    number_date,
    since_epoch,
    since_serial,
)
from journeyman.bundle.ways_to_write import DATE_FORMATS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(*parts: int) -> int:
    return (datetime(*parts, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("date_format", "text", "value"),
    [
        ("d b y", "13 Jan 2024", at(2024, 1, 13)),
        ("d b y", "13-Jan-24", at(2024, 1, 13)),
        ("d b y", "13. März 2024", at(2024, 3, 13)),
        ("d b y", "1er juin 2024", at(2024, 6, 1)),
        ("d b y", "4 de enero de 2022", at(2022, 1, 4)),
        ("d b y", "21st of May 2020", at(2020, 5, 21)),
        ("d b y", "13Jan2024", at(2024, 1, 13)),
        ("d b y", "Mon, 6 Mar 2024 10:11:12 +0100", at(2024, 3, 6, 9, 11, 12)),
        ("d b y", "13 Foo 2024", None),
        ("d b y", "31 Feb 2024", None),
        ("b d y", "March 3rd, 1999", at(1999, 3, 3)),
        ("b d y", "Sept. 5, 2021 5 PM", None),
        ("y b d", "2021 Oct 5", at(2021, 10, 5)),
        ("b y", "Dec-11", at(2011, 12, 1)),
        ("y b", "2011 décembre", at(2011, 12, 1)),
        ("y:m", "1957:01", at(1957, 1, 1)),
        ("y-m", "1957-13", None),
        ("m/y", "03/2020", at(2020, 3, 1)),
        ("quarter", "2020Q3", at(2020, 7, 1)),
        ("quarter", "q4-1999", at(1999, 10, 1)),
        ("ymd", "20240229", at(2024, 2, 29)),
        ("ymd", "20230229", None),
        ("ymd", "20240131170509", at(2024, 1, 31, 17, 5, 9)),
        ("epoch", "1700000000", at(2023, 11, 14, 22, 13, 20)),
        ("epoch", "1700000000000", at(2023, 11, 14, 22, 13, 20)),
        ("epoch", "x", None),
        ("serial", "45000", at(2023, 3, 15)),
        ("serial", "45000.5", at(2023, 3, 15, 12)),
        ("d m y", "3 4 2024", at(2024, 4, 3)),
        ("d/m/y", "3/4/2024 5:06 p.m.", at(2024, 4, 3, 17, 6)),
        ("d/m/y", "3/4/2024 13:06 PM", None),
        ("d/m/y", "3/4/70", at(1970, 4, 3)),
        ("d/m/y", "3/4/68", at(2068, 4, 3)),
    ],
)
def test_formats(date_format: str, text: str, value: int | None) -> None:
    assert date_text_reader(date_format)(text) == value


@given(
    st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2068, 12, 31)),  # zone added below
    st.sampled_from([*DATE_FORMATS, "epoch", "serial"]),
)
def test_what_is_written_is_read_back(when: datetime, date_format: str) -> None:
    minute = when.replace(second=0, microsecond=0, tzinfo=UTC)
    read = date_text_reader(date_format)(date_written(minute, date_format))
    assert read is not None
    back = EPOCH + timedelta(microseconds=read)
    if "d" not in date_format and date_format not in ("iso", "epoch", "serial"):
        month = minute.month if date_format != "quarter" else (minute.month - 1) // 3 * 3 + 1
        assert (back.year, back.month, back.day) == (minute.year, month, 1)
    elif date_format == "serial":
        assert abs(back - minute) < timedelta(seconds=1)
    else:
        assert back == minute


def test_numbers_are_dates_by_their_size() -> None:
    assert since_epoch(1.7e9) == since_epoch(1.7e12) == since_epoch(1.7e15)
    assert since_epoch(1e18) is None
    assert since_serial(25569.0) == 0
    assert since_serial(-1.0) is None
    assert number_date("ymd", 20240131.0) == at(2024, 1, 31)
    assert number_date("ymd", 20240131.5) is None
    assert number_date("serial", 25570.0) == DAY


def test_formats_are_told_from_other_words() -> None:
    assert all(map(is_date_format, (*DATE_FORMATS, "epoch", "serial")))
    assert not any(map(is_date_format, ("", "d", "d.d.d", "d/m", "m.y", "(a+)+", "y/m/d/h", "b", "dmy", "isoo")))
