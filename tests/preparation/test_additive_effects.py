from __future__ import annotations

import numpy as np
import pytest

from journeyman.preparation.encode.additive_effects import Factor, binned, effects


def drawn(rows: int = 4_000, levels: int = 200) -> tuple[Factor, Factor, np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    seller, region = random.integers(levels, size=rows), random.integers(5, size=rows)
    # Sellers are not spread evenly over regions: a mean by seller holds a part of what the region does.
    region = np.where(random.random(rows) < 0.7, seller % 5, region)
    of_seller, of_region = random.normal(size=levels), np.array([-4.0, -2.0, 0.0, 2.0, 4.0])
    signal = of_seller[seller] + of_region[region]
    return Factor(seller, levels), Factor(region, 5), signal, of_seller


def test_what_another_column_does_is_not_taken_for_the_levels_own() -> None:
    seller, region, signal, truth = drawn()
    wanted = signal + np.random.default_rng(2).normal(size=len(signal))
    weights = np.ones(len(wanted))
    found = effects([seller, region], wanted, weights, is_share=False)[0]
    alone = effects([seller], wanted, weights, is_share=False)[0]
    assert np.abs(found - truth).mean() < 0.6 * np.abs(alone - truth).mean()
    assert np.corrcoef(found, truth)[0, 1] > 0.9


def test_effects_of_classes_are_logits() -> None:
    seller, region, signal, truth = drawn(rows=20_000)
    wanted = (np.random.default_rng(3).logistic(size=len(signal)) < signal).astype(float)
    found = effects([seller, region], wanted, np.ones(len(wanted)), is_share=True)[0]
    assert np.polyfit(truth, found, 1)[0] == pytest.approx(1.0, abs=0.25)


def test_levels_that_differ_by_chance_alone_have_hardly_any_effect() -> None:
    random = np.random.default_rng(4)
    factor = Factor(random.integers(300, size=3_000), 300)
    found = effects([factor], random.normal(size=3_000), np.ones(3_000), is_share=False)[0]
    assert np.abs(found).max() < 0.2


def test_a_level_of_few_rows_is_drawn_further_than_one_of_many() -> None:
    codes = np.repeat(np.arange(41), [200] * 40 + [1])
    wanted = np.where(codes % 2 == 0, 1.0, -1.0) + np.random.default_rng(5).normal(size=len(codes))
    wanted[-1] = 1.0
    found = effects([Factor(codes, 42)], wanted, np.ones(len(codes)), is_share=False)[0]
    assert 0 < found[40] < found[0]
    assert found[41] == 0


def test_rows_count_by_their_weights() -> None:
    codes = np.repeat(np.arange(2), 100)
    wanted = np.tile([0.0, 1.0], 100) + 3.0 * codes
    weights = np.tile([0.0, 2.0], 100)
    found = effects([Factor(codes, 2)], wanted, weights, is_share=False)[0]
    assert found[1] - found[0] == pytest.approx(3.0, abs=0.05)
    assert not np.any(effects([Factor(codes, 2)], wanted, 0 * weights, is_share=False)[0])


def test_shares_that_are_all_alike_stay_finite() -> None:
    found = effects([Factor(np.arange(50) % 7, 7)], np.ones(50), np.ones(50), is_share=True)[0]
    assert np.isfinite(found).all()


@pytest.mark.parametrize("rows", [0, 1, 5, 1_000])
def test_bins_hold_every_row_and_missing_ones_are_apart(rows: int) -> None:
    number = np.random.default_rng(6).normal(size=rows)
    number[: rows // 2] = np.nan
    found = binned(number)
    assert ((found.codes >= 0) & (found.codes < found.size)).all()
    assert not set(found.codes[: rows // 2]) & set(found.codes[rows // 2 :])


@pytest.mark.parametrize(("share", "spread", "most"), [(4, 1.0, 0.9), (4, 0.0, 0.1), (6, 1.0, 1.2), (7, 0.0, 0.3)])
def test_effects_of_a_rare_class_do_not_run_away(share: float, spread: float, most: float) -> None:
    squared = []
    for seed in range(4):
        random = np.random.default_rng(np.random.PCG64([5, seed]))
        number, level = random.normal(size=4_000), random.integers(0, 300, 4_000)
        truth = random.normal(size=300) * spread
        chance = 1 / (1 + np.exp(share - truth[level] - 2 * number))
        wanted = (random.random(4_000) < chance).astype(float)
        found = effects([Factor(level, 300), binned(number)], wanted, np.ones(4_000), is_share=True)[0]
        squared.append(float(np.mean((found - found.mean() - truth + truth.mean()) ** 2)))
    assert np.mean(squared) < most
