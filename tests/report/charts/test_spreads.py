from __future__ import annotations

from journeyman.report.charts.spreads import draw, facts

GROUPS = [
    {"label": "<k>", "spread": [1.0, 2.0, 3.0, 4.0, 5.0], "rows": 9},
    {"label": "all other rows", "spread": [1.0] * 5, "rows": 90},
]


def test_a_line_for_each_group_and_the_bound() -> None:
    record = facts({"groups": GROUPS, "bound": 4.5, "of": "load", "title": "t", "is_log": True})
    assert record is not None
    drawn = str(draw(record))
    assert drawn.count("<rect") == 2
    assert "ideal" in drawn
    assert "<k>" not in drawn


def test_nothing_is_not_drawn() -> None:
    assert facts({}) is None
    assert facts({"groups": [{"label": "a", "spread": [1, 2], "rows": 3}]}) is None
