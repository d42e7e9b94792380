"""Ideas for features, and that what is not there is not thought of."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.derive.board import Board
from journeyman.preparation.derive.ideas import ARITHMETIC, IDEAS, JOINT, KINDS, RELATIVE, VALUE
from journeyman.table.columns import Columns, Strings

ROWS = 1500
RANDOM = np.random.default_rng(np.random.PCG64(11))
NUMBERS = RANDOM.lognormal(0, 1, (ROWS, 2))
CITY, KIND = RANDOM.integers(0, 12, ROWS), RANDOM.choice(8, ROWS, p=np.arange(1, 9) / 36)
COLUMNS = Columns.of(
    rows=ROWS,
    numbers=NUMBERS,
    number_names=("price", "area"),
    words=(Strings.of([f"city {one}" for one in CITY]), Strings.of([f"kind {one}" for one in KIND])),
    word_names=("city", "kind"),
)
LIST = RANDOM.normal(size=(12, 8))
PLANTED = {
    ARITHMETIC: np.tanh(3 * np.log(NUMBERS[:, 0] / NUMBERS[:, 1])),
    JOINT: LIST[CITY, KIND],
}


def board_of(values: np.ndarray) -> Board:
    return Board(COLUMNS, Target(task="regression", values=values))


@pytest.mark.parametrize("kind", [ARITHMETIC, JOINT])
def test_what_is_planted_is_thought_of(kind: str) -> None:
    found = sorted(IDEAS[kind](board_of(PLANTED[kind])), key=lambda one: -one.gain.surely(1.0))
    assert found
    if kind == ARITHMETIC:
        assert set(found[0].recipe[1:]) == {0, 1}
    else:
        assert len([key for key in found[0].recipe[:3] if key >= 0]) >= 2


def test_a_number_beside_its_group_is_thought_of_where_groups_differ() -> None:
    shift = 5.0 * CITY
    moved = COLUMNS.with_numbers(np.column_stack([NUMBERS[:, 0] + shift, NUMBERS[:, 1]]), COLUMNS.number_names)
    found = list(IDEAS[RELATIVE](Board(moved, Target(task="regression", values=np.log(NUMBERS[:, 0])))))
    assert found
    assert all(one.kind == RELATIVE and one.recipe[2] in (0, 1) for one in found)


def test_values_of_a_number_that_come_again_are_thought_of_where_each_says_something_of_its_own() -> None:
    random = np.random.default_rng(np.random.PCG64(12))
    fee = random.integers(0, 150, ROWS)
    fees = np.round(random.lognormal(4, 0.5, 150), 2)[fee]
    with_fee = COLUMNS.with_numbers(np.column_stack([NUMBERS, fees]), ("price", "area", "fee"))
    effects = random.normal(size=150)[fee]
    (found,) = IDEAS[VALUE](Board(with_fee, Target(task="regression", values=effects + random.normal(size=ROWS))))
    assert found.gain.surely(2.0) > 0
    # A smooth course is told by thresholds: values tell nothing of their own.
    board = Board(with_fee, Target(task="regression", values=np.log(fees) + 0.3 * random.normal(size=ROWS)))
    assert not list(IDEAS[VALUE](board))


def test_of_noise_hardly_anything_is_thought_of() -> None:
    board = board_of(RANDOM.normal(size=ROWS))
    assert sum(len(list(IDEAS[kind](board))) for kind in KINDS) <= 3
