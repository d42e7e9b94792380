from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.outliers import look
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_a_value_a_million_times_too_large_is_told_with_its_row_and_the_range_of_the_others(table_of: Make) -> None:
    cells = np.random.default_rng(1).uniform(10, 9000, 200)
    cells[7] *= 1e6
    (found,) = look(table_of({"x": cells, "z": np.arange(200.0)}), Brief())
    assert (found.code, found.severity, found.columns, found.rows) == ("outliers", "warning", ("x",), (7,))
    assert "in row 8, where all others lie between" in found.message
    assert found.numbers["count"] == 1


@pytest.mark.parametrize("seed", range(8))
def test_heavy_tails_normal_numbers_and_counts_are_not_called_wrong(table_of: Make, seed: int) -> None:
    random = np.random.default_rng(seed)
    cells = {
        "pareto": random.pareto(1.0, 3000),
        "lognormal": random.lognormal(0, 2.5, 3000),
        "normal": random.normal(size=3000),
        "student": random.standard_t(2, 3000),
        "counts": random.poisson(0.3, 3000).astype(float),
        "mostly zero": np.where(random.random(3000) < 0.97, 0.0, random.lognormal(8, 1, 3000)),
    }
    assert look(table_of(cells), Brief()) == ()


def test_several_far_values_and_the_target_are_seen(table_of: Make) -> None:
    random = np.random.default_rng(2)
    x, y = random.normal(50, 5, 1000), random.normal(0, 1, 1000)
    x[[3, 500, 900]] = [5000, 5100, -5200]
    y[10] = 1e308
    found = look(table_of({"x": x, "y": y}), Brief(predict="y"))
    assert [(one.columns, one.rows) for one in found] == [(("x",), (3, 500, 900)), (("y",), (10,))]
    assert "a million times or more" in found[1].message


def test_what_cannot_be_by_its_name_is_left_to_that_check(table_of: Make) -> None:
    age = np.random.default_rng(3).integers(20, 80, 500).astype(float)
    age[4] = 4550.0
    assert look(table_of({"age": age}), Brief()) == ()
    assert [one.code for one in look(table_of({"steps": age}), Brief())] == ["outliers"]


def test_few_values_and_gaps_are_no_scale(table_of: Make) -> None:
    few = np.where(np.arange(100) == 5, 1000.0, np.arange(100) % 3)
    gaps = np.full(100, np.nan)
    assert look(table_of({"few": few, "gaps": gaps}), Brief()) == ()


def test_a_wild_target_is_told_apart_and_what_it_does_is_said(table_of: Make) -> None:
    values = np.random.default_rng(3).normal(size=500)
    values[7] = 1e9
    (found,) = look(table_of({"y": values}), Brief(predict="y"))
    assert (found.code, found.rows) == ("target_outliers", (7,))
    assert "squared errors" in found.remedy.words
