from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from journeyman.report.charts.unattended import draw, facts


def made_up(**changes: Any) -> dict[str, Any]:
    steps = [
        {"threshold": 0.95, "cases": 100, "wrong": 0, "p_value": 0.005, "tested": False, "passed": False},
        {"threshold": 0.9, "cases": 300, "wrong": 5, "p_value": 0.01, "tested": True, "passed": True},
        {"threshold": 0.8, "cases": 500, "wrong": 20, "p_value": 0.03, "tested": True, "passed": True},
        {"threshold": 0.6, "cases": 800, "wrong": 90, "p_value": 1.0, "tested": True, "passed": False},
    ]
    test = {"decision": None, "limit": 0.05, "confidence": 0.95, "threshold": 0.8, "cases": 1000, "steps": steps}
    return {**test, **changes}


def test_points_are_shares_and_errors_and_only_what_was_tested_has_passed() -> None:
    record = facts(made_up())
    assert record is not None
    assert [one.share for one in record.points] == [0.1, 0.3, 0.5, 0.8]
    assert [one.passed for one in record.points] == [False, True, True, False]
    assert [one.chosen for one in record.points] == [False, False, True, False]
    assert record.points[2].error == pytest.approx(0.04)
    nothing = facts(made_up(threshold=None))
    assert nothing is not None
    assert not any(one.chosen for one in nothing.points)


def test_without_steps_there_is_no_record() -> None:
    assert facts(made_up(steps=[])) is None
    assert facts(made_up(cases=0)) is None


def test_every_point_is_drawn_inside_the_picture() -> None:
    record = facts(made_up(decision="<b>"))
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    _, _, width, height = (float(one) for one in picture.attrib["viewBox"].split())
    discs = picture.findall("circle")
    assert len(discs) == 4
    for one in discs:
        assert 0 < float(one.attrib["cx"]) < width
        assert 0 < float(one.attrib["cy"]) < height
    assert sum("floor" in one.attrib["class"] for one in discs) == 2
