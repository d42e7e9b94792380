from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from journeyman.report.charts.uses import draw, draw_effect, facts

Summary = Callable[..., dict[str, Any]]


def test_what_a_column_does_is_told_in_words(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    first, second, idle = record.columns
    assert (first.moves, first.is_words, second.is_words) == ("8.0 points", False, True)
    assert first.ends is not None
    assert [(one.label, one.shown) for one in first.ends] == [("200,000", "19 %"), ("50,000", "31 %")]
    assert first.points[-1].label == "missing"
    assert idle.ends is None
    assert record.rows == 1200
    assert record.has_effects


def test_effects_stand_on_one_scale(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    assert (record.low, record.high) == (0.19, 0.31)
    picture = ElementTree.fromstring(str(draw_effect(record, record.columns[0])))  # noqa: S314 - our own text
    height = float(picture.attrib["height"])
    heights = [float(one.attrib["cy"]) for one in picture.findall("circle")]
    assert len(heights) == 2
    assert all(0 < one < height for one in heights)
    assert heights[0] < heights[1]
    words = ElementTree.fromstring(str(draw_effect(record, record.columns[1])))  # noqa: S314 - our own text
    assert [one.findtext("title") for one in words.findall("rect")] == ["north: 23 %", "south: 21 %"]


def test_the_longest_bar_fills_its_place(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    assert 'width="100%" height="12"' in draw(record, record.columns[0])


def test_a_model_that_uses_nothing_has_no_record(made_up: Summary) -> None:
    assert facts({}) is None
    assert facts(made_up(uses={"columns": [{"name": "x", "change": 0.0, "share": 0.0}]})) is None


def test_numbers_predicted_move_in_their_own_unit(regression: Summary) -> None:
    record = facts(regression())
    assert record is not None
    assert record.columns[0].moves == "0.08"
