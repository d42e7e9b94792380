from __future__ import annotations

import doctest
from xml.etree import ElementTree

from journeyman.report.charts import drawing


def test_the_examples_hold() -> None:
    assert doctest.testmod(drawing).failed == 0


def test_text_and_attributes_are_escaped() -> None:
    made = drawing.element("text", "<script>&", title='"><script>')
    read = ElementTree.fromstring(str(made))  # noqa: S314 - our own text
    assert read.text == "<script>&"
    assert read.attrib["title"] == '"><script>'


def test_ticks_lie_in_the_range_and_are_round() -> None:
    for low, high in [(0.41, 0.53), (-1200.0, 40000.0), (1e-6, 3e-6)]:
        ticks = drawing.nice_ticks(low, high)
        assert 3 <= len(ticks) <= 8
        assert all(low <= one <= high for one in ticks)
    assert drawing.nice_ticks(2.0, 2.0) == [2.0]
    assert drawing.nice_ticks(float("nan"), 1.0) == []


def test_pictures_say_what_they_are() -> None:
    for made in (drawing.picture(10, 20, "a < b", [], "more"), drawing.strip(20.0, "a < b", [])):
        read = ElementTree.fromstring(str(made))  # noqa: S314 - our own text
        assert read.findtext("title") == read.attrib["aria-label"] == "a < b"
        assert read.attrib["role"] == "img"
