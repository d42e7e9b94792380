"""How much of the rest a feature would explain."""

from __future__ import annotations

import numpy as np

from journeyman.preparation.derive.gain import Judge, binned
from journeyman.preparation.derive.rest import Rest

ROWS = 2000
RANDOM = np.random.default_rng(np.random.PCG64(4))
NOISE = RANDOM.normal(size=ROWS)
BINS = RANDOM.integers(0, 12, ROWS)
PARTS = RANDOM.integers(0, 5, ROWS)


def judge_of(slope: np.ndarray) -> Judge:
    return Judge(Rest(slope[:, None], np.ones((ROWS, 1)), np.zeros(0)), PARTS)


def test_a_feature_that_says_nothing_brings_nothing() -> None:
    judge = judge_of(NOISE)
    gains = [judge.gain(RANDOM.integers(0, 12, ROWS), 12) for _ in range(200)]
    assert np.mean([one.surely(2.0) > 0 for one in gains]) < 0.05
    assert np.mean([one.value.sum() for one in gains]) < 0.001 * judge.loss()


def test_a_feature_that_says_something_brings_about_what_it_says() -> None:
    steps = np.linspace(-1, 1, 12)[BINS]
    gain = judge_of(steps + NOISE).gain(BINS, 12)
    assert gain.surely(3.0) > 0
    assert 0.8 < gain.value.sum() / (0.5 * (steps**2).sum()) < 1.1


def test_what_rows_of_a_level_have_in_common_counts_however_unlikely_some_rows_were() -> None:
    random = np.random.default_rng(np.random.PCG64(8))
    # Of two classes, where one has a share of a thousandth in most rows; levels of two or three rows are of one mind.
    share = random.choice([0.001, 0.3], ROWS, p=[0.8, 0.2])
    levels = random.integers(0, ROWS // 3, ROWS)
    shift = random.normal(0, 2, ROWS // 3)[levels]
    happened = random.random(ROWS) < 1 / (1 + (1 - share) / share * np.exp(-shift))
    curvature = (share * (1 - share))[:, None]
    for told, least in ((happened, 3.0), (random.random(ROWS) < share, -np.inf)):
        gain = Judge(Rest((told - share)[:, None], curvature, np.zeros(0)), PARTS).gain(levels, ROWS // 3)
        assert gain.surely(1.0) > 0 if np.isfinite(least) else gain.surely(2.0) <= 0


def test_of_several_outputs_each_has_its_own() -> None:
    slope = np.column_stack([np.linspace(-1, 1, 12)[BINS], NOISE])
    gain = Judge(Rest(slope, np.ones((ROWS, 2)), np.zeros(0)), PARTS).gain(BINS, 12)
    assert gain.value[0] > 50 * abs(gain.value[1])
    assert gain.only(0).value[1] == 0.0


def test_of_two_that_say_the_same_one_is_taken_and_then_what_is_new() -> None:
    other = RANDOM.integers(0, 12, ROWS)
    steps = np.linspace(-1, 1, 12)
    pursuit = judge_of(steps[BINS] + 0.5 * steps[other] + NOISE).pursuit(
        [(BINS, 12, None), (11 - BINS, 12, None), (other, 12, None), (RANDOM.integers(0, 12, ROWS), 12, None)]
    )
    taken = [pursuit.take(2.0, 1.0) for _ in range(3)]
    assert taken[0] in (0, 1)
    assert taken[1:] == [2, None]


def test_numbers_fall_into_bins_and_missing_into_one_of_its_own() -> None:
    numbers = np.where(np.arange(ROWS) % 10 == 0, np.nan, NOISE)
    bins, size = binned(numbers)
    assert set(bins[np.isnan(numbers)].tolist()) == {size - 1}
    assert bins[~np.isnan(numbers)].max() == size - 2
    assert binned(np.full(9, np.nan))[1] == 2
