from __future__ import annotations

import pytest

from journeyman.report.charts.axes import Axis, axis_of, clipped, frame, short, shown


def test_values_stand_where_they_belong() -> None:
    axis = Axis(0.0, 10.0, 100.0, 200.0)
    assert [axis.at(one) for one in (0.0, 5.0, 10.0, 99.0, -9.0)] == [100.0, 150.0, 200.0, 200.0, 100.0]
    log = Axis(1.0, 100.0, 0.0, 10.0, is_log=True)
    assert log.at(10.0) == pytest.approx(5.0)
    assert log.ticks() == [1.0, 10.0, 100.0]


def test_an_axis_holds_its_values_with_room() -> None:
    axis = axis_of([2.0, 4.0], 0.0, 1.0)
    assert axis is not None
    assert axis.low < 2.0 < 4.0 < axis.high
    assert axis_of([0.0, -1.0], 0.0, 1.0, is_log=True) is None
    assert axis_of([3.0], 0.0, 1.0) is not None


def test_marks_are_short() -> None:
    assert short(12_500_000.0) == "12.5M"
    assert shown(is_rate=True)(0.25) == "25 %"
    assert clipped("abc", 3) == "abc"
    assert frame(Axis(0, 1, 0, 10), Axis(0, 1, 10, 0), short, short)
