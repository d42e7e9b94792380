from __future__ import annotations

import itertools

import numpy as np
import pytest

from journeyman.brief.gain import gain_rule
from journeyman.evaluation.policy import always, policy_of, price_of_capacity, residual_quantiles
from journeyman.evaluation.stakes import Stakes
from journeyman.plan.target import Target

RANDOM = np.random.default_rng(0)
ROWS = 12
CHANCE = RANDOM.uniform(size=(ROWS, 1))
TARGET = Target(task="binary", values=(RANDOM.uniform(size=ROWS) < CHANCE[:, 0]).astype(float), classes=("no", "yes"))
AMOUNT = RANDOM.uniform(1, 50, ROWS)


def stakes(gain, **options):
    return Stakes(gain_rule(gain, TARGET.classes, "yes"), {"amount": AMOUNT}, **options)


@pytest.mark.parametrize("share", [0.0, 1 / 12, 0.25, 0.5, 1.0])
def test_capacity_is_used_as_brute_force_would(share):
    held = stakes({"act:true": "amount - 12", "act:false": -5}, share=share)
    found = policy_of(held, TARGET, CHANCE, np.ones(ROWS))
    promise = CHANCE[:, 0] * (AMOUNT - 12) - (1 - CHANCE[:, 0]) * 5
    most = int(share * ROWS + 1e-9)
    best = max(
        sum(promise[list(rows)]) for count in range(most + 1) for rows in itertools.combinations(range(ROWS), count)
    )
    acted = found.actions == "act"
    assert acted.sum() <= most
    assert promise[acted].sum() == pytest.approx(best)


def test_amounts_of_the_row_decide_and_pay():
    found = policy_of(stakes({"act:true": "amount - 12", "act:false": -5}), TARGET, CHANCE, np.ones(ROWS))
    acted = found.actions == "act"
    np.testing.assert_allclose(found.payoffs, np.where(acted, np.where(TARGET.values == 1, AMOUNT - 12, -5), 0))


def test_a_row_of_an_unknown_amount_is_not_acted_on_and_earns_nothing():
    amount = AMOUNT.copy()
    amount[3] = np.nan
    held = Stakes(gain_rule({"act:true": "amount + 1000"}, TARGET.classes, "yes"), {"amount": amount})
    found = policy_of(held, TARGET, CHANCE, np.ones(ROWS))
    assert found.actions[3] == "none"
    assert found.payoffs[3] == 0
    assert np.isfinite(always("act", held, TARGET, CHANCE)).all()


def test_the_price_of_capacity_counts_only_rows_that_count():
    promises = np.array([5.0, 4.0, 3.0, 2.0, 1.0])
    assert price_of_capacity(promises, np.ones(5), 0.4) == 3.0
    assert price_of_capacity(promises, np.array([0.0, 0, 1, 1, 1]), 0.4) == 2.0
    assert price_of_capacity(promises, np.ones(5), None) == 0.0
    assert price_of_capacity(np.full(5, 7.0), np.ones(5), 0.4) == 7.0, "rows of one promise go together"
    assert price_of_capacity(-promises, np.ones(5), 0.1) == 0.0


def test_numbers_are_decided_over_what_may_come():
    # One unit too many costs 1, one too few costs 9: order for the nine-tenths quantile, not for the mean.
    truth = RANDOM.normal(100, 10, 5000)
    target = Target(task="regression", values=truth)
    gain = "small = 3*min(actual, 100) - 100 , large = 3*min(actual, 110) - 110"
    held = Stakes(gain_rule(gain, (), ""))
    found = policy_of(held, target, np.full((5000, 1), 100.0), np.ones(5000))
    small, large = (3 * np.minimum(truth, size).mean() - size for size in (100, 110))
    assert set(found.actions) == {"small" if small > large else "large"}
    assert found.payoffs.mean() == pytest.approx(max(small, large))


def test_quantiles_of_residuals_are_weighted():
    quantiles = residual_quantiles(np.arange(100.0), np.r_[np.zeros(50), np.ones(50)])
    assert min(quantiles) >= 50
    assert len(quantiles) == 19


def test_always_uses_what_capacity_there_is():
    plain, half = stakes({"act:true": 10, "act:false": -2}), stakes({"act:true": 10, "act:false": -2}, share=0.5)
    np.testing.assert_allclose(always("act", half, TARGET, CHANCE), always("act", plain, TARGET, CHANCE) / 2)
    assert not always("none", plain, TARGET, CHANCE).any()
