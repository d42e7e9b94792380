"""Normal scores of ranks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from journeyman.plan.target import Target
from journeyman.preparation.scale.quantile import Quantile, rank_curve
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(1))
RANDOM = np.random.default_rng(np.random.PCG64(5))


def columns(*numbers: np.ndarray, codes: tuple[str, ...] = ()) -> Columns:
    names = [f"n{place}" for place in range(len(numbers))]
    return Columns.of(rows=len(numbers[0]), numbers=np.column_stack(numbers), number_names=names, code_names=codes)


def test_scores_are_normal_whatever_the_numbers_were() -> None:
    cells = RANDOM.lognormal(0, 3, 5000)
    _, done = Quantile().fit_apply(columns(cells), TARGET)
    wanted = norm.ppf((np.argsort(np.argsort(cells)) + 0.5) / 5000)
    assert np.abs(done.numbers[:, 0] - wanted).max() < 0.6  # a straight line across the outermost 200th
    assert np.abs(done.numbers[:, 0] - wanted)[np.abs(wanted) < 2].max() < 0.02
    assert done.numbers.std() == pytest.approx(1.0, abs=0.02)


def test_ends_hold_and_missing_stays_missing() -> None:
    step = Quantile()
    state = step.fit(columns(np.append(np.arange(50.0), np.nan)), TARGET)
    low, high = norm.ppf([0.01, 0.99])
    done = step.apply(state, columns(np.array([-1e308, 0, 24.5, 49, 1e308, np.nan]))).numbers[:, 0]
    assert done[:5] == pytest.approx([low, low, 0, high, high], abs=1e-12)
    assert np.isnan(done[5])


def test_few_values_and_level_codes_stay() -> None:
    given = columns(np.arange(60.0) % 2, np.arange(60.0) % 10, np.arange(60.0) % 11, np.arange(60.0), codes=("n3",))
    assert Quantile().fit(given, TARGET)["ranked"].tolist() == [2]
    assert Quantile(few=2).fit(given, TARGET)["ranked"].tolist() == [1, 2]


def test_wide_tables_have_fewer_points() -> None:
    given = Columns.of(rows=300, numbers=RANDOM.normal(size=(300, 1500)), number_names=map(str, range(1500)))
    assert Quantile().fit(given, TARGET)["counts"].max() == 40


def test_few_distinct_numbers_are_all_there_with_their_middle_ranks() -> None:
    points, heights = rank_curve(np.array([3.0, 1.0, 1.0, 2.0]), 200)
    assert points.tolist() == [1.0, 2.0, 3.0]
    assert heights == pytest.approx(norm.ppf([0.25, 0.625, 0.875]))


def test_many_are_thinned_and_frequent_ones_and_the_ends_stay() -> None:
    numbers = np.concatenate([np.arange(10_000.0), np.full(500, 77.5)])
    points, heights = rank_curve(numbers, 50)
    assert len(points) <= 50
    assert {0.0, 77.5, 9999.0} <= set(points.tolist())
    assert (np.diff(points) > 0).all()
    assert (np.diff(heights) > 0).all()


def test_zero_has_one_sign() -> None:
    points, _ = rank_curve(np.array([-0.0, -0.0]), 10)
    assert not np.signbit(points).any()
