"""Points on the circles of year, week and day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.dates.cycles import Cycles
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(1))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def dates(*moments: datetime | None) -> Columns:
    at = [[0 if one is None else (one - EPOCH) // timedelta(microseconds=1)] for one in moments]
    missing = np.array([[one is None] for one in moments])
    return Columns.of(rows=len(moments), dates=np.array(at, np.int64), dates_missing=missing, date_names=["d"])


def points(moment: datetime) -> dict[str, float]:
    step = Cycles()
    state = step.fit(dates(datetime(2024, 1, 1, 1, tzinfo=UTC)), TARGET)
    done = step.apply(state, dates(moment))
    assert done.date_names == ("d",)
    return dict(zip(done.number_names, done.numbers[0].tolist(), strict=True))


@pytest.mark.parametrize("year", [1, 1600, 1900, 1999, 2000, 2024, 2103, 9999])
@pytest.mark.parametrize(("month", "day"), [(1, 1), (2, 28), (3, 1), (7, 15), (12, 31)])
def test_angles_are_those_of_the_calendar(year: int, month: int, day: int) -> None:
    moment = datetime(year, month, day, 18, 30, tzinfo=UTC)
    got = points(moment)
    of_year = moment.timetuple().tm_yday - 1
    for name, turn, least in (("year", of_year / 365.25, 0.035), ("week", moment.weekday() / 7, 1e-9)):
        assert got[f"d {name} sine"] == pytest.approx(np.sin(2 * np.pi * turn), abs=least)
        assert got[f"d {name} cosine"] == pytest.approx(np.cos(2 * np.pi * turn), abs=least)
    assert got["d day sine"] == pytest.approx(np.sin(2 * np.pi * 18.5 / 24))


def test_the_day_has_a_circle_only_where_training_has_a_time_of_day() -> None:
    state, done = Cycles().fit_apply(dates(datetime(2024, 5, 1, tzinfo=UTC), None), TARGET)
    assert done.number_names == ("d year sine", "d week sine", "d year cosine", "d week cosine")
    assert np.isnan(done.numbers[1]).all()
    assert not np.isnan(done.numbers[0]).any()
    assert not len(state["timed"])


def test_dates_outside_the_calendar_count_as_its_ends() -> None:
    ends = np.array([[np.iinfo(np.int64).min], [np.iinfo(np.int64).max]])
    columns = Columns.of(rows=2, dates=ends, date_names=["d"])
    step = Cycles()
    done = step.apply({"timed": np.array([0])}, columns).numbers
    assert np.isfinite(done).all()
    assert done[0] == pytest.approx(list(points(datetime(1, 1, 1, tzinfo=UTC)).values()))
