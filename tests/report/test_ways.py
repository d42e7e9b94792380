from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report.ways import ways

Summary = Callable[..., dict[str, Any]]


def one_way(name: str, payoff: float, gain: float) -> dict[str, Any]:
    told = {"value": gain, "low": gain - 500.0, "high": gain + 500.0}
    return {
        "name": name,
        "payoff": {"value": payoff, "low": payoff, "high": payoff},
        "gain": told,
        "probability": 0.996,
    }


def test_todays_way_comes_first_and_the_model_last(made_up: Summary) -> None:
    beside = [one_way("doing nothing", 0.0, 14210.4), one_way("today's way ('score')", 11000.0, 3210.6)]
    found = ways(made_up(choice={"beside": beside, "against": "today's way ('score')"}))
    assert [one.name for one in found] == [
        "today's way (“score”)",
        "doing nothing",
        "this model: lightgbm, few leaves",
    ]
    today = found[0]
    assert (today.tag, today.payoff, today.gain, today.probability) == ("today", "+11,000", "+3,211", "over 99 %")
    assert (today.payoff_range, today.gain_range) == ("", "+2,711 to +3,711")
    assert (found[-1].payoff, found[-1].gain, found[-1].is_model) == ("+14,210", "", True)


def test_what_the_gain_is_counted_against_is_marked(made_up: Summary) -> None:
    beside = [one_way("doing nothing", 0.0, 9.0), one_way("best single rule", 5.0, 4.0)]
    found = ways(made_up(choice={"beside": beside, "against": "best single rule"}))
    assert [one.tag for one in found] == ["", "best without a model", ""]


def test_acting_on_all_is_told_as_what_there_is_room_for(made_up: Summary) -> None:
    summary = made_up(choice={"beside": [one_way("'call' for every row", 5.0, 4.0)]})
    assert ways(summary)[0].note == ""
    summary["payoff_curve"]["capacity"] = 0.2
    assert ways(summary)[0].name == "“call” for every row"
    assert ways(summary)[0].note == "that there is room for: 20 % of them, drawn at random"


def test_without_payoffs_there_are_no_ways(regression: Summary, made_up: Summary) -> None:
    assert ways(regression()) == []
    assert ways(made_up()) == []
    odd = ways(made_up(choice={"beside": [{"name": "doing nothing"}]}))
    assert (odd[0].payoff, odd[0].gain_range, odd[0].probability) == ("–", "", "–")
