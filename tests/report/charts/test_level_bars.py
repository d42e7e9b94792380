from __future__ import annotations

from typing import Any

from journeyman.report.charts.level_bars import bars_of, draw, facts


def told(**changes: Any) -> dict[str, Any]:
    bars = [
        {"label": "<b>x</b>", "value": 0.4, "low": 0.3, "high": 0.5, "rows": 120, "marked": True},
        {"label": "y", "value": 0.1, "low": 0.05, "high": 0.2, "rows": 300, "marked": False},
    ]
    return {"title": "by 'shop'", "of": "share of 'yes'", "is_rate": True, "bars": bars, "overall": 0.2} | changes


def test_bars_begin_at_zero_with_intervals_and_names_escaped() -> None:
    record = facts(told())
    assert record is not None
    assert record.from_zero
    drawn = str(draw(record))
    assert "<b>" not in drawn
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert drawn.count("<rect") == 2
    assert "40.0 %" in drawn


def test_means_far_from_zero_are_discs() -> None:
    bars = [{"label": str(at), "value": 2000.0 + at, "low": 1999.0, "high": 2003.0, "rows": 5} for at in (1, 2)]
    record = facts(told(bars=bars, is_rate=False))
    assert record is not None
    assert not record.from_zero
    assert "<circle" in draw(record)


def test_what_lacks_a_number_is_not_drawn() -> None:
    assert facts(told(bars=[{"label": "x", "value": None}])) is None
    assert facts({}) is None
    assert bars_of("text") == []
