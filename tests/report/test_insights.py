from __future__ import annotations

from typing import Any

from journeyman.report.insights import insights
from journeyman.report.page import render


def one(**changes: Any) -> dict[str, Any]:
    bars = [{"label": "x", "value": 0.4, "low": 0.3, "high": 0.5, "rows": 120, "marked": True}]
    data = {"title": "by 'shop'", "of": "share of 'yes'", "is_rate": True, "bars": bars, "overall": 0.2}
    told = {
        "kind": "by_level",
        "sentence": "'y' is <b>high</b>",
        "held_words": "Held.",
        "figure": {"chart": "level_bars", "data": data},
    }
    return told | changes


def summary(*told: dict[str, Any]) -> dict[str, Any]:
    rows = {"first": 500, "second": 500}
    return {
        "looked_at": 900,
        "found": 9,
        "confirmed": 3,
        "rows": rows,
        "insights": list(told),
        "left_out": ["<i>much</i>"],
    }


def section(given: dict[str, Any]) -> str:
    return render("explore.html", {"name": "t", "origin": "", "target": "", "told": insights(given), "seconds": 1.0})


def test_each_is_shown_with_its_picture_and_nothing_unescaped() -> None:
    page = section(summary(one(), one(sentence="second")))
    assert page.count("<article") == 2
    assert page.count("<svg") == 2
    assert "<b>high" not in page
    assert "<i>much" not in page
    assert "900 things were looked at on 500 rows; 9 stood out, and 3 of these held on 500 other rows" in page


def test_a_chart_that_is_not_ours_is_not_loaded() -> None:
    for chart in ("os", "../x", "numbers", "", "axes"):
        view = insights(summary(one(figure={"chart": chart, "data": {}})))
        assert view is not None
        assert view.told[0].picture == ""


def test_nothing_that_holds_is_an_answer() -> None:
    assert "may well be chance" in section(summary())
    assert insights({}) is None
