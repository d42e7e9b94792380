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


def test_rounded_rows_add_up(made_up: Summary) -> None:
    rows = [132.5, 131.5, 645.4, 90.6]
    names = (("call", "1", 9), ("call", "0", -9), ("none", "1", 0), ("none", "0", 0))
    outcomes = [
        {"action": action, "outcome": outcome, "rows": one, "payoff": payoff}
        for one, (action, outcome, payoff) in zip(rows, names, strict=True)
    ]
    record = facts(made_up(payoff_curve={"outcomes": outcomes}))
    assert record is not None
    counts = [one.count for one in record.met]
    assert sum(counts) == 1000
    assert record.headline == f"acts on {counts[0] + counts[1]}, and for {counts[0]} of them that pays"
    assert all(abs(one.count - one.rows) < 1 for one in record.met)
    shown = [one.text for one in ElementTree.fromstring(str(draw(record))).findall("text")]  # noqa: S314 - our own text
    assert shown == [str(one) for one in counts]


def test_the_parts_fill_the_line(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    widths = [float(one.attrib["width"].rstrip("%")) for one in picture.findall("rect")]
    assert sum(widths) == pytest.approx(100, abs=1)


def test_without_decisions_there_is_no_record() -> None:
    assert facts({}) is None
    assert facts({"payoff_curve": {"outcomes": [{"rows": 0.0, "payoff": 0.0}]}}) is None
