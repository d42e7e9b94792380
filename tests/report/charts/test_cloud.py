from __future__ import annotations

from journeyman.report.charts.cloud import draw, facts


def test_few_rows_are_discs() -> None:
    points = [[float(one), float(one * one)] for one in range(1, 40)]
    record = facts({"points": points, "across": "<x>", "down": "y", "smooth": points[::10], "rows": 39, "title": "t"})
    assert record is not None
    drawn = str(draw(record))
    assert drawn.count("<circle") == 39
    assert "&lt;x&gt;" in drawn
    assert "smooth" in drawn


def test_many_rows_are_fields_shaded_by_their_number() -> None:
    data = {"fields": [[0, 0, 1], [1, 1, 900]], "bounds": [[0.0, 2.0], [0.0, 3.0]], "size": [2, 2], "rows": 901}
    record = facts({**data, "across": "a", "down": "b", "across_is_log": True})
    assert record is not None
    drawn = str(draw(record))
    assert "f5" in drawn
    assert "900 rows" in drawn


def test_nothing_is_not_drawn() -> None:
    assert facts({}) is None
    assert facts({"points": [["a", 1]]}) is None
