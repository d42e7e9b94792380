"""Parts of dates, against the standard library's calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeyman.plan.target import Target
from journeyman.preparation.dates.calendar import DAY
from journeyman.preparation.dates.date_parts import DateParts
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(1))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def dates(*moments: datetime | None) -> Columns:
    at = [[0 if one is None else (one - EPOCH) // timedelta(microseconds=1)] for one in moments]
    missing = np.array([[one is None] for one in moments])
    return Columns.of(rows=len(moments), dates=np.array(at, np.int64), dates_missing=missing, date_names=["d"])


@settings(max_examples=300, deadline=None)
@given(st.datetimes(timezones=st.just(UTC)))
@example(datetime(1, 1, 1, tzinfo=UTC))
@example(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
@example(datetime(2000, 2, 29, tzinfo=UTC))
@example(datetime(1900, 3, 1, tzinfo=UTC))
@example(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
def test_parts_are_those_of_the_calendar(moment: datetime) -> None:
    (row,) = DateParts().apply({"timed": np.array([0])}, dates(moment)).numbers.tolist()
    assert row[:5] == [moment.year, moment.month, moment.day, moment.weekday(), moment.hour]
    assert row[5] == float((moment - EPOCH) // timedelta(microseconds=1)) / DAY


def test_an_hour_only_where_training_has_a_time_of_day() -> None:
    step, day, noon = DateParts(), datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 1, 12, tzinfo=UTC)
    plain = step.apply(step.fit(dates(day, None), TARGET), dates(noon))
    assert plain.number_names == ("d year", "d month", "d day", "d weekday", "d days")
    assert plain.numbers.tolist() == [[2024, 5, 1, 2, 19844.5]]
    timed = step.apply(step.fit(dates(day, noon), TARGET), dates(noon))
    assert timed.number_names[4] == "d hour"
    assert timed.numbers[0, 4] == 12
    assert timed.date_names == ()


def test_a_missing_date_is_missing_in_each_part() -> None:
    step = DateParts()
    assert np.isnan(step.apply(step.fit(dates(None), TARGET), dates(None)).numbers).all()


def test_dates_outside_the_calendar_count_as_its_ends() -> None:
    ends = np.array([[np.iinfo(np.int64).min], [np.iinfo(np.int64).max]])
    columns = Columns.of(rows=2, dates=ends, date_names=["d"])
    numbers = DateParts().apply({"timed": np.zeros(0, np.int64)}, columns).numbers
    assert numbers[:, :3].tolist() == [[1, 1, 1], [9999, 12, 31]]
