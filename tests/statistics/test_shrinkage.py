from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.shrinkage import Prior, prior_of


def test_one_large_effect_among_many_that_are_nothing_stays() -> None:
    errors = np.full(1000, 0.02)
    effects = np.random.default_rng(0).normal(0, 0.02, size=1000)
    effects[0] = 0.4
    prior = prior_of(effects, errors)
    assert prior.share < 0.05
    assert prior.shrunk(0.4, 0.02) > 0.37
    assert abs(prior.shrunk(0.03, 0.02)) < 0.005


def test_where_all_are_something_little_is_taken_away() -> None:
    random = np.random.default_rng(1)
    effects = random.normal(0, 0.25, size=300) + random.normal(0, 0.05, size=300)
    prior = prior_of(effects, np.full(300, 0.05))
    assert prior.share > 0.7
    assert prior.spread == pytest.approx(0.25)
    assert prior.shrunk(0.2, 0.05) == pytest.approx(0.19, abs=0.01)


def test_it_never_turns_round_or_grows() -> None:
    for effect in (-2.0, -0.1, 0.0, 0.05, 1.0):
        kept = Prior(0.2, 0.1).shrunk(effect, 0.03)
        assert 0 <= kept * np.sign(effect) <= abs(effect)
    assert Prior(0.2, 0.1).shrunk(0.3, 0.0) == 0.3
    assert prior_of(np.empty(0), np.empty(0)).share == 1.0
