from __future__ import annotations

from journeyman.report.charts.pareto import draw, facts


def test_the_curve_and_its_mark() -> None:
    record = facts(
        {"points": [[0.0, 0.0], [0.1, 0.7], [1.0, 1.0]], "mark": [0.1, 0.7], "column": "<a>", "title": "<a>"}
    )
    assert record is not None
    drawn = str(draw(record))
    assert "10 % of the rows hold 70 %" in drawn
    assert "<a>" not in drawn


def test_nothing_is_not_drawn() -> None:
    assert facts({}) is None
    assert facts({"points": [[0, 0], [1, 1]], "mark": [1, 1]}) is None
