from __future__ import annotations

from journeyman.report.charts.binned_line import draw, facts

POINTS = [{"at": 10.0**place, "value": 0.1 * place, "low": 0.0, "high": 0.5, "rows": 50} for place in range(4)]


def test_a_line_goes_through_its_stretches_with_a_band_and_a_mark() -> None:
    record = facts({"points": POINTS, "along": "<i>", "is_rate": True, "is_log": True, "mark": 10.0, "overall": 0.2})
    assert record is not None
    drawn = str(draw(record))
    assert drawn.count("<circle") == 4
    assert "<polygon" in drawn
    assert "<i>" not in drawn
    assert "logarithmic" in drawn


def test_dates_are_written_as_dates() -> None:
    points = [{**one, "at": 1.7e15 + place * 1e13} for place, one in enumerate(POINTS)]
    record = facts({"points": points, "along": "day", "is_date": True, "mark": 1.71e15})
    assert record is not None
    assert ">20" in draw(record)


def test_one_point_is_no_line() -> None:
    assert facts({"points": POINTS[:1]}) is None
    assert facts({}) is None
