from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from journeyman.report.charts.payoff import draw, facts

Summary = Callable[..., dict[str, Any]]


def test_the_rule_stands_where_it_is_worth_most(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    assert record.best.share == 0.6
    assert record.is_best
    assert record.everybody.payoff == pytest.approx(6000.0)
    assert (record.value, record.low, record.high) == (14210.4, 13100.0, 15400.0)


def test_a_rule_beside_the_best_is_not_praised(made_up: Summary) -> None:
    summary = made_up()
    summary["payoff_curve"]["chosen"] = {"share": 0.1, "threshold": 0.9, "payoff": 3300.0}
    record = facts(summary)
    assert record is not None
    assert not record.is_best


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"actions": [["call", {"0": -20.0, "1": 300.0}]]}, "It acts above a probability of 6.25 %: 20 of 320."),
        ({"actions": [["call", {"1": 300.0}]], "cutoff": 30.0}, "It acts above a probability of 10 %."),
        ({"actions": [["call", {"0": 5.0, "1": 300.0}]]}, "It acts whatever the probability."),
        ({"actions": [["call", {"0": -5.0, "1": "amount"}]]}, "It acts where the expected amount is more than 0."),
        ({"actions": [["a", {"1": 9.0}], ["b", {"0": 9.0}]]}, "It acts where the expected amount is more than 0."),
    ],
)
def test_it_acts_from_where_its_own_amounts_break_even(rule: Any, told: str, made_up: Summary) -> None:
    record = facts(made_up(payoff_rule=rule))
    assert record is not None
    assert record.acts == told


def test_all_is_drawn_inside_the_picture(made_up: Summary) -> None:
    record = facts(made_up())
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    _, _, width, height = (float(one) for one in picture.attrib["viewBox"].split())
    for line in picture.findall("polyline"):
        for pair in line.attrib["points"].split():
            x, y = map(float, pair.split(","))
            assert 0 < x < width
            assert 0 < y < height
    texts = [one.text for one in picture.findall("text")]
    assert "the rule: 60 %" in texts
    assert "≥ 50 %" in texts
    assert "acting on all of them +6,000, on none 0" in (picture.findtext("desc") or "")


def test_the_limit_is_drawn_and_the_rule_is_judged_within_it(made_up: Summary) -> None:
    summary = made_up()
    summary["payoff_curve"]["chosen"] = {"share": 0.2, "threshold": 0.8, "payoff": 6000.0}
    without = facts(summary)
    assert without is not None
    assert without.capacity is None
    assert without.headline == "The rule acts on 20 % of the rows; 60 % would have been worth more"
    summary["payoff_curve"]["capacity"] = 0.2
    record = facts(summary)
    assert record is not None
    assert record.headline == ("There is room to act on 20 % of the rows; with room for 60 % it would pay 4,800 more")
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    assert "room for 20 %" in [one.text for one in picture.findall("text")]
    veil = next(one for one in picture.findall("rect") if one.attrib["class"] == "veil")
    edge = next(one for one in picture.findall("line") if one.attrib["class"] == "limit")
    assert veil.attrib["x"] == edge.attrib["x1"]
    assert "room for" not in draw(without)


def test_without_a_curve_there_is_no_record(made_up: Summary) -> None:
    assert facts({}) is None
    assert facts(made_up(payoff_curve={"points": [{"share": 0, "payoff": 0}] * 5})) is None
