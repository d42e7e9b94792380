from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.conformal import FEWEST, bound, evidence, least_chances, offsets


def alone(rows):
    return np.ones(rows), np.arange(rows)


def test_independent_rows_are_so_many_and_units_are_fewer():
    assert evidence(*alone(7)) == (7.0, 1.0)
    assert evidence(np.ones(8), np.repeat([0, 1], 4)) == (2.0, 4.0)
    count, mass = evidence(np.ones(10), np.array([0] * 9 + [1]))
    assert count == pytest.approx(100 / 82)
    assert mass == pytest.approx(8.2)
    assert evidence(np.zeros(3), np.arange(3)) == (0.0, 0.0)
    assert evidence(np.empty(0), np.empty(0, np.int64)) == (0.0, 0.0)


@pytest.mark.parametrize(("rows", "place"), [(9, 8), (19, 17), (99, 89), (100, 90), (199, 179)])
def test_the_bound_is_the_quantile_of_split_conformal_prediction(rows, place):
    values = np.random.default_rng(0).permutation(rows).astype(float)
    assert bound(values, np.ones(rows), 1.0, 0.9) == place == np.ceil((rows + 1) * 0.9) - 1


def test_too_few_rows_bound_nothing():
    assert bound(np.arange(8.0), np.ones(8), 1.0, 0.9) == np.inf
    assert bound(np.empty(0), np.empty(0), 0.0, 0.9) == np.inf
    assert bound(np.arange(3.0), np.zeros(3), 0.0, 0.9) == np.inf


def test_a_row_of_weight_counts_so_often():
    values, times = np.array([3.0, 1.0, 2.0]), np.array([4.0, 10.0, 6.0])
    assert bound(values, times, 1.0, 0.7) == bound(np.repeat(values, times.astype(int)), np.ones(20), 1.0, 0.7) == 2.0


@pytest.mark.parametrize("rows", [20, 60, 450])
def test_new_rows_are_held_as_often_as_stated(rows):
    random = np.random.default_rng(rows)
    held = []
    for _ in range(400):
        predicted = random.uniform(1, 10, rows + 50)
        # The larger the prediction the larger and the more lopsided the error.
        actual = predicted + predicted * (random.exponential(size=rows + 50) - 1)
        found = offsets(predicted[:rows], actual[:rows], *alone(rows), 0.9)
        assert found is not None
        place = np.searchsorted(found.cuts, predicted[rows:])
        errors = (actual - predicted)[rows:]
        held.append(np.mean((found.low[place] <= errors) & (errors <= found.high[place])))
    assert 0.895 <= np.mean(held) <= 0.9 + 2 / rows + 0.012


def test_bins_hold_small_and_large_predictions_alike():
    random = np.random.default_rng(1)
    predicted = random.uniform(1, 10, 4000)
    actual = predicted * np.exp(0.4 * random.standard_normal(4000))
    found = offsets(predicted, actual, *alone(4000), 0.9)
    assert len(found.cuts) == 7
    assert (np.diff(found.high - found.low) > 0).all()
    one = offsets(predicted[:390], actual[:390], *alone(390), 0.9)
    assert len(one.cuts) == 0


def test_the_prediction_is_between_the_bounds_of_a_lopsided_target():
    actual = np.r_[np.zeros(980), np.full(20, 500.0)]
    found = offsets(np.full(1000, 10.0), actual, *alone(1000), 0.9)
    assert (found.low <= 0).all()
    assert (found.high >= 0).all()


def test_few_units_give_no_bounds_and_more_rows_of_them_do_not_help():
    random = np.random.default_rng(2)
    predicted, actual = random.standard_normal((2, 1900))
    assert offsets(predicted, actual, np.ones(1900), np.repeat(np.arange(19), 100), 0.9) is None
    assert offsets(predicted[:19], actual[:19], *alone(19), 0.9) is None
    assert offsets(predicted[:FEWEST], actual[:FEWEST], *alone(FEWEST), 0.9) is not None
    many = offsets(predicted, actual, np.ones(1900), np.repeat(np.arange(38), 50), 0.9)
    assert len(many.cuts) == 0


def test_rows_of_new_units_are_held_where_units_differ():
    random = np.random.default_rng(3)
    held, plain = [], []
    for _ in range(300):
        errors = np.repeat(random.standard_normal(60), 20) + 0.2 * random.standard_normal(1200)
        zeros, seen = np.zeros(600), np.repeat(np.arange(30), 20)
        found = offsets(zeros, errors[:600], np.ones(600), seen, 0.9)
        naive = offsets(zeros, errors[:600], *alone(600), 0.9)
        for one, into in ((found, held), (naive, plain)):
            into.append(np.mean((one.low[0] <= errors[600:]) & (errors[600:] <= one.high[0])))
    assert np.mean(plain) < 0.885
    assert 0.9 <= np.mean(held) <= 0.97


def chances_of(random, rows, shares, strength=1.5):
    truth = random.choice(len(shares), rows, p=shares)
    score = strength * random.standard_normal((rows, len(shares))) + np.log(shares)
    score[np.arange(rows), truth] += strength**2
    chances = np.exp(score - score.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True), truth


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.9, 0.1), (0.6, 0.3, 0.1)])
def test_each_class_is_held_as_often_as_stated(shares):
    random = np.random.default_rng(4)
    held = [[] for _ in shares]
    for _ in range(60):
        chances, truth = chances_of(random, 2400, shares)
        taken = chances.argmax(axis=1)
        least = least_chances(chances[:1200], taken[:1200], truth[:1200], *alone(1200), 0.9)
        members = chances >= least
        members[np.arange(2400), taken] = True
        hits = members[np.arange(2400), truth]
        for code, into in enumerate(held):
            into.append(hits[1200:][truth[1200:] == code].mean())
    assert all(np.mean(one) >= 0.893 for one in held)
    # A class that is seldom the likeliest is held by its bound alone, and no more often than stated.
    assert np.mean(held[-1]) <= 0.93


def test_a_class_that_is_predicted_well_joins_no_set():
    chances = np.full((400, 2), 0.5)
    truth = np.repeat([0, 1], 200)
    chances[np.arange(400), truth] = 0.99
    chances[:, 0] = np.where(truth == 0, 0.99, 0.01)
    chances[:, 1] = 1 - chances[:, 0]
    least = least_chances(chances, chances.argmax(axis=1), truth, *alone(400), 0.9)
    assert least.tolist() == [1.0, 1.0]


def test_a_class_with_few_rows_has_the_bound_of_all():
    random = np.random.default_rng(5)
    chances, truth = chances_of(random, 600, (0.55, 0.44, 0.01))
    assert 0 < np.sum(truth == 2) < FEWEST
    taken = chances.argmax(axis=1)
    least = least_chances(chances, taken, truth, *alone(600), 0.9)
    own = np.where(taken == truth, 1.0, chances[np.arange(600), truth])
    assert least[2] == -bound(-own, np.ones(600), 1.0, 0.9)
    assert least_chances(chances[:19], taken[:19], truth[:19], *alone(19), 0.9) is None
