from __future__ import annotations

import math
from importlib import import_module

import numpy as np
import pytest

from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Numbers

ROWS = 300


def two(first: float, second: float, seed: int = 0) -> tuple[Numbers, Numbers, Numbers]:
    """A truth, and two answers that are off by noise of that size."""
    random = np.random.default_rng(seed)
    truth = random.normal(size=ROWS)
    return truth, *((truth + scale * random.normal(size=ROWS))[:, None] for scale in (first, second))


def test_the_same_answers_are_as_good_whatever_is_drawn() -> None:
    truth, ours, _ = two(0.5, 0.5)
    found = import_module("peers_paired").compared(metric_named("rmse"), truth, ours, ours, np.arange(ROWS), 1.0)
    assert (found.value, found.low, found.high) == (1, 1, 1)


@pytest.mark.parametrize(("first", "second", "clear"), [(0.5, 1.0, True), (1.0, 0.5, True), (0.5, 0.5, False)])
def test_a_clear_difference_is_told_from_chance(first: float, second: float, clear: bool) -> None:
    truth, ours, other = two(first, second)
    found = import_module("peers_paired").compared(metric_named("rmse"), truth, ours, other, np.arange(ROWS), 1.0)
    assert found.value == pytest.approx(first / second, rel=0.15)
    assert found.low < found.value < found.high
    assert (not found.low < 1 < found.high) == clear


def test_rows_that_belong_together_are_one_piece_of_evidence() -> None:
    random = np.random.default_rng(1)
    truth = np.zeros(ROWS)
    # Whole groups are missed by as much.
    groups = np.repeat(np.arange(15.0), ROWS // 15)
    ours, other = (np.repeat(random.normal(size=15), ROWS // 15)[:, None] for _ in range(2))
    paired = import_module("peers_paired")
    alone = paired.compared(metric_named("rmse"), truth, ours, other, np.arange(ROWS), 1.0)
    together = paired.compared(metric_named("rmse"), truth, ours, other, groups, 1.0)
    assert together.value == alone.value
    assert math.log(together.high / together.low) > 2 * math.log(alone.high / alone.low)


def test_an_auc_of_one_leaves_the_smallest_error() -> None:
    truth = np.tile([0.0, 1.0], 20)
    right, wrong = truth[:, None], np.where(np.arange(40) < 2, 0.5, truth)[:, None]
    paired = import_module("peers_paired")
    found = paired.compared(metric_named("roc_auc"), truth, right, wrong, np.arange(40), 0.5)
    missed = 1 - metric_named("roc_auc").score(truth, wrong)
    assert found.value == pytest.approx(paired.SMALLEST * 0.5 / missed)
    assert found.high == 1


def test_with_one_class_only_there_is_nothing_to_bound() -> None:
    one = np.ones(5)
    found = import_module("peers_paired").compared(
        metric_named("roc_auc"), one, one[:, None], one[:, None], np.arange(5), 0.5
    )
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0, math.inf)
