from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.repair.far_as_missing import FarAsMissing
from journeyman.table.columns import Columns


def columns(numbers: np.ndarray, code_names: tuple[str, ...] = ()) -> Columns:
    names = tuple(f"x{place}" for place in range(numbers.shape[1]))
    return Columns.of(rows=len(numbers), numbers=numbers, number_names=names, code_names=code_names)


def drawn() -> np.ndarray:
    """A normal column with two far values, a constant one, and one with a long tail."""
    random = np.random.default_rng(0)
    numbers = np.column_stack([random.normal(size=1000), np.ones(1000), random.lognormal(sigma=2.0, size=1000)])
    numbers[:2, 0] = 99_999
    return numbers


def test_a_few_far_numbers_are_emptied_and_a_long_tail_stays() -> None:
    numbers = drawn()
    step = FarAsMissing()
    state = step.fit(columns(numbers), Target(task="regression", values=np.zeros(1000)))
    repaired = step.apply(state, columns(numbers)).numbers
    assert np.flatnonzero(np.isnan(repaired[:, 0])).tolist() == [0, 1]
    assert np.array_equal(repaired[:, 1:], numbers[:, 1:])
    new = np.array([[-1e300, 1e300, 1e300], [np.nan, np.nan, np.nan]])
    given = step.apply(state, columns(new)).numbers
    assert np.isnan(given[0]).tolist() == [True, False, False]
    assert np.isnan(given[1]).all()


def test_it_is_worth_trying_where_something_is_far_but_not_in_codes() -> None:
    assert FarAsMissing.worth_trying(columns(drawn())) == ("x0",)
    assert FarAsMissing.worth_trying(columns(drawn(), ("x0",))) == ()
    assert FarAsMissing.worth_trying(columns(drawn()[2:])) == ()
