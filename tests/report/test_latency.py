from __future__ import annotations

from typing import Any

from journeyman.report.latency import told_latency

KEPT: dict[str, Any] = {
    "limit": 0.005,
    "seconds": 0.0021,
    "way": "measured",
    "is_kept": True,
    "name": "trees",
    "without": {"name": "trees", "seconds": 0.0021},
    "metric": "log_loss",
    "price": None,
    "too_slow": [],
}


def test_a_limit_that_changed_nothing_is_said_and_none_is_not() -> None:
    assert told_latency({}) == ()
    first, second = told_latency({"latency": KEPT})
    assert first.startswith("An answer takes 2.1 ms, within the 5 ms that were asked for (half of the answers")
    assert "changed nothing" in second


def test_the_price_stands_with_its_interval() -> None:
    paid = KEPT | {
        "without": {"name": "blend", "seconds": 0.007},
        "price": {"value": 0.02, "low": 0.01, "high": 0.03},
        "too_slow": ["blend", "network"],
    }
    told = told_latency({"latency": paid})
    assert told[1] == "Without the limit blend would have shipped, at about 7 ms."
    assert "better by 0.020 [0.010, 0.030] of log loss: the price of the limit" in told[2]
    assert told[3] == "Too slow as well: network."
    unsure = told_latency({"latency": paid | {"price": {"value": 0.02, "low": -0.01, "high": 0.05}}})[2]
    assert "may be chance" in unsure
    nothing = told_latency({"latency": paid | {"price": {"value": -0.02, "low": -0.03, "high": 0.01}}})[2]
    assert "nothing was paid" in nothing


def test_a_limit_that_is_not_kept_and_one_that_was_counted_are_said_so() -> None:
    assert "NOT within" in told_latency({"latency": KEPT | {"is_kept": False}})[0]
    assert "no clock may decide" in told_latency({"latency": KEPT | {"way": "counted"}})[0]
