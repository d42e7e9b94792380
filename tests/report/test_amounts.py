from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from journeyman.report.amounts import computed, ranges

Summary = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("amount", "low", "high", "words"),
    [
        (-20.0, -61.0, None, "The model wins as long as “call” for “no” costs less than 61 (said: 20)."),
        (-20.0, None, -5.0, "The model wins as long as “call” for “no” costs more than 5 (said: 20)."),
        (-20.0, -61.0, -5.0, "as long as “call” for “no” costs more than 5 and less than 61 (said: 20)."),
        (300.0, 120.0, 2400.0, "as long as “call” for “no” is worth more than 120 and less than 2,400 (said: 300)."),
        (300.0, None, None, "wins whatever “call” for “no” is worth, from a thirtieth to thirty times as much"),
    ],
)
def test_a_range_is_told_in_words(amount: float, low: Any, high: Any, words: str) -> None:
    one = {"action": "call", "outcome": "no", "amount": amount, "low": low, "high": high}
    assert words in ranges({"choice": {"cost_ranges": [one]}})[0]


def test_an_amount_of_a_number_has_no_outcome() -> None:
    one = {"action": "buy", "outcome": "any", "amount": -3.0, "low": -9.0, "high": None}
    assert "as long as “buy” costs less than 9" in ranges({"choice": {"cost_ranges": [one, {"action": "sell"}]}})[0]
    assert ranges({}) == []


def test_an_amount_computed_from_the_row_is_told_at_its_ends(made_up: Summary) -> None:
    rule = {"actions": [["call", {"0": -5.0, "1": "LIMIT_BAL / 1000 - 12"}]]}
    assert computed(made_up(payoff_rule=rule)) == [
        (
            "What “call” for “1” is worth is computed for each row: −2 at the smallest “LIMIT_BAL” (10,000),"
            " +128 at the middle one (140,000), +988 at the largest (1,000,000)."
        )
    ]


def test_an_amount_of_several_columns_is_told_in_the_middle() -> None:
    profile = [
        {"name": "price", "low": 1.0, "median": 10.0, "high": 90.0},
        {"name": "fee", "low": 0.0, "median": 2.5, "high": 9.0},
    ]
    rule = {"actions": [["buy", {"any": "price - fee"}]]}
    told = computed({"payoff_rule": rule, "profile": profile})
    assert told[0].endswith("+7.500 in a row with the middle “price” (10) and “fee” (2.5).")


@pytest.mark.parametrize("text", ["actual - LIMIT_BAL", "unknown * 2", "(("])
def test_what_cannot_be_told_is_left_out(text: str, made_up: Summary) -> None:
    assert computed(made_up(payoff_rule={"actions": [["call", {"1": text}]]})) == []
