"""Which features are found, and that none are where there is nothing to find."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.derive.find import find
from journeyman.preparation.derive.ideas import KINDS
from journeyman.table.columns import Columns

ROWS = 1500
RANDOM = np.random.default_rng(np.random.PCG64(12))
NUMBERS = RANDOM.normal(size=(ROWS, 4))
COLUMNS = Columns.of(rows=ROWS, numbers=NUMBERS, number_names=("a", "b", "c", "d"))


def target_of(values: np.ndarray) -> Target:
    return Target(task="regression", values=values)


def test_a_difference_is_found_and_little_else() -> None:
    values = np.tanh(3 * (NUMBERS[:, 1] - NUMBERS[:, 3])) + 0.3 * RANDOM.normal(size=ROWS)
    found = find(COLUMNS, target_of(values), KINDS, 20)
    assert set(found.arithmetic[0].tolist()[1:]) == {1, 3}
    assert found.arithmetic[0][0] == 0
    assert len(found.arithmetic) + len(found.relative) + len(found.joint) <= 8


def test_nothing_is_found_in_noise_in_steps_of_one_column_and_in_a_constant() -> None:
    for values in (RANDOM.normal(size=ROWS), (NUMBERS[:, 0] > 0.3) * 1.0, np.zeros(ROWS)):
        found = find(COLUMNS, target_of(values), KINDS, 20)
        assert len(found.arithmetic) + len(found.relative) + len(found.joint) <= 1


def test_no_more_than_asked_for_and_few_rows_tell_nothing() -> None:
    values = NUMBERS[:, 0] * NUMBERS[:, 1] + NUMBERS[:, 2] * NUMBERS[:, 3]
    assert len(find(COLUMNS, target_of(values), KINDS, 1).arithmetic) == 1
    few = COLUMNS.take(np.arange(60))
    assert not len(find(few, target_of(values[:60]), KINDS, 20).arithmetic)


def test_only_kinds_that_are_asked_for() -> None:
    values = NUMBERS[:, 0] - NUMBERS[:, 1]
    found = find(COLUMNS, target_of(values), ("count",), 20)
    assert not len(found.arithmetic)
    assert not len(found.relative)
