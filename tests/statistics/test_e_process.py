from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.statistics.e_process import STAKES, Wealth, growth_of, growth_of_counts, share_for


def test_the_parts_kept_for_later_changes_come_to_no_more_than_all() -> None:
    parts = np.array([share_for(one) for one in range(1, 100_000)])
    rest = 4 * 99_999**-0.25 / 4.5951118258
    assert parts.sum() < 1
    assert parts.sum() + rest == pytest.approx(1, abs=1e-5)


def test_no_bet_can_lose_more_than_its_stake_and_every_bet_is_fair_at_the_limit() -> None:
    for limit in (0.02, 0.3, 0.9):
        won, lost = np.exp(growth_of(np.ones(1), limit)), np.exp(growth_of(np.zeros(1), limit))
        assert np.allclose(limit * won + (1 - limit) * lost, 1)
        assert np.allclose(lost, 1 - STAKES)


def test_counts_say_the_same_as_rows() -> None:
    losses = (np.arange(50) % 5 == 0).astype(float)
    counted = growth_of_counts(np.array([10.0]), 50, np.array([0.15]))
    assert np.allclose(counted[0], growth_of(losses, 0.15))


def test_a_stream_that_keeps_its_limit_is_accused_in_no_more_than_the_promised_share() -> None:
    random, accused = np.random.default_rng(0), 0
    for _ in range(150):
        wealth, largest = Wealth.of(1), 0.0
        for hits in random.binomial(50, 0.1, 120):
            wealth = wealth.after(growth_of_counts(np.array([float(hits)]), 50, np.array([0.1])))
            largest = max(largest, wealth.together(np.ones(1)))
        accused += largest >= 10
    assert accused <= 15


@pytest.mark.parametrize("healthy", [0, 300])
def test_a_doubled_rate_is_found_within_days_also_after_a_long_healthy_time(healthy: int) -> None:
    random, wealth = np.random.default_rng(1), Wealth.of(1)
    for hits in random.binomial(100, 0.1, healthy):
        wealth = wealth.after(growth_of_counts(np.array([float(hits)]), 100, np.array([0.12])))
    assert wealth.together(np.ones(1)) < 2
    day = 0
    for hits in random.binomial(100, 0.2, 60):
        day += 1
        wealth = wealth.after(growth_of_counts(np.array([float(hits)]), 100, np.array([0.12])))
        if wealth.together(np.ones(1)) >= 100:
            break
    assert day <= 14


def test_many_streams_share_one_coin() -> None:
    wealth = Wealth.of(3).after(np.array([[1.0] * 6, [0.0] * 6, [-1.0] * 6]))
    assert wealth.together(np.array([1.0, 0.0, 0.0])) == pytest.approx(wealth.values()[0])
    assert wealth.together(np.ones(3)) == pytest.approx(wealth.values().mean())
    assert Wealth.of(0).together(np.empty(0)) == 1.0


def test_what_was_written_down_goes_on_the_same() -> None:
    wealth = Wealth.of(2).after(growth_of_counts(np.array([3.0, 9.0]), 20, np.array([0.2, 0.2])))
    again = Wealth.from_data(json.loads(json.dumps(wealth.as_data(), allow_nan=False)), 2)
    assert np.array_equal(again.values(), wealth.values())
    assert json.dumps(Wealth.of(1).as_data(), allow_nan=False)
    with pytest.raises(ValueError, match="these streams"):
        Wealth.from_data(wealth.as_data(), 3)


def test_wealth_beyond_all_measure_stays_a_number() -> None:
    wealth = Wealth.of(1)
    for _ in range(50):
        wealth = wealth.after(growth_of_counts(np.array([1000.0]), 1000, np.array([0.01])))
    assert np.isfinite(wealth.values()).all()
