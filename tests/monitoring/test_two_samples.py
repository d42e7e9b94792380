from __future__ import annotations

import numpy as np

from journeyman.monitoring.memory import Memory
from journeyman.monitoring.two_samples import tell_apart


def pairs(rows: int, seed: int, *, same: bool) -> np.ndarray:
    """Two columns of equal spread each, that go together or not."""
    random = np.random.default_rng(seed)
    one = random.integers(0, 4, rows)
    other = one if same else random.integers(0, 4, rows)
    return np.column_stack([one, other]).astype(np.uint8)


def test_columns_that_hang_together_in_another_way_are_told_apart() -> None:
    told = tell_apart(
        pairs(2000, 0, same=False), pairs(300, 1, same=True), Memory.of(2).after(pairs(1000, 2, same=True))
    )
    assert told is not None
    assert told.scores.mean() > told.limit
    assert told.auc > 0.8


def test_rows_as_those_of_training_keep_the_limit() -> None:
    for seed in range(5):
        memory = Memory.of(2).after(pairs(1000, 10 + seed, same=False))
        told = tell_apart(pairs(2000, 0, same=False), pairs(5000, 50 + seed, same=False), memory)
        assert told is not None
        assert told.scores.mean() < told.limit
        assert 0.45 < told.auc < 0.55


def test_too_little_to_learn_from_says_nothing() -> None:
    memory = Memory.of(2).after(pairs(1000, 2, same=True))
    assert tell_apart(pairs(400, 0, same=False), pairs(10, 1, same=True), memory) is None
    assert tell_apart(pairs(2000, 0, same=False), pairs(10, 1, same=True), Memory.of(2)) is None
