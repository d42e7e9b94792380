"""Logarithms of skewed numbers."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.scale.log import Log
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(500))
RANDOM = np.random.default_rng(np.random.PCG64(4))
SKEWED = RANDOM.lognormal(3, 1.5, 500)


def columns(*numbers: np.ndarray, codes: tuple[str, ...] = ()) -> Columns:
    names = [f"n{place}" for place in range(len(numbers))]
    return Columns.of(rows=len(numbers[0]), numbers=np.column_stack(numbers), number_names=names, code_names=codes)


def test_only_skewed_columns_change_and_are_even_then() -> None:
    rare = (np.arange(500) == 7).astype(float)
    given = columns(RANDOM.normal(size=500), SKEWED, -SKEWED, rare, np.full(500, np.nan), np.zeros(500))
    state, done = Log().fit_apply(given, TARGET)
    assert state["skewed"].tolist() == [1, 2]
    assert np.array_equal(done.numbers[:, 1], -done.numbers[:, 2])
    assert done.numbers[:, 1] == pytest.approx(np.log1p(SKEWED / state["scale"][0]))
    assert np.array_equal(done.numbers[:, [0, 3, 4, 5]], given.numbers[:, [0, 3, 4, 5]], equal_nan=True)


def test_a_column_stays_that_its_logarithm_does_not_even() -> None:
    low = np.where(np.arange(500) < 5, 0.0, 100.0 + RANDOM.normal(size=500))
    assert not len(Log().fit(columns(low), TARGET)["skewed"])


def test_level_codes_stay() -> None:
    assert not len(Log().fit(columns(SKEWED, codes=("n0",)), TARGET)["skewed"])


def test_order_sign_and_missing_are_kept_and_nothing_is_infinite() -> None:
    step = Log()
    state = step.fit(columns(SKEWED), TARGET)
    new = np.array([-1.7e308, -3.0, 0.0, 5e-324, 2.0, 1.7e308])
    done = step.apply(state, columns(np.append(new, np.nan))).numbers[:, 0]
    assert np.isfinite(done[:-1]).all()
    assert np.isnan(done[-1])
    assert (np.diff(done[:-1]) >= 0).all()
    assert np.array_equal(np.sign(done[[0, 1, 2, 4, 5]]), np.sign(new[[0, 1, 2, 4, 5]]))


def test_many_rows_are_thinned_to_tell_what_is_skewed() -> None:
    many = np.tile(SKEWED, 400)
    assert Log().fit(columns(many), TARGET)["skewed"].tolist() == [0]
