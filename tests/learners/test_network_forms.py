from __future__ import annotations

import pytest

from journeyman.learners.dense_needs import MOST_INDICATORS
from journeyman.learners.learner import Problem
from journeyman.learners.network_forms import network_forms
from journeyman.plan import needs


def problem(**other: object) -> Problem:
    return Problem(**{"task": "binary", "rows": 2000, "numbers": 10, "classes": 2, **other})  # type: ignore[arg-type]  # of each its kind


def test_few_levels_become_indicators_and_many_become_means() -> None:
    few, many = (next(network_forms(problem(words=20, few_levels=levels))) for levels in (50, MOST_INDICATORS + 1))
    assert needs.WORDS_AS_INDICATORS in few.needs
    assert needs.WORDS_AS_TARGET_MEANS in many.needs


def test_the_loss_is_the_one_that_the_metric_asks_for() -> None:
    forms = network_forms(problem(task="regression", classes=0, metric="mae"))
    assert {one.parameters["loss"] for one in forms} == {"absolute"}


@pytest.mark.parametrize("rows", [200, 3000, 50_000])
def test_the_quick_form_comes_first_and_costs_less(rows: int) -> None:
    quick, *others = network_forms(problem(rows=rows))
    assert all(quick.seconds_per_million < other.seconds_per_million for other in others)
    assert len({quick.name, *(other.name for other in others)}) == 1 + len(others) == 2


def test_many_classes_want_width() -> None:
    quick, *_ = network_forms(problem())
    wide, *_ = network_forms(problem(task="multiclass", classes=26))
    assert sum(wide.parameters["hidden"]) > sum(quick.parameters["hidden"])
    assert wide.parameters["pieces"] == 0 < quick.parameters["pieces"]
    assert wide.worth > quick.worth


def test_few_rows_of_classes_want_many_small_networks_and_numbers_want_width() -> None:
    for rows, is_small in ((900, True), (9000, False)):
        quick, _ = network_forms(problem(rows=rows))
        smooth, _ = network_forms(problem(task="regression", classes=0, rows=rows, metric="rmse"))
        assert (quick.parameters["members"] > smooth.parameters["members"]) == is_small
        assert (quick.parameters["hidden"] < smooth.parameters["hidden"]) == is_small


def test_a_column_more_costs_more() -> None:
    def seconds(**other: object) -> float:
        one = problem(**other)
        return next(network_forms(one)).seconds_per_million * one.rows * (one.columns + 1) * one.outputs

    assert seconds() < seconds(numbers=20) < seconds(numbers=20, words=2, levels=100)
    assert seconds() < seconds(rows=3000)
