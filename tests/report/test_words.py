from __future__ import annotations

import doctest

import pytest

from journeyman.report import words


def test_the_examples_hold() -> None:
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "12", True])
def test_what_is_no_number_is_a_dash(value: object) -> None:
    assert words.number(value) == words.signed(value) == words.share(value) == words.duration(value) == words.NOTHING


def test_a_cell_has_no_zeros_that_look_like_thousands() -> None:
    assert [words.cell(one, {}) for one in (9.99, 2450.0, 0.5, 12.0, 40.0)] == ["9.99", "2,450", "0.5", "12", "40"]


def test_an_interval_without_ends_is_its_value() -> None:
    assert words.interval({"value": 0.5, "low": None, "high": None}) == "0.500"
    assert words.interval({"value": 2300.0, "low": 1500.0, "high": 3100.0}, with_sign=True) == "+2,300 [+1,500, +3,100]"


def test_decisions_and_tasks_are_words() -> None:
    assert words.decision("do_not_deploy") == "Do not deploy"
    assert words.task("regression") == "a number"
    assert words.decision("of_tomorrow") == "of tomorrow"
