from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.profile import (
    SHARES,
    LevelProfile,
    NumberProfile,
    NumberSurprise,
    level_surprise,
    number_profile,
    profile_from_data,
)


def profile_of(cells: Any, rows: int | None = None) -> NumberProfile:
    array = np.asarray(cells, np.float64)
    found = number_profile(array, np.isnan(array))
    assert found is not None
    return found if rows is None else replace(found, rows=rows)


def test_a_surprise_is_about_the_logarithm_of_the_tail() -> None:
    cells = np.random.default_rng(0).normal(size=20_000)
    surprise = NumberSurprise(profile_of(cells))
    assert surprise.one(0.0) < 0.05
    assert surprise.one(1.96) == pytest.approx(-math.log(0.05), abs=0.15)
    assert surprise.one(-2.576) == pytest.approx(-math.log(0.01), abs=0.15)
    # Of cells like those of training, the surprise is exponential with mean 1.
    many = surprise.many(np.random.default_rng(1).normal(size=20_000), np.zeros(20_000, np.bool_))
    assert many.mean() == pytest.approx(1, abs=0.05)
    assert (many > 3).mean() == pytest.approx(math.exp(-3), rel=0.15)


def test_far_out_is_more_surprising_than_just_out_and_both_more_than_any_inside() -> None:
    cells = np.random.default_rng(0).uniform(10, 20, 1000)
    surprise = NumberSurprise(profile_of(cells))
    inside = max(surprise.one(one) for one in cells.tolist())
    out = [surprise.one(one) for one in (cells.max() + 1e-6, 21.0, 30.0, 1e3, 1e6, 1e300)]
    assert inside <= out[0]
    assert all(one < other for one, other in pairwise(out[:5]))
    # The same below.
    assert surprise.one(-1e3) > surprise.one(0.0) > surprise.one(9.0) > inside - 1e-9


@pytest.mark.parametrize(
    "cells",
    [
        [3.0] * 50,
        [0.0] * 50,
        [0.0] * 95 + [1.0] * 5,
        [-1.5e308, 1.0, 2.0],
        [1e-320, 2e-320],
        [1e17, 1e17 + 16],
        [math.nan, 4.0],
    ],
)
def test_one_cell_alone_is_as_surprising_as_among_others(cells: list[float]) -> None:
    profile = profile_of(cells)
    surprise = NumberSurprise(profile)
    asked = np.array([*cells, 0.0, -1.0, 1.0, 1e9, -1e308, 1.7e308, 2.9999999999999996, 3.0000000000000004])
    many = surprise.many(asked, np.isnan(asked))
    assert np.isfinite(many).all()
    assert (many >= 0).all()
    alone = [surprise.missing if one != one else surprise.one(one) for one in asked.tolist()]
    assert many.tolist() == alone


def test_a_constant_column_is_not_surprised_by_its_value_and_is_by_any_other() -> None:
    surprise = NumberSurprise(profile_of([7.0] * 200))
    assert surprise.one(7.0) == 0
    assert surprise.one(7.0000001) > 5
    assert surprise.one(6.9) > 5


def test_missing_is_as_surprising_as_it_is_rare() -> None:
    never, half = profile_of([1.0, 2.0] * 500), profile_of([1.0, math.nan] * 500)
    assert NumberSurprise(never).missing == pytest.approx(math.log(2 * 1001))
    assert NumberSurprise(half).missing == pytest.approx(math.log(2))
    mostly = profile_of([1.0, 1.0] + [math.nan] * 998)
    assert NumberSurprise(mostly).missing == 0
    # Where nearly all are missing, a value is what surprises.
    assert NumberSurprise(mostly).one(1.0) == pytest.approx(-math.log(0.002), abs=0.01)


def test_rare_levels_surprise_and_new_ones_as_far_as_new_ones_are_rare() -> None:
    profile = LevelProfile(1000, (0.6, 0.3, 0.1), 0.0, 0.0, 0.0)
    known, unseen, missing = level_surprise(profile, ("a", "b", "c"))
    assert known["a"] == 0
    assert known["b"] == pytest.approx(-math.log(0.4))
    assert known["c"] == pytest.approx(-math.log(0.1))
    assert unseen == missing == pytest.approx(math.log(2 * 1001))
    many = level_surprise(replace(profile, once=0.4), ("a", "b", "c"))
    assert many[1] == pytest.approx(-math.log(0.4))
    further = level_surprise(replace(profile, shares=(0.5,), rest=0.5), ("a", "b", "c"))[0]
    assert further["b"] == further["c"] == pytest.approx(-math.log(0.5))


def test_nothing_to_profile() -> None:
    gone = np.full(3, np.nan)
    assert number_profile(gone, np.isnan(gone)) is None
    wide = np.array([-1.7e308, 1.7e308])
    assert number_profile(wide, np.isnan(wide)) is None


def test_data_comes_back_and_what_is_not_ours_is_refused() -> None:
    number, levels = profile_of([1.0, 2.0, 3.0]), LevelProfile(5, (0.5, 0.25), 0.25, 0.0, 0.0)
    for one in (number, levels):
        assert profile_from_data(one.as_data()) == one
    assert len(number.quantiles) == len(SHARES) <= 33
    broken: list[Any] = [
        None,
        [],
        {},
        {**number.as_data(), "kind": "levels"},
        {**number.as_data(), "rows": True},
        {**number.as_data(), "rows": 0},
        {**number.as_data(), "quantiles": [1.0]},
        {**number.as_data(), "quantiles": [float(-place) for place in range(len(SHARES))]},
        {**number.as_data(), "quantiles": ["a"] * len(SHARES)},
        {**number.as_data(), "quantiles": [-1.7e308] + [1.7e308] * (len(SHARES) - 1)},
        {**number.as_data(), "missing": 1.5},
        {**number.as_data(), "more": 1},
        {**levels.as_data(), "shares": [2.0]},
        {**levels.as_data(), "shares": [0.001] * 65},
        {**levels.as_data(), "rest": -0.1},
    ]
    for data in broken:
        with pytest.raises(ValueError, match="profile"):
            profile_from_data(data)
