from __future__ import annotations

import numpy as np

from journeyman.learners.pairs import telling_pairs


def asked(numbers: np.ndarray, values: np.ndarray, **more: object) -> tuple[tuple[int, int], ...]:
    slopes = -(values - values.mean())[:, None]
    options = {"most": 5, "among": range(numbers.shape[1]), "codes": (), **more}
    return telling_pairs(numbers, slopes, np.ones_like(slopes), **options)  # type: ignore[arg-type]  # as given


def test_pairs_that_say_more_together_are_found_first() -> None:
    random = np.random.default_rng(1)
    numbers = random.normal(size=(3000, 6))
    numbers[random.random(3000) < 0.1, 2] = np.nan
    values = 2.0 * np.sign(numbers[:, 0] * numbers[:, 3]) + np.nan_to_num(numbers[:, 2]) * numbers[:, 5]
    found = asked(numbers, values + random.normal(size=3000))
    assert found[:2] == ((0, 3), (2, 5))


def test_what_adds_up_is_no_pair_nor_is_noise() -> None:
    false = 0
    for seed in range(10):
        random = np.random.default_rng(seed)
        numbers = random.normal(size=(1000, 5))
        false += len(asked(numbers, random.normal(size=1000)))
    # Ten pairs in each of ten tables.
    assert false <= 1
    numbers = np.random.default_rng(3).normal(size=(3000, 4))
    assert len(asked(numbers, numbers[:, 0] + numbers[:, 1])) <= 1


def test_levels_are_fields_of_their_own_and_only_some_columns_are_asked() -> None:
    random = np.random.default_rng(2)
    numbers = np.column_stack([random.integers(0, 4, 2000), random.integers(0, 30, 2000), random.normal(size=2000)])
    values = 2.0 * ((numbers[:, 0] == 2) ^ (numbers[:, 1] == 1)) + random.normal(size=2000)
    assert (0, 1) in asked(numbers.astype(float), values, codes=(0, 1))
    assert asked(numbers.astype(float), values, codes=(0, 1), among=(0, 2)) == ()
