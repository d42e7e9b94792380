"""A page for each column."""

from __future__ import annotations

from typing import Any

from journeyman.report import glance
from journeyman.report.columns import MOST, pages


def _summary(names: list[str]) -> dict[str, Any]:
    column = {"kind": "number", "role": "feature", "reason": "every cell is a number"}
    group = {"low": 0.1, "high": 0.3, "rows": 9}
    return {
        "schema": [{**column, "name": name} for name in names],
        "profile": [{"name": name, "rows": 20, "missing": 1, "distinct": 5, "low": 1.0, "high": 2.0} for name in names],
        "along": [
            {
                "name": names[0],
                "score": 0.7,
                "measure": "AUC",
                "of": "share of 'yes'",
                "is_rate": True,
                "overall": 0.2,
                "groups": [{**group, "value": 0.2, "at": 1.0}, {**group, "value": 0.25, "at": 2.0}],
            },
            {"name": names[-1], "score": 0.31, "measure": "share of variance explained", "groups": ()},
        ],
    }


def test_what_a_column_is_holds_and_says() -> None:
    summary = _summary(["a", "b"])
    finding = {"columns": ["a"], "message": "m"}
    first, second = pages(summary, glance.lines(summary, None), [finding])
    assert ("missing", "1 of 20 cells (5 %)") in first.facts
    assert "much of the target (AUC 0.700" in first.says
    assert "<polyline" in first.picture
    assert first.caption.startswith("share of 'yes'")
    assert first.findings == (finding,)
    assert "31 %" in second.says
    assert second.picture == ""


def test_of_very_many_columns_those_that_tell_something_have_a_page() -> None:
    names = [f"c{place}" for place in range(MOST + 50)]
    summary = _summary(names)
    about = {"columns": [names[-3]], "message": "m"}
    found = [one.line.name for one in pages(summary, glance.lines(summary, None), [about])]
    assert len(found) == MOST
    assert {names[0], names[-1], names[-3]} <= set(found)
