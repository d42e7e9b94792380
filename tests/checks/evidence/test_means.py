from __future__ import annotations

import numpy as np
import pytest

from journeyman.checks.evidence.means import groups_of_means, is_known

RANDOM = np.random.default_rng(5)
GROUPS = np.unique(RANDOM.integers(0, 60, 400), return_inverse=True)[1].astype(np.int64)
NUMBER = RANDOM.normal(10, 3, 400)
FLAG = (RANDOM.uniform(size=400) < 0.4).astype(np.float64)


def sums(goal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.bincount(GROUPS, goal), np.bincount(GROUPS)


@pytest.mark.parametrize("goal", [NUMBER, FLAG])
@pytest.mark.parametrize("decimals", [4, 15])
def test_means_are_known_by_themselves(goal: np.ndarray, decimals: int) -> None:
    total, count = sums(goal)
    cells = np.round((total / count)[GROUPS], decimals)
    assert groups_of_means(cells, goal) > 3
    holed = cells.copy()
    holed[GROUPS == 3] = np.nan
    assert groups_of_means(holed, goal) > 3


@pytest.mark.parametrize("goal", [NUMBER, FLAG])
def test_smoothed_means_are_known_within_their_groups(goal: np.ndarray) -> None:
    total, count = sums(goal)
    smoothed = ((total + 5 * goal.mean()) / (count + 5))[GROUPS]
    assert groups_of_means(smoothed, goal) == 0
    assert is_known(smoothed, GROUPS, goal)


@pytest.mark.parametrize("goal", [NUMBER, FLAG])
def test_other_columns_are_no_means(goal: np.ndarray) -> None:
    random = np.random.default_rng(6)
    fixed = random.normal(goal.mean(), goal.std(), 60)[GROUPS]
    of_others = np.bincount(GROUPS, random.permutation(goal))[GROUPS] / np.bincount(GROUPS)[GROUPS]
    for cells in (fixed, of_others, goal, random.permutation(goal), np.full(400, goal.mean())):
        assert groups_of_means(cells, goal) == 0
        assert not is_known(cells, GROUPS, goal)


def test_a_target_that_groups_share_proves_nothing() -> None:
    shared = np.random.default_rng(8).normal(size=60)[GROUPS]
    assert groups_of_means(shared, shared) == 0
    assert not is_known(shared, GROUPS, shared)
