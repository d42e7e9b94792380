"""Bounds hold whatever numbers there are within them."""

from __future__ import annotations

from itertools import product

import numpy as np

from journeyman.deployment.sql import bounds
from journeyman.deployment.sql.bounds import LEAST, MOST, Bounds

SOME = [Bounds(-2.0, 3.0, False, 1e-3), Bounds(0.5, 1e9, True, 0.5), Bounds(), Bounds(-1e308, -4.0, False, 4.0)]


def drawn(one: Bounds) -> list[float]:
    edges = [one.low, one.high, *(0.0 for _ in [0] if one.low <= 0 <= one.high)]
    return [*edges, *(sign * one.least for sign in (1, -1) if one.low <= sign * one.least <= one.high)]


def inside(value: float, one: Bounds) -> bool:
    value = bounds.held(value)
    return one.low <= value <= one.high and (value == 0 or abs(value) >= one.least or abs(value) < 2 * LEAST)


def test_sums_products_and_quotients_are_within_them() -> None:
    for first, second in product(SOME, SOME):
        for a, b in product(drawn(first), drawn(second)):
            with np.errstate(all="ignore"):
                assert inside(float(np.float64(a) + b), bounds.added(first, second)), (a, b)
                assert inside(float(np.float64(a) * b), bounds.multiplied(first, second)), (a, b)
                if b and second.low * second.high > 0:
                    assert inside(float(np.float64(a) / b), bounds.divided(first, second)), (a, b)
            assert inside(-a, bounds.negated(first))
            assert inside(abs(a), bounds.sized(first))
            assert inside(a, bounds.either(first, second))


def test_beside_a_constant_nothing_small_is_left() -> None:
    away = bounds.added(Bounds(), bounds.of_value(-0.5))
    assert away.least > 1e-20
    assert bounds.added(Bounds(), bounds.of_value(0.0)).least == LEAST


def test_what_may_be_missing_makes_the_whole_so() -> None:
    assert bounds.multiplied(SOME[0], SOME[1]).missing
    assert not bounds.added(SOME[0], SOME[3]).missing
    assert not SOME[1].there().missing
    assert bounds.of_value(None).missing


def test_what_is_held_lies_between() -> None:
    held = Bounds().within(-3.0, 0.25)
    assert (held.low, held.high, held.size) == (-3.0, 0.25, 3.0)
    assert Bounds(5.0, 6.0).within(0.0, 1.0).low == 1.0
    assert bounds.held(float("inf")) == MOST
