from __future__ import annotations

from typing import Any

from journeyman.report.charts.crossed import draw, facts


def line(name: str, *values: float | None) -> dict[str, Any]:
    points = [{"label": "<u>", "value": one, "low": 0.0, "high": 1.0, "rows": 40} for one in values]
    return {"name": name, "points": points}


def test_two_lines_with_their_names() -> None:
    record = facts({"lines": [line("'a' is 1", 0.2, 0.9), line("other rows", 0.2, 0.3)], "is_rate": True})
    assert record is not None
    drawn = str(draw(record))
    assert drawn.count("<polyline") == 2
    assert "other rows" in drawn
    assert "<u>" not in drawn


def test_a_cell_without_rows_is_not_drawn() -> None:
    assert facts({"lines": [line("a", 0.2, None), line("b", 0.1, 0.2)]}) is None
    assert facts({}) is None
