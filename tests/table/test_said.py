from __future__ import annotations

import doctest

import pytest

from journeyman.table import said


def test_the_examples_hold() -> None:
    assert doctest.testmod(said).failed == 0


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "12", True])
def test_what_is_no_number_is_a_dash(value: object) -> None:
    assert said.number(value) == said.signed(value) == said.share(value) == said.chance(value) == said.NOTHING


def test_amounts_have_no_needless_digits() -> None:
    amounts = [0.0, -0.0, 300.0, -100.0, 5, 1234567.8]
    assert [said.number(one) for one in amounts] == ["0", "0", "300", "−100", "5", "1,234,568"]
    assert [said.signed(one) for one in (0.0, -0.0, -0.5)] == ["0", "0", "−0.500"]


def test_a_share_is_never_rounded_to_certainty() -> None:
    shares = [0.9999, 0.996, 0.0001, 1.0]
    assert [said.share(one) for one in shares] == ["over 99.9 %", "99.6 %", "under 0.1 %", "100 %"]
