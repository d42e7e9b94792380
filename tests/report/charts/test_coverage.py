from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from journeyman.report.charts.coverage import draw, draw_axis, facts

Bounds = Callable[..., dict[str, Any]]


def test_all_rows_come_first_and_the_level_held_least_last(bounds: Bounds) -> None:
    record = facts({"uncertainty": bounds()})
    assert record is not None
    assert [one.name for one in record.groups] == ["all rows", "2.8 to 7.9", "7.9 to 20", "sex: I"]
    assert (record.nominal, record.what) == (0.9, "rows predicted")
    assert record.low < 0.85
    assert record.high > 0.928


def test_a_group_is_short_only_where_its_whole_interval_is(bounds: Bounds) -> None:
    told = bounds()
    record = facts({"uncertainty": told})
    assert record is not None
    assert not any(one.is_short for one in record.groups)
    told["worst"]["high"] = 0.899
    record = facts({"uncertainty": told})
    assert record is not None
    assert [one.is_short for one in record.groups] == [False, False, False, True]
    assert "mark short" in draw(record, record.groups[-1])
    assert "short" not in draw(record, record.groups[0])


def test_points_lie_on_their_strokes_and_the_promise_beside_them(bounds: Bounds) -> None:
    record = facts({"uncertainty": bounds()})
    assert record is not None
    promised = set()
    for one in record.groups:
        picture = ElementTree.fromstring(str(draw(record, one)))  # noqa: S314 - our own text
        ideal, stroke = picture.findall("line")
        disc = picture.find("circle")
        assert disc is not None
        low, at, high = (
            float(text.rstrip("%")) for text in (stroke.attrib["x1"], disc.attrib["cx"], stroke.attrib["x2"])
        )
        assert 0 < low < at < high < 100
        promised.add(ideal.attrib["x1"])
        assert (picture.findtext("title") or "").startswith(one.name)
    assert len(promised) == 1
    axis = ElementTree.fromstring(str(draw_axis(record)))  # noqa: S314 - our own text
    assert "90 %" in [one.text for one in axis.findall("text")]


def test_names_from_data_are_escaped(bounds: Bounds) -> None:
    told = bounds()
    told["groups"][0]["name"] = "<b>&"
    record = facts({"uncertainty": told})
    assert record is not None
    assert "&lt;b&gt;&amp;" in draw(record, record.groups[1])


def test_without_measured_groups_there_is_no_record(bounds: Bounds) -> None:
    assert facts({}) is None
    assert facts({"uncertainty": bounds(coverage={"value": None})}) is None
    assert facts({"uncertainty": bounds(groups=[], worst=None)}) is None
    assert facts({"uncertainty": {"kind": "none", "nominal": 0.9}}) is None
