from __future__ import annotations

from typing import Any

import pytest

from journeyman.report.charts.curves import MOST_BARS, MOST_FIELDS, facts


def axis(name: str, *, cuts: list[float] | None = None, levels: list[str] | None = None) -> dict[str, Any]:
    return {"name": name, "cuts": cuts or [], "levels": levels or []}


def curve(
    axes: list[dict[str, Any]], values: list[float], rows: list[int] | None = None, **more: Any
) -> dict[str, Any]:
    told = [[one] for one in values]
    low, high = [[one - 0.1] for one in values], [[one + 0.1] for one in values]
    return {"axes": axes, "values": told, "low": low, "high": high, "rows": rows or [10] * len(values), **more}


def summary(*curves: dict[str, Any], scale: str = "target", **more: Any) -> dict[str, Any]:
    return {"curves": {"scale": scale, "intercept": [0.0], "curves": list(curves), "left_out": 2}, **more}


def test_a_number_is_stretches_between_cuts_and_missing_a_bar() -> None:
    record = facts(summary(curve([axis("age", cuts=[1.0, 2.0])], [-1.0, 0.0, 1.0, 0.5])))
    assert record is not None
    (panel,) = record.panels
    assert [(one.begin, one.end, one.value) for one in panel.steps][1] == (1.0, 2.0, 0.0)
    assert [one.label for one in panel.bars] == ["missing"]
    assert record.left_out == 2
    assert not record.is_factor


def test_the_outermost_rows_lie_beyond_the_ends() -> None:
    rows = [1, *[100] * 8, 1, 0]
    record = facts(summary(curve([axis("age", cuts=[0.0, *range(2, 9), 1e9])], [0.0] * 11, rows)))
    assert record is not None
    steps = record.panels[0].steps
    assert (steps[0].begin, steps[-1].end) == (0.0, 1e9)
    assert len(steps) == 8


def test_words_are_bars_by_what_they_add_of_those_with_most_rows() -> None:
    levels = [f"l{place}" for place in range(15)]
    values = [float(place % 7) for place in range(15)]
    record = facts(summary(curve([axis("w", levels=levels)], [*values, 0.0], [*range(20, 5, -1), 0])))
    assert record is not None
    bars = record.panels[0].bars
    assert len(bars) == MOST_BARS
    assert [one.value for one in bars] == sorted((one.value for one in bars), reverse=True)
    assert {one.label for one in bars} == set(levels[:MOST_BARS])


def test_a_pair_is_fields_of_about_as_many_rows() -> None:
    cuts, levels = [float(place) for place in range(40)], ["u", "v"]
    rows = [5] * (41 * 3) + [0] * 3
    values = [float(place % 3) for place in range(42 * 3)]
    record = facts(summary(curve([axis("a", cuts=cuts), axis("w", levels=levels)], values, rows)))
    assert record is not None
    (panel,) = record.panels
    assert panel.names == ("a", "w")
    assert len(panel.labels[0]) == MOST_FIELDS
    assert panel.labels[1] == ("u", "v", "missing")
    assert {one.value for one in panel.fields if one.down == 1} == {1.0}
    assert sum(one.rows for one in panel.fields) == sum(rows)


def test_logarithms_are_told_as_factors_and_of_several_classes_one_is_shown() -> None:
    told = curve([axis("age", cuts=[1.0])], [0.0] * 3)
    told["values"] = [[0.1, 2.0], [0.0, -2.0], [0.0, 0.0]]
    told["low"] = told["high"] = told["values"]
    record = facts(summary(told, scale="log odds", classes=["n", "y"]))
    assert record is not None
    assert record.panels[0].of == "y"
    assert record.shown(0.0) == "×1"
    assert "odds" in record.what


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"curves": None},
        summary(),
        summary({"axes": []}),
        summary({**curve([axis("a", cuts=[1.0])], [0.0] * 3), "rows": [1]}),
        summary(curve([axis("a", cuts=[1.0]), axis("b", cuts=[1.0])], [0.0] * 3)),
        summary({**curve([axis("a", cuts=[1.0])], [0.0] * 3), "values": [["x"]] * 3}),
    ],
)
def test_what_is_not_told_is_not_shown(broken: dict[str, Any]) -> None:
    assert facts(broken) is None
