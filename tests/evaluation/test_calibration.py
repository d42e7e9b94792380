from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.evaluation.board import Board
from journeyman.evaluation.calibration import calibration
from journeyman.plan.target import Target
from journeyman.statistics.bbc import make_units
from journeyman.statistics.metrics.named import metric_named


def board(task, truth, answer, classes=()):
    target = Target(task=task, values=truth, classes=classes)
    rows = len(truth)
    return Board((0,), (), target, np.ones(rows), np.zeros(rows, np.int64), (answer,))


def binary(random, rows, *, slope=1.0, shift=0.0):
    logit = random.normal(size=rows) * 1.5
    truth = (random.uniform(size=rows) < 1 / (1 + np.exp(-logit))).astype(float)
    answer = 1 / (1 + np.exp(-(slope * logit + shift)))
    return board("binary", truth, answer[:, None], ("no", "yes"))


def check(one, groups=None):
    return calibration(one, 0, make_units(len(one.target), groups=groups))


@pytest.mark.parametrize("how", [{"slope": 2.0}, {"slope": 0.5}, {"shift": 0.7}])
def test_probabilities_that_are_off_are_told(how):
    found = check(binary(np.random.default_rng(0), 2000, **how))
    assert not found.comes_true
    assert found.p_value < 0.001
    assert found.off_by > 0.03


def test_true_probabilities_are_seldom_called_off():
    random = np.random.default_rng(1)
    values = np.array([check(binary(random, 300)).p_value for _ in range(300)])
    assert 0.005 < (values < 0.05).mean() < 0.11
    assert 0.4 < values.mean() < 0.6


def test_the_size_of_the_error_is_about_right():
    one = binary(np.random.default_rng(2), 50_000, shift=0.2)
    answer = one.answers[0][:, 0]
    logit = np.log(answer / (1 - answer))
    true = np.abs(answer - 1 / (1 + np.exp(-(logit - 0.2)))).mean()
    assert check(one).off_by == pytest.approx(true, rel=0.2)


def test_what_is_off_by_next_to_nothing_comes_true_however_sure_that_is():
    one = binary(np.random.default_rng(3), 200_000, shift=0.05)
    found = check(one)
    assert found.p_value < 0.01
    assert found.comes_true


def test_numbers_are_off_in_parts_of_the_targets_spread():
    random = np.random.default_rng(4)
    truth = random.normal(100, 10, 1000)
    right = board("regression", truth, (truth - 2 + random.normal(size=1000))[:, None])
    found = check(right)
    assert found.off_by == pytest.approx(2, rel=0.2)
    assert found.share == pytest.approx(0.2, rel=0.2)
    assert not found.comes_true


def test_rows_of_one_group_are_one_piece_of_evidence():
    random = np.random.default_rng(5)
    groups = np.repeat(np.arange(20), 50)
    shared = random.normal(size=20)[groups]
    truth = shared + 0.1 * random.normal(size=1000)
    one = board("regression", truth, np.zeros((1000, 1)))
    assert check(one, groups).p_value > check(one).p_value


def test_one_answer_for_all_has_a_level_only():
    truth = np.random.default_rng(6).integers(0, 2, 400).astype(float)
    one = board("binary", truth, np.full((400, 1), truth.mean()), ("a", "b"))
    assert check(one).comes_true
    assert not check(board("binary", truth, np.full((400, 1), 0.8), ("a", "b"))).comes_true


def test_of_several_classes_the_one_that_is_named_counts():
    random = np.random.default_rng(7)
    answer = random.dirichlet([1, 1, 1], 3000)
    truth = np.array([random.choice(3, p=one) for one in answer]).astype(float)
    assert check(board("multiclass", truth, answer, ("a", "b", "c"))).comes_true
    sharp = answer**3 / (answer**3).sum(axis=1, keepdims=True)
    assert not check(board("multiclass", truth, sharp, ("a", "b", "c"))).comes_true


def held_to(metric, truth, answer):
    one = board("regression", truth, answer[:, None])
    return check(replace(one, judge=metric_named(metric)))


def test_numbers_are_held_to_what_the_metric_asks_for():
    random = np.random.default_rng(7)
    centre = np.exp(random.normal(size=4000))
    truth = centre * np.exp(0.8 * random.normal(size=4000))
    # Of a long tail the middle is no mean, nor is the mean of logarithms.
    assert held_to("mae", truth, centre).comes_true
    assert not held_to("rmse", truth, centre).comes_true
    mean = centre * np.exp(0.32)
    assert held_to("rmse", truth, mean).comes_true
    off = held_to("mae", truth, mean)
    assert not off.comes_true
    assert off.off_by == pytest.approx((mean - centre).mean(), rel=0.25)
    logs = np.expm1(np.log1p(centre) + 0.3 * random.normal(size=4000))
    assert held_to("rmsle", logs, centre).comes_true
    assert not held_to("rmsle", logs, 1.2 * centre).comes_true


def test_middles_of_counts_are_true_though_many_are_hit_exactly():
    random = np.random.default_rng(8)
    rate = np.exp(random.normal(size=3000) * 0.7 + 0.5)
    truth = random.poisson(rate).astype(float)
    found = held_to("mae", truth, np.floor(rate + 1 / 3 - 0.02 / rate))
    assert found.comes_true
    assert found.off_by == pytest.approx(0.0, abs=1e-3)
    assert not held_to("mae", truth, np.floor(rate) + 2).comes_true


def test_true_middles_are_seldom_called_off():
    random = np.random.default_rng(9)
    values = []
    for _ in range(300):
        centre = random.normal(size=250)
        values.append(held_to("mae", centre + random.exponential(size=250) - np.log(2), centre).p_value)
    assert 0.01 < (np.array(values) < 0.05).mean() < 0.1


def test_bins_of_middles_heed_weights():
    random = np.random.default_rng(3)
    truth, weights = random.exponential(size=2000), np.ones(2000)
    weights[truth > 1] = 1e-6
    one = replace(board("regression", truth, np.full((2000, 1), 0.3)), judge=metric_named("mae"), weights=weights)
    (found,) = check(one).bins
    assert found.observed == pytest.approx(np.median(truth[truth <= 1]), rel=0.01)


@pytest.mark.parametrize("make", ["counts", "stars"])
def test_exact_middles_of_steps_are_no_surprise(make):
    random = np.random.default_rng(11)
    if make == "counts":
        rate = np.repeat([0.3, 1.2, 3.7], 1000)
        truth, middle = random.poisson(rate).astype(float), np.repeat([0.0, 1.0, 4.0], 1000)
    else:
        chances = [0.6, 0.2, 0.1, 0.05, 0.05], [0.1, 0.1, 0.1, 0.2, 0.5]
        truth = np.concatenate([random.choice(5, 1500, p=one) for one in chances])
        middle = np.repeat([0.0, 3.5], 1500)
    found = held_to("mae", truth.astype(float), middle)
    assert found.p_value > 0.05
    assert found.comes_true
