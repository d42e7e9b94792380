from __future__ import annotations

import pytest

from journeyman.report.charts.confusion import SHADES, facts

TOLD = {"classes": ["a", "b"], "counts": [[9.0, 1.0], [4.0, 6.0]], "others": 0, "right": 0.75, "commonest": 0.5}


def test_shares_are_of_the_true_class() -> None:
    record = facts({"confusion": TOLD})
    assert record is not None
    assert [[one.share for one in line] for line in record.lines] == [[0.9, 0.1], [0.4, 0.6]]
    assert record.confused == ("b", "a", 0.4)
    assert all(0 <= one.shade < SHADES for line in record.lines for one in line)
    assert [line[place].is_right for place, line in enumerate(record.lines)] == [True, True]


def test_classes_counted_together_have_a_line() -> None:
    counts = [[9.0, 1.0, 0.0], [4.0, 6.0, 0.0], [1.0, 1.0, 1.0]]
    record = facts({"confusion": {**TOLD, "counts": counts, "others": 7}})
    assert record is not None
    assert record.labels == ("a", "b", "7 others")


@pytest.mark.parametrize("changes", [{"counts": [[1.0]]}, {"right": None}, {"classes": ["a"]}])
def test_what_does_not_fit_together_is_no_record(changes: dict[str, object]) -> None:
    assert facts({"confusion": {**TOLD, **changes}}) is None
    assert facts({}) is None
