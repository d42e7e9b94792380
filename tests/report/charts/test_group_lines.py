from __future__ import annotations

from journeyman.report.charts.group_lines import draw, facts


def test_all_rows_are_dashed_and_groups_named() -> None:
    lines = [
        {"name": "all rows", "points": [[0, 1, 50], [1, 2, 50]], "is_all": True},
        {"name": "<s>A</s>", "points": [[0, 2, 20], [1, 1, 20]], "is_all": False},
    ]
    record = facts({"lines": lines, "along": "dose", "title": "t"})
    assert record is not None
    drawn = str(draw(record))
    assert "path all" in drawn
    assert "<s>" not in drawn


def test_one_line_turns_nothing_round() -> None:
    assert facts({"lines": [{"name": "a", "points": [[0, 1, 2], [1, 1, 2]]}]}) is None
    assert facts({}) is None
