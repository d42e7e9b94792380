from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from journeyman.report.charts.decisions import draw, facts

Summary = Callable[..., dict[str, Any]]


def test_what_pays_comes_first(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    assert [one.swatch for one in record.met] == ["gain", "cost", "idle", "idle"]
    assert record.headline == "acts on 127, and for 67 of them that pays"


def test_the_parts_fill_the_line(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    widths = [float(one.attrib["width"].rstrip("%")) for one in picture.findall("rect")]
    assert sum(widths) == pytest.approx(100, abs=1)


def test_without_decisions_there_is_no_record() -> None:
    assert facts({}) is None
    assert facts({"payoff_curve": {"outcomes": [{"rows": 0.0, "payoff": 0.0}]}}) is None
