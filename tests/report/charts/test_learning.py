from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from journeyman.report.charts.learning import draw, draw_axis, facts


def curve(**changes: Any) -> dict[str, Any]:
    return {
        "metric": "roc_auc",
        "half": {"rows": 2000.0, "value": 0.80, "low": 0.78, "high": 0.82},
        "full": {"rows": 4000.0, "value": 0.82, "low": 0.80, "high": 0.84},
        "doubling": {"value": 0.02, "low": 0.01, "high": 0.03},
        "whole": {"rows": 5000, "value": 0.824, "low": 0.80, "high": 0.85},
        "more": {"rows": 50000, "value": 0.85, "low": 0.81, "high": 0.90},
        "outlook": "helps",
        "sentence": "10 times the rows would give <more>.",
        **changes,
    }


def test_points_come_in_the_order_of_rows_and_say_what_was_measured() -> None:
    record = facts({"learning_curve": curve()})
    assert record is not None
    assert [one.rows for one in record.points] == ["2,000 rows", "4,000 rows", "5,000 rows", "50,000 rows"]
    assert [one.is_expected for one in record.points] == [False, False, True, True]
    assert record.low < 0.78 < 0.90 < record.high


def test_a_disc_lies_on_its_stroke_and_is_hollow_where_it_is_expected() -> None:
    record = facts({"learning_curve": curve()})
    assert record is not None
    for one in record.points:
        picture = ElementTree.fromstring(str(draw(record, one)))  # noqa: S314 - our own text
        stroke, disc = picture.find("line"), picture.find("circle")
        assert stroke is not None
        assert disc is not None
        places = (stroke.attrib["x1"], disc.attrib["cx"], stroke.attrib["x2"])
        low, at, high = (float(text.rstrip("%")) for text in places)
        assert 0 < low < at < high < 100
        assert ("floor" in disc.attrib["class"]) == one.is_expected
        assert (picture.findtext("title") or "").startswith(one.rows)
    axis = ElementTree.fromstring(str(draw_axis(record)))  # noqa: S314 - our own text
    assert axis.findall("text")


def test_without_a_curve_there_is_no_record() -> None:
    assert facts({}) is None
    assert facts({"learning_curve": None}) is None
    assert facts({"learning_curve": curve(more={"rows": 50000, "value": None})}) is None
