from __future__ import annotations

from typing import Any

from journeyman.report.charts.watch import draw, facts


def batches(count: int) -> list[dict[str, Any]]:
    return [
        {"batch": one, "rows": 100, "known": 100, "estimated": 0.1, "estimated_low": 0.05, "estimated_high": 0.15}
        | ({"real_error": 0.2} if one % 2 else {})
        for one in range(1, count + 1)
    ]


def test_what_is_drawn_is_what_was_seen() -> None:
    record = facts(batches(4), "error", 0.1, 0.15)
    assert record is not None
    assert [one.real for one in record.points] == [0.2, None, 0.2, None]
    picture = str(draw(record))
    assert picture.count("<circle") == 2
    assert "tolerated" in picture
    assert "batch 3: 0.2 in 100 rows" in picture


def test_one_batch_is_no_course_of_things() -> None:
    assert facts(batches(1), "error", 0.1, 0.15) is None
    silent = [{"batch": 1, "rows": 0, "known": 0}, {"batch": 2, "rows": 0, "known": 0}]
    assert facts(silent, "error", 0.1, 0.15) is None


def test_of_many_batches_the_newest_are_drawn() -> None:
    record = facts(batches(500), "error", 0.1, 0.15)
    assert record is not None
    assert record.points[-1].batch == 500
    assert len(record.points) == 120
