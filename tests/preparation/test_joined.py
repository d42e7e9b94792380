"""Means of the target over joint levels."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.derive.joined import Joined
from journeyman.table.columns import Columns, Strings

ROWS = 1500
RANDOM = np.random.default_rng(np.random.PCG64(14))
FIRST, SECOND = RANDOM.integers(0, 10, ROWS), RANDOM.integers(0, 8, ROWS)
COLUMNS = Columns.of(
    rows=ROWS,
    numbers=np.column_stack([RANDOM.normal(size=ROWS), SECOND.astype(float)]),
    number_names=("x", "hour"),
    words=(Strings.of([f"model {one}" for one in FIRST]),),
    word_names=("model",),
)
LIST = RANDOM.normal(size=(10, 8))


def test_a_price_list_is_read_off_and_arithmetic_is_left_alone() -> None:
    values = LIST[FIRST, SECOND] + 0.3 * RANDOM.normal(size=ROWS)
    state = Joined().fit(COLUMNS, Target(task="regression", values=values))
    made = Joined().apply(state, COLUMNS)
    assert not len(state["arithmetic"])
    assert not len(state["relative"])
    assert max(np.corrcoef(column, LIST[FIRST, SECOND])[0, 1] for column in made.numbers.T[2:]) > 0.9
    assert any("model" in name and "hour" in name for name in made.number_names[2:])
