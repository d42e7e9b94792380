"""Means of the target over joint levels."""

from __future__ import annotations

import numpy as np
import pytest

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


def test_values_that_come_again_are_read_off_and_others_have_the_mean() -> None:
    random = np.random.default_rng(np.random.PCG64(15))
    known, effects = np.round(random.lognormal(4, 0.5, 150), 2), random.normal(size=150)
    place = random.integers(0, 150, ROWS)
    # Those that stand alone have nothing in common, whatever they happen to be.
    alone = random.random(ROWS) < 0.1
    fees = np.where(alone, known[place] + random.random(ROWS), known[place])
    values = np.where(alone, 3.0, effects[place]) + 0.5 * random.normal(size=ROWS)
    columns = Columns.of(rows=ROWS, numbers=fees[:, None], number_names=("fee",))
    state, taught = Joined().fit_apply(columns, Target(task="regression", values=values))
    assert taught.number_names == ("fee", "target by fee")
    made = Joined().apply(state, columns).numbers[:, 1]
    assert np.corrcoef(made[~alone], effects[place][~alone])[0, 1] > 0.85
    assert made[alone] == pytest.approx(values.mean())
    assert np.abs(taught.numbers[:, 1] - made).max() > 0.01
    asked = Columns.of(rows=2, numbers=np.array([[np.nan], [known[3] + 1e-6]]), number_names=("fee",))
    assert Joined().apply(state, asked).numbers[:, 1] == pytest.approx(values.mean())
