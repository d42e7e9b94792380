from __future__ import annotations

import time

import numpy as np
import pytest

from journeyman.statistics.bbc import BLOCKS, LIMIT, Bootstrap, interval, make_units, stretched
from journeyman.statistics.measure import mean_measure, metric_measure
from journeyman.statistics.metrics.named import metric_named


def board(rows, candidates, seed, shift=0.0, task="binary"):
    """Candidates whose answers know the target a little, each with noise of its own."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, rows).astype(float)
    noise = random.standard_normal((rows, candidates))
    answers = 1 / (1 + np.exp(-(noise + shift * (2 * truth - 1)[:, None])))
    return truth, [one[:, None] for one in answers.T]


def test_units_of_rows_groups_and_time():
    assert make_units(30).single
    groups = make_units(6, groups=np.array([5, 5, 9, 9, 9, 2]))
    assert (groups.form, groups.count) == ("clusters", 3)
    blocks = make_units(1000, order=np.arange(1000)[::-1].copy())
    assert (blocks.form, blocks.count) == ("blocks", BLOCKS)
    assert (np.diff(blocks.of_row) <= 0).all()
    many = make_units(3 * LIMIT + 1)
    assert (many.form, many.count, many.single) == ("rows", LIMIT, False)
    sizes = np.bincount(many.of_row)
    assert sizes.max() - sizes.min() <= 1
    assert make_units(0).count == 0


def test_rows_of_one_moment_are_one_unit():
    order = np.repeat(np.arange(100), 7)
    units = make_units(700, order=order)
    for moment in range(100):
        assert len(np.unique(units.of_row[order == moment])) == 1


def test_groups_are_never_split_even_when_joined():
    groups = np.repeat(np.arange(2 * LIMIT), 2)
    units = make_units(len(groups), groups=groups)
    assert units.count == LIMIT
    np.testing.assert_array_equal(units.of_row[::2], units.of_row[1::2])


def test_draws_are_repeatable_and_of_full_size():
    units = make_units(50)
    first, again, other = (Bootstrap.draw(units, seed=seed).times for seed in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert (first.sum(axis=1) == 50).all()
    assert (first == 0).mean() == pytest.approx(0.364, abs=0.02)


@pytest.mark.parametrize("groups", [None, np.arange(300) // 5])
def test_inside_and_outside_are_the_metric_of_those_rows(groups):
    truth, answers = board(300, 3, 0, 0.5)
    weights = np.random.default_rng(0).uniform(0.5, 2, 300)
    metric = metric_named("log_loss")
    measure = metric_measure(metric, truth, answers, weights, np.arange(300) % 5)
    bootstrap = Bootstrap.draw(make_units(300, groups=groups), seed=1, replays=7)
    inside, _ = bootstrap.inside(measure, [0, 2])
    outside = bootstrap.outside(measure, np.array([2, 0]))
    for replay, times in enumerate(bootstrap.times):
        rows = np.repeat(np.arange(300), times[bootstrap.units.of_row])
        left = np.setdiff1d(np.arange(300), rows)
        for place, candidate in enumerate([0, 2]):
            score = metric.score(truth[rows], answers[candidate][rows], weights[rows])
            assert inside[replay, place] == pytest.approx(score)
        assert outside[replay, 0] == pytest.approx(metric.score(truth[left], answers[2][left], weights[left]))


@pytest.mark.parametrize("name", ["log_loss", "roc_auc", "f1"])
def test_influences_stand_for_the_metric_itself(name):
    truth, answers = board(3000, 3, 0, 0.5)
    measure = metric_measure(metric_named(name), truth, answers, np.ones(3000), np.arange(3000) % 5)
    units = make_units(3000)
    exact, quick = (Bootstrap.draw(units, seed=1, replays=40, exact=one) for one in (True, False))
    asked = np.random.default_rng(0).integers(0, 3, (40, 2))
    for one, other in (
        (exact.inside(measure, range(3)), quick.inside(measure, range(3))),
        ((exact.outside(measure, asked),), (quick.outside(measure, asked),)),
    ):
        spread = one[0].std(axis=0)
        assert (np.abs(one[0] - other[0]).max(axis=0) < 0.2 * spread).all()
        if len(one) > 1:
            np.testing.assert_allclose(one[1], other[1], rtol=0.08)


def test_error_of_a_difference_is_the_textbook_one():
    values = np.random.default_rng(0).standard_normal((2, 400))
    bootstrap = Bootstrap.draw(make_units(400), seed=0)
    measure = mean_measure("gain", list(values), np.ones(400))
    _, errors = bootstrap.whole(measure, [0, 1])
    assert errors[0, 1] == pytest.approx((values[0] - values[1]).std() / 20)
    _, replayed = bootstrap.inside(measure, [0, 1])
    assert replayed[:, 0, 1].mean() == pytest.approx(errors[0, 1], rel=0.02)
    assert (replayed[:, 0, 0] < 1e-6).all()


def test_rows_that_move_together_are_no_news():
    # 400 rows, but 20 groups that are each one thing: the error is that of 20 rows.
    groups = np.repeat(np.arange(20), 20)
    values = np.random.default_rng(0).standard_normal(20)[groups]
    measure = mean_measure("gain", [values, np.zeros(400)], np.ones(400))
    _, apart = Bootstrap.draw(make_units(400), seed=0).whole(measure, [0, 1])
    _, together = Bootstrap.draw(make_units(400, groups=groups), seed=0).whole(measure, [0, 1])
    assert together[0, 1] == pytest.approx(apart[0, 1] * np.sqrt(20), rel=1e-6)


def test_where_rows_have_no_score_it_is_missing():
    truth = np.zeros(60)
    truth[0] = 1
    answers = [np.linspace(0.1, 0.9, 60)[:, None]]
    measure = metric_measure(metric_named("roc_auc"), truth, answers, np.ones(60), np.zeros(60, np.int64))
    outside = Bootstrap.draw(make_units(60), seed=0).outside(measure, np.array([0]))[:, 0]
    assert 0.5 < np.isnan(outside).mean() < 0.75
    assert np.isnan(interval(outside)).all()
    assert interval(np.array([1.0, 2.0, 3.0, np.nan]))[0] == 2.0


@pytest.mark.parametrize(
    ("name", "shift", "tables"), [("roc_auc", 0.0, 60), ("log_loss", 0.0, 100), ("log_loss", 0.35, 100)]
)
def test_interval_of_the_winner_covers_its_truth(name, shift, tables):
    # 12 candidates that are equally good: the best on 200 rows looks better than it is.
    metric, rows, candidates = metric_named(name), 200, range(12)
    truth, answers = board(200_000, 1, 999, shift)
    true = metric.score(truth, answers[0])
    covered = naive_covered = 0
    values = []
    for sim in range(tables):
        truth, answers = board(rows, len(candidates), sim, shift)
        measure = metric_measure(metric, truth, answers, np.ones(rows), np.arange(rows) % 5)
        bootstrap = Bootstrap.draw(make_units(rows), seed=sim, replays=40)
        inside, _ = bootstrap.inside(measure, candidates)
        outside = bootstrap.outside(measure, (measure.sign * inside).argmax(axis=1)[:, None])[:, 0]
        value, low, high = interval(outside)
        values.append(value)
        covered += low <= true <= high
        whole, _ = bootstrap.whole(measure, candidates)
        best = int((measure.sign * whole).argmax())
        error = measure.part(best, np.arange(rows), np.ones(rows))[1].std() / np.sqrt(rows)
        naive_covered += abs(whole[best] - true) <= 1.96 * error
    assert covered >= 0.9 * tables
    assert naive_covered <= 0.8 * tables
    assert np.mean(values) == pytest.approx(true, abs=0.02)


def test_a_large_table_is_quick():
    truth, answers = board(300_000, 8, 0, 0.5)
    measure = metric_measure(metric_named("roc_auc"), truth, answers, np.ones(300_000), np.arange(300_000) % 5)
    began = time.process_time()
    bootstrap = Bootstrap.draw(make_units(300_000), seed=0)
    bootstrap.inside(measure, range(8))
    value, low, high = interval(bootstrap.outside(measure, np.array([0]))[:, 0])
    assert time.process_time() - began < 4
    assert low < metric_named("roc_auc").score(truth, answers[0]) < high
    assert 0.001 < high - low < 0.006
    assert value == pytest.approx((low + high) / 2, abs=0.001)


def test_a_larger_share_stretches_the_interval_beyond_what_replays_hold():
    values = np.random.default_rng(0).normal(2.0, 1.0, 200)
    mean, low, high = interval(values)
    assert interval(values, 0.95) == (mean, low, high)
    assert stretched(values, 0.95) is values
    ratio = 3.4808 / 1.95996  # normal quantiles of 0.9995 and 0.95
    wide = interval(values, 0.9995)
    assert wide[0] == mean
    assert wide[1] == pytest.approx(mean + ratio * (low - mean), rel=1e-4)
    assert wide[2] == pytest.approx(mean + ratio * (high - mean), rel=1e-4)
    assert wide[1] < values.min()
    assert low < interval(values, 0.8)[1], "a smaller share is that of the replays"
    holes = np.concatenate([values, [np.nan]])
    assert np.array_equal(stretched(holes, 0.99), [*stretched(values, 0.99), np.nan], equal_nan=True)
