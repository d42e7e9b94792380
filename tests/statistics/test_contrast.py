from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hypergeom, mannwhitneyu, rankdata, ttest_ind

from journeyman.statistics.contrast import contrast, ranked, wilson


def test_rates_are_compared_exactly() -> None:
    random = np.random.default_rng(0)
    for _ in range(20):
        rows = int(random.integers(20, 300))
        values, inside = (random.uniform(size=rows) < 0.3).astype(float), random.uniform(size=rows) < 0.4
        found = contrast(values, inside, is_rate=True)
        known = hypergeom(rows, int(values.sum()), int(inside.sum()))
        hits = int(values[inside].sum())
        assert found is not None
        assert found.p_value == pytest.approx(min(1.0, 2 * min(known.cdf(hits), known.sf(hits - 1))))


def test_means_must_pass_both_tests() -> None:
    random = np.random.default_rng(1)
    values, inside = random.normal(size=300), np.arange(300) < 120
    values[inside] += 0.6
    found = contrast(values, inside, is_rate=False)
    welch = ttest_ind(values[inside], values[~inside], equal_var=False).pvalue
    ranks = mannwhitneyu(values[inside], values[~inside], method="asymptotic").pvalue
    assert found is not None
    assert found.p_value == pytest.approx(max(welch, ranks), rel=0.02)


def test_a_few_far_values_are_no_difference() -> None:
    random = np.random.default_rng(2)
    values, inside = random.normal(size=400), np.arange(400) < 100
    values[:8] += 60
    found = contrast(values, inside, is_rate=False)
    assert found is not None
    assert found.p_value > 0.004


@pytest.mark.parametrize("is_rate", [True, False])
def test_intervals_hold_what_they_promise(is_rate: bool) -> None:
    random = np.random.default_rng(3)
    inside, held = np.arange(160) < 50, 0
    for _ in range(400):
        values = (
            random.uniform(size=160) < np.where(inside, 0.25, 0.1)
            if is_rate
            else random.normal(size=160) + 0.15 * inside
        )
        found = contrast(values.astype(float), inside, is_rate=is_rate)
        low, high = found.interval(0.95) if found else (0, 0)
        held += low <= 0.15 <= high
    assert 0.92 <= held / 400 <= 0.985


def test_rows_of_one_unit_are_one_piece_of_evidence() -> None:
    random = np.random.default_rng(4)
    wrong, apart = 0, 0
    for _ in range(100):
        units = np.repeat(np.arange(40), 20)
        values, inside = random.normal(size=40)[units] + 0.1 * random.normal(size=800), units < 15
        found, alone = contrast(values, inside, is_rate=False, units=units), contrast(values, inside, is_rate=False)
        wrong += found is not None and found.p_value < 0.05
        apart += alone is not None and alone.p_value < 0.05
    assert wrong <= 10
    assert apart > 50


def test_ranks_are_those_of_scipy() -> None:
    values = np.random.default_rng(5).integers(0, 9, size=200).astype(float)
    assert ranked(values) == pytest.approx(rankdata(values))
    assert len(ranked(np.empty(0))) == 0


def test_a_side_with_one_row_cannot_be_compared() -> None:
    assert contrast(np.arange(5.0), np.arange(5) < 1, is_rate=False) is None
    assert wilson(0.0, 20, 1.96)[0] == 0.0
