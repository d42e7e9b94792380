from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from journeyman.report.charts.residuals import draw, draw_errors, facts

Summary = Callable[..., dict[str, Any]]


def test_bands_and_bars_are_drawn_inside(regression: Summary) -> None:
    record = facts(regression())
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    _, _, width, height = (float(one) for one in picture.attrib["viewBox"].split())
    discs = picture.findall("circle")
    assert len(discs) == 5
    assert all(0 < float(one.attrib["cx"]) < width and 0 < float(one.attrib["cy"]) < height for one in discs)
    bars = ElementTree.fromstring(str(draw_errors(record))).findall("rect")  # noqa: S314 - our own text
    assert [one.attrib["class"] for one in bars] == ["rest", "bar light", "bar light", "rest"]
    assert bars[0].findtext("title") == "4 rows off by −20 to −10"


def test_without_errors_there_is_no_record(regression: Summary) -> None:
    assert facts({}) is None
    told = regression()["residuals"]
    assert facts({"residuals": {**told, "edges": [1.0]}}) is None
    assert facts({"residuals": {**told, "half": None}}) is None
