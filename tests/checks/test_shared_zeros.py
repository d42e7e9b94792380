from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.shared_zeros import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(16)
VISITS = RANDOM.poisson(1.2, 900)


def seen_in(table_of: Make, **columns: Any) -> tuple[Finding, ...]:
    found = look(table_of({**columns, "visits": VISITS}), Brief(predict="visits"))
    assert not isinstance(found, Skip)
    return found


def test_what_the_visits_cost_is_told(table_of: Make) -> None:
    spent = np.array([RANDOM.gamma(1.0, 80.0, one).sum() for one in VISITS])
    (one,) = seen_in(table_of, spent=spent, age=RANDOM.integers(20, 80, 900))
    assert (one.code, one.severity, one.columns, one.remedy.action) == ("leak", "warning", ("spent",), "review")
    assert one.numbers["covered"] == 1.0


@pytest.mark.parametrize("wrong", [0.03, 0.3])
def test_zeros_that_lie_elsewhere_too_are_honest(table_of: Make, wrong: float) -> None:
    spent = np.where((VISITS == 0) | (RANDOM.uniform(size=900) < wrong), 0.0, 5.0)
    assert seen_in(table_of, spent=spent, children=RANDOM.poisson(0.7, 900)) == ()


def test_few_zeros_say_nothing(table_of: Make) -> None:
    rare = np.where((VISITS == 0) & (RANDOM.uniform(size=900) < 0.1), 0.0, 5.0)
    assert seen_in(table_of, rare=rare) == ()


def test_it_is_for_numbers_with_a_lowest_value(table_of: Make) -> None:
    for y in (RANDOM.normal(size=300), RANDOM.integers(0, 2, 300)):
        assert isinstance(look(table_of({"x": RANDOM.poisson(1, 300), "y": y}), Brief(predict="y")), Skip)
